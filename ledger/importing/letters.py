"""The bytes of a statement as text: what they are by themselves, and what the file says of them where that decides."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.importing.csv.encoding import ENCODINGS, Encoding, encoding_of
from ledger.importing.found import Remark

_SAMPLE = 256 * 1024
_EIGHT_BITS = re.compile(r"(?:windows|cp|ansi|ms|x-cp)?[-_ ]?(125[0-8])")
_LATIN = re.compile(r"(?:iso)?[-_ ]?8859[-_ ]?(\d{1,2})")


def text_of(content: bytes, locale: str, declared: str = "") -> tuple[str, list[Remark]]:
    """What is UTF is told by its bytes, whatever the file says; only the old code pages need its word."""
    encoding = _encoding(content, locale, _code_page(declared))
    text = content.decode(encoding.name, encoding.errors).removeprefix("\ufeff")
    if "\0" in text:
        text = text.replace("\0", " ")
    if encoding.stray is None:
        return text, []
    line = content.count(b"\n", 0, encoding.stray) + 1
    return text, [Remark(_("Some letters are not of the file's own encoding and may look wrong, first here."), line)]


def _encoding(content: bytes, locale: str, code_page: str) -> Encoding:
    """Where the file names a code page, a look at its beginning tells whether to believe it."""
    if not code_page:
        return encoding_of(content, locale)
    guessed = encoding_of(content[:_SAMPLE], locale)
    if not guessed.name.startswith("utf"):
        return Encoding(code_page)
    return encoding_of(content, locale) if guessed.name != "utf-8" else _utf8_or(content, locale, code_page)


def _utf8_or(content: bytes, locale: str, code_page: str) -> Encoding:
    """The first letters beyond ASCII may come late: then the whole says what it is."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        whole = encoding_of(content, locale)
        return whole if whole.name.startswith("utf") else Encoding(code_page)
    return Encoding("utf-8")


def _code_page(declared: str) -> str:
    """Latin-1 is read as Windows 1252, which has the same letters and, unlike it, the signs that banks use."""
    word = declared.strip().casefold()
    if match := _EIGHT_BITS.fullmatch(word):
        name = f"cp{match[1]}"
    elif match := _LATIN.fullmatch(word):
        name = "cp1252" if match[1] == "1" else f"iso-8859-{match[1]}"
    else:
        name = word
    return name if name in ENCODINGS and not name.startswith("utf") else ""
