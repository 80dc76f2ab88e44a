"""What a search asks for, as conditions on the books: names become rows, days become spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from financeflow.households.queries import members_of
from financeflow.money.currencies import minor_digits
from financeflow.web.months import Month
from ledger.calc.terms import AmountRange, DayRange, Search, Term, Text
from ledger.calc.words import name_key
from ledger.models import Account, Attachment, Category, Import, Line, Payee, RefundLink, Transaction, TransactionTag
from ledger.queries.conditions import Conditions, Keys, Span
from ledger.queries.few import OfCategories, OfPayees, first_learned, first_unfiled
from ledger.queries.imports.listed import rows_of_files
from ledger.queries.payees import payees, tags
from ledger.queries.wording import holding

NOTHING = Q(pk__in=[])
# In front of the name of a group: it alone, without what stands in it.
ALONE = "="
# Where a name would not do, for there are two of it: the row of an id.
BY_ID = re.compile(r"@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FLOWS = ("income", "spending")
# What a line of a transaction may be, and the way to those that are.
STANDING = {
    "uncategorised": (Q(category=None, is_transfer=False), first_unfiled),
    "learned": (Q(learned__gt=0), first_learned),
}
# Of these, several mean one or the other; of all else, several mean each.
EITHER = ("category", "account", "payee", "currency", "source", "import", "by")


class Understanding:
    """Conditions in the making, and what could not be found."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.rows: list[Q] = []
        self.lines: list[Q] = []
        self.texts: list[tuple[str, ...]] = []
        self.few: list[Keys] = []
        self.accounts: set[int] | None = None
        self.categories: set[int] | None = None
        self.payees: set[int] = set()
        self.span = Span()
        self.unknown: list[str] = []
        self.either: dict[str, Q] = {}

    def take(self, term: Term) -> None:
        readers: dict[str, Callable[[Term], Q | None]] = {
            "text": self._text,
            "amount": self._amount,
            "is": self._is,
            "has": self._has,
            "category": self._category,
            "account": self._account,
            "payee": self._payee,
            "tag": self._tag,
            "note": lambda term: Q(notes__icontains=str(term.value)),
            "currency": lambda term: Q(currency=str(term.value).upper()),
            "source": lambda term: Q(source=str(term.value)),
            "import": self._import,
            "by": self._by,
        }
        found = readers.get(term.name, self._days)(term)
        if found is None:
            return
        if term.negated:
            self.rows.append(~found)
        elif term.name in EITHER:
            self.either[term.name] = self.either.get(term.name, Q()) | found
        else:
            self.rows.append(found)

    def conditions(self, months: Sequence[Month]) -> Conditions:
        spans = [Span(month.first_day, month.last_day) for month in months] or [Span()]
        both = crossed_with(spans, self.span)
        return Conditions(
            spans=tuple(span for span in both if span != Span()),
            accounts=None if self.accounts is None else frozenset(self.accounts),
            categories=None if self.categories is None else frozenset(self.categories),
            rows=(*self.rows, *self.either.values(), *(() if both else (NOTHING,))),
            lines=tuple(self.lines),
            texts=tuple(self.texts),
            few=tuple(self.few),
        )

    def _text(self, term: Term) -> Q | None:
        assert isinstance(term.value, Text)
        texts = tuple(text for text in (term.value.words, term.value.amount_word) if text)
        if term.negated:
            return holding(texts)
        self.texts.append(texts)
        return None

    def _amount(self, term: Term) -> Q:
        assert isinstance(term.value, AmountRange)
        found = Q()
        currencies = set(Account.objects.values_list("currency", flat=True))
        for digits in {minor_digits(currency) for currency in currencies}:
            low, high = term.value.minor(digits)
            low = low or 0
            within = Q(currency__in=[code for code in currencies if minor_digits(code) == digits])
            found |= within & (_between(low, high) | _between(_minus(high), _minus(low)))
        return found or NOTHING

    def _is(self, term: Term) -> Q | None:
        plain = Q(transfer=None)
        if term.value in STANDING and not term.negated:
            asked, way = STANDING[str(term.value)]
            self.lines.append(asked)
            self.few.append(way)
            return None
        if term.value in FLOWS:
            counts = counts_as(str(term.value))
            if term.negated:
                return Q(Exists(Line.objects.filter(counts, transaction=OuterRef("pk"))))
            self.lines.append(counts)
            return None
        return {
            "in": plain & Q(amount__gt=0),
            "out": plain & Q(amount__lt=0),
            "transfer": ~plain,
            "split": _exists(Line, position__gte=1),
            "refund": Q(Exists(RefundLink.objects.filter(refund=OuterRef("pk")))),
            "uncategorised": _exists(Line, category=None, is_transfer=False),
            "learned": _exists(Line, learned__gt=0),
        }.get(str(term.value), Q(status=str(term.value)))

    def _has(self, term: Term) -> Q:
        return {
            "attachment": _exists(Attachment, trashed_at=None),
            "note": ~Q(notes=""),
            "tag": _exists(TransactionTag),
            "split": _exists(Line, position__gte=1),
        }[str(term.value)]

    def _category(self, term: Term) -> Q | None:
        if term.value is None:
            return self._is(Term("is", "uncategorised", term.negated))
        alone = str(term.value).startswith(ALONE)
        named = self._called(term, self._every_category)
        inside = set() if alone else {row.pk for row in named}
        keys = {each.pk for each in named} | {each.pk for each in self._every_category if each.parent_id in inside}
        if term.negated:
            return _exists(Line, category__in=keys)
        self.categories = (self.categories or set()) | keys
        self.few = [way for way in self.few if not isinstance(way, OfCategories)] + [OfCategories(self.categories)]
        return None

    def _account(self, term: Term) -> Q | None:
        keys = {each.pk for each in self._called(term, self._every_account)}
        if term.negated:
            return Q(account__in=keys)
        self.accounts = (self.accounts or set()) | keys
        return None

    def _payee(self, term: Term) -> Q:
        if term.value is None:
            return Q(payee=None)
        keys = list(payees_called(str(term.value), self._every_payee))
        if not keys:
            self._told_unknown(term)
        if not term.negated:
            self.payees |= set(keys)
            self.few = [way for way in self.few if not isinstance(way, OfPayees)] + [OfPayees(self.payees)]
        return Q(payee__in=keys)

    @cached_property
    def _every_category(self) -> list[Category]:
        return list(Category.objects.filter(trashed_at=None))

    @cached_property
    def _every_account(self) -> list[Account]:
        return list(Account.objects.filter(trashed_at=None))

    @cached_property
    def _every_payee(self) -> list[tuple[int, str]]:
        return list(payees().values_list("pk", "key"))

    def _tag(self, term: Term) -> Q:
        if term.value is None:
            return ~_exists(TransactionTag)
        keys = [each.pk for each in self._called(term, list(tags()))]
        if not term.negated:
            rows = TransactionTag.objects.filter(tag__in=keys).order_by()
            self.few.append(lambda most: list(rows.values_list("transaction_id", flat=True)[:most]))
        return _exists(TransactionTag, tag__in=keys)

    def _by(self, term: Term) -> Q:
        if term.value is None:
            return Q(entered_by=None)
        if BY_ID.fullmatch(str(term.value)):
            return Q(entered_by__uid=str(term.value)[1:])
        wanted = str(term.value).casefold()
        people = [each.user for each in members_of(self.household)]
        named = [each.pk for each in people if wanted in f"{each.name} {each.email}".casefold()]
        if not named:
            self._told_unknown(term)
        return Q(entered_by__in=named)

    def _import(self, term: Term) -> Q:
        """Of files with equal names the id says which."""
        uploads = self._called(term, list(Import.objects.only("uid", "name").order_by("id")))
        rows = rows_of_files(uploads)
        if not term.negated:
            came = Transaction.objects.filter(import_row__in=rows).order_by()
            self.few.append(lambda most: list(came.values_list("pk", flat=True)[:most]))
        return Q(import_row__in=rows)

    def _days(self, term: Term) -> Q | None:
        assert isinstance(term.value, DayRange)
        span = Span(term.value.first, term.value.last)
        if term.negated:
            return span.within("date")
        crossed = _crossed(self.span, span)
        self.span = crossed or self.span
        return NOTHING if crossed is None else None

    def _called(self, term: Term, rows: Sequence[Any]) -> list[Any]:
        """The row of that id; the rows of that name; else those whose name begins so, else those with such a word."""
        text = str(term.value).removeprefix(ALONE)
        if BY_ID.fullmatch(text) and (found := [row for row in rows if str(row.uid) == text[1:]]):
            return found
        wanted = name_key(text)
        names = [(row, name_key(row.name)) for row in rows]
        for fits in (wanted.__eq__, lambda key: key.startswith(wanted), lambda key: f" {wanted}" in f" {key}"):
            if found := [row for row, key in names if fits(key)]:
                return found
        self._told_unknown(term)
        return []

    def _told_unknown(self, term: Term) -> None:
        self.unknown.append(_("Nothing here is called “%(name)s” (%(term)s).") % {"name": term.value, "term": term})


def counts_as(flow: str) -> Q:
    """The lines that count as income or as spending: as what their category is, without one by their sign."""
    is_income = flow == "income"
    kind = Category.Kind.INCOME if is_income else Category.Kind.EXPENSE
    unfiled = Q(category=None, amount__gt=0) if is_income else Q(category=None, amount__lte=0)
    return Q(is_transfer=False) & (Q(category__kind=kind) | unfiled)


def payees_called(name: str, known: Sequence[tuple[int, str]]) -> Iterable[int]:
    """The payee of that id; of exactly that name or other spelling; else those with a word that begins so."""
    if BY_ID.fullmatch(name) and (found := payees().filter(uid=name[1:]).values_list("pk", flat=True)):
        return found
    wanted = name_key(name)
    exact = [key for key, words in known if words == wanted]
    spelled = Payee.objects.filter(trashed_at=None, aliases__key=wanted).values_list("pk", flat=True)
    return [*exact, *spelled] or [key for key, words in known if f" {wanted}" in f" {words}"]


def _exists(model: Any, **where: Any) -> Q:
    return Q(Exists(model.objects.filter(transaction=OuterRef("pk"), **where)))


def _between(low: int | None, high: int | None) -> Q:
    found = Q()
    if low is not None:
        found &= Q(amount__gte=low)
    if high is not None:
        found &= Q(amount__lte=high)
    return found


def _minus(bound: int | None) -> int | None:
    return None if bound is None else -bound


def crossed_with(spans: Iterable[Span], other: Span) -> list[Span]:
    """The days of each span that are in the other as well."""
    return [both for span in spans if (both := _crossed(span, other)) is not None]


def _crossed(one: Span, other: Span) -> Span | None:
    """The days in both; None where there are none."""
    first = max((day for day in (one.first, other.first) if day), default=None)
    last = min((day for day in (one.last, other.last) if day), default=None)
    return None if first and last and first > last else Span(first, last)


def understood(household: Household, search: Search, months: Sequence[Month]) -> tuple[Conditions, list[str]]:
    """The conditions of a search within these months, and what of it could not be found."""
    reading = Understanding(household)
    for term in search.terms:
        reading.take(term)
    return reading.conditions(months), [*(problem.sentence for problem in search.problems), *reading.unknown]
