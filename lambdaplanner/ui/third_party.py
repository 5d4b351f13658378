"""The libraries that the program is made with, and the licences that they come under."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, distribution


@dataclass(frozen=True, slots=True)
class Library:
    """A library that is installed beside the program."""

    name: str
    """As its package is called."""
    purpose: str
    licence: str
    """By its SPDX name, where it has one."""
    page: str


LIBRARIES = (
    Library(
        "PySide6-Essentials",
        "Qt and its Python interface: windows, painting",
        "LGPL-3.0-only",
        "https://doc.qt.io/qtforpython-6/licenses.html",
    ),
    Library(
        "networkx", "the graph of the plan, largest flows", "BSD-3-Clause", "https://networkx.org"
    ),
    Library("PyYAML", "reading YAML, with libyaml", "MIT", "https://pyyaml.org"),
    Library("netaddr", "reading addresses", "BSD-3-Clause", "https://netaddr.readthedocs.io"),
    Library("fontpkg-inter", "the Inter typeface", "OFL-1.1", "https://rsms.me/inter/"),
)
_QT = (
    "Qt and PySide6 are used unchanged, under the GNU Lesser General Public License, version 3. "
    "They are libraries of their own beside the program, so that you may put other builds of the "
    "same version in their place. Their sources are at https://download.qt.io; the licence is at "
    "https://www.gnu.org/licenses/lgpl-3.0.html."
)


def library_pages() -> str:
    """What each library is, its version, and its licence as it came with it, as HTML."""
    rows = "".join(
        f"<tr><td>{escape(one.name)} {escape(_version(one.name))}</td>"
        f"<td>{escape(one.purpose)}</td>"
        f'<td><a href="{escape(one.page)}">{escape(one.licence)}</a></td></tr>'
        for one in LIBRARIES
    )
    texts = "".join(
        f"<h4>{escape(one.name)}</h4><pre>{escape(text)}</pre>"
        for one in LIBRARIES
        if (text := _licence_text(one.name))
    )
    return f'<table cellspacing="6">{rows}</table><p>{escape(_QT)}</p>{texts}'


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:  # put beside the program without its metadata, as in a frozen one
        return ""


def _licence_text(name: str) -> str:
    """The licence as the package brings it; empty where it brings none."""
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        return ""
    for file in files:
        if file.name.upper().startswith("LICENSE") and file.suffix in ("", ".txt", ".rst", ".md"):
            return file.read_text(encoding="utf-8")
    return ""
