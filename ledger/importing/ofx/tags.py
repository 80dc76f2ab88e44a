"""Tags and what stands after them, as banks write them: closed or not, in any case, in SGML and in XML alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from operator import itemgetter
from typing import NamedTuple

_FIRST = itemgetter(0)
_TAG = re.compile(r"<\s{0,3}(/?)\s{0,3}([A-Za-z][\w.:-]*)((?:[\s/][^<>]*)?)>")
# What nearly all rows are made of; whatever else is in one makes it go the slow way.
_PLAIN = re.compile(r"<([A-Z][A-Z0-9.]*) ?/?>([^<]*)")
_LETTER_MARKUP = frozenset(
    ("A", "B", "BR", "DIV", "EM", "FONT", "HR", "I", "LI", "OL", "P", "PRE", "SPAN", "STRONG", "U", "UL")
)
_MARKUP = re.compile(r"<\s*/?\s*(?:br|p|b|i|em|strong|span|font|div)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_NO_BREAK = re.compile(r"[^\r\n]")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Within CDATA these two mean themselves; until a text is cleaned, letters of no language stand for them.
_HIDDEN = str.maketrans({"<": "\ue0f0", "&": "\ue0f1", ">": "\ue0f2"})
_BLANK = "\ue0f3"
_SHOWN = str.maketrans({"\ue0f0": "<", "\ue0f1": "&", "\ue0f2": ">", _BLANK: " "})


class Tag(NamedTuple):
    """`value` is the text up to the next tag, as it stands there; `start` is where the tag begins."""

    name: str
    closes: bool
    value: str
    start: int


def masked(text: str) -> str:
    """The same text, letter for letter as long, in which comments are blank and CDATA holds no tags."""
    text = _changed(text, "<!--", "-->", lambda inside: _NO_BREAK.sub(" ", inside), " ")
    return _changed(text, "<![CDATA[", "]]>", lambda inside: inside.translate(_HIDDEN), _BLANK)


def _changed(text: str, opens: str, closes: str, change: Callable[[str], str], blank: str) -> str:
    """Whatever stands between the two is changed; what is never closed is left alone."""
    pieces: list[str] = []
    done, start = 0, text.find(opens)
    while start >= 0:
        inside = start + len(opens)
        end = text.find(closes, inside)
        if end < 0:
            break
        pieces += (text[done:start], blank * len(opens), change(text[inside:end]), blank * len(closes))
        done = end + len(closes)
        start = text.find(opens, done)
    return "".join([*pieces, text[done:]]) if pieces else text


def tags(text: str, start: int, end: int) -> Iterator[Tag]:
    """All tags between two places. What only looks like a tag within a text stays in it."""
    last: re.Match[str] | None = None
    for match in _TAG.finditer(text, start, end):
        if _is_text(match):
            continue
        if last is not None:
            yield _tag(last, text[last.end() : match.start()])
        last = match
    if last is not None:
        yield _tag(last, text[last.end() : end])


def _tag(match: re.Match[str], value: str) -> Tag:
    return Tag(_name(match), match[1] == "/", value, match.start())


def _name(match: re.Match[str]) -> str:
    return match[2].rpartition(":")[2].upper()


def _is_text(match: re.Match[str]) -> bool:
    name = match[2].rpartition(":")[2]
    if name.upper() in _LETTER_MARKUP or not (name.isupper() or name.islower()):
        return True
    rest = match[3].strip(" \t\r\n/")
    return bool(rest) and "=" not in rest


def pairs(text: str) -> list[tuple[str, str]]:
    """The fields of one record: names in capitals, values as they stand there."""
    found = _PLAIN.findall(text)
    if text.count("<") == len(found) + text.count("</") and _LETTER_MARKUP.isdisjoint(map(_FIRST, found)):
        return found
    return [(tag.name, tag.value) for tag in tags(text, 0, len(text)) if not tag.closes]


def cleaned(value: str) -> str:
    """A value as people read it: entities as letters, in one line, without what cannot be seen."""
    if "&" in value:
        value = _ENTITY.sub(_letter, value)
        if "&" in value:
            # Many banks escape what was escaped already.
            value = _ENTITY.sub(_letter, value)
    if "<" in value:
        value = _MARKUP.sub(" ", value)
    value = " ".join(value.split())
    return value if value.isprintable() else _visible(value)


def _visible(value: str) -> str:
    value = _UNSEEN.sub(" ", _DIRECTIONS.sub("", value.translate(_SHOWN)))
    return " ".join(value.split())


def _letter(match: re.Match[str]) -> str:
    if match[3]:
        return html5.get(f"{match[3]};", match[0])
    number = int(match[1]) if match[1] else int(match[2], 16)
    return chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
