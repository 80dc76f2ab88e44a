"""What insights hears: change-sets of history, by which it learns."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from financeflow.history.signals import recorded
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from insights.actions import learning
from insights.actions.forgetting import forgetting_changed
from insights.queries.telling import TELLING
from insights.tasks import learn

FORGOTTEN = "insights.forgotten"


@receiver(recorded, dispatch_uid="insights learns")
def learn_from(
    sender: Any, household_id: int, change_set_id: int, touched: int, models: frozenset[str], **more: Any
) -> None:
    """A small change is learned before the next page is asked for; a large one by a task."""
    household = Household.objects.filter(pk=household_id).first() if models & {*TELLING, FORGOTTEN} else None
    if household is None:
        return
    with household_scope(household_id):
        if FORGOTTEN in models:
            forgetting_changed(household=household)
        if not models & TELLING:
            return
        is_seen_to = learning.hear(household=household, change_set=change_set_id, touched=touched, models=models)
    if not is_seen_to:
        learn.delay_on_commit(household_id)
