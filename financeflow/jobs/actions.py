"""Every write to jobs. The row is the truth: a message in the queue only says that somebody should look at it."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as QueueError

from financeflow.jobs.kinds import run_of
from financeflow.jobs.models import Job
from financeflow.jobs.progress import announce

if TYPE_CHECKING:
    from financeflow.households.models import Household, User

MOST_ATTEMPTS = 3
RUN = "financeflow.jobs.tasks.run_job"  # by name: tasks call actions, never the other way round
State = Job.State
log = logging.getLogger(__name__)


@transaction.atomic
def start_job(*, household: Household, by: User | None, kind: str, **params: Any) -> Job:
    """Write the job down; a worker hears of it once that is committed."""
    run_of(kind)  # an unknown kind fails here, where somebody sees it
    job = Job(household=household, by=by, kind=kind, params=params)
    job.full_clean()
    job.save()
    announce(job)
    _enqueue(job)
    return job


@transaction.atomic
def cancel_job(job: Job) -> None:
    """Stop work that waits at once, and work that runs at its next step; what is over stays as it is."""
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk)
    if not mine.filter(state=State.QUEUED).update(state=State.CANCELLED, cancel_asked=True, finished_at=now):
        mine.filter(state=State.RUNNING).update(cancel_asked=True)
    job.refresh_from_db()
    announce(job)


@transaction.atomic
def retry_job(job: Job) -> None:
    """Run again what failed or was stopped, from the beginning."""
    fresh = {"done": 0, "total": 0, "message": "", "result": {}, "claim": None, "attempts": 0, "cancel_asked": False}
    over = Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.CANCELLED])
    if over.update(state=State.QUEUED, heartbeat_at=timezone.now(), finished_at=None, **fresh):
        _enqueue(job)
    job.refresh_from_db()
    announce(job)


@transaction.atomic
def claim_job(job_id: int) -> Job | None:
    """Take a waiting job; none when somebody else has it or nothing is left to do."""
    taken = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.RUNNING, claim=uuid.uuid4(), attempts=F("attempts") + 1, heartbeat_at=timezone.now()
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    announce(job)
    return job


@transaction.atomic
def end_job(job: Job, state: Job.State, *, message: str | None = None, result: dict[str, Any] | None = None) -> bool:
    """Write down what came of the job; false, and nothing written, when it is no longer ours."""
    done = job.total if state == State.DONE else job.done
    ended = _ours(job).update(
        state=state,
        done=done,
        total=job.total,
        message=job.message if message is None else message,
        result=result or {},
        finished_at=timezone.now(),
    )
    if ended:
        log.info("job %s (%s) is %s", job.pk, job.kind, state)
        announce(job)
    return bool(ended)


@transaction.atomic
def put_back(job: Job, *, counts: bool = True) -> None:
    """Back to the queue: what its process could not finish, another may; an attempt that ended politely is free."""
    attempts = job.attempts if counts else job.attempts - 1
    if _ours(job).update(state=State.QUEUED, claim=None, attempts=attempts, heartbeat_at=timezone.now()):
        announce(job)
        _enqueue(job)


@transaction.atomic
def recover_job(job: Job) -> None:
    """Bring back one job that nobody works on; it is left alone if that has changed since it was read."""
    as_read = Job.objects.filter(pk=job.pk, state=job.state, claim=job.claim, heartbeat_at=job.heartbeat_at)
    if not as_read.update(heartbeat_at=timezone.now()):
        return
    if job.state == State.QUEUED:
        _enqueue(job)
    elif job.cancel_asked:
        end_job(job, State.CANCELLED)
    elif job.attempts >= MOST_ATTEMPTS:
        message = _("This was interrupted three times and has been given up. You can start it again.")
        end_job(job, State.FAILED, message=message)
    else:
        put_back(job)


def _ours(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING)


def _enqueue(job: Job) -> None:
    """Send the message after commit. If the queue is away the row stays, and is found by recover_jobs."""

    def send() -> None:
        try:
            import_string(RUN).apply_async((job.household_id, job.pk), retry=False)
        except (QueueError, OSError) as error:
            log.warning("job %s waits: the queue is away (%s)", job.pk, type(error).__name__)

    transaction.on_commit(send)
