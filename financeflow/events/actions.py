"""What is done to announcements besides making them: forgetting."""

from __future__ import annotations

from datetime import datetime

from financeflow.events import queries
from financeflow.events.models import Event
from financeflow.tenancy.scope import every_household

BATCH = 2000


def forget_events(*, before: datetime, batch: int = BATCH) -> int:
    """Delete the announcements older than this, a few at a time so that no write waits long."""
    gone = 0
    with every_household("announcements of all households grow old together"):
        while ids := list(queries.forgettable_events(before).order_by("id").values_list("id", flat=True)[:batch]):
            gone += Event.objects.filter(id__in=ids).delete()[0]
    return gone
