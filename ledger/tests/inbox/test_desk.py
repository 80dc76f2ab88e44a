"""What is left over on the desk is asked for: files, rows kept back, work that failed, statements that were begun."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in, owner_of
from ledger.actions.reconciling import add_statement
from ledger.models import Account, Import, ImportRow
from ledger.tests.imports.uploads import found_row, put_on_desk, statement
from ledger.tests.inbox.books import HTMX, INBOX, asked, dismiss, waiting

pytestmark = pytest.mark.django_db


def put(household: Household, account: Account, *amounts: int) -> Import:
    with household_scope(household.pk):
        rows = [found_row(amount, f"Kiosk {amount}") for amount in amounts]
        return put_on_desk(household, statement(*rows), target=account, name="november.csv")


def failed(household: Household, kind: str = "ledger.refresh_rates", state: str = "failed", **said: object) -> Job:
    with household_scope(household.pk):
        return Job.objects.create(household=household, kind=kind, state=state, message="Nobody answered.", **said)


def test_a_file_that_was_read_and_not_brought_in_is_asked_for(
    owner: Client, household: Household, everyday: Account
) -> None:
    upload = put(household, everyday, -100, -200)
    [item] = asked(owner, "import")
    assert (item["title"], item["choices"]) == ("november.csv", [])
    assert "nothing of it is in the books yet" in item["reason"]
    assert reverse("import_show", args=[upload.uid]) in owner.get(INBOX).text
    dismiss(owner, item, headers=HTMX)
    assert waiting(owner) == {}


def test_rows_that_were_kept_back_are_asked_for_once_more(
    owner: Client, household: Household, everyday: Account
) -> None:
    upload = put(household, everyday, -100, -200)
    dismiss(owner, asked(owner, "import")[0], headers=HTMX)
    with household_scope(household.pk):
        Import.objects.filter(pk=upload.pk).update(state=Import.State.DONE)
        ImportRow.objects.filter(sheet__upload=upload, amount=-100).update(deed=ImportRow.Deed.ASK)
    [item] = asked(owner, "import")
    assert item["reason"] == "1 row was kept back"


def test_a_file_that_could_not_be_read_says_why(owner: Client, household: Household, everyday: Account) -> None:
    upload = put(household, everyday, -100)
    with household_scope(household.pk):
        Import.objects.filter(pk=upload.pk).update(state=Import.State.REFUSED, refusal="This is a picture.")
    assert asked(owner, "import")[0]["reason"] == "This is a picture."


def test_work_that_failed_is_told_once_and_not_when_it_was_done_since(
    owner: Client, viewer: Client, stranger: Client, household: Household
) -> None:
    failed(household)
    job = failed(household)
    [item] = asked(owner, "failed")
    assert (item["like"], item["reason"]) == (2, "Nobody answered.")
    assert reverse("job_show", args=[job.uid]) in owner.get(INBOX).text
    assert waiting(viewer) == {"failed": 1}
    assert waiting(stranger) == {}
    failed(household, state="done")
    assert waiting(owner) == {}


def test_what_failed_for_one_person_alone_is_told_to_nobody_else(owner: Client, household: Household) -> None:
    first, other = owner_of(household), join(household, "owner")
    failed(household, kind="ledger.read_import", by=other)
    assert waiting(owner) == {}
    assert waiting(logged_in(other)) == {"failed": 1}
    failed(household, kind="ledger.read_import", by=first)
    assert waiting(owner) == {"failed": 1}


def test_a_statement_that_was_begun_is_to_be_finished(owner: Client, household: Household, everyday: Account) -> None:
    with household_scope(household.pk):
        begun = add_statement(account=everyday, by=None, on=date(2026, 1, 31), balance=100_00)
    [item] = asked(owner, "statement")
    assert item["title"] == "Everyday"
    assert reverse("statement_show", args=[begun.uid]) in owner.get(INBOX).text
