"""Another base currency: every amount is worked out anew, at once or by a job, and nobody sees half of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.events.publishing import publish
from financeflow.history.recording import recording
from financeflow.history.refusal import UndoRefused
from financeflow.households.models import Household, User
from financeflow.jobs import actions as jobs
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import whole_household
from ledger.actions.published_rates import load_history
from ledger.actions.rates import rates_changed, recompute_base
from ledger.models import Account, Transaction, TypedRate

CHANGE_BASE = "ledger.change_base_currency"
# So many transactions are worked out anew while somebody waits; more become a job, and many more are not undone.
AT_ONCE = 2000
MOST_UNDONE = 20_000


@contextmanager
def base_currency_changes(*, household: Household, by: User | None, currency: str) -> Iterator[bool]:
    """Around a change of the base currency: amounts follow at once, or it yields false and a job makes the change.

    Until the job is done the household keeps its base currency, so that no figure is ever shown in the wrong one.
    """
    _stop_earlier_changes()
    _load_rates(currency)
    if _has_more_than(AT_ONCE):
        jobs.start_job(household=household, by=by, kind=CHANGE_BASE, currency=currency)
        yield False
    else:
        yield True
        recompute_base(household=household)
        publish("ledger.changed", household_id=household.pk)


def _load_rates(base: str) -> None:
    """The history of every currency in use, where there is more than the base currency."""
    with whole_household():
        in_use = set(Account.objects.order_by().values_list("currency", flat=True).distinct())
    if in_use - {base}:
        load_history({*in_use, base})


def after_restore(*, household: Household) -> None:
    """Rates for what an export brought: settings.AFTER_RESTORE name this, before amounts are worked out."""
    _load_rates(household.base_currency)


def _has_more_than(number: int) -> bool:
    with whole_household():
        return Transaction.objects.order_by().values("pk")[: number + 1].count() > number


def _stop_earlier_changes() -> None:
    for job in Job.objects.filter(kind=CHANGE_BASE, state__in=[Job.State.QUEUED, Job.State.RUNNING]):
        jobs.cancel_job(job)


@transaction.atomic
def change_base_currency(*, household: Household, by: User | None, currency: str) -> bool:
    """The base currency and every amount in it, in one step; false when it is that already."""
    summary = _("Changed the base currency to %(currency)s") % {"currency": currency}
    with recording(
        household=household,
        by=by,
        verb="household.changed",
        summary=summary,
        topic="household.changed",
        needs="owner",
        undoable=False,
    ) as record:
        row = Household.objects.select_for_update().get(pk=household.pk)
        if not record.change(row, base_currency=currency):
            return False
        recompute_base(household=row)
        publish("ledger.changed", household_id=household.pk)
    return True


@contextmanager
def keeper(*, household: Household, touched: Iterable[tuple[str, int, dict[str, Any]]]) -> Iterator[None]:
    """Amounts follow what undo does to typed rates and to the base currency: settings.KEEPERS name this."""
    other_base, days = _concerned(touched)
    if other_base and _has_more_than(MOST_UNDONE):
        raise UndoRefused(_("These are too many amounts to undo at once. Choose the currency in the settings again."))
    yield
    if other_base:
        household.refresh_from_db(fields=["base_currency"])
        recompute_base(household=household)
        publish("ledger.changed", household_id=household.pk)
    for day in days:
        rates_changed(household=household, first=day, last=day)


def _concerned(touched: Iterable[tuple[str, int, dict[str, Any]]]) -> tuple[bool, set[date]]:
    """Whether the base currency is among what changes, and the days of typed rates that are."""
    other_base, days, keys = False, set(), set()
    for model, row_id, state in touched:
        if model == "households.household":
            other_base |= "base_currency" in state
        elif model == "ledger.typedrate":
            keys.add(row_id)
            days |= {date.fromisoformat(state["on"])} if "on" in state else set()
    return other_base, days | set(TypedRate.objects.filter(pk__in=keys).values_list("on", flat=True))
