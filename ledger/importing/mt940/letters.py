"""The letters of an MT940 file: SWIFT has none beyond ASCII, so every bank chose an encoding and none says which."""

from __future__ import annotations

import codecs
import re

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_CENTRAL_EUROPE = re.compile(rb":25:/?(?:PL|CZ|SK|HU|RO|HR|SI)\d\d|:6\d[FM]:[CD]\d{6}(?:PLN|CZK|HUF|RON)")
_WESTERN = frozenset("äöüÄÖÜßéèàâêîôûùçëïáíóúñåøæÅØÆÉÀãõ€§°´’")
_CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžýáíéúČŠŽŘőűŐŰöüăâîșțäôľ")
# What a bank of Poland puts where there is nothing.
_FILLING = frozenset("˙ÿ\xa0")


def text_of(content: bytes) -> str:
    """With all line ends as they are, so that places in it can be counted by lines."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_codec(content), "replace")


def _codec(content: bytes) -> str:
    """The one in which what is not ASCII is letters of the languages that are spoken there."""
    beyond = b"".join(_BEYOND_ASCII.findall(content))[:20_000]
    if _CENTRAL_EUROPE.search(content[:20_000]):
        return max(("cp1250", "iso8859-2", "cp852"), key=lambda codec: _sense(beyond, codec, _CENTRAL))
    return max(("cp1252", "cp850"), key=lambda codec: _sense(beyond, codec, _WESTERN))


def _sense(beyond: bytes, codec: str, letters: frozenset[str]) -> int:
    text = beyond.decode(codec, "replace")
    return sum(1 if letter in letters else 0 if letter in _FILLING else -2 for letter in text)
