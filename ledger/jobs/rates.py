"""Work on exchange rates that takes longer than a request may."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.jobs.kinds import JobFailed, titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from ledger.actions import base_currency, rate_refresh


@titled(gettext_lazy("Exchange rates"))
def refresh_rates(job: Job, progress: Progress) -> dict[str, Any]:
    progress.step(0, 1, _("Asking for exchange rates"))
    if not rate_refresh.refresh_rates(now=timezone.now()):
        raise JobFailed(_("The service for exchange rates could not be reached. Known rates stay in use."))
    progress.step(1, 1, _("Exchange rates are up to date"))
    return {"url": reverse("rate_list"), "word": _("Show the rates")}


@titled(gettext_lazy("Change of the base currency"))
def change_base_currency(job: Job, progress: Progress) -> dict[str, Any]:
    """All in one step, so that nobody ever sees half of it; done twice it changes nothing more."""
    currency = job.params["currency"]
    progress.step(0, 1, _("Working out every amount in %(currency)s") % {"currency": currency})
    base_currency.change_base_currency(household=job.household, by=job.by, currency=currency)
    progress.step(1, 1, _("Every amount is worked out in %(currency)s") % {"currency": currency})
    return {"url": reverse("rate_list"), "word": _("Show the rates")}
