"""CAMT cut into statements and entries by their places in the file, so that one damaged entry spoils no other."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.found import Refused

MESSAGE = re.compile(rb"BkToCstmrStmt\b|BkToCstmrAcctRpt\b|BkToCstmrDbtCdtNtfctn\b|camt\.05[234]\.0\d\d")
_PREFIX = re.compile(rb"<(?:([\w.-]+):)?(?:BkToCstmr\w+|Stmt|Rpt|Ntfctn|Ntry)[\s>]")
_ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']""")
_HIDDEN = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|"
_LETTERS = ("iso8859", "cp", "mac", "koi8", "gb", "big5", "shift", "euc")
_QUOTES = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))
_NAMES = ("Stmt", "Rpt", "Ntfctn")


@dataclass(slots=True)
class Piece:
    """From one place in the content to another, and the line in which it begins."""

    start: int
    end: int
    line: int


@dataclass(slots=True)
class StatementPiece:
    """One statement, report or notification. A stray is what stands between its entries and is none."""

    tag: str
    start: int
    line: int
    end: int = -1
    is_whole: bool = False
    entries: list[Piece] = field(default_factory=list)
    strays: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """The file as UTF-8. Where its names have a prefix, such as “ns2:”, that is it."""

    content: bytes
    prefix: bytes
    statements: list[StatementPiece]
    last_line: int
    # Whether the message that holds the statements ends: more of them may have been cut off.
    is_whole: bool

    def heading(self, statement: StatementPiece) -> bytes:
        """The statement without its entries."""
        if not statement.entries:
            return self._plain(self.content[statement.start : statement.end])
        head = self.content[statement.start : statement.entries[0].start]
        return self._plain(head + self.content[statement.entries[-1].end : statement.end])

    def entry(self, piece: Piece) -> bytes:
        return self._plain(self.content[piece.start : piece.end])

    def text(self, piece: Piece) -> str:
        """As it stands in the file."""
        return self.content[piece.start : piece.end].decode("utf-8", "replace").strip()

    def _plain(self, part: bytes) -> bytes:
        if not self.prefix:
            return part
        return part.replace(b"<" + self.prefix, b"<").replace(b"</" + self.prefix, b"</")


def cut(content: bytes) -> Document:
    """Refused where it declares a document type: with it goes all that XML could do to a reader."""
    content = as_utf8(content)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(_("The file declares XML entities, which no bank's statement does. It was not read."))
    first = _PREFIX.search(content)
    prefix = first[1] + b":" if first is not None and first[1] else b""
    cutter = _Cutter(content)
    cutter.cut(prefix)
    last = cutter.statements[-1].end if cutter.statements else 0
    is_whole = b"<" + prefix + b"BkToCstmr" not in content or content.find(b"</" + prefix + b"BkToCstmr", last) >= 0
    return Document(content, prefix, cutter.statements, cutter.line_at(len(content.rstrip())), is_whole)


def as_utf8(content: bytes) -> bytes:
    """By its mark or declaration; what is not of the encoding that is declared is looked at entry by entry."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").encode("utf-8", "replace")
    if content.startswith((b"<\0", b"\0<")):
        encoding = "utf-16-le" if content.startswith(b"<") else "utf-16-be"
        return content.decode(encoding, "replace").encode("utf-8", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    declared = _ENCODING.search(content[:300])
    name = _codec(declared[1].decode("ascii")) if declared else "utf-8"
    return content if name == "utf-8" else content.decode(name, "replace").encode("utf-8")


def _codec(declared: str) -> str:
    """One byte for a letter: the others would have had a mark, or are no encodings of text at all."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return "utf-8"
    return name if name.startswith(_LETTERS) else "utf-8"


def _is_only_comments(part: bytes) -> bool:
    part = part.strip()
    while part.startswith(b"<!--") and b"-->" in part:
        part = part.partition(b"-->")[2].lstrip()
    return not part


class _Cutter:
    """Walks over the tags that begin and end statements and entries, in their order."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.statements: list[StatementPiece] = []
        self._open: StatementPiece | None = None
        self._entry = -1
        # Up to where everything has its place.
        self._done = 0
        self._counted, self._line = 0, 1
        self._line_end = b"\n" if b"\n" in content else b"\r"

    def cut(self, prefix: bytes) -> None:
        for name, closes, start, end in self._tags(prefix):
            if name != "Ntry":
                self._close(start)
                self._container(name, closes=closes, start=start, end=end)
            elif closes:
                self._end_entry(end)
            else:
                self._begin_entry(start)
        if self._open is not None:
            self._close(len(self.content))
            self._open.end = len(self.content)

    def line_at(self, place: int) -> int:
        """Places are asked for in rising order, so that every line is counted once."""
        if place < self._counted:
            self._counted, self._line = 0, 1
        self._line += self.content.count(self._line_end, self._counted, place)
        self._counted = place
        return self._line

    def _tags(self, prefix: bytes) -> Iterator[tuple[str, bool, int, int]]:
        hidden = _HIDDEN if b"<!--" in self.content or b"<![CDATA[" in self.content else b""
        names = re.escape(prefix) + b"(Ntry|" + "|".join(_NAMES).encode() + rb")(?=[\s/>])[^<>]*>"
        tags = re.compile(hidden + b"<(/?)" + names, re.S)
        for found in tags.finditer(self.content, 0, self._hidden_from()):
            if found[2] is not None:
                yield found[2].decode(), bool(found[1]), found.start(), found.end()

    def _hidden_from(self) -> int:
        """Where a comment or a quotation begins that never ends: looking for each end would take forever."""
        last = [(self.content.rfind(close), opening) for opening, close in _QUOTES]
        begins = [self.content.find(opening, place + 1) for place, opening in last]
        return min((place for place in begins if place >= 0), default=len(self.content))

    def _container(self, name: str, *, closes: bool, start: int, end: int) -> None:
        if self._open is not None:
            self._open.end = end if closes else start
            self._open.is_whole = closes and self._open.tag == name
            self._open = None
        if not closes:
            self._open = StatementPiece(name, start, self.line_at(start))
            self.statements.append(self._open)
        self._done = end

    def _begin_entry(self, start: int) -> None:
        if self._open is None:
            # The tag that begins the statement is missing or damaged.
            self._open = StatementPiece("", self._done, self.line_at(self._done))
            self.statements.append(self._open)
        if self._entry >= 0:
            self._stray(self._entry, start)
        elif self._open.entries:
            self._stray(self._done, start)
        self._entry = start

    def _end_entry(self, end: int) -> None:
        if self._open is None:
            return
        if self._entry < 0:
            self._stray(self._done, end)
        else:
            self._open.entries.append(Piece(self._entry, end, self.line_at(self._entry)))
        self._entry, self._done = -1, end

    def _close(self, place: int) -> None:
        """An entry that is still open ends with its statement."""
        if self._entry >= 0:
            self._stray(self._entry, place)
            self._entry = -1

    def _stray(self, start: int, end: int) -> None:
        part = self.content[start:end]
        if self._open is not None and not _is_only_comments(part):
            self._open.strays.append(Piece(start, end, self.line_at(start + len(part) - len(part.lstrip()))))
