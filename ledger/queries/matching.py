"""Questions about money that moved: which transactions are probably the two sides of one transfer, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from ledger.calc import matching
from ledger.calc.matching import HIGH, Because, Movement, Pair, Wording
from ledger.models import Account, Line, NoPair, Transaction
from ledger.models.many import OneOf
from ledger.queries.accounts import accounts

MONTHS = 12
MOST = 50
# So many of the latest movements each way are compared at most.
MOST_ROWS = 60_000
# A person who looks for the other side by hand looks further.
BY_HAND_DAYS = 31
BY_HAND = 20
_COLUMNS = ("pk", "account_id", "amount", "currency", "date", "base_amount")


@dataclass(frozen=True)
class TransferPair:
    """Money out and money in that are probably one transfer: how sure that is in percent, and why."""

    out: Transaction
    into: Transaction
    confidence: int
    reasons: list[str]
    rivals: int

    @property
    def is_sure(self) -> bool:
        return self.confidence >= HIGH


def transfer_suggestions(
    household: Household, limit: int = MOST, *, months: int = MONTHS, today: date | None = None
) -> list[TransferPair]:
    """The likeliest pairs of the last months that nobody linked or said to be none, surest first."""
    since = (today or today_in(household.time_zone)) - timedelta(days=31 * months)
    rows = _loose().filter(date__gte=since)
    pairs = _weighed([*_of_same_amount(rows), *_across_currencies(since)])
    return _told(matching.likeliest(pairs)[:limit])


def other_sides(transaction: Transaction) -> list[TransferPair]:
    """What may be the other side of a transaction, likeliest first: for somebody who links by hand."""
    span = timedelta(days=BY_HAND_DAYS)
    rows = _loose().filter(date__range=(transaction.date - span, transaction.date + span))
    rows = rows.exclude(account=transaction.account_id)
    same = rows.filter(currency=transaction.currency, amount=-transaction.amount)
    here = Movement(*(getattr(transaction, name) for name in _COLUMNS))
    others = list(_movements(same[:200])) + list(_worth_about(here, rows))
    both = [(here, other) if here.amount < 0 else (other, here) for other in others]
    pairs = sorted(_weighed(both, dismissed_too=True), key=lambda pair: (-pair.confidence, pair.days, pair.keys))
    return _told(pairs[:BY_HAND])


def _worth_about(here: Movement, rows: QuerySet[Transaction]) -> Iterable[Movement]:
    """Movements in another currency that were worth about as much; by hand a tenth more or less will do."""
    if here.worth is None:
        return []
    ends = sorted((-here.worth * 9 // 10, -here.worth * 11 // 10))
    return _movements(rows.exclude(currency=here.currency).filter(base_amount__range=ends)[:200])


def _loose() -> QuerySet[Transaction]:
    """Transactions that are no part of a transfer, latest first."""
    return Transaction.objects.filter(trashed_at=None, transfer=None).order_by("-date", "-pk")


def _movements(rows: QuerySet[Transaction]) -> Iterable[Movement]:
    return (Movement(*row) for row in rows.values_list(*_COLUMNS))


def _of_same_amount(rows: QuerySet[Transaction]) -> list[tuple[Movement, Movement]]:
    """Money in is rarer than money out: only what went out in an amount that also came in is looked at."""
    ins = list(_movements(rows.filter(amount__gt=0)[:MOST_ROWS]))
    wanted = {-into.amount for into in ins}
    outs = _movements(rows.filter(OneOf("amount", sorted(wanted)), amount__lt=0)[:MOST_ROWS]) if wanted else ()
    return list(matching.same_amounts(outs, ins))


def _across_currencies(since: date) -> list[tuple[Movement, Movement]]:
    """Many things cost about as much as something in another currency, so only what nobody filed is looked at."""
    currencies = set(accounts().order_by().values_list("currency", flat=True).distinct())
    if len(currencies) < 2:
        return []
    unfiled = Line.objects.filter(category=None, is_transfer=False, is_kept=True, date__gte=since, position=0)
    columns = ("transaction_id", "account_id", *(f"transaction__{name}" for name in _COLUMNS[2:]))
    rows = unfiled.order_by("-date", "-transaction").values_list(*columns)[:MOST_ROWS]
    loose = [Movement(*row) for row in rows]
    ins = (row for row in loose if row.amount > 0)
    return list(matching.across_currencies((row for row in loose if row.amount < 0), ins))


def _weighed(both: Sequence[tuple[Movement, Movement]], *, dismissed_too: bool = False) -> list[Pair]:
    """Each two with how likely they are one movement, but for those that somebody said are none."""
    keys = {side.key for pair in both for side in pair}
    said = _wording(keys)
    names = {key: matching.naming(name) for key, name in Account.objects.values_list("pk", "name")}
    said_none = NoPair.objects.filter(OneOf("outgoing_id", sorted(keys))).values_list("outgoing", "incoming")
    none = set() if dismissed_too else set(said_none)
    return [matching.weighed(out, into, said, names) for out, into in both if (out.key, into.key) not in none]


def _wording(keys: set[int]) -> dict[int, Wording]:
    filed = Exists(Line.objects.filter(transaction=OuterRef("pk"), category__isnull=False))
    rows = Transaction.objects.filter(OneOf("pk", sorted(keys))).order_by()
    columns = rows.values_list("pk", "payee__name", "description", "notes", filed)
    return {
        key: Wording(matching.words_of(payee or "", words, notes), is_filed)
        for key, payee, words, notes, is_filed in columns
    }


def _told(pairs: Sequence[Pair]) -> list[TransferPair]:
    keys = [key for pair in pairs for key in pair.keys]
    found = Transaction.objects.filter(OneOf("pk", keys)).select_related("account", "payee")
    rows = {row.pk: row for row in found}
    return [
        TransferPair(rows[pair.out.key], rows[pair.into.key], pair.confidence, reasons_of(pair), pair.rivals)
        for pair in pairs
        if pair.out.key in rows and pair.into.key in rows
    ]


def reasons_of(pair: Pair) -> list[str]:
    """Why, in words, the weightiest first."""
    return [_worded(because, number) for because, number in pair.reasons]


def _worded(because: Because, number: int) -> str:
    count = {"count": number}
    if because == "amount":
        return _("same amount")
    if because == "rate":
        return _("worth the same at the day’s rate, within %(percent)s %%") % {"percent": -(-number // 10)}
    if because == "day":
        return _("same day") if not number else ngettext("%(count)s day apart", "%(count)s days apart", number) % count
    if because == "wording":
        return _("both are worded as a transfer") if number > 1 else _("one is worded as a transfer")
    if because == "name":
        return _("each names the other account") if number > 1 else _("names the other account")
    if because == "reference":
        return _("same reference")
    if because == "filed":
        return _("but both have a category") if number > 1 else _("but one has a category")
    return ngettext("%(count)s other would fit too", "%(count)s others would fit too", number) % count
