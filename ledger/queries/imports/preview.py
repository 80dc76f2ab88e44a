"""What a file would bring, before it is brought in: its accounts, what becomes of its rows, and whether it adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, Max, Min, Q, QuerySet, Sum

from financeflow.tenancy.scope import whole_household
from ledger.calc import certainty
from ledger.models import Account, Import, ImportedAccount, ImportRow
from ledger.queries.balances import balance_on
from ledger.queries.imports.waiting import became

Verdict, Deed = ImportRow.Verdict, ImportRow.Deed
# Rows with a category that waits for a person.
SUGGESTED: Final = Q(category__isnull=False, confidence__range=certainty.SUGGESTED)
# For so many accounts of one file it is asked what they held at its end.
MOST_HELD: Final = 6


@dataclass(frozen=True, slots=True)
class Heap:
    """Rows of one statement with the same verdict and the same deed."""

    sheet: int
    verdict: str
    deed: str
    count: int
    total: int
    booked: int
    first: date | None
    last: date | None
    suggested: int = 0


@dataclass(frozen=True)
class StatementSums:
    """Whether one statement adds up: what it began with and all its rows are what it ended with."""

    sheet: ImportedAccount
    booked: int
    unread: int

    @property
    def is_known(self) -> bool:
        return self.sheet.opening_balance is not None and self.sheet.closing_balance is not None

    @property
    def off(self) -> int:
        """By how much its end is more than its beginning and its rows."""
        if self.sheet.opening_balance is None or self.sheet.closing_balance is None:
            return 0
        return self.sheet.closing_balance - self.sheet.opening_balance - self.booked


@dataclass(frozen=True)
class AccountSeen:
    """What the file calls one account: all its statements, whose they are, and what becomes of their rows."""

    statements: tuple[StatementSums, ...]
    heaps: tuple[Heap, ...]
    # What the account holds, or will hold, at the statement's end, where both can be told.
    held: int | None = None

    @property
    def sheet(self) -> ImportedAccount:
        return self.statements[0].sheet

    @property
    def count(self) -> int:
        return sum(heap.count for heap in self.heaps)

    @property
    def first(self) -> date | None:
        return min((heap.first for heap in self.heaps if heap.first), default=None)

    @property
    def last(self) -> date | None:
        return max((heap.last for heap in self.heaps if heap.last), default=None)

    @property
    def needs_account(self) -> bool:
        return self.sheet.account_id is None and not self.sheet.is_new and not self.sheet.is_left_out

    @property
    def checked(self) -> tuple[StatementSums, ...]:
        return tuple(each for each in self.statements if each.is_known)

    @property
    def wrong(self) -> tuple[StatementSums, ...]:
        return tuple(each for each in self.checked if each.off)

    @property
    def end(self) -> ImportedAccount | None:
        """The statement that ends last, where it says with how much."""
        ends = [each.sheet for each in self.statements if each.sheet.closing_balance is not None]
        return max(ends, key=lambda sheet: (sheet.closing_on or date.min, sheet.position), default=None)

    @property
    def held_off(self) -> int | None:
        """By how much the account holds more than the statement says."""
        end = self.end
        return None if self.held is None or end is None else self.held - (end.closing_balance or 0)


@dataclass(frozen=True)
class Outcome:
    """What will happen when it is brought in."""

    add: int = 0
    link: int = 0
    merge: int = 0
    leave: int = 0
    ask: int = 0
    unread: int = 0
    # Rows of accounts that nobody has chosen yet.
    homeless: int = 0
    # Of those that are added: how many have a category that somebody should look at.
    suggested: int = 0

    @property
    def brings(self) -> int:
        return self.add + self.merge

    @property
    def may_bring(self) -> bool:
        return self.brings > 0 and not self.homeless


@dataclass(frozen=True)
class Preview:
    """A file as it stands on the desk."""

    upload: Import
    accounts: tuple[AccountSeen, ...]
    verdicts: dict[str, int] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)
    # Of one that was brought in: how many rows stayed out, and how many of them shall come in after all.
    out: int = 0
    waiting: int = 0

    @property
    def count(self) -> int:
        return sum(account.count for account in self.accounts)

    @property
    def first(self) -> date | None:
        return min((each.first for each in self.accounts if each.first), default=None)

    @property
    def last(self) -> date | None:
        return max((each.last for each in self.accounts if each.last), default=None)


def rows_in(upload: Import) -> QuerySet[ImportRow]:
    """All rows of a file that was found in sight: then so are they, and need not be looked at one by one."""
    with whole_household():
        return ImportRow.objects.filter(sheet__upload=upload)


def preview(upload: Import) -> Preview:
    sheets = list(upload.sheets.select_related("account").order_by("position"))
    heaps = _heaps(upload)
    by_sheet: dict[int, list[Heap]] = defaultdict(list)
    for heap in heaps:
        by_sheet[heap.sheet].append(heap)
    accounts = tuple(_account(group, by_sheet) for group in _grouped(sheets))
    verdicts: dict[str, int] = defaultdict(int)
    for heap in heaps:
        verdicts[heap.verdict] += heap.count
    outside = _outside(upload) if upload.state == Import.State.DONE else {}
    waiting = outside.get(Deed.ADD, 0) + outside.get(Deed.MERGE, 0)
    held = _with_held(accounts, upload)
    return Preview(upload, held, dict(verdicts), _outcome(accounts), sum(outside.values()), waiting)


def _outside(upload: Import) -> dict[str, int]:
    """Of what is brought in already: the rows that no transaction came of, by what shall be done with them."""
    rows = rows_in(upload).filter(~Exists(became()), sheet__is_left_out=False).order_by().values_list("deed")
    return dict(rows.annotate(count=Count("pk")))


def _heaps(upload: Import) -> list[Heap]:
    """Counted by the database, in one go: a file may have a hundred thousand rows."""
    booked = Sum("amount", filter=Q(is_pending=False), default=0)
    found = rows_in(upload).order_by().values_list("sheet", "verdict", "deed")
    counted = found.annotate(
        count=Count("pk"),
        total=Sum("amount", default=0),
        booked=booked,
        first=Min("date"),
        last=Max("date"),
        suggested=Count("pk", filter=SUGGESTED),
    )
    return [Heap(*row) for row in counted]


def same_account(sheet: ImportedAccount) -> tuple[Any, ...]:
    """Equal for statements of what the file calls one account; a statement that names none stands alone."""
    if not sheet.number and not sheet.name:
        return (sheet.pk,)
    return (sheet.number, sheet.name, sheet.currency, sheet.account_id, sheet.is_new, sheet.is_left_out)


def _grouped(sheets: Iterable[ImportedAccount]) -> list[list[ImportedAccount]]:
    groups: dict[tuple[Any, ...], list[ImportedAccount]] = defaultdict(list)
    for sheet in sheets:
        groups[same_account(sheet)].append(sheet)
    return list(groups.values())


def _account(sheets: Sequence[ImportedAccount], by_sheet: dict[int, list[Heap]]) -> AccountSeen:
    statements = tuple(
        StatementSums(
            sheet,
            sum(heap.booked for heap in by_sheet[sheet.pk]),
            sum(heap.count for heap in by_sheet[sheet.pk] if heap.verdict == Verdict.UNREAD),
        )
        for sheet in sheets
    )
    return AccountSeen(statements, tuple(heap for sheet in sheets for heap in by_sheet[sheet.pk]))


def _with_held(accounts: tuple[AccountSeen, ...], upload: Import) -> tuple[AccountSeen, ...]:
    """With what each account holds at the end of its statement: as it stands, or as it will once this is brought in."""
    asked = [each for each in accounts if each.end and each.end.closing_on and each.end.account][:MOST_HELD]
    held = {id(each): _held(each, is_done=upload.state == Import.State.DONE) for each in asked}
    return tuple(AccountSeen(each.statements, each.heaps, held.get(id(each))) for each in accounts)


def _held(seen: AccountSeen, *, is_done: bool) -> int:
    end = seen.end
    assert end is not None
    assert isinstance(end.account, Account)
    assert end.closing_on is not None
    coming = 0 if is_done else sum(heap.booked for heap in seen.heaps if heap.deed == Deed.ADD)
    return balance_on(end.account, end.closing_on) + coming


def _outcome(accounts: Iterable[AccountSeen]) -> Outcome:
    counts: dict[str, int] = defaultdict(int)
    for account in accounts:
        for heap in account.heaps:
            becomes = _becomes(account, heap)
            counts[becomes] += heap.count
            if becomes == Deed.ADD and heap.verdict == Verdict.TRANSFER:
                counts["link"] += heap.count
            if becomes in (Deed.ADD, "homeless"):
                counts["suggested"] += heap.suggested
    return Outcome(**counts)


def _becomes(account: AccountSeen, heap: Heap) -> str:
    if heap.verdict == Verdict.UNREAD:
        return "unread"
    if account.sheet.is_left_out or heap.deed == Deed.LEAVE:
        return "leave"
    return "homeless" if account.needs_account else heap.deed
