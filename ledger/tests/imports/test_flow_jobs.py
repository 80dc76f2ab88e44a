"""Jobs of the import desk that come late, twice or after something else: they change nothing they should not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from financeflow.history.actions import empty_trash, undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.jobs.actions import cancel_job, claim_job, retry_job
from financeflow.jobs.models import Job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, owner_of
from ledger import actions
from ledger.actions.imports import (
    read_again,
    receive_file,
    remove_import,
    start_bringing,
    start_taking_back,
    take_back,
)
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
CSV = b"Date;Payee;Amount\n2026-03-14;Corner Shop;-12,50\n2026-03-15;Teahouse;-7,00\n"


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", name="Home")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk, viewer=owner_of(household).pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def fresh(upload: Import) -> Import:
    return Import.objects.select_related("job", "household").get(pk=upload.pk)


def worked_on(upload: Import) -> Import:
    carried_out(fresh(upload).job_id)
    return fresh(upload)


def carried_out(key: Any) -> None:
    job = claim_job(key)
    assert job is not None
    carry_out(job)


def read(household: Household, account: Account) -> Import:
    return worked_on(
        receive_file(household=household, by=owner_of(household), name="march.csv", content=CSV, target=account)
    )


def brought(household: Household, account: Account) -> Import:
    upload = read(household, account)
    start_bringing(upload=upload, by=upload.by)
    return worked_on(upload)


def boss() -> Membership:
    return Membership.objects.get(role="owner")


def test_a_stopped_reading_started_again_later_leaves_what_was_brought_in(
    household: Household, account: Account
) -> None:
    upload = receive_file(household=household, by=owner_of(household), name="march.csv", content=CSV, target=account)
    old = Job.objects.get(pk=upload.job_id or 0)
    cancel_job(old)
    read_again(upload=fresh(upload), by=upload.by)
    upload = worked_on(upload)
    start_bringing(upload=upload, by=upload.by)
    upload = worked_on(upload)
    retry_job(old)
    carried_out(old.pk)
    upload = fresh(upload)
    old.refresh_from_db()
    assert (upload.state, old.state) == ("done", "failed")
    assert Transaction.objects.exclude(import_row=None).count() == 2
    take_back(upload=upload, by=boss())
    assert Transaction.objects.count() == 0


def test_a_stopped_bringing_started_again_later_brings_nothing(household: Household, account: Account) -> None:
    upload = read(household, account)
    start_bringing(upload=upload, by=upload.by)
    old = Job.objects.get(pk=fresh(upload).job_id or 0)
    cancel_job(old)
    read_again(upload=fresh(upload), by=upload.by)
    retry_job(old)
    carried_out(old.pk)
    old.refresh_from_db()
    assert (old.state, Transaction.objects.count()) == ("failed", 0)
    assert worked_on(upload).state == "ready"


def test_a_failed_taking_back_started_again_later_takes_nothing_back(household: Household, account: Account) -> None:
    upload = brought(household, account)
    start_taking_back(upload=upload, by=boss())
    old = Job.objects.get(pk=fresh(upload).job_id or 0)
    cancel_job(old)
    start_bringing(upload=fresh(upload), by=upload.by)
    upload = worked_on(upload)
    retry_job(old)
    carried_out(old.pk)
    old.refresh_from_db()
    assert (old.state, fresh(upload).state, Transaction.objects.count()) == ("failed", "done", 2)


@pytest.mark.parametrize("anyway", [False, True])
@pytest.mark.parametrize("state", ["ready", "refused", "reading"])
def test_what_was_not_brought_in_is_not_taken_back(
    household: Household, account: Account, state: str, anyway: bool
) -> None:
    upload = read(household, account)
    Import.objects.update(state=state)
    with pytest.raises(Refused, match="not brought in"):
        start_taking_back(upload=upload, by=boss(), anyway=anyway)
    assert Import.objects.get().state == state


def test_undone_and_done_again_from_the_activity_it_can_be_taken_back_still(
    household: Household, account: Account
) -> None:
    upload = brought(household, account)
    for _times in range(2):
        undo_change(ChangeSet.objects.latest("id"), by=boss())
        assert (fresh(upload).state, Transaction.objects.count()) == ("ready", 0)
        undo_change(ChangeSet.objects.latest("id"), by=boss())
        assert (fresh(upload).state, Transaction.objects.count()) == ("done", 2)
        assert violations() == []
    start_taking_back(upload=fresh(upload), by=boss())
    upload = worked_on(upload)
    account.refresh_from_db()
    assert (upload.state, Transaction.objects.count(), account.balance) == ("ready", 0, 100_00)


def test_taken_back_and_removed_it_cannot_be_done_again(household: Household, account: Account) -> None:
    upload = brought(household, account)
    take_back(upload=upload, by=boss())
    taken = ChangeSet.objects.latest("id")
    remove_import(upload=fresh(upload))
    with pytest.raises(Refused):
        undo_change(taken, by=boss())
    assert Transaction.objects.count() == 0


def test_taken_back_and_read_again_it_is_done_again_without_doubling(household: Household, account: Account) -> None:
    upload = brought(household, account)
    take_back(upload=upload, by=boss())
    taken = ChangeSet.objects.latest("id")
    read_again(upload=fresh(upload), by=upload.by, mapping=None)
    worked_on(upload)
    undo_change(taken, by=boss())
    connection.check_constraints()
    assert (fresh(upload).state, Transaction.objects.count()) == ("done", 2)
    start_bringing(upload=fresh(upload), by=upload.by)
    worked_on(upload)
    assert Transaction.objects.count() == 2
    take_back(upload=fresh(upload), by=boss())
    assert Transaction.objects.count() == 0


def test_a_row_whose_transaction_left_the_trash_for_good_does_not_come_with_another(
    household: Household, account: Account
) -> None:
    upload = read(household, account)
    ImportRow.objects.filter(payee="Teahouse").update(deed="leave", is_decided=True)
    start_bringing(upload=upload, by=upload.by)
    upload = worked_on(upload)
    actions.trash_transaction(transaction=Transaction.objects.get(), by=upload.by)
    empty_trash(before=timezone.now() + timedelta(days=1))
    assert Transaction.objects.count() == 0
    ImportRow.objects.filter(payee="Teahouse").update(deed="add")
    start_bringing(upload=upload, by=upload.by)
    worked_on(upload)
    assert [str(each.payee) for each in Transaction.objects.select_related("payee")] == ["Teahouse"]
    again = read(household, account)
    verdicts = ImportRow.objects.filter(sheet__upload=again).values_list("payee", "verdict", "deed")
    assert sorted(verdicts) == [("Corner Shop", "thrown", "leave"), ("Teahouse", "here", "leave")]
