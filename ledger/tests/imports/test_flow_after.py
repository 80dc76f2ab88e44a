"""Long after a file came in: the household was restored or removed, an account was made private."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from financeflow.households.actions.deletion import purge_household
from financeflow.households.models import Household
from financeflow.jobs.actions import claim_job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions.imports import receive_file
from ledger.actions.imports.profiles import keep_profile
from ledger.models import Import, ImportRow, Transaction
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import brought_in, found_row, put_on_desk, rows_of, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", name="Home")


def march() -> Any:
    numbered = found_row(-9_00, "Inn", day=16, bank_id="n7")
    return statement(found_row(-12_00), found_row(-12_00), found_row(-3_00, "Kiosk", description="KIOSK 12"), numbered)


def test_a_household_that_was_restored_knows_its_files_by_their_rows(household: Household) -> None:
    account = AccountFactory.create(household=household)
    with household_scope(household.pk, viewer=owner_of(household).pk):
        brought_in(put_on_desk(household, march(), target=account))
        # An export has the transactions, and nothing of the desk.
        Transaction.objects.update(import_row=None)
        Import.objects.all().delete()
        again = put_on_desk(household, march(), target=account)
        assert [(row.verdict, row.deed) for row in rows_of(again)] == [("here", "leave")] * 4


def test_a_household_that_is_removed_takes_its_files_along(
    household: Household, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with household_scope(household.pk):
        upload = receive_file(household=household, by=owner_of(household), name="a.csv", content=b"Date;Amount\n")
    kept = Path(upload.file.path)
    assert kept.exists()
    with django_capture_on_commit_callbacks(execute=True):
        purge_household(household)
    assert not kept.exists()


def test_an_account_made_private_later_takes_its_files_out_of_sight(household: Household) -> None:
    owner, mate = owner_of(household), join(household, "editor")
    account = AccountFactory.create(household=household, by=owner)
    with household_scope(household.pk, viewer=owner.pk):
        upload = put_on_desk(household, march(), target=account)
        brought_in(upload)
    with household_scope(household.pk, viewer=mate.pk):
        assert Import.objects.count() == 1
    with household_scope(household.pk, viewer=owner.pk):
        actions.change_account(account=account, by=owner, edit_version=account.edit_version, private_to=owner)
    with household_scope(household.pk, viewer=mate.pk):
        assert (Import.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_a_way_to_read_that_somebody_keeps_for_a_private_account_names_it_to_nobody(household: Household) -> None:
    owner, mate = owner_of(household), join(household, "editor")
    secret = AccountFactory.create(household=household, by=owner, private_to=owner, name="Hoard", currency="USD")
    content = b"Date,Payee,Amount\n2026-03-14,Shop,-1.00\n"

    def read(by: Any) -> Import:
        with household_scope(household.pk, viewer=by.pk):
            upload = receive_file(household=household, by=by, name="a.csv", content=content)
            job = claim_job(upload.job_id or 0)
            assert job is not None
            carry_out(job)
            job.refresh_from_db()
            assert job.state == "done", job.message
            return Import.objects.get(pk=upload.pk)

    first = read(owner)
    with household_scope(household.pk, viewer=owner.pk):
        keep_profile(upload=first, name="Bank", mapping=first.mapping or {}, account=secret)
    assert read(owner).target_id == secret.pk
    theirs = read(mate)
    with household_scope(household.pk, viewer=mate.pk):
        assert (theirs.target_id, theirs.sheets.get().account_id, theirs.sheets.get().currency) == (None, None, "EUR")
