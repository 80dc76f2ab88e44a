"""Transactions that may be in the books twice: same account, amount and payee, days apart, and not from one file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.households.models import Household
from ledger.calc.words import plain_words
from ledger.models import Transaction
from ledger.models.many import OneOf
from ledger.queries.reports.keeping import kept

DAYS_BACK: Final = 120
DAYS_APART: Final = 3
MOST_ROWS: Final = 20_000
MOST_NEAR: Final = 4000
MOST: Final = 200
_SLIM: Final = ("pk", "account_id", "amount", "date", "transfer_id")
RECONCILED: Final = Transaction.Status.RECONCILED
_SURE: Final = {0: 88, 1: 74, 2: 64, 3: 56}
# Two of one kind: whoever typed both may well have bought the same twice.
_LESS_SURE: Final = 24


class Entry(NamedTuple):
    """What is compared of a transaction."""

    key: int
    uid: UUID
    account: int
    account_name: str
    amount: int
    currency: str
    day: date
    payee: int | None
    name: str
    words: str
    status: str
    external: str
    file: int | None

    @property
    def title(self) -> str:
        return self.name or self.words

    @property
    def is_typed(self) -> bool:
        return not self.external and self.file is None


@dataclass(frozen=True)
class Double:
    """Two that may be one: which was entered first, which later, how sure that is in percent, and why."""

    first: Entry
    later: Entry
    confidence: int
    reasons: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.first.uid}.{self.later.uid}"


def doubles(household: Household, today: date) -> list[Double]:
    """Of the last months, the likeliest first."""
    return kept(household, "inbox_doubles", lambda: _doubles(today), on=today)


def _doubles(today: date) -> list[Double]:
    alike: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in _entries(today):
        alike[entry.account, entry.amount].append(entry)
    found = [double for some in alike.values() if len(some) > 1 for double in _among(some)]
    return sorted(found, key=lambda each: (-each.confidence, -each.later.day.toordinal(), each.later.key))[:MOST]


def _entries(today: date) -> Iterable[Entry]:
    """Of those that stand near another of the same account and amount; of the many others nothing more is asked."""
    columns = ("pk", "uid", "account_id", "account__name", "amount", "currency", "date", "payee_id", "payee__name")
    more = ("description", "status", "external_id", "import_row__sheet__upload")
    keys = _near(today)
    rows = Transaction.objects.filter(OneOf("pk", keys)).order_by("-date", "-pk").values_list(*columns, *more)
    for row in rows if keys else ():
        yield Entry._make((*row[:8], row[8] or "", *row[9:]))


def _near(today: date) -> list[int]:
    """Transfers are told apart here: asked of the database, it would take them for few and begin with all others."""
    rows = Transaction.objects.filter(trashed_at=None, date__gte=today - timedelta(days=DAYS_BACK))
    before: dict[tuple[int, int], tuple[int, date]] = {}
    near: set[int] = set()
    for key, account, amount, day, transfer in rows.order_by("-date", "-pk").values_list(*_SLIM)[:MOST_ROWS]:
        if transfer is not None:
            continue
        other = before.get((account, amount))
        if other and (other[1] - day).days <= DAYS_APART:
            near |= {key, other[0]}
        before[account, amount] = key, day
    return sorted(near)[-MOST_NEAR:]


def _among(entries: list[Entry]) -> Iterator[Double]:
    """Each with the nearest that was entered before it, and each of them once."""
    taken: set[int] = set()
    for later in sorted(entries, key=lambda each: -each.key):
        before = [each for each in entries if each.key < later.key and each.key not in taken and _may_be(each, later)]
        if before and later.key not in taken:
            first = min(before, key=lambda each: (abs((each.day - later.day).days), -each.key))
            taken |= {first.key, later.key}
            yield _weighed(first, later)


def _may_be(one: Entry, other: Entry) -> bool:
    # What people type and what banks write differ by days; two of one kind are of the same day, or are two.
    apart = DAYS_APART if one.is_typed != other.is_typed else 0
    if abs((one.day - other.day).days) > apart or one.amount == 0:
        return False
    if one.file is not None and one.file == other.file:
        return False
    if (one.external and other.external) or one.status == other.status == RECONCILED:
        return False
    return _like(one, other)


def _like(one: Entry, other: Entry) -> bool:
    """The same payee; or names of which one says the other, as banks write more than people."""
    if one.payee and one.payee == other.payee:
        return True
    mine, theirs = (set(plain_words(f"{each.name} {each.words}").split()) for each in (one, other))
    fewer = min(mine, theirs, key=len)
    return bool(fewer) and 2 * len(mine & theirs) > len(fewer)


def _weighed(first: Entry, later: Entry) -> Double:
    days = abs((first.day - later.day).days)
    are_typed = first.is_typed and later.is_typed
    when = (
        _("same day") if not days else ngettext("%(count)s day apart", "%(count)s days apart", days) % {"count": days}
    )
    who = _("same payee") if first.payee and first.payee == later.payee else _("alike in their words")
    reasons = [_("same account and amount"), when, who]
    if not are_typed:
        reasons.append(_("not from one file"))
    return Double(first, later, _SURE[days] - (_LESS_SURE if are_typed else 0), tuple(reasons))
