"""Carrying out one claimed job, and writing down what came of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from financeflow.jobs import actions
from financeflow.jobs.kinds import JobFailed, run_of
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Heart, JobCancelled, JobInterrupted, JobLost, Progress
from financeflow.tenancy.scope import household_scope

log = logging.getLogger(__name__)


def carry_out(job: Job) -> None:
    """Run the job with the eyes, in the language and the time zone of who asked; no failure leaves here."""
    with _as_asked(job):
        try:
            with Heart(job):
                result = run_of(job.kind)(job, Progress(job))
            actions.end_job(job, Job.State.DONE, result=result)
        except JobLost:
            log.warning("job %s was taken over", job.pk)
        except JobCancelled:
            actions.end_job(job, Job.State.CANCELLED, message=_("Stopped. Nothing more will happen."))
        except JobInterrupted:
            actions.put_back(job, counts=False)
        except JobFailed as failure:
            actions.end_job(job, Job.State.FAILED, message=str(failure)[:250])
        except (OperationalError, InterfaceError) as error:
            # The row stays as it is; when its heart has been silent for a while it is run again.
            log.warning("job %s lost the database: %s", job.pk, type(error).__name__)
        except Exception:
            log.exception("job %s failed", job.pk)
            message = _("Something went wrong on our side, and it has been noted. You can start this again.")
            actions.end_job(job, Job.State.FAILED, message=message)


@contextmanager
def _as_asked(job: Job) -> Iterator[None]:
    language = (job.by and job.by.language) or translation.get_language() or "en"
    eyes = household_scope(job.household_id, viewer=job.by_id)
    with translation.override(language), timezone.override(job.household.time_zone), eyes:
        yield
