"""CSV and its kin, of whatever bank."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from django.utils.translation import gettext as _

from ledger.importing.csv.grid import Grid, grid_of
from ledger.importing.csv.mapping import Mapping, checked
from ledger.importing.csv.survey import surveyed
from ledger.importing.csv.table import About, read_table
from ledger.importing.found import Found, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

_OTHERS = ("<", "{", "[", "!", "%PDF", "OFXHEADER", ":20:", "{1:", "PK\x03\x04", "\x00")
_LOOK = 60


class Delimited:
    """One row a line, cells parted by a sign."""

    key = "csv"
    title = "CSV"

    def knows(self, source: Source) -> bool:
        if source.head_text.lstrip().startswith(_OTHERS) or not source.content.strip():
            return False
        grid = grid_of(Source(source.name, source.head))
        rows = list(islice(grid.walk(), _LOOK))
        if sum(len(row.cells) > 1 for row in rows) < 1:
            return False
        survey = surveyed(rows, dt.date.max.replace(year=2200), None)
        return bool(survey.header_line or survey.has_rows)

    def read(self, source: Source, how: How) -> Found:
        given = checked(how.mapping)
        grid = grid_of(
            source,
            locale=how.locale,
            encoding=given.get("encoding", ""),
            delimiter=given.get("delimiter", ""),
            quote=given.get("quote", ""),
        )
        if not source.content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
            raise Refused(_("This file is empty. Export it again from your bank."))
        mapping = Mapping(encoding=grid.encoding.name, delimiter=grid.dialect.delimiter, quote=grid.dialect.quote)
        about = About(
            key=self.key,
            mapping=mapping,
            delimiter=grid.dialect.delimiter,
            lines=grid.content.count(b"\n") + 1,
            is_closed=_is_closed(grid),
        )
        return read_table(grid, how, given, about)


def _is_closed(grid: Grid) -> bool:
    return grid.content[-4:].replace(b"\0", b"").endswith((b"\n", b"\r"))


FORMAT = Delimited()
