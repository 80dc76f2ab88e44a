"""What the page of a file says when the work on it stopped, failed, or is none of one's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import owner_of
from ledger.actions.imports.taking_back import TAKE_BACK
from ledger.models import Account, Import, Transaction
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import found_row, put_on_desk, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


@pytest.fixture
def upload(household: Household, account: Account) -> Import:
    with household_scope(household.pk):
        return put_on_desk(household, statement(found_row(-12_00, "Lidl")), target=account)


def path(name: str, upload: Import) -> str:
    return reverse(name, args=[upload.uid])


def worked_on(upload: Import, outcome: str, kind: str = "ledger.read_import", **values: Any) -> None:
    with household_scope(upload.household_id):
        job = Job.objects.create(
            household=upload.household, by=upload.by, kind=kind, state=outcome, message="A reason."
        )
        Import.objects.filter(pk=upload.pk).update(job=job, **values)


def test_reading_that_was_stopped_can_be_begun_again_or_given_up(
    owner: Client, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    worked_on(upload, "cancelled", state="reading")
    page = owner.get(path("import_show", upload)).text
    assert "Reading this file was stopped midway, and nothing of it was kept." in page
    assert "Remove the file" in page
    assert "Stopped midway" in owner.get("/imports/").text
    owner.post(path("import_remove", upload))
    with household_scope(upload.household_id):
        assert not Import.objects.exists()


def test_work_that_failed_is_told_with_its_reason(owner: Client, upload: Import) -> None:
    worked_on(upload, "failed", kind="ledger.bring_in")
    page = owner.get(path("import_show", upload)).text
    assert "That did not work, and nothing was changed." in page
    assert "A reason." in page
    assert "Undo anyway" not in page


def test_what_was_changed_since_is_undone_anyway_on_request(
    owner: Client, household: Household, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_bring", upload))
    worked_on(upload, "failed", kind=TAKE_BACK)
    page = owner.get(path("import_show", upload)).text
    assert "Undo anyway: what it added goes to the trash" in page
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_undo", upload), {"anyway": "1"})
    with household_scope(household.pk):
        assert not Transaction.objects.filter(trashed_at=None).exists()
        assert Import.objects.get().state == "ready"


def test_what_goes_into_a_private_account_is_for_its_owner_alone(
    owner: Client, editor: Client, household: Household, upload: Import, account: Account
) -> None:
    with household_scope(household.pk):
        Account.objects.filter(pk=account.pk).update(private_to=owner_of(household))
    assert owner.get(path("import_show", upload)).status_code == 200
    for name in ("import_show", "import_file", "import_rejected"):
        assert editor.get(path(name, upload)).status_code == 404
    assert "march.csv" not in editor.get("/imports/").text


def test_a_busy_file_cannot_be_removed_under_the_work(owner: Client, upload: Import) -> None:
    worked_on(upload, "running")
    answer = owner.post(path("import_remove", upload), follow=True)
    assert "This file is being worked on." in answer.text
