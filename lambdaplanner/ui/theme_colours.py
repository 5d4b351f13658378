"""The colours of both themes, as plain names and hex strings. Qt objects are made in `theme`.

Grounds come in steps (window, surface, raised), ink in two strengths; tones say what a thing on the
canvas is, states how it fares. `tests/ui/test_theme.py` holds every text to a contrast of 4.5:1,
and lines and borders that say something to 3:1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import NamedTuple


class ToneColours(NamedTuple):
    """How a box of one tone looks: its ground, its outline, its title and its icon."""

    fill: str
    border: str
    title: str
    accent: str


class StateColours(NamedTuple):
    """How a state looks: ink on `soft` ground, or `solid` where a shape itself is the mark."""

    foreground: str
    soft: str
    solid: str


class LineColours(NamedTuple):
    """How a line of one style looks; `dash` in pen widths, empty for a whole line."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One complete set; field names are the colour names that `Theme.colour` takes."""

    window: str
    surface: str
    raised: str
    hover: str
    pressed: str
    divider: str
    outline: str
    """Borders of fields and buttons: visible against every ground, quieter than text."""
    text: str
    muted: str
    disabled: str
    placeholder: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    accent_text: str
    on_accent: str
    link: str
    focus: str
    tooltip: str
    tooltip_text: str
    scroll: str
    scroll_hover: str
    canvas: str
    grid: str
    grid_strong: str
    selection: str
    selection_soft: str
    """Fill of the marquee and of a selected box, drawn over its own fill; with alpha."""
    drop_ok: str
    drop_refused: str
    highlight: str
    """Halo of a traced path."""
    shadow: str
    meter_track: str
    meter_used: str
    tones: Mapping[str, ToneColours]
    states: Mapping[str, StateColours]
    lines: Mapping[str, LineColours]


def by_name(colours: Colours) -> dict[str, str]:
    """Every colour under its name: ``text``, ``vpc.fill``, ``ok.soft``, ``line.route`` ..."""
    names = {
        one.name: value
        for one in fields(colours)
        if isinstance(value := getattr(colours, one.name), str)
    }
    for group in (colours.tones, colours.states):
        for owner, look in group.items():
            names.update({f"{owner}.{part}": getattr(look, part) for part in look._fields})
    names.update({f"line.{style}": look.colour for style, look in colours.lines.items()})
    return names


LIGHT_COLOURS = Colours(
    window="#f6f7f9",
    surface="#ffffff",
    raised="#ffffff",
    hover="#eff1f5",
    pressed="#e4e8ee",
    divider="#e5e8ed",
    outline="#cdd3dc",
    text="#1b2230",
    muted="#566073",
    disabled="#a3abb8",
    placeholder="#667085",
    accent="#4f54d8",
    accent_hover="#4449c4",
    accent_pressed="#3a3eab",
    accent_soft="#ecedfd",
    accent_text="#3f43bf",
    on_accent="#ffffff",
    link="#3f43bf",
    focus="#7a7ff0",
    tooltip="#1f2532",
    tooltip_text="#f3f5f8",
    scroll="#cbd1da",
    scroll_hover="#a8b1be",
    canvas="#f8f9fb",
    grid="#d9dee6",
    grid_strong="#c8cfd9",
    selection="#4f54d8",
    selection_soft="#1a4f54d8",
    drop_ok="#2f8f5b",
    drop_refused="#d23b45",
    highlight="#8a8ef5",
    shadow="#1a141923",
    meter_track="#dfe3ea",
    meter_used="#8b96a8",
    tones=MappingProxyType(
        {
            "region": ToneColours("#fdfdfe", "#8290a5", "#4a5566", "#5b677a"),
            "service": ToneColours("#fff9f2", "#ce7d23", "#8d4f0c", "#c26a10"),
            "vpc": ToneColours("#fbfaff", "#937ade", "#5a3fb4", "#7453cf"),
            "public": ToneColours("#f4fae4", "#659905", "#456410", "#5f8716"),
            "private": ToneColours("#e9f2fd", "#3585cf", "#14578c", "#1f78b8"),
            "isolated": ToneColours("#ebedf0", "#6f7887", "#4a5362", "#667080"),
            "network": ToneColours("#ffffff", "#9c85e1", "#5a3fb4", "#7453cf"),
            "security": ToneColours("#fff7f8", "#d76f83", "#a02444", "#cc3a5d"),
            "compute": ToneColours("#ffffff", "#db7a1b", "#93500a", "#d2700d"),
            "data": ToneColours("#ffffff", "#cc74bf", "#8c2a7d", "#b23aa0"),
            "note": ToneColours("#fff9da", "#e2ca6b", "#6a5405", "#947508"),
            "neutral": ToneColours("#ffffff", "#c5ccd6", "#2b3444", "#5b677a"),
        }
    ),
    states=MappingProxyType(
        {
            "ok": StateColours("#15683d", "#e2f5e9", "#2a9a5e"),
            "warning": StateColours("#855000", "#fdf0d3", "#d98a04"),
            "error": StateColours("#b3202c", "#fde8e9", "#d93a46"),
            "info": StateColours("#1a5a99", "#e3f0fc", "#2f80d0"),
            "muted": StateColours("#525c6d", "#eceff3", "#8b95a5"),
            "unknown": StateColours("#525c6d", "#eceff3", "#6f7a8c"),
        }
    ),
    lines=MappingProxyType(
        {
            "route": LineColours("#7c8799", 1.5),
            "attachment": LineColours("#ce6e0d", 1.75),
            "tunnel": LineColours("#c26a10", 1.75, (4.0, 3.0)),
            "association": LineColours("#78849a", 1.25, (1.5, 3.0)),
            "peering": LineColours("#7453cf", 1.75),
        }
    ),
)

DARK_COLOURS = Colours(
    window="#15171c",
    surface="#1b1e25",
    raised="#23272f",
    hover="#272c35",
    pressed="#313742",
    divider="#2a2f39",
    outline="#3d4552",
    text="#e7eaf0",
    muted="#a0a9b8",
    disabled="#626b7a",
    placeholder="#7d8798",
    accent="#5f64e4",
    accent_hover="#575cdc",
    accent_pressed="#5055cc",
    accent_soft="#292c4d",
    accent_text="#b3b7ff",
    on_accent="#ffffff",
    link="#a5aaff",
    focus="#7a7ff0",
    tooltip="#333a46",
    tooltip_text="#f1f3f7",
    scroll="#3b424e",
    scroll_hover="#566070",
    canvas="#121419",
    grid="#2a303a",
    grid_strong="#363d49",
    selection="#8f94ff",
    selection_soft="#268f94ff",
    drop_ok="#4cc38a",
    drop_refused="#ff6b74",
    highlight="#7a7ff0",
    shadow="#66000000",
    meter_track="#343b47",
    meter_used="#7f8a9c",
    tones=MappingProxyType(
        {
            "region": ToneColours("#16181e", "#5b6677", "#b4bdca", "#9aa5b5"),
            "service": ToneColours("#221b14", "#a8713a", "#f3bd85", "#f0a050"),
            "vpc": ToneColours("#1a1826", "#7561bd", "#c6b8fb", "#a993f3"),
            "public": ToneColours("#1f2814", "#7da23b", "#bfdc86", "#a2cb52"),
            "private": ToneColours("#122032", "#3278b8", "#98cdf6", "#62b1ec"),
            "isolated": ToneColours("#2a2d33", "#6f7786", "#bcc4d0", "#98a2b1"),
            "network": ToneColours("#23252f", "#7667ad", "#c6b8fb", "#a993f3"),
            "security": ToneColours("#2a1d23", "#ad566b", "#f9adbd", "#f27d97"),
            "compute": ToneColours("#252529", "#946839", "#f6c08b", "#f5a04c"),
            "data": ToneColours("#27242d", "#a05897", "#f0b0e4", "#e283d2"),
            "note": ToneColours("#2b2716", "#85742e", "#f0dc92", "#e0c24f"),
            "neutral": ToneColours("#22262e", "#454d5a", "#dfe4ec", "#a0a9b8"),
        }
    ),
    states=MappingProxyType(
        {
            "ok": StateColours("#7fdcab", "#17342a", "#3fb57f"),
            "warning": StateColours("#f7c667", "#3a2d14", "#e0a02c"),
            "error": StateColours("#ff9ba2", "#43212a", "#f0606b"),
            "info": StateColours("#8cc5fb", "#1a3049", "#4a9be8"),
            "muted": StateColours("#aab3c1", "#2b303a", "#727d8d"),
            "unknown": StateColours("#aab3c1", "#2b303a", "#8d98a9"),
        }
    ),
    lines=MappingProxyType(
        {
            "route": LineColours("#7f8a9c", 1.5),
            "attachment": LineColours("#f0953a", 1.75),
            "tunnel": LineColours("#e59a4f", 1.75, (4.0, 3.0)),
            "association": LineColours("#6f7a8b", 1.25, (1.5, 3.0)),
            "peering": LineColours("#a993f3", 1.75),
        }
    ),
)
