"""Announcing: one row and one cache version a write, and a knock for whoever listens, after commit."""

from __future__ import annotations

import uuid

from django.apps import apps
from django.db import transaction
from django.db.models import F

from financeflow.events.models import Event
from financeflow.events.waking import wake


@transaction.atomic
def publish(name: str, *, household_id: int, subject: uuid.UUID | None = None, refreshes: bool = True) -> Event:
    """Announce `name` to the household's open pages and make its cached numbers old, unless it `refreshes` none.

    Raising the version first locks the household's row, so ids of one household are committed in order.
    """
    households = apps.get_model("households", "Household")
    households.objects.filter(pk=household_id).update(version=F("version") + int(refreshes))
    event = Event(household_id=household_id, name=name, subject=subject)
    event.save(force_insert=True)
    transaction.on_commit(lambda: wake(household_id))
    return event
