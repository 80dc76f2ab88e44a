"""Of transactions and of rows that came in before: what an account knows, each movement once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ledger.calc.verdicts import Face, Fact, State
from ledger.models import ImportRow, Transaction
from ledger.queries.imports.sheets import Sheets

Deed, Verdict = ImportRow.Deed, ImportRow.Verdict
Source, Status = Transaction.Source, Transaction.Status
_BY_HAND: Final = frozenset({Source.TYPED, Source.API, Source.SAMPLE})
# What was booked in the end differs from what was reserved by so many hundredths and days at most.
_OFF, _LATER = 25, 12


class Booked(NamedTuple):
    """A transaction, with the row that it came with."""

    pk: int
    day: str
    posted: str | None
    amount: int
    bank_id: str
    status: str
    source: str
    trashed_at: Any
    transfer: int | None
    account: int
    row: int | None
    row_day: str | None
    row_posted: str | None
    row_amount: int | None
    row_print: str | None
    row_bank_id: str | None
    sheet: int | None
    deed: str | None


class Came(NamedTuple):
    """A row of an earlier file that no transaction of these days points at, or that completed or left out something."""

    pk: int
    day: str
    posted: str | None
    amount: int
    print: str
    bank_id: str
    sheet: int
    deed: str
    verdict: str
    match: int | None
    is_pending: bool


@lru_cache(maxsize=40_000)
def ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


class Facts:
    """Made for one account, as its viewer may see them."""

    def __init__(self, account: int, sheets: Sheets, in_sight: set[int]) -> None:
        self.account, self.sheets, self.in_sight = account, sheets, in_sight

    def of(self, booked: Mapping[int, Booked], came: Sequence[Came], spent: set[int]) -> Iterator[Fact]:
        """`spent` are rows whose transactions are left out of `booked` on purpose."""
        more, alone = _shared_out(booked, came, spent | {each.row for each in booked.values() if each.row})
        back = [each for each in came if each.deed == Deed.ADD and each.verdict == Verdict.THROWN]
        trashed, gone = _brought_back(booked, alone, back)
        for known in booked.values():
            if known.pk not in trashed and (fact := self._fact(known, more.get(known.pk, ()))):
                yield fact
        for each in alone.values():
            if each.pk not in gone:
                state: State = "left" if each.deed == Deed.LEAVE else "gone"
                yield Fact((self._face(each),), state=state, is_pending=each.is_pending)

    def _face(self, row: Came) -> Face:
        upload, tongue = self.sheets.upload_of(row.sheet), self.sheets.tongue_of(row.sheet)
        days = (ordinal(row.day), ordinal(row.posted))
        return Face(*days, row.amount, row.print, row.bank_id, tongue, row.pk, upload)

    def _fact(self, known: Booked, more: Sequence[Came]) -> Fact | None:
        tongue = self.sheets.tongue_of(known.sheet)
        faces = [self._face(each) for each in more]
        if known.row and known.row_amount is not None and self.sheets.accounts.get(known.sheet or 0) == self.account:
            days = (ordinal(known.row_day), ordinal(known.row_posted))
            upload, name, number = self.sheets.upload_of(known.sheet), known.row_print or "", known.row_bank_id or ""
            faces.append(Face(*days, known.row_amount, name, number, tongue, known.row, upload))
        is_written = bool(faces)
        is_out = known.trashed_at is not None
        if is_out and not is_written and (known.source == Source.IMPORTED or not known.bank_id):
            return None  # typed and deleted, or taken back with its file: no reason to keep the bank's row out
        is_here = known.account == self.account
        if is_here:
            days = (ordinal(known.day), ordinal(known.posted))
            faces.insert(0, Face(*days, known.amount, "", known.bank_id, tongue))
        is_seen = known.account in self.in_sight
        return Fact(
            tuple(faces),
            known.pk if is_seen else 0,
            "trashed" if is_out else "kept" if is_seen else "unseen",
            is_here and known.status == Status.PENDING,
            known.status == Status.RECONCILED,
            not is_written and (known.source in _BY_HAND or bool(known.transfer)),
            bool(known.transfer),
        )


def _shared_out(
    booked: Mapping[int, Booked], came: Iterable[Came], known: set[int]
) -> tuple[dict[int, list[Came]], dict[int, Came]]:
    """Rows by the transactions that they completed or were the same as, and those that have none."""
    more: dict[int, list[Came]] = defaultdict(list)
    alone: dict[int, Came] = {}
    for each in came:
        if each.pk in known:
            continue
        if each.match and each.match in booked and each.deed != Deed.ADD:
            more[each.match].append(each)
        else:
            alone[each.pk] = each
    for key, row in origins(booked.values(), [each for each in alone.values() if each.deed == Deed.ADD]):
        more[key].append(alone.pop(row))
    return more, alone


def origins(booked: Iterable[Booked], orphans: Sequence[Came]) -> Iterator[tuple[int, int]]:
    """Rows whose transactions a later row completed, such as pending ones: these point at the later row since then."""
    if not orphans:
        return
    free = {each.pk: each for each in orphans}
    for known in booked:
        if known.source != Source.IMPORTED or known.deed != Deed.MERGE:
            continue
        fits = [each for each in free.values() if _may_have_been(known, each)]
        if fits:
            best = min(fits, key=lambda each: (each.amount != known.row_amount, _apart(known, each), each.pk))
            del free[best.pk]
            yield known.pk, best.pk


def _may_have_been(known: Booked, row: Came) -> bool:
    amount = known.row_amount or 0
    return _apart(known, row) <= _LATER and 100 * abs(row.amount - amount) <= _OFF * abs(row.amount)


def _apart(known: Booked, row: Came) -> int:
    return abs(ordinal(known.row_day) - ordinal(row.day))


def _brought_back(
    booked: Mapping[int, Booked], alone: Mapping[int, Came], back: Iterable[Came]
) -> tuple[set[int], set[int]]:
    """Transactions and rows thrown away and then asked for: they came anew, and the old ones stand for nothing."""
    trashed: set[int] = set()
    gone: set[int] = set()
    for row in back:
        if row.match and row.match in booked and booked[row.match].trashed_at is not None:
            trashed.add(row.match)
        elif row.match is None:
            same = (pk for pk, each in alone.items() if pk < row.pk and pk not in gone and each.print == row.print)
            gone.update([next(same, 0)])
    return trashed, gone
