"""What one keeps private stays so at the import desk: files, rows, reasons, jobs, and what is downloaded."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household, User
from financeflow.jobs.actions import claim_job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger import actions
from ledger.actions.imports import bring_in, receive_file
from ledger.actions.imports.reading import stage_and_judge
from ledger.importing.found import Found, FoundStatement
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import found_row, statement

pytestmark = pytest.mark.django_db
CSV = b"Date;Payee;Amount\n2026-03-14;Hideaway Inn;-12,50\n"


@pytest.fixture
def keeper(household: Household) -> User:
    return join(household, "editor", name="Kit Keeper")


@pytest.fixture
def secret(household: Household, keeper: User) -> Account:
    return AccountFactory.create(household=household, by=keeper, private_to=keeper, name="Hoard")


@pytest.fixture
def shared(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def put(household: Household, by: User, *statements: FoundStatement, target: Account | None, name: str) -> Import:
    """On the desk, as the member `by` sees the household."""
    with household_scope(household.pk, viewer=by.pk):
        upload = receive_file(household=household, by=by, name=name, content=CSV, target=target)
        stage_and_judge(upload, Found(format="csv", statements=list(statements)), lambda done, total: None)
        upload.job = None
        upload.save(update_fields=["job"])
    return upload


def every_address(upload: Import) -> list[str]:
    names = ("import_show", "import_file", "import_rejected")
    return [reverse(name, args=[upload.uid]) for name in names]


def downloaded(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()


def test_a_file_that_was_not_read_yet_is_out_of_the_others_sight(
    household: Household, keeper: User, secret: Account, owner: Client
) -> None:
    with household_scope(household.pk, viewer=keeper.pk):
        upload = receive_file(household=household, by=keeper, name="hoard.csv", content=CSV, target=secret)
    assert [owner.get(address).status_code for address in every_address(upload)] == [404, 404, 404]
    assert "hoard.csv" not in owner.get("/imports/").text
    own = logged_in(keeper)
    assert own.get(every_address(upload)[0]).status_code == 200
    assert downloaded(own, every_address(upload)[1]).encode() == CSV


def test_a_file_that_could_not_be_read_is_out_of_the_others_sight(
    household: Household, keeper: User, secret: Account, owner: Client
) -> None:
    with household_scope(household.pk, viewer=keeper.pk):
        upload = receive_file(household=household, by=keeper, name="hoard.csv", content=CSV, target=secret)
        Import.objects.update(state="refused", refusal="Hoard is no table.")
    assert [owner.get(address).status_code for address in every_address(upload)] == [404, 404, 404]
    page = owner.get("/imports/").text
    assert "hoard.csv" not in page
    assert "Hoard" not in page


def test_background_work_names_no_file_of_somebody_else(
    household: Household, keeper: User, secret: Account, owner: Client
) -> None:
    with household_scope(household.pk, viewer=keeper.pk):
        upload = receive_file(household=household, by=keeper, name="hoard.csv", content=CSV, target=secret)
        job = claim_job(upload.job_id or 0)
        assert job is not None
        carry_out(job)
    own = logged_in(keeper)
    address = reverse("job_show", args=[job.uid])
    assert "hoard.csv" in own.get(address).text
    for page in (
        owner.get(address).text,
        owner.get(reverse("job_list")).text,
        owner.post(reverse("job_retry", args=[job.uid]), headers={"HX-Request": "true"}).text,
    ):
        assert "Reading a file" in page or "Done" in page
        assert "hoard.csv" not in page
        assert str(upload.uid) not in page


def test_a_reason_names_no_account_that_others_may_not_see(
    household: Household, keeper: User, secret: Account, shared: Account, owner: Client
) -> None:
    with household_scope(household.pk, viewer=keeper.pk):
        day = found_row(1, day=14).date
        actions.add_transaction(household=household, by=keeper, account=secret, date=day, amount=50_00, payee="Savings")
    upload = put(household, keeper, statement(found_row(-50_00, "Savings", day=14)), target=shared, name="march.csv")
    page = owner.get(reverse("import_show", args=[upload.uid]))
    assert page.status_code == 200
    assert "Hoard" not in page.text


def test_a_row_that_went_into_a_private_account_does_not_come_twice(
    household: Household, keeper: User, secret: Account, shared: Account, owner: Client
) -> None:
    upload = put(
        household, keeper, statement(found_row(-50_00, "Inn"), found_row(-1_00, "Kiosk")), target=shared, name="m.csv"
    )
    with household_scope(household.pk, viewer=keeper.pk):
        ImportRow.objects.filter(payee="Kiosk").update(deed="leave", is_decided=True)
        bring_in(upload=upload, by=keeper)
        moved = Transaction.objects.get()
        actions.change_transaction(transaction=moved, by=keeper, edit_version=moved.edit_version, account=secret)
    boss = owner_of(household)
    assert "Inn" not in downloaded(owner, reverse("import_rejected", args=[upload.uid]))
    with household_scope(household.pk, viewer=boss.pk):
        ImportRow.objects.filter(payee="Kiosk").update(deed="add")
        bring_in(upload=upload, by=boss)
    with household_scope(household.pk):
        assert sorted(Transaction.objects.values_list("amount", flat=True)) == [-50_00, -1_00]


def test_nobody_brings_a_file_into_an_account_out_of_sight(
    household: Household, secret: Account, shared: Account, owner: Client
) -> None:
    answer = owner.post(
        reverse("import_add"), {"statements": SimpleUploadedFile("a.csv", CSV), "account": str(secret.uid)}
    )
    assert answer.status_code == 422
    upload = put(household, owner_of(household), statement(found_row(-1)), target=None, name="a.csv")
    with household_scope(household.pk):
        sheet = upload.sheets.get()
    address = reverse("import_account", args=[upload.uid, sheet.uid])
    elsewhere = AccountFactory.create(household=HouseholdFactory.create())
    for account in (secret, elsewhere):
        assert owner.post(address, {"account": str(account.uid)}).status_code == 400
    with household_scope(household.pk):
        assert upload.sheets.get().account is None


def test_uids_of_another_household_are_not_found(household: Household, shared: Account, stranger: Client) -> None:
    upload = put(household, owner_of(household), statement(found_row(-1)), target=shared, name="a.csv")
    with household_scope(household.pk):
        row, sheet = ImportRow.objects.get(), upload.sheets.get()
    gets: list[tuple[str, list[Any]]] = [
        *(("import_show", []), ("import_file", []), ("import_mapping", []), ("import_rejected", [])),
        ("import_row", [row.uid]),
    ]
    posts: list[tuple[str, list[Any]]] = [
        *(("import_read", []), ("import_bring", []), ("import_undo", []), ("import_remove", [])),
        *(("import_mapping", []), ("import_answer", []), ("import_account", [sheet.uid]), ("import_selected", [])),
        *(("import_row_decide", []), ("import_row_edit", [row.uid]), ("import_decide", ["leave"])),
    ]
    for name, rest in gets:
        assert stranger.get(reverse(name, args=[upload.uid, *rest])).status_code == 404, name
    for name, rest in posts:
        said = {"add": str(row.uid)}
        assert stranger.post(reverse(name, args=[upload.uid, *rest]), said).status_code == 404, name


def test_rows_and_sheets_of_another_file_are_none_of_this_one(
    household: Household, shared: Account, owner: Client
) -> None:
    one = put(household, owner_of(household), statement(found_row(-1)), target=shared, name="one.csv")
    two = put(household, owner_of(household), statement(found_row(-2)), target=shared, name="two.csv")
    with household_scope(household.pk):
        row, sheet = ImportRow.objects.get(sheet__upload=two), two.sheets.get()
    assert owner.get(reverse("import_row", args=[one.uid, row.uid])).status_code == 404
    assert owner.post(reverse("import_account", args=[one.uid, sheet.uid]), {"account": "none"}).status_code == 404
    assert owner.post(reverse("import_row_decide", args=[one.uid]), {"leave": str(row.uid)}).status_code == 404
    owner.post(reverse("import_decide", args=[one.uid, "leave"]), {"pick": [str(row.uid)]})
    with household_scope(household.pk):
        assert not ImportRow.objects.filter(is_decided=True).exists()
