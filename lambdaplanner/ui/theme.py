"""A theme: colours by name as cached Qt objects for paint code, and the look of every widget.

There is no current theme here: whoever paints is handed a `Theme`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPalette, QPen
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from lambdaplanner.ui import fonts
from lambdaplanner.ui.stylesheet import stylesheet
from lambdaplanner.ui.theme_colours import (
    DARK_COLOURS,
    LIGHT_COLOURS,
    Colours,
    LineColours,
    StateColours,
    ToneColours,
    by_name,
)


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """Named colours and the Qt objects made from them. Hashes by identity, so it can key caches.

    Names are the fields of `Colours` (``text``, ``canvas``), ``<tone>.fill|border|title|accent``,
    ``<state>.foreground|soft|solid`` and ``line.<style>``. An unknown name is a KeyError. The
    objects given are shared: copy one before changing it.
    """

    name: str
    dark: bool
    colours: Colours = field(repr=False)
    _hex: dict[str, str] = field(init=False, repr=False)
    _colours: dict[str, QColor] = field(init=False, repr=False, default_factory=dict)
    _brushes: dict[str, QBrush] = field(init=False, repr=False, default_factory=dict)
    _pens: dict[tuple[str, float, tuple[float, ...]], QPen] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hex", by_name(self.colours))

    def hex(self, name: str) -> str:
        """The colour as ``#rrggbb``, or ``#aarrggbb`` where it is translucent."""
        return self._hex[name]

    def colour(self, name: str) -> QColor:
        """The colour as a shared QColor."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(self._hex[name])
        return found

    def brush(self, name: str) -> QBrush:
        """A shared solid brush of the colour."""
        found = self._brushes.get(name)
        if found is None:
            found = self._brushes[name] = QBrush(self.colour(name))
        return found

    def pen(self, name: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> QPen:
        """A shared pen, `width` in scene units, `dash` in pen widths; round caps and joins."""
        key = (name, width, dash)
        found = self._pens.get(key)
        if found is None:
            found = self._pens[key] = _pen(self.colour(name), width, dash)
        return found

    def line_colour(self, style: str, tone: str = "neutral") -> str:
        """The name of a connector's colour, for its arrowhead and label."""
        if tone in self.colours.states:
            return f"{tone}.solid"
        return f"line.{style}" if tone == "neutral" else f"{tone}.accent"

    def tone(self, name: str) -> ToneColours:
        """The hex colours of what a box is (``vpc``, ``public`` ...)."""
        return self.colours.tones[name]

    def state(self, name: str) -> StateColours:
        """The hex colours of how something fares (``ok``, ``error`` ...)."""
        return self.colours.states[name]

    def line(self, style: str) -> LineColours:
        """Hex colour, width and dashes of a connector style."""
        return self.colours.lines[style]


LIGHT = Theme("light", False, LIGHT_COLOURS)
DARK = Theme("dark", True, DARK_COLOURS)
_ROLE_FONTS = {
    "title": (17, fonts.SEMIBOLD),
    "section": (12, fonts.SEMIBOLD),
    "caption": (12, fonts.REGULAR),
    "error": (12, fonts.REGULAR),
}
_STYLED = "lambdaplanner-styled"
_CLASS_FONTS = {
    "QHeaderView": (12, fonts.MEDIUM),
    "QPushButton": (13, fonts.MEDIUM),
    "QTabBar": (13, fonts.MEDIUM),
    "QDockWidget": (13, fonts.SEMIBOLD),
    "QGroupBox": (13, fonts.SEMIBOLD),
    "QStatusBar": (12, fonts.REGULAR),
    "QToolTip": (12, fonts.REGULAR),
}
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def apply(app: QApplication, theme: Theme) -> None:
    """Dresses every window of the application, also those already open, in `theme`."""
    # A style sheet hides the style behind one of its own; setting it again dresses all anew.
    if app.property(_STYLED) is None:
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
    # From one sheet to another Qt polishes a widget many times and keeps sizes of the first; from
    # none it does so once, which takes a third of the time.
    app.setStyleSheet("")
    app.setPalette(palette(theme))
    app.setFont(fonts.application_font())
    for widget, (pixels, weight) in _CLASS_FONTS.items():
        font = fonts.application_font(pixels, weight)
        app.setFont(font, widget)  # type: ignore[arg-type]  # the stub says bytes, Qt takes str
    app.setStyleSheet(stylesheet(theme.colours, dark=theme.dark))


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Sets style properties (``invalid``, ``role``, ``tone``, ``kind``) and shows them at once.

    Names and values stand in `stylesheet`. Qt reads properties only when it polishes a widget, so
    setting one alone changes nothing on screen; and a label's font belongs to its role.
    """
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        if isinstance(widget, QLabel):
            widget.setFont(_label_font(widget))
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QWidget.update(widget)  # in views before PySide6 6.9 `update` takes an index, and only that


@cache
def palette(theme: Theme) -> QPalette:
    """The QPalette of the Fusion style, for what the sheet does not reach. Shared: copy first."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    for roles, name in (
        ((role.Window, role.Button), "window"),
        ((role.Base, role.Light, role.Midlight), "surface"),
        ((role.AlternateBase,), "hover"),
        ((role.WindowText, role.Text, role.ButtonText, role.BrightText), "text"),
        ((role.Mid, role.Dark), "outline"),
        ((role.Highlight, role.Accent), "accent"),
        ((role.HighlightedText,), "on_accent"),
        ((role.ToolTipBase,), "tooltip"),
        ((role.ToolTipText,), "tooltip_text"),
        ((role.PlaceholderText,), "placeholder"),
        ((role.Link, role.LinkVisited), "link"),
    ):
        for one in roles:
            made.setColor(one, theme.colour(name))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, one, theme.colour("disabled"))
    made.setColor(group.Disabled, role.Highlight, theme.colour("pressed"))
    made.setColor(group.Disabled, role.HighlightedText, theme.colour("disabled"))
    return made


def _label_font(label: QLabel) -> QFont:
    if label.property("tone"):
        return fonts.application_font(12, fonts.MEDIUM)
    pixels, weight = _ROLE_FONTS.get(label.property("role") or "", (fonts.SIZE, fonts.REGULAR))
    return fonts.application_font(pixels, weight, tabular=label.property("role") == "code")


def _pen(colour: QColor, width: float, dash: tuple[float, ...]) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern(dash)
    return pen
