"""Tests of starting, running, stopping and recovering work."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from financeflow.events.models import Event
from financeflow.households.models import Household
from financeflow.jobs import actions, tasks
from financeflow.jobs.models import Job
from financeflow.jobs.progress import JobLost, Progress, stopping
from financeflow.jobs.tests.known import KINDS
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from financeflow.web.health import HEART

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture(autouse=True)
def known_kinds(settings: Settings) -> Iterator[None]:
    settings.JOB_KINDS = KINDS
    yield
    stopping.clear()


@pytest.fixture
def household() -> Iterator[Household]:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        yield household


def started(household: Household, kind: str, **params: object) -> Job:
    return actions.start_job(household=household, by=owner_of(household), kind=kind, **params)


def ran(household: Household, kind: str) -> Job:
    job = started(household, kind)
    tasks.run_job(household.pk, job.pk)
    job.refresh_from_db()
    return job


def silent(job: Job, **values: object) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=5), **values)


def test_a_job_runs_after_commit_and_keeps_what_came_of_it(
    household: Household, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = started(household, "count", to=4)
        assert job.state == State.QUEUED
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == (State.DONE, 4, 4, 100)
    assert (job.result["counted"], job.result_url, job.title) == (4, "/jobs/", "Counting")
    assert job.finished_at is not None


def test_an_unknown_kind_fails_where_it_is_asked_for(household: Household) -> None:
    with pytest.raises((KeyError, ValidationError)):
        started(household, "no.such.kind")


def test_a_job_tells_open_pages_and_makes_no_number_old(household: Household) -> None:
    household.refresh_from_db()
    version = household.version
    job = ran(household, "count")
    household.refresh_from_db()
    assert household.version == version
    assert Event.objects.filter(name="job.changed", subject=job.uid).count() == 3


@pytest.mark.parametrize(
    ("kind", "state", "message"),
    [
        ("refuse", State.FAILED, "The file has no rows."),
        ("fail", State.FAILED, "Something went wrong on our side, and it has been noted. You can start this again."),
        ("asked_to_stop", State.CANCELLED, "Stopped. Nothing more will happen."),
    ],
)
def test_what_people_read_of_work_that_did_not_finish(
    household: Household, kind: str, state: str, message: str
) -> None:
    job = ran(household, kind)
    assert (job.state, job.message) == (state, message)


def test_work_whose_worker_lost_the_database_stays_to_be_recovered(household: Household) -> None:
    assert ran(household, "lose_database").state == State.RUNNING


def test_what_was_taken_over_does_not_count(household: Household) -> None:
    job = ran(household, "taken_over")
    assert (job.state, job.result) == (State.RUNNING, {})
    job.claim = uuid.uuid4()
    with pytest.raises(JobLost):
        Progress(job).step(1, 1)


def test_work_goes_back_to_the_queue_when_its_process_ends_and_loses_no_attempt(household: Household) -> None:
    job = ran(household, "end_of_process")
    assert (job.state, job.attempts, job.claim) == (State.QUEUED, 0, None)


def test_a_process_that_ends_takes_nothing_new(household: Household) -> None:
    stopping.set()
    assert ran(household, "count").state == State.QUEUED


def test_a_message_that_comes_twice_runs_once(household: Household) -> None:
    job = ran(household, "count")
    tasks.run_job(household.pk, job.pk)
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_waiting_job_is_stopped_at_once_and_a_running_one_is_asked(household: Household) -> None:
    waiting, running = started(household, "count"), started(household, "count")
    actions.claim_job(running.pk)
    actions.cancel_job(waiting)
    actions.cancel_job(running)
    assert (waiting.state, running.state, running.cancel_asked) == (State.CANCELLED, State.RUNNING, True)
    tasks.run_job(household.pk, waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED


def test_what_failed_can_be_started_again_and_what_is_done_can_not(household: Household) -> None:
    failed, done = ran(household, "refuse"), ran(household, "count")
    actions.retry_job(failed)
    actions.retry_job(done)
    assert (failed.state, failed.message, failed.attempts) == (State.QUEUED, "", 0)
    assert done.state == State.DONE


def test_the_queue_being_away_loses_no_job(
    household: Household, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    away = mock.patch("financeflow.jobs.tasks.run_job.apply_async", side_effect=QueueError("refused"))
    with away, django_capture_on_commit_callbacks(execute=True):
        job = started(household, "count")
    silent(job)
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.recover_jobs() == 1
    job.refresh_from_db()
    assert job.state == State.DONE


def test_work_whose_heart_stopped_is_run_again(
    household: Household, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = started(household, "count")
    actions.claim_job(job.pk)
    assert tasks.recover_jobs() == 0
    silent(job)
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.recover_jobs() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)


def test_after_the_start_of_the_only_worker_nothing_unfinished_is_waited_for(household: Household) -> None:
    job = started(household, "count")
    actions.claim_job(job.pk)
    assert tasks.recover_jobs(after_start=True) == 1
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_work_that_dies_three_times_is_given_up_with_a_reason(household: Household) -> None:
    job = started(household, "count")
    actions.claim_job(job.pk)
    silent(job, attempts=3)
    tasks.recover_jobs()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "three times" in job.message


def test_work_that_should_stop_and_died_is_stopped(household: Household) -> None:
    job = started(household, "count")
    actions.claim_job(job.pk)
    silent(job, cancel_asked=True)
    tasks.recover_jobs()
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_recovery_leaves_alone_what_has_changed_since_it_looked(household: Household) -> None:
    job = started(household, "count")
    actions.claim_job(job.pk)
    as_read = Job.objects.get(pk=job.pk)
    silent(job)
    actions.recover_job(as_read)
    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_progress_is_written_twice_a_second_and_at_the_end(household: Household) -> None:
    job = actions.claim_job(started(household, "count").pk)
    assert job is not None
    with mock.patch.object(Progress, "_write") as write:
        progress = Progress(job)
        for done in range(1000):
            progress.step(done, 1000)
        assert write.call_count == 0
        progress.step(1000, 1000)
    assert write.call_count == 1


def test_a_worker_shows_that_it_lives() -> None:
    cache.delete(HEART)
    tasks.beat_heart()
    assert cache.get(HEART) is not None
