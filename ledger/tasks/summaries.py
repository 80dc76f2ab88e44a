"""The chore of the first of the month: what the last one came to, for every household in its own time."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from financeflow.households.models import Household
from financeflow.notify.tasks import mail_soon
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.web.months import Month
from ledger.actions.summaries import summarise_month
from ledger.calc.periods import period_of
from ledger.queries.summaries import due


@shared_task
def summarise_months() -> int:
    """Sent each hour; one task for every household whose month is over, how many there were."""
    with every_household("the month ends for all of them"):
        found = list(due(timezone.now()))
    for household_id, month in found:
        tell_month.delay(household_id, str(Month.of(month.first)))
    return len(found)


@shared_task
def tell_month(household_id: int, month: str) -> int:
    """Tell the members of one household, and mail those who want it; how many were told anew."""
    household = Household.objects.filter(pk=household_id).first()
    if household is None:
        return 0
    with household_scope(household_id):
        told = summarise_month(household, period_of("month", Month.parse(month).first_day))
        mail_soon(household_id, told)
    return len(told)
