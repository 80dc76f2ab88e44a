"""Merging and deleting what thousands of transactions hang on, while nobody waits for a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.history.refusal import Refused
from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from ledger.actions.merging import carry_out
from ledger.jobs.asking import see_that_one_may
from ledger.models import Category, Payee, Tag

MODELS: dict[str, type[models.Model]] = {"category": Category, "payee": Payee, "tag": Tag}
PAGES = {"category": "category_list", "payee": "payee_list", "tag": "tag_list"}


@titled(gettext_lazy("Putting together what was apart"))
def merge(job: Job, progress: Progress) -> dict[str, Any]:
    """What `merge_later` wrote down; run twice, what is gone already is left alone."""
    what = job.params["what"]
    see_that_one_may(job)
    progress.step(0, 1, _("Going through every transaction"))
    gone = _rows(what, job.params["gone"])
    into = next(iter(_rows(what, [job.params["into"]])), None) if job.params["into"] else None
    if job.params["into"] and into is None:
        raise JobFailed(_("What this should go into is not there any more."))
    try:
        if gone:
            carry_out(what, job.params["verb"], gone, into, by=job.by)
    except (Refused, ValidationError) as refusal:
        raise JobFailed(" ".join(getattr(refusal, "messages", [str(refusal)]))) from refusal
    progress.step(1, 1, _("Everything is in its place"))
    return {"url": reverse(PAGES[what]), "word": _("Show")}


def _rows(what: str, uids: list[str]) -> list[Any]:
    rows: Any = MODELS[what]._default_manager
    return list(rows.filter(uid__in=uids, trashed_at=None).order_by("pk"))
