"""Tests of probes, and of pages while something the application needs is away."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django.fixtures import Settings

from financeflow.households.models import User
from financeflow.jobs import actions, tasks
from financeflow.jobs.models import Job
from financeflow.jobs.tests.known import KINDS
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from financeflow.web import health

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def with_heart() -> None:
    tasks.beat_heart()


def no_database(*_: Any, **__: Any) -> Any:
    raise OperationalError("database is locked")


def test_the_process_says_that_it_answers_whatever_the_host_and_without_a_database() -> None:
    answer = Client().get("/healthz", headers={"Host": "10.1.2.3"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_all_is_well(with_heart: None) -> None:
    answer = Client().get("/readyz")
    expected = {"status": "ready", "database": "ok", "migrations": "ok", "cache": "ok", "worker": "ok"}
    assert (answer.status_code, answer.json()) == (200, expected)


@pytest.mark.django_db
def test_a_silent_worker_is_said_and_pages_go_on() -> None:
    cache.set(health.HEART, time.time() - 1000)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["worker"]) == (200, "degraded", "silent")


@pytest.mark.django_db
def test_missing_migrations_are_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


@pytest.mark.django_db
def test_a_database_that_is_away_is_not_ready(with_heart: None) -> None:
    with mock.patch.object(connection, "cursor", no_database):
        answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["database"]) == (503, "unavailable", "away")


@pytest.mark.django_db
def test_a_post_is_no_probe(client: Client) -> None:
    assert client.post("/healthz").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lost",
    ["financeflow.jobs.views.queries.recent_jobs", "financeflow.households.middleware.queries.membership_in_force"],
)
def test_a_lost_database_is_a_503_with_a_time_to_try_again(client: Client, lost: str) -> None:
    client.force_login(owner_of(HouseholdFactory.create()))
    client.raise_request_exception = False
    with mock.patch(lost, no_database):
        answer = client.get("/jobs/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Nothing was lost" in answer.content.decode()


@pytest.mark.django_db
def test_a_database_lost_before_anybody_is_known_is_a_503_too(client: Client) -> None:
    client.force_login(owner_of(HouseholdFactory.create()))
    client.raise_request_exception = False
    with mock.patch.object(connection, "cursor", no_database), mock.patch.object(cache, "get", return_value=None):
        answer = client.get("/jobs/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


@pytest.mark.django_db
def test_a_write_that_cannot_begin_is_a_503_and_leaves_nothing(client: Client, settings: Settings) -> None:
    settings.JOB_KINDS = KINDS
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        job = actions.start_job(household=household, by=None, kind="count")
        client.force_login(join(household, "editor"))
        with mock.patch("financeflow.jobs.actions.announce", no_database):
            answer = client.post(f"/jobs/{job.uid}/cancel/")
        assert answer.status_code == 503
        assert Job.objects.get().state == Job.State.QUEUED


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_locked_sqlite_is_a_503_and_the_next_try_works(client: Client, settings: Settings) -> None:
    settings.JOB_KINDS = {"slow": KINDS["slow"]}
    household = HouseholdFactory.create()
    with household_scope(household.pk), mock.patch("financeflow.jobs.tasks.run_job.apply_async"):
        job = actions.start_job(household=household, by=None, kind="slow")
    client.force_login(join(household, "editor"))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post(f"/jobs/{job.uid}/cancel/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        other.execute("ROLLBACK")
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 302


@pytest.mark.django_db
def test_another_fault_is_no_outage(client: Client) -> None:
    client.force_login(owner_of(HouseholdFactory.create()))
    client.raise_request_exception = False
    with mock.patch("financeflow.jobs.views.queries.recent_jobs", side_effect=ValueError):
        assert client.get("/jobs/").status_code == 500


@pytest.mark.django_db
def test_an_api_client_is_answered_in_json(client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(owner_of(HouseholdFactory.create()))
    with mock.patch("financeflow.households.middleware.queries.membership_in_force", no_database):
        answer = client.get("/api/v1/accounts/")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")


@pytest.mark.redis
@pytest.mark.django_db
def test_without_redis_the_app_answers_and_says_so_and_recovers(
    client: Client, settings: Settings, with_heart: None, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    household = HouseholdFactory.create()
    owner: User = owner_of(household)
    client.force_login(owner)
    there, settings.JOB_KINDS = django_settings.CACHES, KINDS
    settings.CACHES = {**there, "default": {**there["default"], "LOCATION": NOWHERE}}
    settings.REDIS_URL = NOWHERE
    assert caches["default"] is not None
    assert client.get("/readyz").json() == {
        "status": "degraded",
        "database": "ok",
        "migrations": "ok",
        "cache": "away",
        "worker": "unknown",
    }
    assert client.get("/jobs/").status_code == 200
    with household_scope(household.pk), django_capture_on_commit_callbacks(execute=True):
        actions.start_job(household=household, by=owner, kind="count")
    settings.CACHES = there
    assert client.get("/readyz").json()["status"] == "ready"
    assert client.get("/jobs/").status_code == 200
