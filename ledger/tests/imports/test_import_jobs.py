"""A file on its whole way: received, read by a job, brought in by a job, by hand and by command."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.jobs.actions import claim_job
from financeflow.jobs.models import Job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger.actions.imports import (
    bringing,
    read_again,
    receive_file,
    remove_import,
    start_bringing,
    start_taking_back,
)
from ledger.importing.csv.mapping import signature
from ledger.models import Account, Import, ImportProfile, ImportRow, Transaction
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

CSV = "Date;Payee;Amount;Balance\n2026-03-14;Lidl;-12,50;87,50\n2026-03-15;Pret;-7,00;80,50\n2026-03-16;???;oops;\n"


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


def received(household: Household, content: str | bytes = CSV, **said: Any) -> Import:
    content = content.encode() if isinstance(content, str) else content
    return receive_file(household=household, by=owner_of(household), name="march.csv", content=content, **said)


def worked_on(upload: Import) -> Import:
    """After its job."""
    upload.refresh_from_db()
    job = claim_job(upload.job_id or 0)
    assert job is not None
    carry_out(job)
    return Import.objects.select_related("job", "household").get(pk=upload.pk)


def job_of(upload: Import) -> Job:
    assert upload.job is not None
    return upload.job


def test_a_file_is_read_brought_in_and_taken_back(household: Household, account: Account) -> None:
    upload = worked_on(received(household, target=account))
    assert (upload.state, upload.format, job_of(upload).state) == ("ready", "csv", "done")
    rows = ImportRow.objects.order_by("position")
    assert [(row.line, row.amount, row.verdict) for row in rows] == [
        (2, -1250, "new"),
        (3, -700, "new"),
        (4, None, "unread"),
    ]
    assert rows[2].original == "2026-03-16;???;oops;"
    start_bringing(upload=upload, by=upload.by)
    upload = worked_on(upload)
    account.refresh_from_db()
    assert (upload.state, account.balance) == ("done", 8050)
    assert job_of(upload).result["message"] == "Brought in 2 transactions from “march.csv”"
    start_taking_back(upload=upload, by=Membership.objects.get(role="owner"))
    upload = worked_on(upload)
    account.refresh_from_db()
    assert (upload.state, account.balance, Transaction.objects.count()) == ("ready", 10000, 0)


def test_what_is_no_statement_is_refused_with_a_sentence(household: Household, account: Account) -> None:
    upload = worked_on(received(household, b"%PDF-1.7 and so on", target=account))
    assert (upload.state, upload.sheets.count(), job_of(upload).state) == ("refused", 0, "done")
    assert "PDF" in upload.refusal
    with pytest.raises(Refused, match="has not been read"):
        start_bringing(upload=upload, by=upload.by)


def test_a_worker_killed_while_it_brings_in_leaves_nothing(
    household: Household, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = worked_on(received(household, target=account))
    start_bringing(upload=upload, by=upload.by)

    def die(*_args: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(bringing, "complete", die)
        upload.refresh_from_db()
        job = claim_job(upload.job_id or 0)
        assert job is not None
        with pytest.raises(SystemExit):
            carry_out(job)
    assert Transaction.objects.count() == 0
    Job.objects.filter(pk=upload.job_id or 0).update(state="queued", claim=None)
    assert worked_on(upload).state == "done"
    assert Transaction.objects.count() == 2


def test_a_worker_killed_while_it_reads_begins_anew(household: Household, account: Account) -> None:
    upload = received(household, target=account)
    for _times in range(2):
        Job.objects.filter(pk=upload.job_id or 0).update(state="queued", claim=None)
        upload = worked_on(upload)
    assert (upload.sheets.count(), ImportRow.objects.count()) == (1, 3)


def test_a_file_at_work_is_left_alone(household: Household, account: Account) -> None:
    upload = received(household, target=account)
    for deed in (lambda: remove_import(upload=upload), lambda: read_again(upload=upload, by=upload.by)):
        with pytest.raises(Refused, match="being worked on"):
            deed()


def test_a_file_that_is_in_is_neither_removed_nor_read_again(household: Household, account: Account) -> None:
    upload = worked_on(received(household, target=account))
    start_bringing(upload=upload, by=upload.by)
    upload = worked_on(upload)
    for deed in (lambda: remove_import(upload=upload), lambda: read_again(upload=upload, by=upload.by)):
        with pytest.raises(Refused, match="Take it back first"):
            deed()


def test_who_may_not_change_the_books_any_more_brings_nothing_in(household: Household, account: Account) -> None:
    editor = join(household, "editor")
    with household_scope(household.pk, viewer=editor.pk):
        upload = receive_file(household=household, by=editor, name="march.csv", content=CSV.encode(), target=account)
        Membership.objects.filter(user=editor).update(role="viewer")
        upload = worked_on(upload)
        assert (upload.state, job_of(upload).state, ImportRow.objects.count()) == ("reading", "failed", 0)


def test_the_next_file_of_a_bank_is_read_as_somebody_said(household: Household, account: Account) -> None:
    upload = worked_on(received(household, "Date,Payee,Amount\n03/04/2026,Lidl,1\n", target=account))
    assert upload.mapping is not None
    said = {**upload.mapping, "date_order": "mdy"}
    ImportProfile.objects.create(
        household=household, name="Bank", signature=signature(upload.mapping), mapping=said, account=account
    )
    again = worked_on(received(household, "Date,Payee,Amount\n05/06/2026,Lidl,1\n"))
    [row] = ImportRow.objects.filter(sheet__upload=again)
    assert (str(row.date), again.target, again.profile is not None) == ("2026-05-06", account, True)


def imported(path: Path, *args: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_file", str(path), "--household", "Home", *args, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_script_brings_a_file_in(household: Household, account: Account, tmp_path: Path) -> None:
    path = tmp_path / "march.csv"
    path.write_text(CSV)
    assert imported(path, "--account", "everyday", "--look-only")[0] == 0
    assert (Import.objects.count(), Transaction.objects.count()) == (0, 0)
    status, out, err = imported(path, "--account", str(account.uid))
    assert (status, err) == (0, "")
    assert "Brought in 2 transactions from “march.csv”" in out
    assert ChangeSet.objects.get(verb="import.brought_in").by == owner_of(household)
    assert "Nothing had to be brought in" in imported(path, "--account", "Everyday")[1]
    assert Transaction.objects.count() == 2


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--account", "Elsewhere"), "“Elsewhere” is no account of this household."),
        (("--as", "nobody@example.org"), "Nobody called nobody@example.org may change these books."),
        ((), "Choose the account"),
    ],
)
def test_a_script_is_told_what_is_wrong(
    household: Household, account: Account, tmp_path: Path, args: tuple[str, ...], sentence: str
) -> None:
    path = tmp_path / "march.csv"
    path.write_text(CSV)
    status, _out, err = imported(path, *args)
    assert status == 2
    assert sentence in err
    assert Transaction.objects.count() == 0
