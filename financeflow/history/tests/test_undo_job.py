"""What is too much for a moment is taken back by a job, which the person is led to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history import jobs
from financeflow.history.models import ChangeSet
from financeflow.history.tests.books import last, transactions_of, write
from financeflow.households.models import Household, Membership
from financeflow.jobs import actions as job_actions
from financeflow.jobs import progress
from financeflow.jobs.kinds import JobFailed
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger.models import Transaction

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.KEEPERS = []
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    monkeypatch.setattr("financeflow.history.views.AT_ONCE", 2)


def changed(household: Household, count: int = 3) -> ChangeSet:
    with household_scope(household.pk):
        transactions_of(household, count)
        with write(household) as record:
            record.change_many(Transaction.objects.all(), notes="Seen")
        return last()


def notes(household: Household) -> set[str]:
    with household_scope(household.pk):
        return set(Transaction.objects.values_list("notes", flat=True))


def the_job(household: Household) -> Job:
    with household_scope(household.pk):
        return Job.objects.get()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_large_change_is_taken_back_by_a_job(
    household: Household, headers: dict[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    change = changed(household)
    client = logged_in(owner_of(household))
    path = reverse("change_undo", args=[change.uid])
    with django_capture_on_commit_callbacks() as later:
        answer = client.post(path, headers=headers)
        again = client.post(path, headers=headers)
    job = the_job(household)
    address = "HX-Redirect" if headers else "Location"
    assert answer[address] == again[address] == reverse("job_show", args=[job.uid])
    assert notes(household) == {"Seen"}
    for tell in later:
        tell()
    assert notes(household) == {""}
    page = client.get(answer[address]).text
    with household_scope(household.pk):
        undone = last()
    assert "Taking back a large change" in page
    assert f'href="{undone.get_absolute_url()}"' in page
    assert client.post(path, headers=headers).status_code == (409 if headers else 302)
    assert client.post(reverse("change_undo", args=[undone.uid]))["Location"].startswith("/jobs/")


def test_a_small_change_is_taken_back_at_once(household: Household) -> None:
    change = changed(household, 2)
    logged_in(owner_of(household)).post(reverse("change_undo", args=[change.uid]))
    assert notes(household) == {""}


def test_who_may_not_undo_starts_no_job(household: Household) -> None:
    change = changed(household)
    path = reverse("change_undo", args=[change.uid])
    stranger = logged_in(owner_of(HouseholdFactory.create()))
    for client, status in ((logged_in(join(household, "viewer")), 403), (stranger, 404), (Client(), 302)):
        assert client.post(path).status_code == status
    with household_scope(household.pk):
        ChangeSet.objects.filter(pk=change.pk).update(needs="owner")
        editor = logged_in(join(household, "editor"))
        assert editor.post(path, headers=HTMX).status_code == 409
        assert not Job.objects.exists()


def carried_out(household: Household, owner: Membership, change: ChangeSet, **params: Any) -> Any:
    with household_scope(household.pk):
        params = {"change_set": str(change.uid), **params}
        job = job_actions.start_job(household=household, by=owner.user, kind=jobs.UNDO, **params)
        taken = job_actions.claim_job(job.pk)
        assert taken is not None
        return jobs.undo(taken, progress.Progress(taken)), taken


def test_a_job_that_runs_again_does_nothing_again(household: Household, owner: Membership) -> None:
    result, job = carried_out(household, owner, changed(household))
    with household_scope(household.pk):
        job.refresh_from_db()
        assert jobs.undo(job, progress.Progress(job)) == result
        assert ChangeSet.objects.filter(verb="history.undone").count() == 1


def test_a_job_that_cannot_go_on_says_why(household: Household, owner: Membership) -> None:
    change = changed(household)
    carried_out(household, owner, change)
    with pytest.raises(JobFailed, match="undone already"):
        carried_out(household, owner, change)
    with pytest.raises(JobFailed, match="not there any more"):
        carried_out(household, owner, change, change_set="0dc1c2a5-5b6b-4ac4-9f0e-f4ae1fbd30a4")
    assert notes(household) == {""}


def test_who_stops_it_finds_nothing_changed(household: Household, owner: Membership) -> None:
    change = changed(household)
    with household_scope(household.pk):
        job = job_actions.start_job(household=household, by=owner.user, kind=jobs.UNDO, change_set=str(change.uid))
        taken = job_actions.claim_job(job.pk)
        assert taken is not None
        job_actions.cancel_job(job)
        with pytest.raises(progress.JobCancelled):
            jobs.undo(taken, progress.Progress(taken))
    assert notes(household) == {"Seen"}


def test_the_job_of_a_private_change_tells_nobody_what_it_was(household: Household, owner: Membership) -> None:
    change = changed(household)
    with household_scope(household.pk):
        ChangeSet.objects.filter(pk=change.pk).update(private_to=owner.user, summary="Filed the secret")
    _result, job = carried_out(household, owner, change)
    with household_scope(household.pk):
        job.refresh_from_db()
        assert "secret" not in job.message
        assert last().private_to_id == owner.user_id
