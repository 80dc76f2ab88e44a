"""Opening a household, and what its owners decide about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from financeflow.households.deciding import deciding
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope
from financeflow.web.gathering import gathered

OPENED = "household.opened"


@transaction.atomic
def open_household(
    *, by: User, name: str, expires_at: datetime | None = None, furnished: bool = True, **settings_: Any
) -> Household:
    """A new household with its first owner and, unless it is to be filled from elsewhere, what all books start with."""
    household = Household(name=name, expires_at=expires_at, **settings_)
    household.full_clean()
    household.save()
    with household_scope(household.pk):
        summary = _("Opened the household “%(name)s”") % {"name": name}
        with deciding(household, by=by, verb=OPENED, summary=summary) as record:
            record.add(Membership(household=household, user=by, role=Membership.Role.OWNER))
        for path in settings.NEW_HOUSEHOLD if furnished else []:
            import_string(path)(household=household, by=by)
    return household


def change_household(household: Household, *, by: User, **values: Any) -> bool:
    """Change its name, currency, place or months; false when a job changes the currency, as much has to follow it."""
    summary = _("Changed the household’s settings")
    with deciding(household, by=by, verb="household.changed", summary=summary, undoable=True) as record:
        row = Household.objects.select_for_update().get(pk=household.pk)
        with _following(row, by=by, currency=values.get("base_currency", row.base_currency)) as at_once:
            if not at_once:
                del values["base_currency"]
            record.change(row, **values)
    return at_once


@contextmanager
def _following(household: Household, *, by: User, currency: str) -> Iterator[bool]:
    """Around the change: all that is kept in the base currency follows it at once, or else by a job that makes it."""
    with ExitStack() as followers:
        changes = gathered("BASE_CURRENCY_CHANGES") if currency != household.base_currency else []
        said = [followers.enter_context(change(household=household, by=by, currency=currency)) for change in changes]
        yield all(said)


@transaction.atomic
def use_household(membership: Membership) -> None:
    """Remember that this is the household its member works in now."""
    membership.last_used_at = timezone.now()
    membership.save(update_fields=["last_used_at"])
