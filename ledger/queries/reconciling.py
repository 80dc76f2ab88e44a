"""Questions about statements: what was there before, what is ticked, what is left, and by how much it does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Sum

from financeflow.history.models import Change, ChangeSet
from financeflow.households.models import Household
from ledger.models import Account, Statement, Tick, Transaction
from ledger.models.many import OneOf
from ledger.queries.conditions import Conditions, Span
from ledger.queries.listing import Listing, attach_other_sides, read_place
from ledger.queries.shown import name_of

ON_A_PAGE = 200
RECONCILED = Transaction.Status.RECONCILED


def statements() -> QuerySet[Statement]:
    """The household's statements, latest first, with their accounts."""
    return Statement.objects.select_related("account").filter(account__trashed_at=None)


def statements_of(account: Account) -> list[Statement]:
    """An account's statements, latest first; an open one knows how many rows are ticked."""
    return list(Statement.objects.filter(account=account).annotate(ticked=Count("ticks")).order_by("-on", "-pk"))


def latest_statement(account: Account) -> Statement | None:
    return Statement.objects.filter(account=account).first()


@dataclass(frozen=True)
class Reckoning:
    """A statement as far as it is ticked: what was there before, and `count` rows that are ticked together."""

    statement: Statement
    before: int
    ticked: int
    count: int

    @property
    def together(self) -> int:
        return self.before + self.ticked

    @property
    def difference(self) -> int:
        """What the statement has more than was added up."""
        return self.statement.balance - self.together


@dataclass(frozen=True)
class Extent:
    """How many rows a statement has to do with up to its day, their sum, and how many of them are not ticked."""

    rows: int
    total: int
    left: int
    left_total: int


def ticked_rows(statement: Statement) -> QuerySet[Transaction]:
    """What is ticked on an open statement and still may be: in its account, not in the trash, on no other statement."""
    rows = Transaction.objects.filter(tick__statement=statement, account=statement.account_id, trashed_at=None)
    return rows.exclude(status=RECONCILED).order_by()


def rows_left(statement: Statement) -> QuerySet[Transaction]:
    """What nobody ticked yet, up to the day of the statement."""
    rows = Transaction.objects.filter(account=statement.account_id, trashed_at=None, date__lte=statement.on, tick=None)
    return rows.exclude(status=RECONCILED).order_by()


def rows_of(statement: Statement) -> QuerySet[Transaction]:
    """What stands on a locked statement."""
    return Transaction.objects.filter(statement=statement).order_by()


def reckoning(statement: Statement) -> Reckoning:
    """Added up from what is ticked and from what was locked before, however much stands in the account."""
    locked = Statement.objects.filter(account=statement.account_id, locked_at__isnull=False, on__lt=statement.on)
    before = statement.account.opening_balance + locked.aggregate(total=Sum("total", default=0))["total"]
    ticks = _ticks(statement)
    if statement.is_locked:
        return Reckoning(statement, before + ticks["before"], statement.total, statement.rows)
    return Reckoning(statement, before + ticks["before"], ticks["ticked"], ticks["rows"])


def extent(statement: Statement) -> Extent:
    """What there is to tick, from the kept totals: as quick with a million rows in the account as with ten."""
    if statement.is_locked:
        return Extent(statement.rows, statement.total, 0, 0)
    every = Statement.objects.filter(account=statement.account_id, locked_at__isnull=False)
    locked = every.aggregate(rows=Sum("rows", default=0), total=Sum("total", default=0))
    until, later, ticks = _all_until(statement), _reconciled_after(statement), _ticks(statement)
    rows = until[0] - (locked["rows"] - later["rows"]) - ticks["elsewhere"]
    total = until[1] - (locked["total"] - later["total"]) - ticks["elsewhere_sum"]
    return Extent(rows, total, rows - ticks["rows_until"], total - ticks["ticked_until"])


def _ticks(statement: Statement) -> dict[str, Any]:
    """What is ticked on this statement, and on other open statements of the account.

    The account is asked for in a way that no index answers: ticks are few, and the way leads from them to their rows.
    """
    here, until = Q(statement=statement), Q(transaction__date__lte=statement.on)
    earlier = Q(statement__on__lt=statement.on) & ~here
    amount = partial(Sum, "transaction__amount", default=0)
    ticks = Tick.objects.filter(statement__account=statement.account_id, statement__locked_at=None)
    ticks = ticks.annotate(where=F("transaction__account_id") + 0).filter(where=statement.account_id)
    return ticks.filter(transaction__trashed_at=None).aggregate(
        ticked=amount(filter=here),
        rows=Count("pk", filter=here),
        ticked_until=amount(filter=here & until),
        rows_until=Count("pk", filter=here & until),
        before=amount(filter=earlier),
        elsewhere=Count("pk", filter=until & ~here),
        elsewhere_sum=amount(filter=until & ~here),
    )


def _all_until(statement: Statement) -> tuple[int, int]:
    """How many rows the account has up to the day, and their sum, from the kept totals."""
    asked = Conditions(spans=(Span(None, statement.on),), accounts=frozenset({statement.account_id}))
    tally = Listing(statement.household, asked, account=statement.account).tally()
    return tally.count, tally.net + tally.moved


def _reconciled_after(statement: Statement) -> dict[str, Any]:
    """What stands on locked statements though it is dated after this one."""
    rows = Transaction.objects.filter(account=statement.account_id, trashed_at=None, date__gt=statement.on)
    return rows.filter(status=RECONCILED).order_by().aggregate(rows=Count("pk"), total=Sum("amount", default=0))


@dataclass(frozen=True)
class StatementPage:
    """Rows as a page shows them, latest first; `later` are ticked though dated after; the rest is summed."""

    rows: list[Transaction]
    later: list[Transaction]
    extent: Extent
    next: str | None
    rest: int
    rest_total: int


def statement_page(statement: Statement, *, after: str | None = None, only_left: bool = False) -> StatementPage:
    """Rows that can be ticked, or that stand on a locked statement."""
    every = extent(statement)
    rows = _rows_to_show(statement, only_left)
    count, total = (every.left, every.left_total) if only_left else (every.rows, every.total)
    place = read_place(after) if after else None
    newer: dict[str, Any] = {"rows": 0, "total": 0}
    if place:
        older = Q(date__lt=place[0]) | Q(date=place[0], pk__lt=place[1])
        newer = rows.exclude(older).aggregate(rows=Count("pk"), total=Sum("amount", default=0))
        rows = rows.filter(Q(date__lte=place[0]), older)
    # Never one more than there are: the search for it would go through all that was ever reconciled.
    most = min(ON_A_PAGE + 1, max(0, count - newer["rows"]))
    keys = list(rows.order_by("-date", "-pk").values_list("pk", flat=True)[:most])
    shown = _joined(statement, keys[:ON_A_PAGE])
    more = f"{shown[-1].date}.{shown[-1].pk}" if len(keys) > ON_A_PAGE else None
    later = [] if place or statement.is_locked else _later(statement)
    rest_total = total - newer["total"] - sum(row.amount for row in shown)
    return StatementPage(shown, later, every, more, count - newer["rows"] - len(shown), rest_total)


def _rows_to_show(statement: Statement, only_left: bool) -> QuerySet[Transaction]:
    """The rows of all pages."""
    if statement.is_locked:
        return rows_of(statement)
    if only_left:
        return rows_left(statement)
    rows = Transaction.objects.filter(account=statement.account_id, trashed_at=None, date__lte=statement.on)
    return rows.exclude(status=RECONCILED).filter(Q(tick=None) | Q(tick__statement=statement)).order_by()


def _later(statement: Statement) -> list[Transaction]:
    keys = ticked_rows(statement).filter(date__gt=statement.on).values_list("pk", flat=True)
    return _joined(statement, list(keys[:ON_A_PAGE]))


def _joined(statement: Statement, keys: list[int]) -> list[Transaction]:
    """These rows, latest first, with what a page shows of each, and whether it is ticked."""
    if not keys:
        return []
    is_ticked = models.Exists(Tick.objects.filter(statement=statement, transaction=models.OuterRef("pk")))
    found = Transaction.objects.filter(OneOf("pk", keys)).select_related("payee", "account")
    rows: list[Any] = list(found.annotate(is_ticked=is_ticked).order_by("-date", "-pk"))
    attach_other_sides(rows)
    for row in rows:
        row.name = name_of(row)
    return rows


def statement_row(statement: Statement, transaction: Transaction) -> Transaction:
    """One row as a page shows it."""
    return _joined(statement, [transaction.pk])[0]


def lock_history(statement: Statement) -> list[ChangeSet]:
    """Who locked and unlocked the statement and when, latest first."""
    of_it = Change.objects.filter(model=Statement._meta.label_lower, row_id=statement.pk, before__isnull=False)
    touched = of_it.filter(after__has_key="locked_at").values("change_set")
    return list(ChangeSet.objects.filter(pk__in=touched).select_related("by").order_by("-pk")[:10])


def has_open_before(statement: Statement) -> bool:
    return Statement.objects.filter(account=statement.account_id, on__lt=statement.on, locked_at=None).exists()


def drift(household: Household, statement: Statement) -> tuple[bool, int]:
    """Whether no statement was locked before this one; else by how much the opening balance was changed since."""
    before = Statement.objects.filter(account=statement.account_id, on__lt=statement.on, locked_at__isnull=False)
    last = before.first()
    if last is None:
        return True, 0
    total = before.aggregate(total=Sum("total", default=0))["total"]
    return False, statement.account.opening_balance + total - last.balance
