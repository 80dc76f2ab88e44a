"""Doors from a figure to the transactions that make it: the list whose net is that figure, to the cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.urls import reverse

from financeflow.households.models import User
from ledger.calc.periods import Period
from ledger.calc.terms import DayRange, Term
from ledger.calc.words import name_key
from ledger.models import Account, Category, Payee, Tag
from ledger.queries.reports.asked import Question
from ledger.queries.understanding import ALONE, EITHER


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """The same categories, accounts and payees stand in every report."""
    return quote_plus(text)


def query_of(line: str, months: Sequence[object], **more: Any) -> str:
    said = {"q": line, "month": [str(month) for month in months], **more}
    kept = {name: value for name, value in said.items() if value}
    return f"?{urlencode(kept, doseq=True)}" if kept else ""


def list_url(line: str, months: Sequence[object] = (), **more: Any) -> str:
    return reverse("transaction_list") + query_of(line, months, **more)


class Doors:
    """The doors of one report: each keeps what the report was asked for and narrows it down to one figure."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._names: dict[str, int] = {}
        self._periods: dict[Period, tuple[str, str]] = {}
        self._spellings: dict[Term, str] = {}
        # The categories that a term means, for those it was made of, and what stands in each group.
        self._keys: dict[Term, frozenset[int]] = {}
        self._inside_of: dict[int, list[int]] = {}
        for category in question.categories.values():
            if category.parent_id:
                self._inside_of.setdefault(category.parent_id, []).append(category.pk)
            if not category.trashed_at:
                key = name_key(category.name)
                self._names[key] = self._names.get(key, 0) + 1

    def to(self, *terms: Term, period: Period | None = None, several: Sequence[Period] = ()) -> str:
        """The list of a period, of the one asked for where none is named, that also meets these terms.

        `several` are months that need not follow each other.
        """
        months, days = self._said(period or self.question.period)
        if several:
            months, days = "&".join(f"month={month.first:%Y-%m}" for month in several), ""
        if self._asked_categories is not None:
            terms = tuple(self._inside(terms, self._asked_categories))
        # A report has hundreds of doors: put together as `list_url` would, of parts that are each written once.
        words = [self._line(terms), *map(self._spelled, terms), days]
        line = "+".join([word for word in words if word])
        said = f"q={line}" if line else ""
        query = f"{said}&{months}" if said and months else said or months
        return f"{self._list}?{query}" if query else self._list

    @cached_property
    def _asked_categories(self) -> frozenset[int] | None:
        """The categories that the report was narrowed down to."""
        return self.question.everything.conditions.categories if self.question.search.terms else None

    def _inside(self, terms: Sequence[Term], asked: frozenset[int]) -> Iterator[Term]:
        """Of a group of which only some was asked for, only that."""
        for term in terms:
            keys = self._keys.get(term, frozenset())
            some = [key for key in self.question.categories if key in keys and key in asked]
            if not some or len(some) == len(keys):
                yield term
            else:
                yield from (self.category(self.question.categories[key], alone=True) for key in some)

    @cached_property
    def _list(self) -> str:
        return reverse("transaction_list")

    def _said(self, period: Period) -> tuple[str, str]:
        """The days of a period, as the end of an address and as part of the search there."""
        if period not in self._periods:
            days = "" if period.is_month else "+".join(map(self._spelled, within(period)))
            self._periods[period] = ("" if days else f"month={period.first:%Y-%m}", days)
        return self._periods[period]

    def _line(self, terms: Sequence[Term]) -> str:
        """What was asked for; where several of a word mean one or the other, the narrower one stands alone."""
        if not self.question.search.terms:
            return self._plain_line
        narrower = {term.name for term in terms if term.name in EITHER and not term.negated}
        return quote_plus(self.question.search.without(lambda term: term.name in narrower and not term.negated))

    @cached_property
    def _plain_line(self) -> str:
        return quote_plus(self.question.search.without(lambda _term: False))

    def _spelled(self, term: Term) -> str:
        if term not in self._spellings:
            self._spellings[term] = _quoted(str(term))
        return self._spellings[term]

    def category(self, category: Category | None, *, alone: bool = False) -> Term:
        """What is filed under a category: under a group with all in it, or `alone` without."""
        if category is None:
            return Term("is", "uncategorised")
        name = _plain(category) if self._names.get(name_key(category.name)) == 1 else f"@{category.uid}"
        term = Term("category", f"{ALONE if alone else ''}{name}")
        self._keys[term] = frozenset([category.pk, *(() if alone else self._inside_of.get(category.pk, ()))])
        return term

    def account(self, account: Account) -> Term:
        alike = [row for row in self.question.accounts.values() if name_key(row.name) == name_key(account.name)]
        return Term("account", _plain(account) if len(alike) == 1 else f"@{account.uid}")

    def payee(self, payee: Payee | None) -> Term:
        """What went to somebody or came from them."""
        return Term("payee", _plain(payee) if payee else None)

    def tag(self, tag: Tag | None) -> Term:
        return Term("tag", _plain(tag) if tag else None)

    def member(self, person: User | None) -> Term:
        """What somebody entered; without a person, what nobody did."""
        return Term("by", f"@{person.uid}" if person else None)


def _plain(row: Category | Account | Payee | Tag) -> str:
    """Its name, unless that would be read as something else."""
    return f"@{row.uid}" if row.name.startswith((ALONE, "@")) or not row.name.strip() else row.name


INCOME, SPENDING = Term("is", "income"), Term("is", "spending")
NOT_TRANSFER = Term("is", "transfer", negated=True)


def within(period: Period) -> tuple[Term, ...]:
    """The days of a period, as terms of a search."""
    if period.first == period.last:
        return (Term("on", DayRange(period.first, period.last)),)
    whole_year = (period.first.month, period.first.day) == (1, 1) and (period.last.month, period.last.day) == (12, 31)
    if whole_year and period.first.year == period.last.year:
        return (Term("year", DayRange(period.first, period.last)),)
    return Term("after", DayRange(period.first, None)), Term("before", DayRange(None, period.last))
