"""Learning in the background: what is too much for the moment it was said in, and what was there before."""

from __future__ import annotations

from celery import shared_task

from financeflow.households.models import Household
from financeflow.tenancy.scope import every_household, household_scope
from insights.actions import forgetting, learning
from insights.queries.lessons import schools_behind


@shared_task
def learn(household_id: int) -> int:
    """All that one household waits with; how many lessons that made."""
    household = Household.objects.filter(pk=household_id).first()
    if household is None:
        return 0
    with household_scope(household_id):
        return learning.learn_all(household=household)


def after_restore(household: Household) -> None:
    """What books that were restored teach: settings.AFTER_RESTORE name this."""
    forgetting.reach_restored_lines()
    learn.delay_on_commit(household.pk)


@shared_task
def catch_up() -> int:
    """Sent now and then: households whose history is not learned, or of which something was left behind."""
    with every_household("learning goes on for all of them"):
        behind = set(schools_behind())
        behind |= set(Household.objects.filter(schools=None).values_list("pk", flat=True))
    for household_id in behind:
        learn.delay(household_id)
    return len(behind)


@shared_task
def forget_old_lessons() -> int:
    with every_household("each forgets what is old"):
        every = list(Household.objects.filter(schools__isnull=False))
    count = 0
    for household in every:
        with household_scope(household.pk):
            count += learning.forget_old(household=household)
    return count
