"""Everything out, and everything away."""

from __future__ import annotations

import json
import os
import uuid
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from financeflow.history.models import ChangeSet
from financeflow.households import actions, exports
from financeflow.households.models import Household, User
from financeflow.households.tasks import forget_exports, purge_households
from financeflow.households.tests.conftest import inside
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import PASSWORD, HouseholdFactory, UserFactory, join

pytestmark = pytest.mark.django_db
DATA, EXPORT = "/settings/data/", "/settings/data/export/"
DELETE, KEEP = "/settings/data/delete/", "/settings/data/keep/"
ACCOUNT = "/settings/account/delete/"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def exported(household: Household, owner: User, django_capture_on_commit_callbacks: Any) -> Job:
    with django_capture_on_commit_callbacks(execute=True):
        assert inside(owner).post(EXPORT)["Location"] == DATA
    with household_scope(household.pk):
        return Job.objects.get()


def test_an_owner_exports_everything_and_fetches_one_readable_file(exported: Job, owner: User) -> None:
    assert exported.state == Job.State.DONE
    assert f"{EXPORT}{exported.uid}/" in inside(owner).get(DATA).content.decode()
    answer = inside(owner).get(f"{EXPORT}{exported.uid}/")
    assert "financeflow-lindenstrae-" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(BytesIO(body(answer))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        members = [json.loads(line) for line in archive.read("members.jsonl").splitlines()]
        assert {"README.txt", "accounts.jsonl", "categories.jsonl"} <= set(archive.namelist())
        assert "restore_household" in archive.read("README.txt").decode()
        assert len(archive.read("categories.jsonl").splitlines()) == manifest["tables"]["categories"] > 0
    assert (manifest["format"], manifest["household"]["name"]) == (1, "Lindenstraße")
    assert [member["email"] for member in members] == [owner.email]


def test_only_owners_export_and_fetch(exported: Job, household: Household, viewer: User, stranger: User) -> None:
    for person in (viewer, join(household, "editor")):
        assert inside(person).post(EXPORT).status_code == 403
        assert inside(person).get(f"{EXPORT}{exported.uid}/").status_code == 403
        assert "Only an owner" in inside(person).get(DATA).content.decode()
    assert inside(stranger).get(f"{EXPORT}{exported.uid}/").status_code == 404
    assert Client().get(f"{EXPORT}{exported.uid}/")["Location"].startswith("/auth/login/")


def test_an_export_that_never_was_is_404(owner: User) -> None:
    assert inside(owner).get(f"{EXPORT}{uuid.uuid4()}/").status_code == 404
    assert inside(owner).get(f"{EXPORT}nonsense/").status_code == 404


def test_a_second_press_while_one_runs_starts_no_second(household: Household, owner: User) -> None:
    client = inside(owner)
    client.post(EXPORT)  # nothing runs before the test's transaction ends
    client.post(EXPORT)
    with household_scope(household.pk):
        assert Job.objects.count() == 1


def test_an_export_is_kept_for_days_and_then_forgotten(exported: Job, household: Household, owner: User) -> None:
    path = exports.path_of(household.uid, exported.uid)
    assert path.stat().st_mode & 0o077 == 0
    assert forget_exports() == 0
    old = (timezone.now() - timedelta(days=8)).timestamp()
    os.utime(path, (old, old))
    assert forget_exports() == 1
    assert inside(owner).get(f"{EXPORT}{exported.uid}/").status_code == 404


def test_the_household_goes_after_its_grace_with_all_rows_and_files(
    exported: Job, household: Household, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    client, path = inside(owner), exports.path_of(household.uid, exported.uid)
    assert client.get(DELETE).status_code == 200
    assert client.post(DELETE, {"password": PASSWORD})["Location"] == DATA
    assert "will be deleted on" in client.get(DATA).content.decode()
    assert purge_households() == 0
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert inside(owner).get(DATA)["Location"] == "/households/none/"
        with django_capture_on_commit_callbacks(execute=True):
            assert purge_households() == 1
    assert not path.exists()
    assert User.objects.filter(pk=owner.pk).exists()
    with every_household("a test counts"):
        assert not ChangeSet.objects.filter(household_id=household.pk).exists()


def test_everybody_sees_that_it_will_go_and_an_owner_can_stop_it(
    household: Household, owner: User, viewer: User, stranger: User
) -> None:
    inside(owner).post(DELETE, {"password": PASSWORD})
    assert "Cancel the deletion" in inside(owner).get(DATA).content.decode()
    page = inside(viewer).get("/settings/profile/").content.decode()
    assert "will be deleted on" in page
    assert "Cancel the deletion" not in page
    assert inside(viewer).post(KEEP).status_code == 403
    inside(stranger).post(KEEP)
    household.refresh_from_db()
    assert household.delete_at
    assert inside(owner).post(KEEP)["Location"] == DATA
    household.refresh_from_db()
    assert household.delete_at is None


def test_what_was_kept_in_the_last_moment_stays(household: Household, owner: User) -> None:
    Household.objects.filter(pk=household.pk).update(delete_at=timezone.now())
    stale = Household.objects.get(pk=household.pk)
    Household.objects.filter(pk=household.pk).update(delete_at=None)
    assert not actions.purge_if_over(stale)


def test_only_an_owner_with_the_password_deletes(household: Household, owner: User, viewer: User) -> None:
    assert inside(viewer).post(DELETE, {"password": PASSWORD}).status_code == 403
    assert inside(owner).post(DELETE, {}).status_code == 422
    answer = inside(owner).post(DELETE, {"password": "wrong"})
    assert answer.status_code == 422
    assert "not your password" in answer.content.decode()
    household.refresh_from_db()
    assert household.delete_at is None


def test_the_password_is_not_guessed_here(owner: User) -> None:
    client = inside(owner)
    answers = [client.post(DELETE, {"password": str(number)}).status_code for number in range(11)]
    assert answers[-2:] == [422, 429]
    assert client.post(ACCOUNT, {"password": PASSWORD}).status_code == 429


def test_a_member_deletes_the_account_and_the_household_stays(household: Household, viewer: User) -> None:
    client = inside(viewer)
    assert client.get(ACCOUNT).status_code == 200
    assert client.post(ACCOUNT, {"password": PASSWORD})["Location"] == "/"
    assert not User.objects.filter(pk=viewer.pk).exists()
    assert client.get("/settings/profile/")["Location"].startswith("/auth/login/")
    with household_scope(household.pk):
        left = ChangeSet.objects.get(verb="member.left")
    assert left.by is None


def test_the_only_owner_is_told_what_to_do_first(household: Household, owner: User, viewer: User) -> None:
    page = inside(owner).post(ACCOUNT, {"password": PASSWORD})
    assert page.status_code == 422
    assert "Hand it over" in page.content.decode()
    assert User.objects.filter(pk=owner.pk).exists()


def test_who_is_alone_asks_for_the_households_deletion_first(household: Household, owner: User) -> None:
    client = inside(owner)
    assert "delete it first" in client.post(ACCOUNT, {"password": PASSWORD}).content.decode()
    client.post(DELETE, {"password": PASSWORD})
    assert "goes with your account" in client.get(ACCOUNT).content.decode()
    assert client.post(ACCOUNT, {"password": PASSWORD})["Location"] == "/"
    assert not Household.objects.filter(pk=household.pk).exists()
    assert not User.objects.filter(pk=owner.pk).exists()


def test_one_of_two_owners_simply_goes(household: Household, owner: User) -> None:
    join(household, "owner")
    HouseholdFactory.create()
    assert inside(owner).post(ACCOUNT, {"password": PASSWORD})["Location"] == "/"
    assert Household.objects.filter(pk=household.pk).exists()


def test_a_passer_by_deletes_nothing(db: None) -> None:
    UserFactory.create()
    for address in (DELETE, KEEP, ACCOUNT, EXPORT):
        assert Client().post(address)["Location"].startswith("/auth/login/")
