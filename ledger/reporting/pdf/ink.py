"""The colours of static/css/tokens.css in print: those of the light theme, as paper takes them."""

from __future__ import annotations

from typing import Final

INK_1: Final = "#101e21"
INK_2: Final = "#3d4b4d"
INK_3: Final = "#5b6769"
LINE: Final = "#e3e1dc"
LINE_STRONG: Final = "#7d8989"
SURFACE_2: Final = "#f2f1ec"
ACCENT: Final = "#005e5c"
POSITIVE: Final = "#1d6839"
NEGATIVE: Final = "#a82f2a"
WARNING: Final = "#8d5416"
WARNING_SOFT: Final = "#fceed5"
PAPER: Final = "#ffffff"

HUES: Final = {
    1: "#095054",
    2: "#ba881d",
    3: "#4e48a2",
    4: "#bf582f",
    5: "#2d8c61",
    6: "#a153a2",
    7: "#449bb7",
    8: "#63291b",
    9: "#59550a",
    10: "#8e7fe6",
    11: "#5a6971",
    12: "#d7698f",
}
TONES: Final = {"": INK_3, "good": POSITIVE, "bad": NEGATIVE}


def hue(name: object) -> str:
    """The colour of a category or of what a chart names; what has none is grey."""
    if name in {"in", "kept"}:
        return POSITIVE
    text = str(name)
    return HUES.get(int(text), LINE_STRONG) if text.isdecimal() else LINE_STRONG


def tint(colour: str, part: int) -> str:
    """The same ink thinned with paper: so many percent of it, and solid, so that no line shines through."""
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{(channel * part + 255 * (100 - part) + 50) // 100:02x}" for channel in channels)
