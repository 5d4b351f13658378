"""The text of an open plan file: what a person wrote stays where an edit does not touch it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from lambdaplanner.formats.source_edits import changed_sections
from lambdaplanner.formats.source_pieces import Piece, cut
from lambdaplanner.formats.yaml_comments import weave
from lambdaplanner.formats.yaml_reader import parse
from lambdaplanner.formats.yaml_tree import Tree
from lambdaplanner.formats.yaml_writer import write

Sections = Mapping[str, Any]
"""A plan as the writer takes it: every section in canonical order."""

_BREAK = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"


class SourceText:
    """A text, and the plan that it says. Never changes: `edited` makes another one."""

    __slots__ = ("_cut", "bom", "newline", "sections", "text")

    def __init__(
        self,
        text: str,
        sections: Sections,
        pieces: tuple[Piece, list[Piece]] | None,
        *,
        newline: str = "\n",
        bom: bool = False,
    ) -> None:
        self.text = text
        """Without byte order mark, with its own line ends."""
        self.sections = sections
        """What the text says, as the writer takes it."""
        self.newline = newline
        """The line end of the first line, which new lines get as well."""
        self.bom = bom
        self._cut = pieces

    @classmethod
    def of(cls, tree: Tree, sections: Sections) -> SourceText:
        """The text that `tree` was parsed from without problems; `sections` is the plan that was
        read from it. For a file that was migrated take `formatted` of the result: its text says
        something else, even where `sections` did not change.
        """
        found = _BREAK.search(tree.text)
        newline = "\r\n" if found is not None and found.group() == "\r\n" else "\n"
        return cls(tree.text, sections, cut(tree), newline=newline, bom=tree.bom)

    @classmethod
    def written(cls, sections: Sections) -> SourceText:
        """The canonical text of a plan that was not in a file before."""
        return cls.of(parse(write(sections)), sections)

    def edited(self, sections: Sections) -> SourceText:
        """The text for a changed plan.

        Entries that say the same as before keep their text to the byte, with the comments and blank
        lines around them. Changed ones are written anew where they stand and keep their comments;
        an entry that was renamed and else is the same counts as changed. Removed ones take the
        comments with them that stand directly above, new ones go behind the entry before them, so
        at the end of their section where nothing is undone. Files in one pair of braces or with
        anchors are written anew as a whole.
        """
        if sections == self.sections and list(sections) == list(self.sections):
            return self
        if self._cut is None:
            return self.formatted(sections)
        head, pieces = self._cut
        try:
            head, pieces = changed_sections(head, pieces, self.sections, sections, self.newline)
        except yaml.YAMLError:
            # A piece that cannot be read alone: never seen, but no reason to lose an edit.
            return self.formatted(sections)
        text = "".join((head.text, *(part for piece in pieces for part in piece.texts())))
        if not self.text.endswith(("\n", "\r")):
            text = text.rstrip("\r\n")
        return SourceText(text, sections, (head, pieces), newline=self.newline, bom=self.bom)

    def formatted(self, sections: Sections | None = None) -> SourceText:
        """Everything canonical, with every comment; the same plan where `sections` is left out."""
        sections = self.sections if sections is None else sections
        text = format_text(self.text, sections)
        return SourceText(
            text.replace("\n", self.newline),
            sections,
            cut(parse(text.replace("\n", self.newline))),
            newline=self.newline,
            bom=self.bom,
        )

    def encoded(self) -> bytes:
        """The bytes of the file."""
        return ((_BOM if self.bom else "") + self.text).encode("utf-8")


def format_text(text: str, sections: Sections) -> str:
    """The canonical text of `sections` with every comment of `text`, line ends as line feeds.

    Formatting its own result changes nothing. Raises yaml.YAMLError for a text that cannot be
    parsed.
    """
    return weave(text, write(sections))
