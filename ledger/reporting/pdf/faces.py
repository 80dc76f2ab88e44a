"""The type of a PDF: embedded faces and what steps in for them, lines that break, Hebrew from the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from bidi.algorithm import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from ledger.reporting.pdf import ink

PLAIN: Final = "FinanceFlow"
STRONG: Final = "FinanceFlow-Strong"
REST: Final = "FinanceFlow-Rest"
_VENDOR: Final = Path(__file__).parent / "vendor"
_FILES: Final = {
    PLAIN: "open-sans/0.4.2/OpenSans_400Regular.ttf",
    STRONG: "open-sans/0.4.2/OpenSans_600SemiBold.ttf",
    REST: "dejavu-sans/2.37.3/DejaVuSans.ttf",
}
# East Asian faces are many megabytes each: every reader of PDF brings its own, so these are named and not embedded.
_JAPANESE, _CHINESE, _KOREAN = "HeiseiKakuGo-W5", "STSong-Light", "HYGothic-Medium"
_ISOLATED: Final = re.compile("[\u2066\u2067\u2068][^\u2066-\u2069]*\u2069")
# Signs without a direction, which stand for what is isolated while the words around it are put in order.
_STANDING_IN: Final = 0x2400
_BREAKS: Final = re.compile(r"[ \t\r\n\v\f]+")
_WIDE: Final = re.compile("[\uff01-\uff5e\uffe0-\uffe6]+")
_EMOJI_FORM: Final = "\N{VARIATION SELECTOR-16}"
_UNKNOWN: Final = "\N{WHITE VERTICAL RECTANGLE}"


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: the size in points, the weight, the ink."""

    size: float
    strong: bool = False
    ink: str = ink.INK_1


@cache
def registered() -> dict[str, Any]:
    """The faces made known, once; and which characters each embedded one has."""
    found = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(_VENDOR / file))
        pdfmetrics.registerFont(font)
        found[name] = font.face.charToGlyph
    for name in (_JAPANESE, _CHINESE, _KOREAN):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return found


@lru_cache(maxsize=4096)
def _face(char: str, strong: bool) -> str:
    """The face that has a character; none where nobody has it."""
    glyphs, code = registered(), ord(char)
    for name in (STRONG if strong else PLAIN, REST):
        if code in glyphs[name]:
            return name
    return next((face for first, last, face in _EAST if first <= code <= last), "")


_EAST: Final = (
    (0x3000, 0x30FF, _JAPANESE),
    (0x3400, 0x4DBF, _CHINESE),
    (0x4E00, 0x9FFF, _CHINESE),
    (0xAC00, 0xD7AF, _KOREAN),
    (0xF900, 0xFAFF, _CHINESE),
    (0xFF00, 0xFFEF, _JAPANESE),
)


@lru_cache(maxsize=8192)
def runs(text: str, *, strong: bool = False) -> tuple[tuple[str, str], ...]:
    """A line as it is drawn from left to right: pieces of it, each with the face that has its characters."""
    pieces: list[tuple[str, str]] = []
    for char in _drawn(text):
        face = _face(char, strong)
        if char == " " and pieces:
            # A space is set in the face of what it follows.
            face = pieces[-1][0]
        pieces.append((face or REST, char if face else _UNKNOWN))
    if any(face == _JAPANESE for face, _char in pieces):
        # Where there is kana, the other signs are Japanese too.
        pieces = [(_JAPANESE if face == _CHINESE else face, char) for face, char in pieces]
    return tuple(
        (face, "".join(char for _face_name, char in some)) for face, some in groupby(pieces, key=lambda piece: piece[0])
    )


def _drawn(text: str) -> Iterator[str]:
    """The characters in the order one sees them, without those that only steer."""
    if any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in text):
        text = _ordered(text)
    # Wide forms of letters and signs, ￥ among them, are set as the plain ones: these are embedded.
    text = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return (char for char in text if unicodedata.category(char) not in {"Cf", "Cc", "Cs"} and char != _EMOJI_FORM)


def _ordered(text: str) -> str:
    """Words from the right in the order they are drawn; what is isolated, an amount, keeps its own within."""
    isolated = _ISOLATED.findall(text)
    signs = [chr(_STANDING_IN + place) for place in range(len(isolated))]
    for inner, sign in zip(isolated, signs, strict=True):
        text = text.replace(inner, sign, 1)
    ordered = str(get_display(text))
    for inner, sign in zip(isolated, signs, strict=True):
        ordered = ordered.replace(sign, str(get_display(inner[1:-1], base_dir="L")))
    return ordered


def is_embedded(text: str) -> bool:
    """Whether everybody sees the text as it is, whatever faces their own machine has."""
    return all(face in _FILES for face, _piece in runs(text))


def clean(text: str) -> str:
    """One line of what may have been several, each letter with its marks as one."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", text))


def width(text: str, style: Type) -> float:
    return _measure(text, style.strong) * style.size


@lru_cache(maxsize=16384)
def _measure(text: str, strong: bool) -> float:
    """How wide a text is in type of size 1."""
    return float(sum(pdfmetrics.stringWidth(piece, face, 1) for face, piece in runs(text, strong=strong)))


def lines(text: str, style: Type, room: float, *, most: int = 0) -> list[str]:
    """The text broken between words where it is wider than its room; a word that is too wide itself is cut anywhere.

    Where there may be no more than `most` lines, the last ends with an ellipsis.
    """
    found = [""]
    for word in clean(text).split(" "):
        longer = f"{found[-1]} {word}" if found[-1] else word
        if width(longer, style) <= room:
            found[-1] = longer
            continue
        found.extend(_cut(word, style, room))
    found = [line for line in found if line] or [""]
    if not most or len(found) <= most:
        return found
    return [*found[: most - 1], fitted(" ".join(found[most - 1 :]), style, room)]


def _cut(word: str, style: Type, room: float) -> Iterator[str]:
    while word and width(word, style) > room:
        end = max(1, fits(word, style, room))
        yield word[:end]
        word = word[end:]
    yield word


def fits(text: str, style: Type, room: float) -> int:
    """How many of its characters have room."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle], style) <= room else (low, middle - 1)
    return low


def fitted(text: str, style: Type, room: float) -> str:
    """The text, or as much of it as has room and an ellipsis."""
    text = clean(text)
    if width(text, style) <= room:
        return text
    return text[: fits(text, style, room - width("…", style))].rstrip() + "…"


def shrunk(text: str, style: Type, room: float) -> Type:
    """The same style, smaller where the text would not have room: figures are never cut."""
    needed = width(text, style)
    return style if needed <= room else Type(style.size * room / needed, style.strong, style.ink)
