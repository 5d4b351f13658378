"""A note of unsaved work as plain text: a head of comments, the plan, and behind it the file that
the work began from.

    # Unsaved work, noted by Lambda Planner. A start of the program offers it.
    # note: 1
    # program: 0.1.0
    # when: 2026-01-31T12:00:00+00:00
    # file: "/home/ana/orders.yaml"
    # began from: 512 bytes, blake2b 00112233445566778899aabbccddeeff
    lambdaplanner: 1
    ...
    #= the file as it was opened or last saved
    #|lambdaplanner: 1  # with every comment

The path is written as a JSON string of ASCII letters, so that a line break, a letter of another
encoding or a byte that is no letter at all comes back as it was. What the file said is kept for the
comments in it: a save after taking the work up finds them, whatever became of the file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from lambdaplanner import __version__
from lambdaplanner.errors import NewerPlan, NotAPlan, PlanFileError
from lambdaplanner.formats.fingerprints import Fingerprint
from lambdaplanner.formats.plan_file import OpenedPlan, plan_text, read_text
from lambdaplanner.model.plan import Plan

_VERSION = 1
_TITLE = "# Unsaved work, noted by Lambda Planner. A start of the program offers it."
_OLD_HEAD = "# unsaved work on: "
_FIELD = re.compile(r"# ([a-z ]+): (.*)")
_BEGAN = re.compile(r"(\d+) bytes, blake2b ([0-9a-f]{32})")
_SOURCE_HEAD = "#= the file as it was opened or last saved"
_SOURCE = "#|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A plan as it is being edited."""

    plan: Plan
    path: Path | None = None
    """Its file, from the root; None for a plan that was never saved."""
    began_from: OpenedPlan | None = None
    """The file as it was opened or last saved; None where there was none."""

    def without_file(self) -> Work:
        """The same as an untitled plan, which keeps the comments of its file."""
        began = self.began_from
        return Work(plan=self.plan, began_from=None if began is None else began.elsewhere())


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Unsaved work, when it was noted, and by which version of the program."""

    work: Work
    when: datetime
    version: str

    @property
    def name(self) -> str:
        """What the work is called: its file's name, else the plan's title."""
        if self.work.path is not None:
            return self.work.path.name
        return self.work.plan.info.name or "an untitled plan"


def note_text(work: Work, when: datetime) -> str:
    """The text of a note."""
    head = [
        _TITLE,
        f"# note: {_VERSION}",
        f"# program: {__version__}",
        f"# when: {when.astimezone(UTC).isoformat(timespec='seconds')}",
    ]
    if work.path is not None:
        head.append(f"# file: {json.dumps(str(work.path))}")
    began = work.began_from
    if began is not None and began.on_disk is not None:
        state = began.on_disk
        head.append(f"# began from: {state.size} bytes, blake2b {state.digest.hex()}")
    return "\n".join((*head, plan_text(work.plan))) + _source_lines(began)


def _source_lines(began: OpenedPlan | None) -> str:
    if began is None:
        return ""
    text = ("\ufeff" if began.bom else "") + began.text
    return "\n".join((_SOURCE_HEAD, *(_SOURCE + line for line in text.split("\n")), ""))


def read_note(data: bytes, *, where: str, modified: datetime) -> Note:
    """The note that a file holds; `modified` dates one that earlier versions wrote.

    Raises PlanFileError: NewerPlan for one of a later version of the program, NotAPlan and
    PlanProblems for a damaged one.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotAPlan("the note is damaged: it is not UTF-8", where=where) from error
    if text.startswith(_OLD_HEAD):
        return _read_old(text, where, modified)
    fields, plan, source = _parts(text)
    if fields.get("note", "") != str(_VERSION):
        if fields.get("note", "").isdecimal():
            raise NewerPlan("the note was written by a later version of the program", where=where)
        raise NotAPlan("the note is damaged: its first lines are missing", where=where)
    work = Work(
        plan=read_text(plan, where=where).plan,
        path=_path(fields, where),
        began_from=_began_from(fields, source, where),
    )
    when = _when(fields.get("when", ""), modified)
    return Note(work=work, when=when, version=fields.get("program", ""))


def _parts(text: str) -> tuple[dict[str, str], str, str | None]:
    """The fields of the head, the text of the plan (its lines where they stand in the note), and
    that of its file.
    """
    lines = text.split("\n")
    fields: dict[str, str] = {}
    start = 0
    while start < len(lines) and lines[start].startswith("#"):
        if found := _FIELD.fullmatch(lines[start]):
            fields[found[1]] = found[2]
        start += 1
    if _SOURCE_HEAD not in lines:
        return fields, "\n".join((*[""] * start, *lines[start:])), None
    end = lines.index(_SOURCE_HEAD)
    source = [line.removeprefix(_SOURCE) for line in lines[end + 1 :] if line.startswith(_SOURCE)]
    return fields, "\n".join((*[""] * start, *lines[start:end], "")), "\n".join(source)


def _path(fields: dict[str, str], where: str) -> Path | None:
    if "file" not in fields:
        return None
    try:
        path = Path(json.loads(fields["file"]))
    except (ValueError, TypeError) as error:
        raise NotAPlan("the note is damaged: it does not name its file", where=where) from error
    return path if path.is_absolute() else None


def _began_from(fields: dict[str, str], source: str | None, where: str) -> OpenedPlan | None:
    if source is None:
        return None
    found = _BEGAN.fullmatch(fields.get("began from", ""))
    state = None if found is None else Fingerprint(int(found[1]), bytes.fromhex(found[2]))
    try:
        return replace(read_text(source, where=where), on_disk=state)
    except PlanFileError:
        # The comments are lost; that somebody may have changed the file must not be.
        return OpenedPlan(plan=Plan(), text="lambdaplanner: 1\n", on_disk=state)


def _when(text: str, modified: datetime) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return modified


def _read_old(text: str, where: str, modified: datetime) -> Note:
    """A note of version 0.1.0, which held the path as it was typed and nothing of the file.

    A relative path means nothing without the folder it was typed in, so that it is left out.
    """
    head, _, body = text.partition("\n")
    typed = Path(head.removeprefix(_OLD_HEAD).strip())
    path = typed if typed.is_absolute() else None
    opened = read_text(body, where=where)
    unknown = replace(opened, on_disk=None if path is None else Fingerprint(-1, b""))
    work = Work(plan=opened.plan, path=path, began_from=unknown)
    return Note(work=work, when=modified, version="0.1.0")
