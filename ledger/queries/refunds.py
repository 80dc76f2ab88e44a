"""Questions about money that is owed back: by whom, since when, and what probably is money back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.households.models import Household
from financeflow.money.values import Money, sums_by_currency
from financeflow.tenancy.clock import today_in
from ledger.calc import refunds as calc
from ledger.calc.matching import words_of
from ledger.calc.refunds import DAYS_BACK, Because, Came, MoneyBack, Spent
from ledger.models import Line, NoPair, RefundLink, Transaction
from ledger.models.many import OneOf

MOST = 50
MOST_CAME = 500
MOST_SPENT = 5000
BY_HAND = 20
RECENT_PEOPLE = 4
# Money in that lies in the trash did not come back.
OPEN = Q(given_up_on=None) & (Q(refund=None) | Q(refund__trashed_at__isnull=False))


def refund_links() -> QuerySet[RefundLink]:
    """What is owed or came back, with all that is shown of it; not of what is in the trash.

    What came back is asked for apart, by the manager that knows what is out of sight: then there is none.
    """
    joined = ("line__transaction__account", "line__transaction__payee", "line__category")
    back = Prefetch("refund", Transaction.objects.select_related("account", "payee"))
    return RefundLink.objects.filter(line__is_kept=True).select_related(*joined).prefetch_related(back)


def room_in(line: Line, *, but: RefundLink | None = None) -> int:
    """How much of a line can still be owed back."""
    others = RefundLink.objects.filter(line=line, given_up_on=None)
    if but is not None:
        others = others.exclude(pk=but.pk)
    return max(0, -line.amount - int(others.aggregate(total=Sum("expected", default=0))["total"]))


@dataclass(frozen=True)
class OwedLink:
    """One amount that is owed back, and for how many days."""

    link: RefundLink
    days: int

    @property
    def transaction(self) -> Transaction:
        return self.link.line.transaction


@dataclass(frozen=True)
class OwedBy:
    """All that one person or payee owes."""

    name: str
    links: list[OwedLink]

    @property
    def sums(self) -> list[Money]:
        return sums_by_currency(Money(each.link.expected, each.link.currency) for each in self.links)

    @property
    def days(self) -> int:
        return max(each.days for each in self.links)


@dataclass(frozen=True)
class Owed:
    """What is owed to the household, and what came of it."""

    people: list[OwedBy]
    settled: list[RefundLink]
    base: str

    @property
    def sums(self) -> list[Money]:
        every = (Money(each.link.expected, each.link.currency) for by in self.people for each in by.links)
        return sums_by_currency(every, first=self.base)

    @property
    def is_empty(self) -> bool:
        return not self.people and not self.settled


def owed(household: Household, *, today: date | None = None) -> Owed:
    """Who owes what, the longest first, and what came back or was given up lately."""
    today = today or today_in(household.time_zone)
    by_name: dict[str, list[OwedLink]] = defaultdict(list)
    for link in refund_links().filter(OPEN).order_by("since", "pk"):
        by_name[link.owed_by or str(link.line.transaction)].append(OwedLink(link, max(0, (today - link.since).days)))
    people = sorted((OwedBy(name, links) for name, links in by_name.items()), key=lambda by: -by.days)
    return Owed(people, list(refund_links().exclude(OPEN).order_by("-pk")[:MOST]), household.base_currency)


def people_owing() -> list[str]:
    """Who owed something lately: the first to offer for the next time."""
    names = RefundLink.objects.exclude(owed_by="").order_by("-pk").values_list("owed_by", flat=True)[:100]
    return list(dict.fromkeys(names))[:RECENT_PEOPLE]


@dataclass(frozen=True)
class RefundPair:
    """Money in that probably came back for a line: how sure that is in percent, and why."""

    line: Line
    refund: Transaction
    link: RefundLink | None
    confidence: int
    reasons: list[str]


def refund_suggestions(household: Household, limit: int = MOST, *, today: date | None = None) -> list[RefundPair]:
    """Money in of the last months that nobody filed and that probably is money back, surest first."""
    today = today or today_in(household.time_zone)
    came = _came(today - timedelta(days=DAYS_BACK))
    if not came:
        return []
    none = _said_none(came)
    found = [calc.weighed(one, each) for one, each in _belonging(came, today) if (one.key, each.key) not in none]
    return _told(sorted(calc.likeliest(found), key=lambda each: -each.confidence)[:limit])


def _belonging(came: Sequence[Came], today: date) -> Iterator[tuple[Spent, Came]]:
    """Money in beside what was spent at the same payee before, and beside what its sender owes."""
    expected = _expected()
    by_payee: dict[int, list[Spent]] = defaultdict(list)
    for one in (*_spent_at({each.payee for each in came if each.payee}, today), *expected):
        if one.payee:
            by_payee[one.payee].append(one)
    for each in came:
        owing = [one for one in expected if one.owed_by and one.owed_by <= each.words]
        for one in (*owing, *by_payee.get(each.payee or 0, ())):
            if calc.fits(one, each):
                yield one, each


def _came(since: date) -> list[Came]:
    """Money in that nobody filed, by the index of what is not filed."""
    unfiled = Line.objects.filter(category=None, is_transfer=False, is_kept=True, date__gte=since, amount__gt=0)
    keys = list(unfiled.filter(position=0).order_by("-date").values_list("transaction_id", flat=True)[:MOST_CAME])
    return list(_came_of(Transaction.objects.filter(OneOf("pk", keys), refund_of=None)))


def _came_of(rows: QuerySet[Transaction]) -> Iterable[Came]:
    columns = ("pk", "payee_id", "amount", "currency", "date", "payee__name", "description", "notes")
    for key, payee, amount, currency, day, *texts in rows.values_list(*columns):
        yield Came(key, payee, amount, currency, day, words_of(*(text or "" for text in texts)))


def _spent_at(payees: set[int], today: date) -> list[Spent]:
    """What was spent at these payees, less what is owed back of it already."""
    rows = Transaction.objects.filter(payee__in=payees, amount__lt=0, trashed_at=None, transfer=None)
    keys = list(rows.filter(date__gte=today - timedelta(days=2 * DAYS_BACK)).values_list("pk", flat=True)[:MOST_SPENT])
    return _spent_on(Line.objects.filter(OneOf("transaction_id", keys)))


def _spent_on(lines: QuerySet[Line]) -> list[Spent]:
    owed_of = Sum("refund_links__expected", filter=Q(refund_links__given_up_on=None), default=0)
    columns = ("pk", "transaction__payee_id", "amount", "transaction__currency", "date")
    found = lines.filter(amount__lt=0).order_by().annotate(owed=owed_of).values_list(*columns, "owed")
    return [Spent(key, payee, -amount - owed, cur, day) for key, payee, amount, cur, day, owed in found]


def _expected(**where: Any) -> list[Spent]:
    """What is owed back by somebody."""
    links = RefundLink.objects.filter(OPEN, line__is_kept=True, **where).select_related("line__transaction")
    return [_owed_on(link) for link in links]


def _owed_on(link: RefundLink) -> Spent:
    return Spent(
        link.line_id,
        link.line.transaction.payee_id,
        link.expected,
        link.currency,
        link.line.date,
        link=link.pk,
        expected=link.expected,
        owed_by=words_of(link.owed_by),
    )


def _said_none(came: Sequence[Came]) -> set[tuple[int, int]]:
    """Lines and money in of which somebody said that they do not belong together."""
    keys = [each.key for each in came]
    said = NoPair.objects.filter(OneOf("incoming_id", keys)).values_list("outgoing__lines", "incoming")
    return {(line, into) for line, into in said if line is not None}


def refunds_for(line: Line, link: RefundLink | None = None) -> list[RefundPair]:
    """What may be the money back for a line, or for what is owed of it, likeliest first: to be linked by hand."""
    spending = line.transaction
    rows = Transaction.objects.filter(amount__gt=0, trashed_at=None, transfer=None, refund_of=None)
    near = rows.filter(date__range=(line.date, line.date + timedelta(days=2 * DAYS_BACK)))
    fitting = Q(currency=spending.currency, amount__lte=-line.amount) | ~Q(currency=spending.currency)
    spent = _owed_on(link) if link else Spent(line.pk, spending.payee_id, room_in(line), spending.currency, line.date)
    found = [calc.weighed(spent, came) for came in _came_of(near.filter(fitting).order_by("date")[:MOST_CAME])]
    return _told(sorted(found, key=lambda each: -each.confidence)[:BY_HAND])


def spendings_for(refund: Transaction) -> list[RefundPair]:
    """What money in may have come back for, likeliest first: for somebody who links by hand."""
    first = refund.date - timedelta(days=2 * DAYS_BACK)
    rows = Transaction.objects.filter(amount__lt=0, trashed_at=None, transfer=None, date__range=(first, refund.date))
    wanted = Q(currency=refund.currency, amount__lte=-refund.amount)
    if refund.payee_id:
        wanted |= Q(payee=refund.payee_id)
    keys = list(rows.filter(wanted).order_by("-date").values_list("pk", flat=True)[:MOST_CAME])
    [came] = _came_of(Transaction.objects.filter(pk=refund.pk))
    spent = [*_expected(), *_spent_on(Line.objects.filter(OneOf("transaction_id", keys)))]
    found = [calc.weighed(one, came) for one in spent if one.room > 0 and one.day <= came.day]
    return _told(sorted(found, key=lambda each: -each.confidence)[:BY_HAND])


def _told(found: Sequence[MoneyBack]) -> list[RefundPair]:
    joined = Line.objects.select_related("transaction__account", "transaction__payee", "category")
    lines = joined.in_bulk([each.spent.key for each in found])
    refunds = Transaction.objects.select_related("account", "payee").in_bulk([each.came.key for each in found])
    links = RefundLink.objects.in_bulk([each.spent.link for each in found if each.spent.link])
    return [
        RefundPair(
            lines[each.spent.key],
            refunds[each.came.key],
            links.get(each.spent.link),
            each.confidence,
            [_worded(because, number) for because, number in each.reasons],
        )
        for each in found
        if each.spent.key in lines and each.came.key in refunds
    ]


def _worded(because: Because, number: int) -> str:
    plain = {
        "person": _("from who owes it"),
        "payee": _("same payee"),
        "amount": _("the whole amount"),
        "expected": _("exactly what is owed"),
        "wording": _("worded as money back"),
    }
    if because in plain:
        return plain[because]
    if because == "share":
        return _("%(part)s of it") % {"part": f"{number // 10}/{number % 10}"}
    count = {"count": number}
    if because == "days":
        return _("same day") if not number else ngettext("%(count)s day later", "%(count)s days later", number) % count
    return ngettext("%(count)s other would fit too", "%(count)s others would fit too", number) % count
