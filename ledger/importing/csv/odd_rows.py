"""Records of a table that are no whole rows: what they are, so that no row is dropped and no total is read as one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.importing.csv.closing_words import end_of, is_total
from ledger.importing.csv.figures import Figures, is_empty, written
from ledger.importing.csv.plan import Plan, cell
from ledger.importing.csv.records import GridRow
from ledger.importing.found import Remark, Unread

Day = dt.date | str
Amount = int | str | None


@dataclass(frozen=True, slots=True)
class Balance:
    """A line that tells what the account held: “opening” or “closing”."""

    end: str
    amount: int | None
    remark: Remark


def judged(row: GridRow, day: Day, amount: Amount, plan: Plan, figures: Figures) -> Remark | Unread | Balance:
    """Of a record without a day or without an amount."""
    filled = [text.strip() for text in row.cells if text.strip()]
    has_amount = isinstance(amount, int)
    if balance := _as_balance(row, filled, plan, figures, told=amount if isinstance(amount, int) else None):
        return balance
    if not isinstance(day, dt.date):
        if any(is_total(text) for text in filled[:4]) and (has_amount or _is_mostly_empty(row, plan)):
            return Remark(_("This line is a total and was left out: “%(text)s”.") % {"text": _shown(row)}, row.line)
        if not has_amount and not _is_torn(row, plan):
            words = _("This line has no date and no amount and was left out: “%(text)s”.")
            return Remark(words % {"text": _shown(row)}, row.line)
        return Unread(row.line, row.original, day)
    problem = amount if isinstance(amount, str) else _("The amount is missing.")
    return Unread(row.line, row.original, problem)


def _shown(row: GridRow) -> str:
    return " ".join(text.strip() for text in row.cells if text.strip())[:80]


def _is_mostly_empty(row: GridRow, plan: Plan) -> bool:
    return is_empty(cell(row.cells, plan.place("date")))


def _is_torn(row: GridRow, plan: Plan) -> bool:
    """A row that was one: both its day and its amount are there and cannot be read."""
    places = [plan.place(role) for role in ("amount", "debit", "credit") if role in plan.columns]
    amounts = [text for place in places if not is_empty(text := cell(row.cells, place))]
    day = cell(row.cells, plan.place("date"))
    if is_empty(day) or not any(char.isdigit() for char in day):
        return any(written(text) for text in amounts)
    return bool(amounts) or len(day) < 30


def _as_balance(row: GridRow, filled: list[str], plan: Plan, figures: Figures, told: int | None) -> Balance | None:
    """“Opening balance” beside a figure, whichever column that stands in."""
    end = next((found for text in filled[:6] if (found := end_of(text))), "")
    if not end:
        return None
    amount = balance_of(row.cells, plan, figures)
    if amount is None:
        amount = told
    if amount is None:
        parts = [figures.read(text) for text in filled if not text.isdigit()]
        amount = next((value for value in parts if isinstance(value, int)), None)
    if amount is None:
        return None
    return as_balance(row, end, amount)


def balance_of(cells: list[str], plan: Plan, figures: Figures) -> int | None:
    value = figures.read(cell(cells, plan.place("balance")))
    return value if isinstance(value, int) else None


def as_balance(row: GridRow, end: str, amount: int | None) -> Balance:
    if end == "total":
        words = _("This line is a total and was left out: “%(text)s”.")
        return Balance(end, None, Remark(words % {"text": _shown(row)}, row.line))
    words = (
        _("This line tells the balance at the beginning and is no row: “%(text)s”.")
        if end == "opening"
        else _("This line tells the balance at the end and is no row: “%(text)s”.")
    )
    return Balance(end, amount, Remark(words % {"text": _shown(row)}, row.line))
