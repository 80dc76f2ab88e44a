"""Questions about the reports that members keep under a name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from financeflow.households.models import User
from ledger.models import SavedReport

MOST_REPORTS = 30


def saved_reports(member: User) -> QuerySet[SavedReport]:
    """Those of this member, in their order."""
    return SavedReport.objects.filter(member=member)


def shared_reports(member: User) -> QuerySet[SavedReport]:
    """What the others share."""
    return (
        SavedReport.objects.filter(Q(member=None) | Q(is_shared=True)).exclude(member=member).select_related("member")
    )


def changeable_reports(member: User, *, may_edit: bool) -> QuerySet[SavedReport]:
    """One's own; who may edit the books may change what is shared too."""
    everybodys = Q(member=None) | Q(is_shared=True)
    return SavedReport.objects.filter(Q(member=member) | everybodys if may_edit else Q(member=member))
