"""Working out anew everything that the books keep: after a restore, or where a check found a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Count

from financeflow.households.models import Household
from financeflow.tenancy.scope import whole_household
from ledger.actions import settling, summing
from ledger.actions.books import recount
from ledger.models import Account, DayTotal, Line, MonthTotal, Transaction, Transfer

AT_ONCE = 5000


def rebuild(household: Household, *, step: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Copies on lines, base amounts, search words, totals and balances of the household, from what was written."""
    with transaction.atomic(), whole_household():
        Household.objects.select_for_update().values_list("pk").get(pk=household.pk)
        total = Transaction.objects.count()
        done = 0
        for some in _in_parts():
            settling.settle(household, some)
            done += len(some)
            step(done, total)
        rebuild_totals(household)


def after_restore(household: Household) -> None:
    """What an export leaves out: all that is worked out. A transfer whose other side it did not hold is none."""
    lonely = Transfer.objects.annotate(count=Count("sides")).exclude(count=2)
    Transaction.objects.filter(transfer__in=lonely).update(transfer=None)
    Transfer.objects.filter(sides=None).delete()
    rebuild(household)


def rebuild_totals(household: Household) -> None:
    """The kept totals from a plain sum over the lines, and the balances from those."""
    MonthTotal.objects.all().delete()
    DayTotal.objects.all().delete()
    summing.insert(household, summing.gathered_sums(Line.objects.all()))
    recount(Account.objects.values_list("pk", flat=True))


def _in_parts() -> Iterator[list[int]]:
    """The keys of all transactions, a part at a time."""
    last = 0
    while some := list(Transaction.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        last = some[-1]
        yield some
