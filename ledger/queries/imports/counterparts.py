"""Which rows of a file are sides of transfers: with transactions in other accounts, or with rows of the same file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import Exists, Max, Min, OuterRef

from ledger.calc import matching
from ledger.calc.matching import DAYS_APART, HIGH, Movement, Pair, Wording
from ledger.calc.words import name_key
from ledger.models import Account, ImportedAccount, ImportRow, Line, NoPair, Transaction
from ledger.models.many import OneOf

# So many transactions of other accounts are compared at most, the latest.
MOST: Final = 60_000
_SURE: Final = 99


class Loose(NamedTuple):
    """A row that would be added; `sheet` stands for its account where none is chosen yet."""

    key: int
    sheet: int
    account: int
    currency: str
    day: int
    amount: int


class Side(NamedTuple):
    """What a row is linked with: a transaction, or another row of the file; and the pair that tells why."""

    transaction: int | None
    row: int | None
    day: date
    account: str
    pair: Pair | None = None


@dataclass
class Said:
    """What the file itself says of transfers: rows by the key that two sides share, and accounts by the rows."""

    keys: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    accounts: dict[int, str] = field(default_factory=dict)


def said_of_transfers(sheets: Sequence[ImportedAccount]) -> Said:
    said = Said()
    rows = ImportRow.objects.filter(OneOf("sheet_id", [sheet.pk for sheet in sheets]), more__isnull=False)
    for pk, more in rows.order_by("pk").values_list("pk", "more"):
        if key := (more or {}).get("transfer_key"):
            said.keys[key].append(pk)
        elif name := (more or {}).get("transfer"):
            said.accounts[pk] = name
    return said


def opposite_amounts(sheets: Sequence[ImportedAccount]) -> set[int]:
    """What as much went out or came in as, around the days of one sheet, in other accounts than its own."""
    if not sheets:
        return set()
    own = {sheet.account_id for sheet in sheets}
    others = [key for key in Account.objects.filter(trashed_at=None).values_list("pk", flat=True) if key not in own]
    days = ImportRow.objects.filter(sheet__in=sheets).aggregate(first=Min("date"), last=Max("date"))
    if not others or days["first"] is None:
        return set()
    span = timedelta(days=DAYS_APART)
    rows = Transaction.objects.filter(OneOf("account_id", others), trashed_at=None, transfer=None)
    rows = rows.filter(date__range=(days["first"] - span, days["last"] + span)).order_by("-date", "-pk")
    return {-amount for amount in rows.values_list("amount", flat=True)[:MOST]}


class Counterparts:
    """All rows of an upload that would be added, looked at together; an account that is none yet has a key below 0."""

    def __init__(self, loose: Sequence[Loose], sheets: Sequence[ImportedAccount]) -> None:
        self.loose = {row.key: row for row in loose}
        self.sheets = {sheet.pk: sheet for sheet in sheets}
        self.names = dict(Account.objects.filter(trashed_at=None).values_list("pk", "name"))
        self.names |= {place_of(sheet): str(sheet) for sheet in sheets if not sheet.account_id}
        self.told = self.names if _is_alone(sheets) else _without_private(self.names)

    def find(self, said: Said, matched: Mapping[int, int]) -> dict[int, Side]:
        """`matched` are rows that are transactions already, by their keys."""
        found = self._by_key(said, matched)
        left = [row for row in self.loose.values() if row.key not in found and row.amount]
        if left and len(self.names) > 1:
            found |= self._by_likeness(left, said)
        return found

    def _by_key(self, said: Said, matched: Mapping[int, int]) -> dict[int, Side]:
        """Two rows with one key are one transfer, as far as both can be sides of it."""
        found: dict[int, Side] = {}
        here: dict[int, int] = {}
        for keys in said.keys.values():
            if len(keys) != 2:
                continue
            for one, other in (keys, keys[::-1]):
                if one not in self.loose:
                    continue
                if other in self.loose and self._fit(self.loose[one], self.loose[other]):
                    row = self.loose[other]
                    found[one] = Side(None, other, date.fromordinal(row.day), self.told.get(row.account, ""))
                elif other in matched:
                    here[one] = matched[other]
        return found | self._with_known(here)

    def _fit(self, one: Loose, other: Loose) -> bool:
        opposite = one.amount == -other.amount if one.currency == other.currency else one.amount * other.amount < 0
        return one.account != other.account and opposite and bool(one.amount)

    def _with_known(self, here: Mapping[int, int]) -> dict[int, Side]:
        """The other side came before, and stands alone since."""
        rows = Transaction.objects.filter(OneOf("pk", sorted(set(here.values()))), trashed_at=None, transfer=None)
        columns = ("pk", "account", "currency", "date", "amount")
        known = {row[0]: row for row in rows.order_by().values_list(*columns)} if here else {}
        found = {}
        for key, other in here.items():
            if other in known:
                _pk, account, currency, day, amount = known[other]
                if self._fit(self.loose[key], Loose(0, 0, account, currency, 0, amount)):
                    found[key] = Side(other, None, day, self.told.get(account, ""))
        return found

    def _by_likeness(self, left: Sequence[Loose], said: Said) -> dict[int, Side]:
        movements = list(self._movements(left))
        both = list(self._both(movements))
        words = self._words({side.key for pair in both for side in pair})
        names = {key: matching.naming(name) for key, name in self.names.items()}
        pairs = [self._as_said(matching.weighed(*pair, words, names), said) for pair in both]
        found: dict[int, Side] = {}
        for pair in matching.likeliest(each for each in pairs if each is not None):
            if pair.confidence >= HIGH:
                found |= self._sides(pair)
        return found

    def _both(self, movements: Sequence[Movement]) -> Iterator[tuple[Movement, Movement]]:
        """Pairs of which one side at least is a row; those of others count as rivals."""
        outs = (each for each in movements if each.amount < 0)
        ins = [each for each in movements if each.amount > 0]
        pairs = list(matching.same_amounts(outs, ins))
        keys = {side.key for pair in pairs for side in pair if side.key > 0}
        none = set()
        if keys:
            none = set(NoPair.objects.filter(OneOf("outgoing_id", sorted(keys))).values_list("outgoing", "incoming"))
        yield from (pair for pair in pairs if (pair[0].key, pair[1].key) not in none)

    def _movements(self, left: Sequence[Loose]) -> Iterator[Movement]:
        """Rows have keys below 0. Only those are looked at of whose amount as much moved the other way."""
        known = list(self._known(left))
        amounts: dict[tuple[str, int], set[int]] = defaultdict(set)
        for each in known:
            amounts[each.currency, -each.amount].add(each.account)
        if len({row.account for row in left}) > 1:
            for row in left:
                amounts[row.currency, -row.amount].add(row.account)
        for row in left:
            if amounts.get((row.currency, row.amount), set()) - {row.account}:
                yield Movement(-row.key, row.account, row.amount, row.currency, date.fromordinal(row.day))
        yield from known

    def _known(self, left: Sequence[Loose]) -> Iterator[Movement]:
        """Transactions that are no part of a transfer, in accounts that the rows do not stand in alone."""
        own = {row.account for row in left}
        others = [key for key in self.names if key > 0 and (len(own) > 1 or key not in own)]
        if not others:
            return
        span = timedelta(days=DAYS_APART)
        first, last = (date.fromordinal(end(row.day for row in left)) for end in (min, max))
        rows = Transaction.objects.filter(OneOf("account_id", others), trashed_at=None, transfer=None)
        rows = rows.filter(OneOf("amount", sorted({-row.amount for row in left})))
        rows = rows.filter(date__range=(first - span, last + span)).order_by("-date", "-pk")
        columns = ("pk", "account", "amount", "currency", "date")
        yield from (Movement(*row) for row in rows.values_list(*columns)[:MOST])

    def _words(self, keys: Iterable[int]) -> dict[int, Wording]:
        every = sorted(keys)
        said: dict[int, Wording] = {}
        if rows := [-key for key in every if key < 0]:
            texts_of = ImportRow.objects.filter(OneOf("pk", rows)).order_by()
            for pk, *texts in texts_of.values_list("pk", "payee", "description", "reference", "notes"):
                said[-pk] = Wording(matching.words_of(*texts))
        if known := [key for key in every if key > 0]:
            filed = Exists(Line.objects.filter(transaction=OuterRef("pk"), category__isnull=False))
            columns = ("pk", "payee__name", "description", "notes")
            found = Transaction.objects.filter(OneOf("pk", known)).order_by().values_list(*columns, filed)
            for pk, payee, words, notes, is_filed in found:
                said[pk] = Wording(matching.words_of(payee or "", words, notes), is_filed)
        return said

    def _as_said(self, pair: Pair, said: Said) -> Pair | None:
        """Where the file names the other account it is that one and no other."""
        for one, other in ((pair.out, pair.into), (pair.into, pair.out)):
            name = said.accounts.get(-one.key)
            if not name:
                continue
            if other.account not in self._called(name):
                return None
            pair = replace(pair, confidence=_SURE)
        return pair

    def _called(self, name: str) -> set[int]:
        key = name_key(name)
        found = {account for account, its in self.names.items() if name_key(its) == key}
        for sheet in self.sheets.values():
            if key in (name_key(sheet.name), name_key(sheet.number)):
                found.add(place_of(sheet))
        return found

    def _sides(self, pair: Pair) -> dict[int, Side]:
        found = {}
        for one, other in ((pair.out, pair.into), (pair.into, pair.out)):
            if one.key < 0:
                key, row = (None, -other.key) if other.key < 0 else (other.key, None)
                found[-one.key] = Side(key, row, other.day, self.told.get(other.account, ""), pair)
        return found


def _is_alone(sheets: Sequence[ImportedAccount]) -> bool:
    """Whether the file is seen by its owner only, as long as one of its accounts is."""
    return any(sheet.account is None or sheet.account.private_to_id for sheet in sheets)


def _without_private(names: dict[int, str]) -> dict[int, str]:
    """Names that may stand in a reason which others read as well."""
    private = set(Account.objects.filter(private_to__isnull=False).values_list("pk", flat=True))
    return {account: name for account, name in names.items() if account not in private}


def place_of(sheet: ImportedAccount) -> int:
    """The key of its account, or one that no account has."""
    return sheet.account_id or -sheet.pk
