"""The background work of households: writing an export."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households import exporting, exports
from financeflow.jobs.kinds import titled
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress

EXPORT = "household.export"


@titled(gettext_lazy("Export of everything"))
def export_household(job: Job, progress: Progress) -> dict[str, Any]:
    path = exports.path_of(job.household.uid, job.uid)
    progress.step(0, message=_("Reading the household"))
    rows = exporting.write_export(job.household, path, step=progress.step)
    progress.step(rows, rows, _("The export is ready"))
    url = reverse("export_download", args=[job.uid])
    return {"rows": rows, "bytes": path.stat().st_size, "url": url, "word": _("Download")}
