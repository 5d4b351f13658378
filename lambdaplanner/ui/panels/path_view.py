"""One path of an answer: numbered hops there and back, with what blocks at the hop that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from lambdaplanner.analysis.answers import Hop, Obstacle, PathAnswer
from lambdaplanner.ui.panels.parts import Card, ElidedLabel, Glyph, Pill, column, label, row
from lambdaplanner.ui.panels.words import (
    REACH,
    called,
    icon_of,
    icon_of_id,
    kind_word,
    sentence,
    shown_subject,
)
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge


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
        self.setAccessibleName(f"{number}. {word} {name} {hop.detail}")
        self.setToolTip(f"Show {name} on the canvas")
        icon = icon_of_id(plan, hop.id) if known else icon_of(hop.kind)
        count = label(f"{number}", "code")
        mark(count, role="caption")
        count.setFixedWidth(20)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title = label(name if name != word else word)
        kind = label("" if name == word else word, "muted")
        detail = ElidedLabel(hop.detail, "muted")
        glyph = Glyph(
            "blocked" if blocks else icon, theme, "error.solid" if blocks else "muted", 16
        )
        line: QHBoxLayout = row(count, glyph, title, kind, detail)
        line.setStretch(4, 1)
        line.setContentsMargins(4, 3, 6, 3)
        self.setLayout(line)

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
    """What blocks, and the way out."""

    def __init__(self, obstacle: Obstacle, bridge: Bridge) -> None:
        super().__init__(tone="error")
        self.obstacle = obstacle
        back = " on the way back" if obstacle.direction == "return" else ""
        where = called(bridge.session.plan, obstacle.at)
        self.column.setSpacing(3)
        self.column.addWidget(label(f"Blocked at {where}{back}", "error"))
        self.column.addWidget(label(sentence(obstacle.message), wrap=True, selectable=True))
        if obstacle.fix:
            self.column.addWidget(
                label(f"Fix: {sentence(obstacle.fix)}", wrap=True, selectable=True)
            )
        self.column.addWidget(label(obstacle.code, "caption", selectable=True))


class PathView(Card):
    """A path that can be folded."""

    def __init__(self, path: PathAnswer, bridge: Bridge, theme: Theme, *, unfolded: bool) -> None:
        super().__init__()
        self.path = path
        self._bridge = bridge
        self._theme = theme
        self.hops: list[HopRow] = []
        self.obstacles: list[ObstacleCard] = []
        self.fold = QToolButton()
        self.fold.setArrowType(Qt.ArrowType.NoArrow)
        self.fold.setCheckable(True)
        self.fold.setChecked(unfolded)
        self.fold.setText("Hide" if unfolded else "Show")
        self.fold.setAccessibleName(f"{title_of(path)}: show the hops")
        self.fold.toggled.connect(self._on_fold)
        head = label(title_of(path))
        mark(head, role="section")
        self.column.addLayout(row(Pill(theme, REACH[path.verdict]), head, 1, self.fold))
        self.body = QWidget()
        self._inside = column(self.body, spacing=2)
        self._fill()
        self.column.addWidget(self.body)
        self.body.setVisible(unfolded)

    def _fill(self) -> None:
        forward = [o for o in self.path.obstacles if o.direction == "forward"]
        back = [o for o in self.path.obstacles if o.direction == "return"]
        self._add_hops(self.path.hops, forward)
        if self.path.return_hops or back:
            title: QLabel = label("And back", "caption")
            title.setContentsMargins(6, 6, 0, 0)
            self._inside.addWidget(title)
            self._add_hops(self.path.return_hops, back)

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
        card = ObstacleCard(obstacle, self._bridge)
        holder = QWidget()
        line = row(card)
        line.setContentsMargins(32, 2, 0, 4)
        holder.setLayout(line)
        self._inside.addWidget(holder)
        self.obstacles.append(card)

    def _go(self, name: str) -> None:
        self._bridge.reveal(shown_subject(self._bridge.session.plan, name))

    def _on_fold(self, shown: bool) -> None:
        self.body.setVisible(shown)
        self.fold.setText("Hide" if shown else "Show")

    def retint(self, theme: Theme) -> None:
        self._theme = theme
