"""Records with more or fewer cells than their table: a delimiter inside a text, or one that was lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from ledger.importing.csv.figures import is_empty, written
from ledger.importing.csv.plan import MONEY, Plan, cell
from ledger.importing.csv.survey import Survey

_TEXTS = ("description", "payee", "payer", "notes", "kind", "category", "reference")


@dataclass(frozen=True, slots=True)
class Width:
    """`usual` is how many cells a record has; `even` whether all have: then one that is shorter has lost something."""

    usual: int
    even: bool


def width_of(survey: Survey) -> Width:
    lengths = Counter(len(row.cells) for row in survey.sample)
    usual = lengths.most_common(1)[0][0] if lengths else len(survey.headings)
    named = len(survey.headings)
    return Width(max(usual, named) if usual < named and len(lengths) > 1 else usual, len(lengths) == 1)


def mended(cells: list[str], width: Width, plan: Plan, delimiter: str) -> list[str] | None:
    """The record with the pieces of one text put together again; None where that can be done in two ways or in none."""
    extra = len(cells) - width.usual
    if not any(text.strip() for text in cells[width.usual :]):
        return cells
    found: list[list[str]] = []
    for role in _TEXTS:
        for place in plan.places(role):
            text = delimiter.join(cells[place : place + extra + 1])
            tried = [*cells[:place], text, *cells[place + extra + 1 :]]
            if _fits(tried, plan):
                found.append(tried)
    if not found or len({_told(tried, plan) for tried in found}) > 1:
        return None
    return found[0]


def _told(cells: list[str], plan: Plan) -> tuple[str, ...]:
    return tuple(cell(cells, plan.place(role)) for role in ("date", "posted_on", "currency", "account", *MONEY))


def _fits(cells: list[str], plan: Plan) -> bool:
    figures = [cell(cells, plan.place(role)) for role in MONEY]
    if not all(is_empty(text) or written(text) for text in figures):
        return False
    posted = cell(cells, plan.place("posted_on"))
    if plan.posted and not is_empty(posted) and not isinstance(plan.posted.read(posted), dt.date):
        return False
    return isinstance(plan.days.read(cell(cells, plan.place("date"))), dt.date)
