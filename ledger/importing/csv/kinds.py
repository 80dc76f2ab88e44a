"""What stands in a column, whatever its heading says: days, figures, currencies, account numbers, words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ledger.importing.amounts import known_currency
from ledger.importing.csv.dates import looks_like_a_day
from ledger.importing.csv.directions import usual_directions
from ledger.importing.csv.figures import is_empty, written

IBAN = re.compile(r"[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Kind:
    """Shares in percent of the cells that are filled; `filled` is the share of those in all rows."""

    place: int
    rows: int
    filled: int
    days: int
    # Of a sheet: whole numbers that may be days, as spreadsheets count them.
    serials: int
    figures: int
    # Of the figures those with decimals or a sign: what has neither may as well be a number of something.
    money: int
    currencies: int
    ibans: int
    length: int
    distinct: int
    directions: bool

    @property
    def is_days(self) -> bool:
        return self.days >= 60 and self.filled > 0

    @property
    def is_figures(self) -> bool:
        return self.figures >= 70 and self.filled > 0 and not self.is_days


def kinds_of(rows: list[list[str]], today: dt.date, *, is_sheet: bool = False) -> list[Kind]:
    width = max((len(row) for row in rows), default=0)
    return [
        _kind(place, [row[place] if place < len(row) else "" for row in rows], today, is_sheet)
        for place in range(width)
    ]


def _kind(place: int, cells: list[str], today: dt.date, is_sheet: bool) -> Kind:
    texts = [cell.strip() for cell in cells]
    filled = [text for text in texts if not is_empty(text)]
    count = max(len(filled), 1)
    parts = [found for text in filled if (found := written(text))]
    days = sum(1 for text in filled if looks_like_a_day(text, today))
    serials = sum(1 for text in filled if _SERIAL.fullmatch(text)) if is_sheet else 0
    money = sum(1 for found in parts if found.negative or found.currency or "." in found.number or "," in found.number)
    return Kind(
        place=place,
        rows=len(cells),
        filled=100 * len(filled) // max(len(cells), 1),
        days=100 * days // count,
        serials=100 * serials // count,
        figures=100 * len(parts) // count,
        money=100 * money // count,
        currencies=100 * sum(1 for text in filled if len(text) == 3 and known_currency(text)) // count,
        ibans=100 * sum(1 for text in filled if IBAN.fullmatch(text)) // count,
        length=sum(len(text) for text in filled) // count,
        distinct=len(set(filled)),
        directions=bool(filled) and usual_directions(filled) is not None,
    )
