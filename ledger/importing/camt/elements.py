"""Pieces of XML made into elements; what is damaged is mended where it can be, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from ledger.importing.camt.pieces import Document, Piece

# So many entries are parsed at once: quick, and never the whole file in memory as elements.
BATCH = 8
# Elements take ten times the memory of their text: more than this is not made into them.
MOST_AT_ONCE = 16 * 1024**2

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_REFERENCES = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_TAG_PREFIX = re.compile(rb"(</?)[A-Za-z_][\w.-]*:")
_PREFIXED = re.compile(rb"""\s(?:xmlns|[A-Za-z_][\w.-]*:[\w.-]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_TAG = re.compile(rb"<[^<>]*>")


def elements(document: Document, pieces: list[Piece]) -> Iterator[tuple[Element | None, bool]]:
    """One for each piece, None where it cannot be understood; and whether it had to be mended."""
    parts = [document.entry(piece) for piece in pieces]
    whole = _parsed(b"<all>" + b"\n".join(parts) + b"</all>") if not any(b"xmlns" in part for part in parts) else None
    if whole is not None and len(whole) == len(parts):
        for element in whole:
            yield element, False
        return
    for part in parts:
        yield element_of(part)


def element_of(part: bytes) -> tuple[Element | None, bool]:
    """The same for one."""
    if b"xmlns" not in part and (plain := _parsed(part)) is not None:
        return plain, False
    bare = _parsed(without_names(part))
    return (bare, False) if bare is not None else (_parsed(_mended(part)), True)


def salvaged(part: bytes) -> list[Element]:
    """The children of a heading that are whole, as far as it can be read."""
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(["start", "end"])
    found: list[Element] = []
    depth = 0
    try:
        parser.feed(_mended(part))
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 1:
                found.append(element)
    except ET.ParseError:
        return found
    return found


def text_of(element: Element | None, *path: str) -> str:
    """What stands at the end of the path, without blanks around it; empty where the path leads nowhere."""
    for name in path:
        if element is None:
            return ""
        element = element.find(name)
    return "" if element is None or element.text is None else " ".join(element.text.split())


def parts_of(element: Element | None) -> dict[str, Element]:
    """What is in it by name: much quicker than to look for one after another."""
    return {} if element is None else {child.tag: child for child in element}


def word(element: Element | None) -> str:
    """Of a date, a code or a reference: what has no words that blanks could part."""
    return "" if element is None or element.text is None else element.text.strip()


def at(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = element.find(name)
    return element


def without_names(part: bytes) -> bytes:
    """Elements by their local names alone: prefixes and namespaces of the message and its extensions are taken off."""
    return _TAG.sub(lambda tag: _PREFIXED.sub(b"", _TAG_PREFIX.sub(rb"\1", tag[0])), part)


def _mended(part: bytes) -> bytes:
    """Letters that XML knows not, a bare “&”, and letters of an old encoding."""
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        part = part.decode("cp1252", "replace").encode("utf-8")
    part = _CONTROL_REFERENCES.sub(b"", _CONTROLS.sub(b"", part))
    return without_names(_BARE_AMPERSAND.sub(b"&amp;", part))


def _parsed(part: bytes) -> Element | None:
    try:
        # A piece has no document type, so there is no entity that could grow.
        return ET.fromstring(part)  # noqa: S314
    except ET.ParseError:
        return None
