"""A search in words for people: one chip for each term, with the search that is left without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from financeflow.web.dates import day_text, reading_locale
from ledger.calc.terms import AmountRange, DayRange, Search, Term, Text

LABELS: Final[dict[str, Any]] = {
    "amount": gettext_lazy("Amount"),
    "category": gettext_lazy("Category"),
    "account": gettext_lazy("Account"),
    "payee": gettext_lazy("Payee"),
    "tag": gettext_lazy("Tag"),
    "note": gettext_lazy("Notes"),
    "currency": gettext_lazy("Currency"),
    "by": gettext_lazy("Entered by"),
}
CHOICES: Final[dict[tuple[str, str], Any]] = {
    ("is", "in"): gettext_lazy("Money in"),
    ("is", "out"): gettext_lazy("Money out"),
    ("is", "income"): gettext_lazy("Income"),
    ("is", "spending"): gettext_lazy("Spending"),
    ("is", "transfer"): gettext_lazy("Transfers"),
    ("is", "split"): gettext_lazy("Split into parts"),
    ("is", "refund"): gettext_lazy("Paid back"),
    ("is", "pending"): gettext_lazy("Pending"),
    ("is", "cleared"): gettext_lazy("Cleared"),
    ("is", "reconciled"): gettext_lazy("Reconciled"),
    ("is", "uncategorised"): gettext_lazy("Uncategorised"),
    ("is", "learned"): gettext_lazy("Filed by itself"),
    ("has", "attachment"): gettext_lazy("With papers"),
    ("has", "note"): gettext_lazy("With notes"),
    ("has", "tag"): gettext_lazy("With tags"),
    ("has", "split"): gettext_lazy("Split into parts"),
    ("source", "typed"): gettext_lazy("Typed in"),
    ("source", "imported"): gettext_lazy("From a file"),
    ("source", "synced"): gettext_lazy("From the bank"),
    ("source", "api"): gettext_lazy("By a program"),
    ("source", "sample"): gettext_lazy("Sample"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One term: what it is about, what is asked, whether that is left out, and the search without it."""

    label: str
    value: str
    negated: bool
    rest: str


def chips(search: Search, *, locale: str) -> Iterator[Chip]:
    for term in search.terms:
        rest = search.without(lambda each, term=term: each is term)  # type: ignore[misc]
        yield Chip(label_of(term), value_of(term, locale), term.negated, rest)


def label_of(term: Term) -> str:
    """What it is about; nothing where the value says so itself."""
    if isinstance(term.value, DayRange):
        return _("Date")
    return str(LABELS.get(term.name, ""))


def value_of(term: Term, locale: str) -> str:
    value = term.value
    if value is None:
        return _("none")
    if isinstance(value, Text):
        return f"“{value.text}”"
    if isinstance(value, AmountRange):
        return _amounts(value, locale)
    if isinstance(value, DayRange):
        return _days(value, locale)
    return str(CHOICES.get((term.name, value), value))


def _amounts(value: AmountRange, locale: str) -> str:
    low, high = (None if end is None else _figures(end, locale) for end in (value.low, value.high))
    if low is None:
        return f"{'<' if value.under else '≤'} {high}"
    if high is None:
        return f"{'>' if value.over else '≥'} {low}"
    return low if low == high else f"{low} – {high}"


def _figures(value: Decimal, locale: str) -> str:
    return str(format_decimal(value, locale=reading_locale(get_language() or "en", locale), decimal_quantization=False))


def _days(value: DayRange, locale: str) -> str:
    language = get_language() or "en"

    def day(each: Any, style: str = "medium") -> str:
        return day_text(each, style, language=language, locale=locale)

    if value.first is None:
        return _("before %(day)s") % {"day": day(value.last + timedelta(days=1))} if value.last else _("any time")
    if value.last is None:
        return _("after %(day)s") % {"day": day(value.first - timedelta(days=1))}
    if value.first == value.last:
        return day(value.first)
    if (value.first.year, value.first.month) == (value.last.year, value.last.month):
        return day(value.first, "month")
    return str(value.first.year)
