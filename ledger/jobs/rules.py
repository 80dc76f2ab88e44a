"""Applying rules to more transactions than somebody would wait for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.history.refusal import Refused
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from financeflow.tenancy.scope import household_scope
from ledger.actions.rules.applying import apply_rules
from ledger.jobs.asking import see_that_one_may
from ledger.queries.rules import active_rules, rules


@titled(gettext_lazy("Applying rules"))
def apply(job: Job, progress: Progress) -> dict[str, Any]:
    """With the eyes of who asked; done twice, the second time changes nothing."""
    uid = job.params["rule"]
    see_that_one_may(job)
    with household_scope(job.household_id, viewer=job.by_id):
        chosen = list(rules().filter(uid=uid)) if uid else active_rules()
        if uid and not chosen:
            raise JobFailed(_("This rule is no longer there."))
        progress.step(0, 0, _("Going through the transactions"))
        try:
            with transaction.atomic():
                done = apply_rules(
                    household=job.household,
                    by=job.by,
                    rules=chosen if uid else None,
                    also_filed=job.params["also_filed"],
                    tell=progress.step,
                )
                words = ngettext("Changed %(count)s transaction", "Changed %(count)s transactions", done.changed)
                message = words % {"count": done.changed} if done.changed else _("Nothing had to be changed")
                progress.step(done.looked_at, done.looked_at, message)
        except (Refused, ValidationError) as refusal:
            raise JobFailed(" ".join(getattr(refusal, "messages", [str(refusal)]))) from refusal
    return {"message": message, "url": reverse("rule_runs"), "word": _("See it, or undo it")}
