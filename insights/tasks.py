"""Learning in the background: what is too much for the moment it was said in, and what was there before."""

from __future__ import annotations

from celery import shared_task

from financeflow.households.models import Household
from financeflow.tenancy.scope import every_household, household_scope
from insights.actions import learning
from insights.models import School
from insights.queries.lessons import schools_behind


@shared_task
def learn(household_id: int) -> int:
    """All that one household waits with; how many lessons that made."""
    household = Household.objects.filter(pk=household_id).first()
    if household is None:
        return 0
    with household_scope(household_id):
        school = School.objects.first()
        changed = learning.learn_history(household=household) if school is None or school.is_new else 0
        for change_set in school.waiting if school else ():
            changed += learning.learn_change(household=household, change_set=change_set)
    return changed


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
