"""What somebody typed into one line: cut into words and phrases, each with the place it stands at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from financeflow.money.text import SIGNS
from financeflow.web.plain_text import STEERING

Span = tuple[int, int]
PHRASE: Final = r'"(?:\\.|[^"\\])*\\?(?:"|$)'
_QUOTES: Final = "“”„‟«»＂"
_QUOTED_MARKS: Final = re.compile(rf'[\\"{_QUOTES}]')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood: where it stands, why, and what might have been meant."""

    span: Span
    sentence: str
    candidates: tuple[str, ...] = ()


def plain_line(text: str) -> str:
    """The text for reading, and as long: western figures and signs, straight quotes, blanks for what is not seen."""
    return "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if char in STEERING or kind in ("Cc", "Cs", "Zl", "Zp"):
        return " "
    return '"' if char in _QUOTES else SIGNS.get(char, char)


def words_of(text: str) -> str:
    """The text as it may be kept: nothing that cannot be seen, one blank between words."""
    return " ".join("".join(" " if _plain_char(char) == " " else char for char in text).split())


def phrase_of(text: str) -> str:
    """What stands within the quotes of a phrase, or the bare word."""
    if not text or _plain_char(text[0]) != '"':
        return words_of(text)
    return words_of(_ESCAPED.sub(r"\1", _closed(text[1:])))


def _closed(inner: str) -> str:
    """Without the quote at its end, unless that one is escaped."""
    bare = _ESCAPED.sub("\0\0", inner)
    return inner[:-1] if bare and _plain_char(bare[-1]) == '"' else inner


def quoted(text: str) -> str:
    """The text as a phrase, from which phrase_of makes the same text again."""
    escaped = _QUOTED_MARKS.sub(lambda mark: "\\" + mark.group(), text)
    return f'"{escaped}"'


def worded(text: str) -> str:
    """The text bare where it is one simple word, else as a phrase."""
    return text if text and all(char.isalnum() or char in "_'." for char in text) else quoted(text)
