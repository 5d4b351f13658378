"""The version of IP that a question names, or none."""

from __future__ import annotations

from lambdaplanner.model.fields import Choice
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.choice_editors import ChoiceField

_HELP = "Left out: 4, or that of an end that is an address"
_WORDS = {None: "Any IP", 4: "IPv4", 6: "IPv6"}
_NUMBERS = {word: number for number, word in _WORDS.items()}


class VersionField(ChoiceField):
    """A choice of IPv4, IPv6, or whichever an end tells."""

    def __init__(self) -> None:
        super().__init__(
            FieldInfo("ip", "ip", "IP version", _HELP, Choice(tuple(_WORDS.values())), "")
        )
        self.show_version(None)

    @property
    def version(self) -> int | None:
        """What is chosen."""
        return _NUMBERS.get(self.currentData())

    def show_version(self, version: int | None) -> None:
        """Shows another choice."""
        self.show_value(_WORDS[version])
