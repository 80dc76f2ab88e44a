"""The write to how far the app goes by itself: what it files, what it suggests, from which confidence on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.history.recording import recording
from financeflow.households.models import Household, User
from insights.actions.learning import school_held
from insights.models import School


@transaction.atomic
def change_school(*, household: Household, by: User | None, **values: Any) -> School:
    """New values of files_by_itself, filed_from and suggested_from; those not named stay."""
    school = school_held(household)
    filed = values.get("filed_from", school.filed_from)
    if values.get("suggested_from", school.suggested_from) > filed:
        words = _("Suggest from %(most)s %% or less: what is surer is filed already.")
        raise ValidationError({"suggested_from": words % {"most": filed}})
    summary = _("Changed when something is filed or suggested by itself")
    with recording(household=household, by=by, verb="learning.changed", summary=summary) as record:
        record.change(school, **values)
    return school
