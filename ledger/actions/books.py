"""The bookkeeper: whatever changes transactions stands inside `books_of`, and leaves every balance and total right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.history.refusal import Refused, UndoRefused
from financeflow.households.models import Household
from financeflow.tenancy.prepared import Prepared
from financeflow.tenancy.scope import whole_household
from ledger.actions import settling, summing, ticks
from ledger.models import Account, Category, Line, MonthTotal, Transaction
from ledger.models.many import Keys, OneOf
from ledger.queries import fitting, reconciling

AT_ONCE = 5000
_STRANGE = gettext_lazy("The account holds transactions in another currency.")


class BooksDoNotAdd(AssertionError):
    """A write left the books wrong: a fault of ours, and the write is taken back."""


class Books:
    """One write in the making: which transactions it touches, and what they added to the totals before it."""

    def __init__(self, household: Household, *, settles: bool) -> None:
        self.household = household
        self.settles = settles
        self.opened: set[int] = set()
        self.added: set[int] = set()
        self.before = summing.Sums()
        self.locked: dict[int, tuple[Any, ...]] = {}
        self.statements: set[int] = set()
        self.stood: dict[int, int] = {}
        # Accounts that this very write took away for good: what was kept of them went with them.
        self.gone: set[int] = set()

    def open(self, ids: Iterable[int]) -> None:
        """Say which transactions are about to change, before they do; one noted as new had no sums before."""
        fresh = set(ids) - self.opened
        self.opened |= fresh
        for some in _in_parts(fresh - self.added):
            self.before.add(summing.sums_of(some))
            self.locked.update(_locked_facts(some))

    def note_new(self, ids: Iterable[int]) -> None:
        """Say which transactions were added, complete with all that is worked out from them."""
        self.added.update(ids)

    def open_statements(self, ids: Iterable[int]) -> None:
        """Say which statements are about to be locked or unlocked: nothing else makes rows reconciled, or not."""
        fresh = set(ids) - self.statements
        self.statements |= fresh
        self.stood |= ticks.rows_on(fresh) if fresh else {}

    def close(self) -> None:
        """Work out what follows from the change, check it, and carry the difference into balances and totals."""
        after = summing.Sums()
        for some in _in_parts(self.opened):
            if self.settles:
                settling.settle(self.household, some)
            self._check(some)
            after.add(summing.sums_of(some))
        for some in _in_parts(self.added - self.opened):
            self._check(some)
            after.add(summing.sums_of(some))
        summing.carry(self.household, after.minus(self.before).without(self.gone))
        if self.statements:
            ticks.follow(self.statements, self.stood)
            self._check_statements()

    def _check(self, some: list[int]) -> None:
        wrong = fitting.unbalanced(some)
        if wrong:
            raise BooksDoNotAdd(f"The lines of transactions {wrong[:5]} do not add up to their amounts.")
        halves = fitting.broken_transfers(some) if self.settles else []
        if halves:
            raise BooksDoNotAdd(f"The sides of transfers {halves[:5]} do not fit together.")
        if self.settles and STRANGE.rows(keys=some):
            raise Refused(str(_STRANGE))
        now = _locked_facts(some)
        for key in some:
            self._check_locked(self.locked.get(key), now.get(key))

    def _check_locked(self, before: tuple[Any, ...] | None, after: tuple[Any, ...] | None) -> None:
        if before is None and after is not None and after[-1] is None:
            raise Refused(_("Transactions are reconciled with a statement."))
        is_unlocked = after is None and bool(self.statements)
        if before is not None and after != before and not is_unlocked:
            raise Refused(_("A reconciled transaction keeps its amount, date and account. Unlock its statement first."))

    def _check_statements(self) -> None:
        """A locked statement is explained to the cent."""
        here = reconciling.statements().filter(pk__in=self.statements, locked_at__isnull=False)
        gaps = any(reconciling.reckoning(statement).difference for statement in here)
        if gaps or fitting.broken_statements(self.statements):
            raise Refused(_("What stands on the statement was changed since, and no longer adds up to its balance."))


def _in_parts(ids: Collection[int]) -> Iterator[list[int]]:
    every = sorted(ids)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def _locked_facts(ids: list[int]) -> dict[int, tuple[Any, ...]]:
    """What must not change about those that are reconciled."""
    return {key: tuple(rest) for key, *rest in LOCKED.rows(keys=ids)}


def _locked() -> QuerySet[Transaction, Any]:
    rows = Transaction.objects.filter(OneOf("pk", Keys("keys")), status=Transaction.Status.RECONCILED).order_by()
    return rows.values_list("pk", "amount", "date", "account_id", "trashed_at", "statement_id")


def _strange() -> QuerySet[Transaction, Any]:
    """One row in another currency than its account's."""
    rows = Transaction.objects.filter(OneOf("pk", Keys("keys"))).order_by()
    return rows.exclude(currency=F("account__currency")).values_list("pk")[:1]


LOCKED, STRANGE = Prepared(_locked, whole=True), Prepared(_strange, whole=True)


@contextmanager
def books_of(household: Household, *, settles: bool = True) -> Iterator[Books]:
    """Change transactions of the household inside; one writer at a time, and all rows in sight.

    What only files lines elsewhere, or tags, `settles` nothing: dates, accounts, amounts and words stay as they are.
    """
    with transaction.atomic(), whole_household():
        held = Household.objects.select_for_update().values_list("base_currency", flat=True)
        household.base_currency = held.get(pk=household.pk)  # as it is now: another request may have changed it
        books = Books(household, settles=settles)
        yield books
        books.close()


def recount(accounts: Iterable[int]) -> None:
    """The balance of accounts from their opening balance and totals."""
    for account in Account.objects.filter(pk__in=set(accounts)):
        moved = sum(total_in + total_out for total_in, total_out in _moved(account))
        Account.objects.filter(pk=account.pk).update(balance=account.opening_balance + moved)


def _moved(account: Account) -> Iterable[tuple[int, int]]:
    return MonthTotal.objects.filter(account=account).values_list("sum_in", "sum_out")


@contextmanager
def keeper(*, household: Household, touched: Iterable[tuple[str, int, dict[str, Any]]]) -> Iterator[None]:
    """Keep the totals while history puts rows back: settings.KEEPERS names this."""
    ids, rows = _concerned(touched)
    if not ids and not any(rows.values()):
        yield
        return
    try:
        with books_of(household) as books:
            books.open(ids)
            books.open_statements(rows["ledger.statement"])
            yield
            books.gone = _gone(rows["ledger.account"])
        with whole_household():
            recount(rows["ledger.account"])
            kept = Transaction.objects.filter(account__in=rows["ledger.account"])
            if kept.exclude(currency=F("account__currency")).exists():
                raise Refused(str(_STRANGE))
    except UndoRefused:
        raise
    except Refused as refusal:
        raise UndoRefused(str(refusal)) from refusal


def _gone(accounts: set[int]) -> set[int]:
    return accounts - set(Account.objects.filter(pk__in=accounts).values_list("pk", flat=True)) if accounts else set()


def _concerned(touched: Iterable[tuple[str, int, dict[str, Any]]]) -> tuple[set[int], dict[str, set[int]]]:
    """The transactions whose sums or words hang on these rows, and those of the rows that are none themselves."""
    ids: set[int] = set()
    rows: dict[str, set[int]] = {f"ledger.{name}": set() for name in ("account", "category", "payee", "statement")}
    for model, row_id, state in touched:
        if model == "ledger.transaction":
            ids.add(row_id)
        elif "transaction_id" in state and model == "ledger.line":
            ids.add(state["transaction_id"])
        elif model == "ledger.line":
            rows.setdefault(model, set()).add(row_id)
        elif model in rows:
            rows[model].add(row_id)
    with whole_household():
        ids |= _transactions_of(rows)
    return ids, rows


def _transactions_of(rows: dict[str, set[int]]) -> set[int]:
    found = set(Line.objects.filter(OneOf("pk", rows.get("ledger.line", ()))).values_list("transaction_id", flat=True))
    found |= set(filed_under(Category.objects.filter(pk__in=rows["ledger.category"])))
    return found | set(Transaction.objects.filter(payee__in=rows["ledger.payee"]).values_list("pk", flat=True))


def filed_under(categories: Iterable[Category]) -> Iterable[int]:
    """The transactions with a line in one of these categories."""
    return Line.objects.filter(category__in=categories).values_list("transaction_id", flat=True).distinct()
