"""Ending things: a household after its days of grace, a sandbox after its hours, a person's account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.recording import unannounced
from financeflow.households import exports, queries
from financeflow.households.actions.members import leave_household, require_owner
from financeflow.households.deciding import deciding
from financeflow.households.models import Household, User
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.scope import every_household, household_scope


def delete_household(household: Household, *, by: User) -> None:
    """Let the household go when its days of grace are over; until then it is as it was."""
    _set_deletion(household, by=by, verb="household.deletion_asked", summary=_("Asked for the household’s deletion"))


def cancel_deletion(household: Household, *, by: User) -> None:
    """Keep the household after all."""
    _set_deletion(household, by=by, verb="household.deletion_cancelled", summary=_("Kept the household after all"))


@transaction.atomic
def _set_deletion(household: Household, *, by: User, verb: str, summary: str) -> None:
    fresh = Household.objects.select_for_update().get(pk=household.pk)
    require_owner(fresh, by)
    asked = verb == "household.deletion_asked"
    if asked and fresh.delete_at:
        return
    delete_at = timezone.now() + timedelta(days=settings.DELETION_GRACE_DAYS) if asked else None
    with deciding(fresh, by=by, verb=verb, summary=summary) as record:
        record.change(fresh, delete_at=delete_at)


def end_sandbox(household: Household) -> None:
    """A guest's demo has no days of grace: it ends now, and is purged with the next round."""
    if household.expires_at is None:
        raise ValidationError(_("This household is no demo."))
    Household.objects.filter(pk=household.pk).update(expires_at=timezone.now())


@transaction.atomic
def delete_account(person: User) -> None:
    """Delete the person, and the households that would be left empty; refuse where others would be left ownerless."""
    User.objects.select_for_update().get(pk=person.pk)
    if any(not each.may_go for each in queries.households_held_by(person)):
        raise ValidationError(_("You are the only owner of a household. See to it first."))
    with unannounced():
        for held in queries.households_held_by(person):
            purge_household(held.household)
        for member in queries.memberships_of(person):
            with household_scope(member.household_id):
                leave_household(member)
    _remove_person(person)


@transaction.atomic
def purge_if_over(household: Household) -> bool:
    """Remove a household whose time is over, unless somebody has kept it just now."""
    over = queries.households_over(timezone.now()).select_for_update().filter(pk=household.pk).first()
    if over:
        purge_household(over)
    return over is not None


@transaction.atomic
def remove_lost_guests(*, before: datetime) -> None:
    """Guests from before then who are in no household."""
    with every_household("a guest may have been in any household"):
        for guest in User.objects.filter(is_guest=True, date_joined__lt=before, memberships__isnull=True)[:500]:
            _remove_person(guest)


@transaction.atomic
def purge_household(household: Household) -> None:
    """Remove a household with all its rows and files, and the guests who knew nothing else.

    Foreign keys are checked when the transaction ends, so one DELETE a table does, in any order.
    """
    with every_household("a household is removed whole"):
        people = list(User.objects.filter(memberships__household=household).values_list("pk", flat=True))
        for model in apps.get_models():
            if issubclass(model, HouseholdOwned):
                _remove_rows(model, household)
        whole = Household.objects.filter(pk=household.pk)
        whole._raw_delete(using=whole.db)
        gone = User.objects.filter(pk__in=people, is_guest=True, memberships__isnull=True)
        for guest in gone:
            _remove_person(guest)
    transaction.on_commit(lambda: exports.remove_all(household.uid))


def _remove_rows(model: type[HouseholdOwned], household: Household) -> None:
    rows = model._default_manager.filter(household=household)
    for field in model._meta.get_fields():
        if isinstance(field, models.FileField):
            _remove_files(list(rows.exclude(**{field.name: ""}).values_list(field.name, flat=True)))
        elif isinstance(field, models.ManyToManyField):
            _remove_links(field, rows)
    rows._raw_delete(using=rows.db)


def _remove_links(field: models.ManyToManyField[Any, Any], rows: models.QuerySet[Any]) -> None:
    through = field.remote_field.through
    if through and through._meta.auto_created:
        links = through._default_manager.filter(**{f"{field.m2m_field_name()}__in": rows})
        links._raw_delete(using=links.db)


def _remove_files(names: list[str]) -> None:
    def remove() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(remove)


def _remove_person(person: User) -> None:
    if person.picture.name:
        _remove_files([person.picture.name])
    with every_household("what a person did stays, without the person"):
        person.delete()
