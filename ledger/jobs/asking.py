"""Whether somebody who asked for work on the books may still do it when its turn comes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from financeflow.jobs.kinds import JobFailed
from financeflow.jobs.models import Job
from financeflow.tenancy.guards import RANKS


def see_that_one_may(job: Job) -> None:
    """Who is gone has no eyes to look with, and would see what others keep private."""
    member = job.household.memberships.filter(user=job.by_id).first() if job.by_id else None
    if member is None or RANKS[member.role] < RANKS["editor"]:
        raise JobFailed(_("Who asked for this may not change the books any more."))
