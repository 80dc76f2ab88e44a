"""Progress told from within a transaction: others see it and can stop the work, where the database allows that."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.jobs import actions, beside, progress
from financeflow.jobs.beside import told_beside
from financeflow.jobs.models import Job
from financeflow.jobs.progress import JobCancelled, Progress
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, logged_in, owner_of

PATIENCE = 10


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.JOB_KINDS = {"slow": "financeflow.jobs.tests.kinds.slow"}
    monkeypatch.setattr(beside, "TELL_EVERY", 0.02)
    monkeypatch.setattr(progress, "WRITE_EVERY", 0)


def running(household: Household) -> Job:
    job = Job.objects.create(household=household, kind="slow")
    taken = actions.claim_job(job.pk)
    assert taken is not None
    return taken


def elsewhere(ask: Callable[[], Any], household: Household) -> Any:
    """What somebody else finds, by another connection."""
    answers: list[Any] = []

    def run() -> None:
        with household_scope(household.pk):
            answers.append(ask())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(PATIENCE)
    return answers[0]


def until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_a_transaction_is_and_can_stop_it() -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        job = running(household)
        with told_beside(Progress(job)) as step, transaction.atomic():
            step(5, 10)
            known = Job.objects.filter(pk=job.pk)
            until(lambda: elsewhere(lambda: known.values_list("done", "total").get(), household) == (5, 10))
            elsewhere(lambda: actions.cancel_job(Job.objects.get(pk=job.pk)), household)
            with pytest.raises(JobCancelled):
                until(lambda: step(6, 10) is not None)


@pytest.mark.django_db
def test_where_nothing_can_be_told_the_work_goes_on() -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        job = running(household)
        with told_beside(Progress(job)) as step, transaction.atomic():
            step(5, 10)
        job.refresh_from_db()
        assert job.done == 0


@pytest.mark.django_db
def test_a_page_shows_how_far_work_is_within_its_transaction() -> None:
    household = HouseholdFactory.create()
    client = logged_in(owner_of(household))
    with household_scope(household.pk):
        job = running(household)
        with told_beside(Progress(job)) as step, transaction.atomic():
            step(40, 100)
            page = client.get(reverse("job_show", args=[job.uid])).content.decode()
            assert "40 of 100" in page
        actions.end_job(job, Job.State.DONE)
        assert "40 of 100" not in client.get(reverse("job_show", args=[job.uid])).content.decode()
