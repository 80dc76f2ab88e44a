"""A line of quick add cut into tokens: @account, #tag, name:value, phrases, the arrow, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ledger.calc.typed import PHRASE, Span, phrase_of, plain_line

NAMES: Final = ("payee", "category", "note", "account", "tag", "on")
_ARROW: Final = r"[-=]*>|[→➔➜]"
_WORD: Final = rf'(?:(?!{_ARROW})[^\s"])+'
_VALUE: Final = rf"(?:{PHRASE}|{_WORD})"
_TOKEN: Final = re.compile(
    rf"(?P<arrow>{_ARROW})|@(?P<account>{_VALUE})|\#(?P<tag>{_VALUE})"
    rf"|(?:(?P<name>{'|'.join(NAMES)}):(?P<value>{_VALUE}))|(?P<phrase>{PHRASE})|(?P<word>{_WORD})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the line: `kind` is arrow, phrase, word or one of NAMES; `plain` is for reading, `text` to keep."""

    kind: str
    span: Span
    text: str
    plain: str


def cut(line: str) -> tuple[Token, ...]:
    plain = plain_line(line)
    return tuple(_token(found, line) for found in _TOKEN.finditer(plain))


def _token(found: re.Match[str], line: str) -> Token:
    kind = str(found.lastgroup)
    text = phrase_of(line[slice(*found.span(kind))])
    return Token(found["name"].casefold() if kind == "value" else kind, found.span(), text, found[kind])
