"""What became of a file is told to who brought it, where that took longer than people sit and wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from financeflow.households.models import Household, User
from financeflow.jobs.actions import claim_job
from financeflow.jobs.models import Job
from financeflow.jobs.running import carry_out
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger.actions.imports import receive_file, start_bringing
from ledger.actions.imports.news import PATIENCE
from ledger.models import Account, Import
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
CSV = b"Date;Payee;Amount\n2026-03-14;Corner Shop;-12,50\n2026-03-15;Teahouse;-7,00\n"


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR", name="Home")


@pytest.fixture
def editor(household: Household) -> User:
    return join(household, "editor")


@pytest.fixture(autouse=True)
def scope(household: Household, editor: User) -> Iterator[None]:
    with household_scope(household.pk, viewer=editor.pk):
        yield


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def worked_on(upload: Import, *, after: timedelta = PATIENCE) -> Import:
    """Its job is done now, having been asked for so long ago."""
    upload = Import.objects.get(pk=upload.pk)
    Job.objects.filter(pk=upload.job_id or 0).update(created_at=timezone.now() - after)
    job = claim_job(upload.job_id or 0)
    assert job is not None
    carry_out(job)
    return Import.objects.select_related("household", "job").get(pk=upload.pk)


def received(household: Household, by: User, account: Account, content: bytes = CSV) -> Import:
    return receive_file(household=household, by=by, name="march.csv", content=content, target=account)


def told() -> list[Notification]:
    return list(Notification.objects.order_by("pk"))


def test_who_has_gone_on_is_told_how_much_came_in(household: Household, editor: User, account: Account) -> None:
    upload = worked_on(received(household, editor, account))
    assert told() == []
    start_bringing(upload=upload, by=editor)
    upload = worked_on(upload)
    [notice] = told()
    assert (notice.user_id, notice.kind) == (editor.pk, "import.finished")
    assert notice.title == "Brought in 2 transactions from “march.csv”"
    page = logged_in(editor).post(f"/notifications/{notice.uid}/", follow=True)
    assert page.redirect_chain == [(f"/imports/{upload.uid}/", 302)]
    assert page.status_code == 200
    assert "march.csv" not in logged_in(owner_of(household)).get("/notifications/").text


def test_what_was_left_out_is_counted(household: Household, editor: User, account: Account) -> None:
    first = worked_on(received(household, editor, account))
    start_bringing(upload=first, by=editor)
    worked_on(first, after=timedelta())
    more = CSV + b"2026-03-16;Kiosk;-3,00\n"
    second = worked_on(received(household, editor, account, more), after=timedelta())
    start_bringing(upload=second, by=editor)
    worked_on(second)
    [notice] = told()
    assert notice.title == "Brought in 1 transaction from “march.csv”"
    assert notice.text == "2 rows left out"


def test_who_still_waits_sees_it_on_the_page_and_is_told_nothing(
    household: Household, editor: User, account: Account
) -> None:
    upload = worked_on(received(household, editor, account), after=timedelta(seconds=3))
    start_bringing(upload=upload, by=editor)
    worked_on(upload, after=timedelta(seconds=3))
    assert told() == []


def test_a_file_that_cannot_be_read_says_why(household: Household, editor: User, account: Account) -> None:
    upload = worked_on(received(household, editor, account, b"%PDF-1.7 nothing that can be read here"))
    assert upload.state == Import.State.REFUSED
    [notice] = told()
    assert (notice.kind, notice.title) == ("import.refused", "“march.csv” could not be read")
    assert notice.text == upload.refusal


def test_a_job_that_is_run_again_tells_nothing_twice(household: Household, editor: User, account: Account) -> None:
    upload = worked_on(received(household, editor, account))
    start_bringing(upload=upload, by=editor)
    upload = worked_on(upload)
    Job.objects.filter(pk=upload.job_id or 0).update(state=Job.State.QUEUED, finished_at=None)
    worked_on(upload)
    assert len(told()) == 1


def test_a_file_that_was_read_but_may_not_come_in_says_why(
    household: Household, editor: User, account: Account
) -> None:
    upload = worked_on(received(household, editor, account))
    start_bringing(upload=upload, by=editor)
    Import.objects.filter(pk=upload.pk).update(state=Import.State.REFUSED)
    upload = worked_on(upload)
    assert upload.job is not None
    assert upload.job.state == Job.State.FAILED
    [notice] = told()
    assert (notice.title, notice.text) == ("“march.csv” could not be brought in", "This file has not been read.")
