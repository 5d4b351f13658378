"""The rules of the house, proved over the source: who may import what, and how files look."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "lambdaplanner"

ENGINE = {
    "model",
    "kinds",
    "analysis",
    "checks",
    "commands",
    "fixes",
    "formats",
    "state",
    "diagram",
    "editor",
    "importing",
}

LAYERS: dict[str, set[str]] = {
    "model": set(),
    "kinds": {"model"},
    "analysis": {"model", "kinds"},
    "checks": {"model", "kinds", "analysis"},
    "commands": {"model", "kinds"},
    "fixes": {"model", "kinds", "analysis", "checks", "commands"},
    "formats": {"model", "kinds"},
    "state": {"model", "formats"},
    "importing": {"model", "kinds", "formats"},
    "diagram": {"model", "kinds", "analysis"},
    "editor": {"model", "kinds", "analysis", "checks", "commands", "fixes", "diagram"},
    "ui": ENGINE,
    "cli": ENGINE,
    "app": ENGINE | {"ui"},
    "__main__": {"cli"},
    "errors": set(),
    "assets": set(),
    "visible": set(),
    "counting": set(),
    "": set(),
}
"""Folder or module below the package -> which others it may import; "" is the package itself."""

FOR_ALL = {"errors", "assets", "visible", "counting", ""}
"""What any layer may import: it imports nothing of the others."""

LAZILY = {"cli": {"ui", "app"}}
"""What a layer may import inside a function only."""

HOMES = {
    "PySide6": {"ui", "app"},
    "shiboken6": {"ui", "app"},
    "networkx": {"model", "analysis"},
    "yaml": {"formats"},
    "ipaddress": set(),
}
"""Library -> the only layers that may import it."""

LONGEST = 300
"""Lines of a module."""

BANNED_NAMES = re.compile(r"manager|helper|utils?(?![a-z])|handler", re.IGNORECASE)
MARKS_OF_UNFINISHED_WORK = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
FOREIGN_CONVERSIONS = {"ipaddress", "is_ipv4_mapped", "to_ipaddress"}


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / PACKAGE).rglob("*.py")))


@cache
def sources() -> tuple[Path, ...]:
    return (*modules(), *sorted((ROOT / "tests").rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def layer(path: Path) -> str:
    first = path.relative_to(ROOT / PACKAGE).parts[0]
    return first.removesuffix(".py").replace("__init__", "")


def layer_of_import(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(top: ast.AST, *, lazy: bool = False) -> Iterator[tuple[str, int, bool]]:
    """Every import as (dotted name, line, whether it stands inside a function)."""
    for node in ast.iter_child_nodes(top):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, lazy
        elif isinstance(node, ast.ImportFrom):
            yield from ((target, node.lineno, lazy) for target in from_targets(node))
        inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from imports(node, lazy=inside)


def from_targets(node: ast.ImportFrom) -> list[str]:
    """`from lambdaplanner import assets` names a module by its last word."""
    module = node.module or ""
    if module == PACKAGE:
        return [
            f"{module}.{alias.name}" if is_module(alias.name) else module for alias in node.names
        ]
    return [module]


def is_module(word: str) -> bool:
    return (ROOT / PACKAGE / word).is_dir() or (ROOT / PACKAGE / f"{word}.py").is_file()


def broken(path: Path) -> Iterator[str]:
    """What a module imports against the tables above."""
    here = layer(path)
    for module, line, lazy in imports(tree(path)):
        library = module.split(".")[0]
        at = f"{name(path)}:{line}"
        if here not in HOMES.get(library, {here}):
            yield f"{at} imports {library}"
        if library != PACKAGE:
            continue
        wanted = layer_of_import(module)
        allowed = LAYERS[here] | FOR_ALL | {here} | (LAZILY.get(here, set()) if lazy else set())
        if wanted not in allowed:
            yield f"{at} imports {wanted}"


def test_every_module_belongs_to_a_layer() -> None:
    assert modules()
    assert {layer(path) for path in modules()} <= set(LAYERS)


def test_nobody_imports_against_the_layers() -> None:
    assert [breach for path in modules() for breach in broken(path)] == []


@pytest.mark.parametrize(
    ("place", "source", "expected"),
    [
        ("model/x.py", "from lambdaplanner.kinds import vpc", "imports kinds"),
        ("model/x.py", "import lambdaplanner.ui.theme", "imports ui"),
        ("kinds/x.py", "def f():\n    from lambdaplanner import analysis", "imports analysis"),
        ("kinds/x.py", "import networkx as nx", "imports networkx"),
        ("analysis/x.py", "from ipaddress import ip_network", "imports ipaddress"),
        ("editor/x.py", "from PySide6.QtCore import QObject", "imports PySide6"),
        ("checks/x.py", "if True:\n    import yaml.events", "imports yaml"),
        ("cli/x.py", "from lambdaplanner.ui import export", "imports ui"),
    ],
)
def test_a_breach_of_the_layers_is_seen(
    place: str, source: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "tree", lambda _: ast.parse(source))

    (breach,) = broken(ROOT / PACKAGE / place)

    assert breach.endswith(expected)


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ("cli/x.py", "def run():\n    from lambdaplanner.ui.export import export_plan"),
        ("model/x.py", "from lambdaplanner import assets, errors\nimport networkx"),
        ("formats/x.py", "import yaml\nfrom lambdaplanner.kinds import vpc"),
        ("ui/x.py", "from PySide6.QtCore import QObject\nfrom lambdaplanner.editor import live"),
    ],
)
def test_what_the_layers_allow_passes(
    place: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "tree", lambda _: ast.parse(source))

    assert list(broken(ROOT / PACKAGE / place)) == []


def dotted(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def known_to(path: Path, known: set[str]) -> set[str]:
    """The modules that one names, wherever in it and for types too."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            found |= inner or {node.module}
    return found & known


def circles(paths: Iterable[Path]) -> list[list[str]]:
    """Modules that know each other, however far around."""
    named = {dotted(path): path for path in paths}
    acquaintance: nx.DiGraph[str] = nx.DiGraph(
        (here, there)
        for here, path in named.items()
        for there in known_to(path, set(named))
        if here != there
    )
    groups = nx.strongly_connected_components(acquaintance)
    return sorted(sorted(group) for group in groups if len(group) > 1)


def test_no_modules_know_each_other() -> None:
    """Imports for types count: they show who knows whom."""
    assert circles(modules()) == []


def test_a_circle_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    for word, source in {
        "a": "from lambdaplanner import b",
        "b": "def f():\n    from lambdaplanner.c import C",
        "c": "if TYPE_CHECKING:\n    from lambdaplanner.a import A",
        "d": "import lambdaplanner.a",
    }.items():
        (tmp_path / f"{PACKAGE}").mkdir(exist_ok=True)
        (tmp_path / f"{PACKAGE}/{word}.py").write_text(source)

    assert circles((tmp_path / PACKAGE).glob("*.py")) == [
        [f"{PACKAGE}.a", f"{PACKAGE}.b", f"{PACKAGE}.c"]
    ]


def test_addresses_are_converted_by_netaddr_alone() -> None:
    """netaddr's objects can turn into the standard library's; nobody, tests included, asks so."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in FOREIGN_CONVERSIONS
    ]
    found += [
        f"{name(path)}:{line}"
        for path in sources()
        for module, line, _ in imports(tree(path))
        if module.split(".")[0] == "ipaddress"
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if layer(path) != "cli"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "print"
    ]
    assert found == []


def test_imports_are_absolute() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_modules_stay_short() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_names_say_what_a_thing_is() -> None:
    found = [
        f"{name(path)}: {word}"
        for path in sources()
        for word in (path.stem, *class_names(path))
        if BANNED_NAMES.search(word)
    ]
    assert found == []


def class_names(path: Path) -> list[str]:
    return [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


SENTENCES = {"message", "detail", "fix"}
"""What answers say in words; what they mean they carry as data."""


def sentences_read(top: ast.AST) -> Iterator[int]:
    """Where a sentence of an answer is looked into or taken to pieces."""
    for node in ast.walk(top):
        read: list[ast.expr] = []
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            read = node.comparators
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            read = [node.func.value] if node.func.attr in READING else []
        for one in read:
            if isinstance(one, ast.Attribute) and one.attr in SENTENCES:
                yield one.lineno


READING = {"split", "partition", "startswith", "endswith", "removeprefix", "find", "index", "lower"}


def test_nobody_reads_a_sentence() -> None:
    found = [f"{name(path)}:{line}" for path in modules() for line in sentences_read(tree(path))]
    assert found == []


@pytest.mark.parametrize(
    "source", ["x = word in hop.detail", "y = finding.message.split()", "if a not in o.fix: pass"]
)
def test_a_sentence_that_is_read_is_seen(source: str) -> None:
    assert list(sentences_read(ast.parse(source))) == [1]


def test_nothing_is_marked_as_unfinished() -> None:
    found = []
    for path in sources():
        with tokenize.open(path) as file:
            found += [
                f"{name(path)}:{token.start[0]}"
                for token in tokenize.generate_tokens(file.readline)
                if token.type in (tokenize.COMMENT, tokenize.STRING)
                and MARKS_OF_UNFINISHED_WORK.search(token.string)
            ]
        found += [
            f"{name(path)}:{node.lineno}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Name) and node.id == "NotImplementedError"
        ]
    assert found == []


def test_every_exception_that_is_caught_has_a_name() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert found == []


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("lambdaplanner", {"PySide6", "networkx", "yaml", "netaddr"}),
        ("lambdaplanner.__main__", {"PySide6", "networkx", "yaml", "netaddr"}),
        ("lambdaplanner.assets", {"PySide6", "networkx", "yaml", "netaddr"}),
        ("lambdaplanner.cli", {"PySide6", "shiboken6"}),
        ("lambdaplanner.app", {"networkx", "yaml", "netaddr"}),
    ],
)
def test_an_import_brings_no_more_than_it_needs(module: str, unwanted: set[str]) -> None:
    program = f"import sys, {module}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert unwanted.intersection(done.stdout.split()) == set()
