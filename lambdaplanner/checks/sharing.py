"""Findings that many things share: one for the cause, not one for each thing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from lambdaplanner.checks.registry import Draft

FEW = 3
"""So many are told one by one: each is a line that somebody reads."""
_NAMED = 3


def shared(
    found: Iterable[tuple[Hashable, str, Draft]], many: Callable[[list[str], Draft], Draft]
) -> Iterator[Draft]:
    """The drafts as (cause, thing, draft); where more than a few things have one cause, the one
    that `many` makes of their ids and of the first draft.
    """
    together: dict[Hashable, list[tuple[str, Draft]]] = {}
    for cause, name, draft in found:
        together.setdefault(cause, []).append((name, draft))
    for members in together.values():
        if len(members) > FEW:
            yield many([name for name, _ in members], members[0][1])
        else:
            yield from (draft for _, draft in members)


def named(names: Iterable[str], one: str = "Function", more: str = "Functions") -> str:
    """Things as a sentence begins with them: the first ones by name, the others counted."""
    listed = [f'"{name}"' for name in names]
    if len(listed) == 1:
        return f"{one} {listed[0]}"
    shown = listed[:_NAMED] if len(listed) > _NAMED + 1 else listed
    rest = len(listed) - len(shown)
    if rest:
        return f"{more} {', '.join(shown)} and {rest} more"
    return f"{more} {', '.join(shown[:-1])} and {shown[-1]}"
