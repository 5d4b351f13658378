"""One path of an answer: numbered hops there and back, with what blocks at the hop that decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lambdaplanner.analysis.answers import PathAnswer
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.fixes.offers import clearable
from lambdaplanner.fixes.registry import Met
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.parts import (
    Card,
    ElidedLabel,
    Glyph,
    IconButton,
    Pill,
    column,
    label,
    row,
)
from lambdaplanner.ui.panels.words import (
    REACH,
    called,
    icon_of,
    icon_of_id,
    kind_word,
    shown_subject,
    stopped,
    translation_words,
)
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.problems import ObstacleProblem
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge


_BOTH_WAYS = 760
"""From this width on, pixels, the way there and the way back stand side by side."""
_UNDER_NAME = 52
"""Where a hop's name begins, pixels: after its number and its icon."""


def title_of(path: PathAnswer) -> str:
    """Which way it is: from which subnet into which."""
    if path.via and path.into:
        return f"From {path.via} into {path.into}"
    if path.via:
        return f"From {path.via}"
    return f"Into {path.into}" if path.into else "The only way"


class HopRow(QWidget):
    """One thing that a packet meets; click or Enter shows it on the canvas."""

    chosen = Signal()

    def __init__(
        self, number: int, hop: Hop, bridge: Bridge, theme: Theme, *, blocks: bool
    ) -> None:
        super().__init__()
        self.hop = hop
        self._theme = theme
        self._hovered = False
        plan = bridge.session.plan
        name = called(plan, hop.id)
        known = hop.id in plan
        word = kind_word(hop.kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        changed = translation_words(hop.translation) if hop.translation else ""
        self.setAccessibleName(f"{number}. {word} {name} {hop.detail} {changed}".rstrip())
        self.setToolTip(plain_tip(f"Show {name} on the canvas"))
        icon = icon_of_id(plan, hop.id) if known else icon_of(hop.kind)
        count = label(f"{number}", "code")
        mark(count, role="caption")
        count.setFixedWidth(20)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title = ElidedLabel(name if name != word else word, grows=False)
        kind = label(word, "muted")
        kind.setVisible(name != word and hop.kind != "eni")
        detail = ElidedLabel(hop.detail, "muted")
        glyph = Glyph(
            "blocked" if blocks else icon, theme, "error.solid" if blocks else "muted", 16
        )
        line: QHBoxLayout = row(count, glyph, title, kind, detail)
        line.setStretch(4, 1)
        lines = column(self, spacing=1)
        lines.setContentsMargins(4, 3, 6, 3)
        lines.addLayout(line)
        self.translation = label(changed, "caption", wrap=True)
        self.translation.setContentsMargins(_UNDER_NAME, 0, 0, 2)
        self.translation.setVisible(bool(changed))
        lines.addWidget(self.translation)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)  # type: ignore[arg-type]

    def retint(self, theme: Theme) -> None:
        self._theme = theme

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self._hovered or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QPen(self._theme.colour("focus"), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(line)
        painter.setBrush(self._theme.brush("hover"))
        painter.drawRoundedRect(self.rect().adjusted(1, 0, -1, 0), 5, 5)


class ObstacleCard(Card):
    """What blocks, and the way out once that is known.

    Signals:
        fix_wanted: ways to clear it are asked for.
    """

    fix_wanted = Signal()

    def __init__(self, obstacle: Obstacle, bridge: Bridge, theme: Theme) -> None:
        super().__init__(tone="error")
        self.obstacle = obstacle
        back = " on the way back" if obstacle.direction == "return" else ""
        where = called(bridge.session.plan, obstacle.at)
        self.column.setSpacing(3)
        head = row(label(f"Blocked at {where}{back}", "error"), 1)
        if clearable(obstacle.code):
            self.fix = IconButton(
                "fix", "Show the ways to mend this", theme, text="Fix", colour="accent_text"
            )
            self.fix.clicked.connect(self.fix_wanted)
            head.addWidget(self.fix)
        self.column.addLayout(head)
        self.column.addWidget(label(stopped(obstacle.message), wrap=True, selectable=True))
        self.advice: QLabel = label("", wrap=True, selectable=True)
        self.advice.hide()
        self.column.addWidget(self.advice)
        self.column.addWidget(label(obstacle.code, "caption", selectable=True))

    def advise(self, fix: str) -> None:
        """Says what is best done about it."""
        self.advice.setText(f"Fix: {stopped(fix)}")
        self.advice.show()


class PathView(Card):
    """A path that can be folded."""

    def __init__(self, path: PathAnswer, bridge: Bridge, theme: Theme, *, unfolded: bool) -> None:
        super().__init__()
        self.path = path
        self._bridge = bridge
        self._theme = theme
        self.hops: list[HopRow] = []
        self.obstacles: list[ObstacleCard] = []
        self.fold = QPushButton()
        mark(self.fold, kind="quiet")
        self.fold.setAccessibleName(f"{title_of(path)}: show or hide the hops")
        self.fold.clicked.connect(lambda: self.unfold(self.body.isHidden()))
        head = ElidedLabel(title_of(path), "section", grows=False)
        self.column.addLayout(row(Pill(theme, REACH[path.verdict]), head, 1, self.fold))
        self.body: QWidget = QWidget()
        self._ways = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.body)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._ways.setSpacing(6)
        has_return = bool(path.return_hops) or any(o.direction == "return" for o in path.obstacles)
        self._inside = self._add_way("There" if has_return else "")
        self._fill()
        self.column.addWidget(self.body)
        self.unfold(unfolded)

    @property
    def unfolded(self) -> bool:
        """Whether the hops are shown."""
        return not self.body.isHidden()

    def unfold(self, shown: bool) -> None:
        """Shows the hops, or hides them."""
        self.body.setVisible(shown)
        self.fold.setText("Hide hops" if shown else "Show hops")

    def advise(self, told: PathAnswer) -> None:
        """Says at each obstacle what the same path with advice says there."""
        fixes = {replace(one, fix=""): one.fix for one in told.obstacles}
        for card in self.obstacles:
            card.advise(fixes[replace(card.obstacle, fix="")])

    def _add_way(self, title: str) -> QVBoxLayout:
        layout = column(spacing=2)
        if title:
            words = label(title, "section")
            words.setContentsMargins(8, 2, 0, 2)
            layout.addWidget(words)
        self._ways.addLayout(layout, 1)
        return layout

    def _fill(self) -> None:
        forward = [o for o in self.path.obstacles if o.direction == "forward"]
        back = [o for o in self.path.obstacles if o.direction == "return"]
        self._add_hops(self.path.hops, forward)
        self._inside.addStretch(1)
        if self.path.return_hops or back:
            self._inside = self._add_way("And back")
            self._add_hops(self.path.return_hops, back)
            self._inside.addStretch(1)

    def _add_hops(self, hops: tuple[Hop, ...], obstacles: list[Obstacle]) -> None:
        waiting = list(obstacles)
        last = {hop.id: place for place, hop in enumerate(hops)}
        for place, hop in enumerate(hops):
            here = [o for o in waiting if o.at == hop.id and last[hop.id] == place]
            line = HopRow(place + 1, hop, self._bridge, self._theme, blocks=bool(here))
            line.chosen.connect(lambda name=hop.id: self._go(name))
            self._inside.addWidget(line)
            self.hops.append(line)
            for obstacle in here:
                waiting.remove(obstacle)
                self._add_obstacle(obstacle)
        for obstacle in waiting:
            self._add_obstacle(obstacle)

    def _add_obstacle(self, obstacle: Obstacle) -> None:
        card = ObstacleCard(obstacle, self._bridge, self._theme)
        card.fix_wanted.connect(lambda: self._want_fix(obstacle))
        holder = QWidget()
        line = row(card)
        line.setContentsMargins(32, 2, 0, 4)
        holder.setLayout(line)
        self._inside.addWidget(holder)
        self.obstacles.append(card)

    def _want_fix(self, obstacle: Obstacle) -> None:
        answer = self._bridge.answer
        if answer is not None:
            self._bridge.fix_wanted.emit(ObstacleProblem(Met(answer, self.path, obstacle)))

    def _go(self, name: str) -> None:
        self._bridge.reveal(shown_subject(self._bridge.session.plan, name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BOTH_WAYS
        directions = QBoxLayout.Direction
        self._ways.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def retint(self, theme: Theme) -> None:
        self._theme = theme
