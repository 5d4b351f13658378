"""Leading an end of a chosen line to another thing, with the same lit targets as a new line has."""

from __future__ import annotations

from lambdaplanner.commands.links import can_connect
from lambdaplanner.commands.places import called
from lambdaplanner.commands.reconnect import End, new_ends, reconnect
from lambdaplanner.diagram.items import Line
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.tools.connecting import Connecting
from lambdaplanner.editor.trial import scratch
from lambdaplanner.errors import EditError
from lambdaplanner.model.interfaces import owner_of


class Reconnecting(Connecting):
    """The line, whose other end stays; let go over nothing it stays as it is."""

    name = "reconnecting"

    def __init__(self, session: Session, line: Line, end: End) -> None:
        self._line = line
        self._end: End = end
        super().__init__(session, line.target if end == "source" else line.source)

    def _targets(self) -> frozenset[str]:
        line = self._line
        return new_ends(scratch(self._session.plan), line.source, line.target, self._end)

    def _refusal(self, box: str) -> str | None:
        plan, line = self._session.plan, self._line
        if box in (line.source, line.target):
            return "the line ends here already"
        reason = can_connect(plan, self._source, box)
        return reason or f"{called(plan, box)} cannot take the place of this end"

    def _join(self, box: str) -> None:
        session, line, end, to = self._session, self._line, self._end, owner_of(box)
        label = f"Lead a line to {called(session.plan, to)}"
        try:
            said = session.do(
                label, lambda edit: reconnect(edit, line.source, line.target, end, to)
            )
        except EditError as error:
            session.say("warning", str(error))
            return
        session.selection.set(self._renewed(to))
        session.say("ok", said)

    def _renewed(self, to: str) -> list[str]:
        """The line as it is drawn now."""
        kind, line = self._line.id.partition(":")[0], self._line
        source, target = (to, line.target) if self._end == "source" else (line.source, to)
        name = f"{kind}:{source}->{target}"
        return [name] if name in self._session.diagram.lines else []

    def _ask(self, event: PointerEvent) -> None:
        """Nothing is added by it."""
