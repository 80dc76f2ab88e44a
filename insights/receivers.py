"""What insights hears: change-sets of history, by which it learns."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from financeflow.history.signals import recorded
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from insights.actions import learning
from insights.actions.forgetting import forgetting_changed
from insights.queries.lessons import TELLING
from insights.tasks import learn

FORGOTTEN = "insights.forgotten"


@receiver(recorded, dispatch_uid="insights learns")
def learn_from(
    sender: Any, household_id: int, change_set_id: int, touched: int, models: frozenset[str], **more: Any
) -> None:
    """A small change is learned before the next page is asked for; a large one by a task."""
    if not models & {*TELLING, FORGOTTEN}:
        return
    household = Household.objects.get(pk=household_id)
    with household_scope(household_id):
        if FORGOTTEN in models:
            forgetting_changed(household=household)
        if "ledger.category" in models:
            learning.categories_changed(household=household)
        if touched <= learning.AT_ONCE:
            learning.learn_change(household=household, change_set=change_set_id)
            return
        learning.put_off(household=household, change_set=change_set_id)
    learn.delay_on_commit(household_id)
