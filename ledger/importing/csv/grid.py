"""A table as rows of text cells, each with its line and its exact text: what CSV and Excel become first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from django.utils.translation import gettext as _

from ledger.importing.csv.dialect import Dialect, dialect_of
from ledger.importing.csv.encoding import Encoding, encoding_of
from ledger.importing.csv.headings import count_known
from ledger.importing.csv.records import GridRow, Records
from ledger.importing.found import Remark
from ledger.importing.source import Source

__all__ = ["Grid", "GridRow", "grid_of"]

_HEAD_LINES = 300
_HEAD_BYTES = 256 * 1024


@dataclass
class Grid:
    """A delimited text, read row by row as often as it is walked. Rows in which nothing stands are left out."""

    content: bytes = field(repr=False)
    encoding: Encoding
    dialect: Dialect
    # Where the first empty byte stood that was taken out.
    empty_at: int | None = None
    remarks: list[Remark] = field(default_factory=list)

    def walk(self) -> Iterator[GridRow]:
        """All rows in their order; only one is held at a time. What had to be mended is in `remarks` afterwards."""
        dialect = self.dialect
        records = Records(
            lines_of(self.content, self.encoding), dialect.delimiter, dialect.quote, wrapped=dialect.wrapped
        )
        rows = iter(records)
        if dialect.hint:
            next(rows, None)
        yield from rows
        self.remarks = [*self._about_bytes, *records.remarks]

    @cached_property
    def rows(self) -> list[GridRow]:
        return list(self.walk())

    @cached_property
    def _about_bytes(self) -> list[Remark]:
        remarks = []
        if self.encoding.stray is not None:
            words = _("Some letters here are not UTF-8 like the rest; they were read as Western ones.")
            remarks.append(Remark(words, self._line_at(self.encoding.stray)))
        if self.empty_at is not None:
            words = _("From this line on, empty (NUL) characters stand between the letters; they were left out.")
            remarks.append(Remark(words, self._line_at(self.empty_at)))
        return remarks

    def _line_at(self, place: int) -> int:
        return self.content.count(b"\n", 0, place) + 1


def lines_of(content: bytes, encoding: Encoding) -> Iterator[str]:
    """The lines with whatever ends them, decoded as they are asked for."""
    return io.TextIOWrapper(io.BytesIO(content), encoding.name, encoding.errors, newline="")


def grid_of(source: Source, *, locale: str = "en", encoding: str = "", delimiter: str = "", quote: str = "") -> Grid:
    """The table of a delimited file: encoding, delimiter and quote are told by what is in it, or as they are given."""
    content = source.content
    taken = Encoding(encoding) if encoding else encoding_of(content, locale)
    empty_at = None
    if b"\0" in content and not taken.name.startswith(("utf-16", "utf-32")):
        empty_at = content.index(b"\0")
        content = content.replace(b"\0", b"")
    head = list(islice(lines_of(content[:_HEAD_BYTES], taken), _HEAD_LINES))
    return Grid(content, taken, dialect_of(head, count_known, delimiter=delimiter, quote=quote), empty_at)
