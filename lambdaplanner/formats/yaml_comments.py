"""Brings the comments of one text into another one that says the same, or nearly the same.

A comment on a line of its own belongs to what follows it, or, where it stands further in than that,
to what it closes. A comment at the end of a line belongs to what begins in that line. Where that is
not there in the other text, or shares its line with more, the comment goes to the nearest thing
around it. No comment is ever dropped.
"""

from __future__ import annotations

from collections.abc import Mapping

from lambdaplanner.formats.yaml_outline import Comment, Outline, Place
from lambdaplanner.formats.yaml_reader import parse


def weave(old: str, new: str, renamed: Mapping[str, str] | None = None) -> str:
    """`new` with the comments of `old`.

    `new` is canonical text: line feeds, no comments, no scalar over several lines. `renamed` leads
    from keys on top level of `old` to those in `new`. Raises yaml.YAMLError where one of the texts
    cannot be parsed.
    """
    if "#" not in old:
        return new
    source = Outline(old)
    if not source.comments:
        return new
    woven = _Weaver(source, Outline(new), renamed or {}).woven()
    if parse(woven).root == parse(new).root:
        return woven
    # Not expected; a comment in an odd place is better than a plan that says something else.
    return "".join(f"{comment.text}\n" for comment in source.comments) + new


class _Weaver:
    def __init__(self, old: Outline, new: Outline, renamed: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        self.before: dict[int, list[str]] = {}
        self.behind: dict[int, list[str]] = {}
        self.after: dict[int, list[tuple[int, str]]] = {}
        self.twins: dict[Place, Place] = {old.root: new.root}
        self._pair(old.root, new.root, renamed)

    def _pair(self, old: Place, new: Place, renamed: Mapping[str, str]) -> None:
        """Finds for everything in `old` the same thing in `new`."""
        if old.text is not None or new.text is not None:
            return
        listed = bool(old.children) and isinstance(old.children[0].part, int)
        pairs = _same_items(old, new) if listed else _same_keys(old, new, renamed)
        for left, right in pairs:
            self.twins[left] = right
            self._pair(left, right, {})

    def woven(self) -> str:
        places, position, column, gap = self.old.places, 0, 0, -1
        for comment in self.old.comments:
            while position < len(places) and places[position].start < comment.index:
                position += 1
            following = places[position] if position < len(places) else None
            previous = places[position - 1] if position else None
            if not comment.own_line:
                self._behind(comment, position - 1, following)
                continue
            # Once a comment stands further out, those after it cannot belong further in.
            column = min(column, comment.column) if gap == position else comment.column
            gap = position
            self._own_line(comment.text, column, comment.index, previous, following)
        return self._text()

    def _behind(self, comment: Comment, position: int, following: Place | None) -> None:
        if position < 0:
            self._own_line(comment.text, 0, comment.index, None, following)
            return
        place = self._opening(position, comment.index)
        for holder in place.climb():
            twin = self.twins.get(holder)
            if twin is not None and twin.parent is not None:
                self.behind.setdefault(self.new.line(twin.start), []).append(comment.text)
                return
        self._before(place, comment.text)

    def _opening(self, position: int, index: int) -> Place:
        """The outermost thing that begins in the line of a comment, else the last one before."""
        places = self.old.places
        begin = self.old.lines[self.old.line(index)]
        while position and places[position - 1].start >= begin:
            position -= 1
        return places[position]

    def _own_line(
        self, text: str, column: int, index: int, previous: Place | None, following: Place | None
    ) -> None:
        if previous is not None:
            braces = [place for place in previous.climb() if place.flow and place.end > index]
            if braces:
                inside = following is not None and braces[0] in following.climb()
                self._before(following if inside and following is not None else previous, text)
                return
            holders = set() if following is None else set(following.climb())
            if following is None or column > self.old.indent(following.start):
                for place in previous.climb():
                    if place in holders or place.flow or not place.children:
                        continue
                    if self.old.inner_column(place) <= column:
                        self._closing(place, text)
                        return
        if following is None:
            self._closing(self.old.root, text)
        else:
            self._before(following, text)

    def _before(self, place: Place, text: str) -> None:
        """Before the thing, else before what follows it beside it, else before what holds it."""
        for holder in place.climb():
            for candidate in holder.onwards():
                twin = self.twins.get(candidate)
                if twin is not None and twin.parent is not None:
                    self.before.setdefault(self.new.line(twin.start), []).append(text)
                    return
        self._closing(self.old.root, text)

    def _closing(self, place: Place, text: str) -> None:
        """After the last line of a mapping or list."""
        twin = self.twins.get(place)
        if twin is None:
            self._before(place, text)
        elif twin.children and not twin.flow:
            column = self.new.inner_column(twin)
            self.after.setdefault(self.new.line(twin.end), []).append((column, text))
        elif twin.parent is not None:
            self.before.setdefault(self.new.line(twin.start), []).append(text)
        else:
            self.after.setdefault(0, []).append((0, text))

    def _text(self) -> str:
        result: list[str] = []
        for number, line in enumerate(self.new.text.splitlines()):
            indent = line[: len(line) - len(line.lstrip(" "))]
            result.extend(f"{indent}{text}\n" for text in self.before.get(number, ()))
            behind = self.behind.get(number)
            result.append(f"{line}  {' '.join(behind)}\n" if behind else f"{line}\n")
            trailing = sorted(self.after.get(number, ()), key=lambda pair: -pair[0])
            result.extend(f"{' ' * column}{text}\n" for column, text in trailing)
        return "".join(result)


def _same_keys(old: Place, new: Place, renamed: Mapping[str, str]) -> list[tuple[Place, Place]]:
    keys = {child.part: child for child in new.children}
    found = ((child, keys.get(renamed.get(str(child.part), child.part))) for child in old.children)
    return [(child, twin) for child, twin in found if twin is not None]


def _same_items(old: Place, new: Place) -> list[tuple[Place, Place]]:
    """Items that say the same, then the others in their order."""
    waiting: dict[str, list[Place]] = {}
    for child in reversed(new.children):
        waiting.setdefault(_plain(child), []).append(child)
    pairs, left = [], []
    for child in old.children:
        same = waiting.get(_plain(child))
        if same:
            pairs.append((child, same.pop()))
        else:
            left.append(child)
    taken = {id(twin) for _, twin in pairs}
    free = [child for child in new.children if id(child) not in taken]
    return [*pairs, *zip(left, free, strict=False)]


def _plain(place: Place) -> str:
    return repr(place.content())
