"""Tests of the pages of background work."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from financeflow.households.models import Household
from financeflow.jobs import actions, tasks
from financeflow.jobs.models import Job
from financeflow.jobs.tests.known import KINDS
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, UserFactory, join, owner_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def known_kinds(settings: Settings) -> None:
    settings.JOB_KINDS = KINDS


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def job(household: Household) -> Job:
    return started(household)


def started(household: Household, kind: str = "count") -> Job:
    with household_scope(household.pk):
        return actions.start_job(household=household, by=owner_of(household), kind=kind)


def state_of(job: Job) -> str:
    with household_scope(job.household_id):
        return Job.objects.get(pk=job.pk).state


def as_(client: Client, person: object) -> Client:
    client.force_login(person)  # type: ignore[arg-type]
    return client


def test_a_member_sees_the_work_and_how_far_it_is(client: Client, household: Household, job: Job) -> None:
    as_(client, owner_of(household))
    assert "Counting" in client.get("/jobs/").content.decode()
    page = client.get(f"/jobs/{job.uid}/").content.decode()
    assert "<html" in page
    assert f'id="job-{job.uid}"' in page
    part = client.get(f"/jobs/{job.uid}/", headers=HTMX).content.decode()
    assert "<html" not in part
    assert f'hx-get="/jobs/{job.uid}/"' in part


def test_finished_work_asks_no_more_and_leads_to_what_came_of_it(
    client: Client, household: Household, job: Job
) -> None:
    tasks.run_job(household.pk, job.pk)
    part = as_(client, owner_of(household)).get(f"/jobs/{job.uid}/", headers=HTMX).content.decode()
    assert "hx-get" not in part
    assert "Saturday" in part


def test_an_editor_may_stop_and_start_again(client: Client, household: Household, job: Job) -> None:
    as_(client, join(household, "editor"))
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 302
    assert state_of(job) == "cancelled"
    answer = client.post(f"/jobs/{job.uid}/again/", headers=HTMX)
    assert f'id="job-{job.uid}"' in answer.content.decode()
    assert state_of(job) == "queued"


def test_a_viewer_watches_only(client: Client, household: Household, job: Job) -> None:
    as_(client, join(household, "viewer"))
    page = client.get(f"/jobs/{job.uid}/")
    assert page.status_code == 200
    assert "/cancel/" not in page.content.decode()
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 403
    assert client.post(f"/jobs/{job.uid}/again/").status_code == 403
    assert state_of(job) == "queued"


def test_a_stranger_finds_nothing(client: Client, job: Job) -> None:
    as_(client, owner_of(HouseholdFactory.create()))
    assert "Counting" not in client.get("/jobs/").content.decode()
    for method, path in [("get", ""), ("post", "cancel/"), ("post", "again/")]:
        assert getattr(client, method)(f"/jobs/{job.uid}/{path}").status_code == 404
    assert state_of(job) == "queued"


def test_who_is_not_logged_in_is_asked_to_and_who_has_no_household_is_led_on(client: Client, job: Job) -> None:
    assert "next=" in client.get(f"/jobs/{job.uid}/")["Location"]
    as_(client, UserFactory.create())
    assert client.get("/jobs/").status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    client: Client, household: Household, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(rows):
        started(household)
    as_(client, owner_of(household))
    client.get("/jobs/", headers=HTMX)
    with django_assert_num_queries(3):
        client.get("/jobs/", headers=HTMX)
