"""The guest sandbox: a household for a day, filled with one story, that can be kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.recording import unannounced
from financeflow.households.actions.households import open_household
from financeflow.households.deciding import deciding
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.web.gathering import gathered

SEED = 7


@transaction.atomic
def open_sandbox(*, language: str = "", **place: Any) -> User:
    """A guest with a private household of sample books that ends by itself."""
    address = f"guest-{secrets.token_hex(8)}@guest.invalid"
    guest = User.objects.create_user(address, name=_("Guest"), is_guest=True, language=language)
    open_demo_household(
        by=guest,
        name=_("Demo household"),
        seed=SEED,
        months=settings.SANDBOX_MONTHS,
        expires_at=timezone.now() + timedelta(hours=settings.SANDBOX_HOURS),
        **place,
    )
    return guest


@transaction.atomic
def open_demo_household(*, by: User, name: str, seed: int, months: int, **settings_: Any) -> Household:
    """A household whose books tell the story of the sample data, the same for the same seed and day."""
    with unannounced():
        household = open_household(by=by, name=name, **settings_)
        today = today_in(household.time_zone)
        with household_scope(household.pk):
            for tell in gathered("STORY"):
                tell(household=household, by=by, today=today, seed=seed, months=months)
    return household


@transaction.atomic
def keep_sandbox(guest: User, *, name: str, email: str, password: str) -> User:
    """Turn the guest into a person with a password; all that was done in the demo stays."""
    guest = User.objects.select_for_update().get(pk=guest.pk, is_guest=True)
    guest.name, guest.email, guest.is_guest = name, email, False
    guest.set_password(password)
    guest.full_clean()
    guest.save()
    with every_household("the demo's household is found by its guest"):
        kept = list(Membership.objects.filter(user=guest).select_related("household"))
    for member in kept:
        with household_scope(member.household_id):
            _keep_household(member.household, by=guest)
    EmailAddress.objects.create(user=guest, email=email, primary=True, verified=False)
    return guest


def _keep_household(household: Household, *, by: User) -> None:
    with deciding(household, by=by, verb="household.kept", summary=_("Kept the demo")) as record:
        record.change(household, expires_at=None)
