"""The chore that builds the numbers of dashboards anew, so that who works there now finds them ready."""

from __future__ import annotations

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation

from financeflow.households.models import Membership
from financeflow.households.queries import active_members
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import every_household, household_scope
from ledger.queries.reports.ready import make_ready

ACTIVE_FOR = timedelta(minutes=30)
# Of more members than these at once, the others build their numbers by looking at them; so does who comes when the
# time is up.
MOST_AT_ONCE = 100
MOST_SECONDS = 20
KEPT_SECONDS = 60 * 60 * 24


@shared_task
def refresh_dashboards() -> int:
    """For members who did something lately and whose books or day changed since it was last done; how many."""
    with every_household("a chore looks who is there"):
        members = active_members(timezone.now() - ACTIVE_FOR, MOST_AT_ONCE)
    known = cache.get_many([_key(member) for member in members])
    until, ready = time.monotonic() + MOST_SECONDS, 0
    for member in members:
        standing = _standing(member)
        if known.get(_key(member)) == standing or time.monotonic() > until:
            continue
        language = member.user.language or settings.LANGUAGE_CODE
        with household_scope(member.household_id, viewer=member.user_id), translation.override(language):
            make_ready(member.household, today=today_in(member.household.time_zone))
        cache.set(_key(member), standing, KEPT_SECONDS)
        ready += 1
    return ready


def _key(member: Membership) -> str:
    return f"dashboard_ready:{member.pk}"


def _standing(member: Membership) -> str:
    """What the numbers hang on: the books and the day."""
    return f"{member.household.version}:{today_in(member.household.time_zone)}"
