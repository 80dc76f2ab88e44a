"""The first steps in a household: somebody to share it with, and a copy of one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from financeflow.households.models import Invitation, Membership
from financeflow.jobs.models import Job
from financeflow.tenancy.prepared import Prepared
from financeflow.web.first_steps import Step
from financeflow.web.widgets import Look

EXPORT = "household.export"


def _members() -> QuerySet[Membership, Any]:
    return Membership.objects.order_by().values_list("pk")[:2]


def _invitations() -> QuerySet[Invitation, Any]:
    return Invitation.objects.order_by().values_list("pk")[:1]


def _copies() -> QuerySet[Job, Any]:
    return Job.objects.filter(kind=EXPORT).order_by().values_list("pk")[:1]


MEMBERS, INVITATIONS, COPIES = Prepared(_members), Prepared(_invitations), Prepared(_copies)


def steps(look: Look) -> list[Step]:
    if look.request.membership.role != Membership.Role.OWNER:
        return []
    is_shared, has_copy = len(MEMBERS.rows()) > 1 or bool(INVITATIONS.rows()), bool(COPIES.rows())
    return [
        Step("share", _("Invite somebody"), reverse("invitation_add"), is_shared, opens_dialog=True),
        Step("copy", _("Take a copy of everything along"), reverse("settings_data"), has_copy),
    ]
