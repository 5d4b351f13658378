"""Whether every id that a file mentions is there, and is of the kind that is due."""

from __future__ import annotations

from collections.abc import Collection, Set

from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.model.specs import ReferenceTo, Report

_SECTION_SLUGS = {kind.section: slug for slug, kind in KINDS.items()}


def check_references(
    declared: dict[str, str], report: Report, meant: Set[str] = frozenset()
) -> None:
    """Notes every mention of an id that is not declared, or of the wrong kind, also where the
    entry around it is unreadable. `declared`: id -> section; of what is `meant` to be declared, in
    a section that nobody knows, nothing more is said.
    """
    for mention, on_key in report.mentions:
        if mention.target not in meant - declared.keys() and not _right(mention, declared):
            _note(mention, Report(report.problems, mention.path, on_key=on_key), declared)


def _right(mention: ReferenceTo, declared: dict[str, str]) -> bool:
    section = declared.get(mention.target)
    if section is None:
        return False
    return not mention.kinds or _SECTION_SLUGS[section] in mention.kinds


def _note(mention: ReferenceTo, report: Report, declared: dict[str, str]) -> None:
    wanted = _wanted(mention.kinds)
    found = declared.get(mention.target)
    if found is not None:
        title = KINDS[_SECTION_SLUGS[found]].noun
        report.error(
            f'"{mention.target}" is {_article(title)} {title}, not {_article(wanted)} {wanted}'
        )
        return
    near = ""
    if not report.problems.full and len(declared) <= report.problems.comparisons:
        fitting = [
            name
            for name, section in declared.items()
            if not mention.kinds or _SECTION_SLUGS[section] in mention.kinds
        ]
        near = report.near(mention.target, fitting)
    report.error(f'no {wanted} "{mention.target}"{near}')


def _wanted(kinds: Collection[str]) -> str:
    if len(kinds) > 3:
        return "route target"
    # What is outside of AWS is the least likely to be meant.
    nouns = [
        KINDS[kind].noun for kind in sorted(kinds, key=lambda kind: kind == ExternalNetwork.kind)
    ]
    if len(nouns) < 2:
        return nouns[0] if nouns else "thing"
    return f"{', '.join(nouns[:-1])} or {nouns[-1]}"


def _article(name: str) -> str:
    return "an" if name[0].lower() in "aeio" else "a"
