"""The import desk as people use it: files come, are decided on, brought in and taken back; and who may do what."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.samples import SAMPLES, sample_file
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import DAY, found_row, put_on_desk, statement

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST = "/imports/"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


@pytest.fixture
def upload(household: Household, account: Account) -> Import:
    with household_scope(household.pk):
        rows = [found_row(-12_00, "Lidl"), found_row(-3_50, "Bakery", day=15), found_row(20_00, "Anna", day=16)]
        return put_on_desk(household, statement(*rows), target=account)


def path(name: str, upload: Import, *args: Any) -> str:
    return reverse(name, args=[upload.uid, *args])


def rows(upload: Import) -> list[ImportRow]:
    with household_scope(upload.household_id):
        return list(ImportRow.objects.filter(sheet__upload=upload).order_by("position"))


def state(upload: Import) -> str:
    with household_scope(upload.household_id):
        return Import.objects.get(pk=upload.pk).state


def books(household: Household) -> list[tuple[str, int]]:
    with household_scope(household.pk):
        kept = Transaction.objects.filter(trashed_at=None).order_by("date", "id")
        return [(str(row.payee), row.amount) for row in kept.select_related("payee")]


def test_an_empty_desk_says_what_is_read_and_offers_samples(owner: Client, viewer: Client) -> None:
    page = owner.get(LIST).text
    for words in ("Drop files anywhere on this page", "No files yet", "Try with a sample file", "Firefly III", "MT940"):
        assert words in page
    assert 'enctype="multipart/form-data"' in page
    page = viewer.get(LIST).text
    assert "No files yet" in page
    for words in ("Drop files", "Try with a sample file"):
        assert words not in page


def test_several_files_are_kept_each_for_itself(owner: Client, household: Household, account: Account) -> None:
    files = [SimpleUploadedFile(name, b"Date;Amount\n2026-03-14;-1,00\n") for name in ("march.csv", "april.csv")]
    answer = owner.post(reverse("import_add"), {"statements": files, "account": str(account.uid)})
    assert answer["Location"] == LIST
    with household_scope(household.pk):
        kept = Import.objects.order_by("id")
        assert [(each.name, each.size, each.target) for each in kept] == [
            ("march.csv", 29, account),
            ("april.csv", 29, account),
        ]
    page = owner.get(LIST).text
    assert "march.csv" in page
    assert "april.csv" in page


def test_one_file_leads_to_its_own_page(owner: Client, household: Household) -> None:
    file = SimpleUploadedFile("march.csv", b"Date;Amount\n2026-03-14;-1,00\n")
    answer = owner.post(reverse("import_add"), {"statements": file})
    with household_scope(household.pk):
        upload = Import.objects.get()
    assert answer["Location"] == path("import_show", upload)
    page = owner.get(path("import_show", upload))
    assert "You can leave this page: the work goes on" in page.text


def test_an_empty_file_is_kept_too_for_the_reader_says_what_it_is(owner: Client, household: Household) -> None:
    owner.post(reverse("import_add"), {"statements": SimpleUploadedFile("empty.csv", b"")})
    with household_scope(household.pk):
        assert Import.objects.get().size == 0


@pytest.mark.parametrize(("count", "words"), [(0, "Choose a file."), (21, "Bring up to 20 files at a time.")])
def test_what_cannot_be_taken_is_said_at_the_form(owner: Client, count: int, words: str) -> None:
    files = [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(count)]
    answer = owner.post(reverse("import_add"), {"statements": files})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_full_desk_takes_no_more(owner: Client, settings: Any, upload: Import) -> None:
    settings.IMPORTS_MB = 0
    answer = owner.post(reverse("import_add"), {"statements": SimpleUploadedFile("a.csv", b"x")})
    assert answer.status_code == 422
    assert "keeps up to 0 MB of files here, and that is used up" in answer.text


@pytest.mark.parametrize("sample", [sample.key for sample in SAMPLES])
def test_a_sample_is_received_like_a_file(owner: Client, household: Household, sample: str) -> None:
    owner.post(reverse("import_sample", args=[sample]))
    name, content = sample_file(sample, DAY, "EUR")
    with household_scope(household.pk):
        kept = Import.objects.get()
        assert kept.name == name
        assert abs(kept.size - len(content)) < 10
    assert b"{" not in content
    assert b"}" not in content


def test_a_sample_that_is_not_there_is_not_found(owner: Client) -> None:
    assert owner.post(reverse("import_sample", args=["nothing"])).status_code == 404


def test_a_file_is_looked_through_brought_in_and_undone_without_javascript(
    owner: Client, household: Household, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    page = owner.get(path("import_show", upload))
    assert "Bring in 3 rows" in page.text
    assert books(household) == []
    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(path("import_bring", upload))
    assert answer["Location"] == path("import_show", upload)
    assert state(upload) == "done"
    assert books(household) == [("Lidl", -12_00), ("Bakery", -3_50), ("Anna", 20_00)]
    page = owner.get(path("import_show", upload))
    assert "3 transactions from this file are in your books" in page.text
    assert "Every row came in." in page.text
    listed = owner.get("/transactions/", {"q": "import:march.csv"})
    for name in ("Lidl", "Bakery", "Anna"):
        assert name in listed.text
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_undo", upload))
    assert books(household) == []
    assert state(upload) == "ready"


def test_what_stays_out_can_be_brought_in_after_all(
    owner: Client, household: Household, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    bakery = rows(upload)[1]
    owner.post(path("import_row_decide", upload), {"leave": str(bakery.uid)})
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_bring", upload))
    assert books(household) == [("Lidl", -12_00), ("Anna", 20_00)]
    page = owner.get(path("import_show", upload))
    assert "1 row stayed out" in page.text
    assert "more</button>" not in page.text
    owner.post(path("import_row_decide", upload), {"add": str(bakery.uid)})
    assert "Bring in 1 more" in owner.get(path("import_show", upload)).text
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_bring", upload))
    assert books(household) == [("Lidl", -12_00), ("Bakery", -3_50), ("Anna", 20_00)]


def test_rows_that_came_cannot_be_decided_any_more(
    owner: Client, household: Household, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_bring", upload))
    owner.post(path("import_row_decide", upload), {"leave": str(rows(upload)[0].uid)})
    owner.post(path("import_decide", upload, "leave"), {"every": "1"})
    assert [row.deed for row in rows(upload)] == ["add", "add", "add"]


def test_a_file_that_was_brought_in_is_not_removed(
    owner: Client, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path("import_bring", upload))
    answer = owner.post(path("import_remove", upload), follow=True)
    assert "Take it back first." in answer.text
    assert state(upload) == "done"


def test_a_file_is_removed_with_its_rows(owner: Client, household: Household, upload: Import) -> None:
    assert owner.post(path("import_remove", upload))["Location"] == LIST
    with household_scope(household.pk):
        assert not Import.objects.exists()
        assert not ImportRow.objects.exists()


def test_a_viewer_looks_and_decides_nothing(viewer: Client, household: Household, upload: Import) -> None:
    row = rows(upload)[0]
    page = viewer.get(path("import_show", upload)).text
    assert "Lidl" in page
    for words in ("Bring in", "Leave out", "Change how it is read", 'name="pick"', "Remove the file"):
        assert words not in page
    shown = viewer.get(path("import_row", upload, row.uid)).text
    assert row.original in shown
    assert 'name="payee"' not in shown
    for name, args in (
        ("import_bring", []),
        ("import_undo", []),
        ("import_remove", []),
        ("import_read", []),
        ("import_answer", []),
        ("import_row_decide", []),
        ("import_row_edit", [row.uid]),
        ("import_decide", ["leave"]),
    ):
        assert viewer.post(path(name, upload, *args)).status_code == 403
    assert viewer.get(path("import_mapping", upload)).status_code == 403
    sent = viewer.get(path("import_rejected", upload))
    assert sent.getvalue().decode("utf-8-sig").startswith("Line,Date,Amount")


def test_a_stranger_finds_no_file(stranger: Client, upload: Import) -> None:
    for name in ("import_show", "import_file", "import_rejected", "import_mapping"):
        assert stranger.get(path(name, upload)).status_code == 404
    assert "march.csv" not in stranger.get(LIST).text


def test_a_refused_file_says_why_and_what_to_do(owner: Client, household: Household, upload: Import) -> None:
    with household_scope(household.pk):
        Import.objects.filter(pk=upload.pk).update(state="refused", refusal="This is a picture, not a statement.")
    page = owner.get(path("import_show", upload)).text
    assert "This is a picture, not a statement." in page
    assert "Choose how to read it" in page
    assert "Bring another file" in page
    assert "This is a picture, not a statement." in owner.get(LIST).text


def test_a_file_that_came_before_is_told(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        first, second = (put_on_desk(household, statement(found_row(-1_00)), target=account) for _ in range(2))
        Import.objects.filter(pk=first.pk).update(state="done")
    page = owner.get(path("import_show", second)).text
    assert "The same file was brought in before, as “march.csv”" in page
    assert path("import_show", first) in page


def test_the_desk_costs_the_same_queries_with_one_file_and_with_three(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    with household_scope(household.pk):
        put_on_desk(household, statement(found_row(-1_00)), target=account)
    owner.get(LIST)
    with django_assert_num_queries(6):
        owner.get(LIST)
    with household_scope(household.pk):
        for _ in range(2):
            put_on_desk(household, statement(found_row(-1_00), found_row(-2_00)), target=account)
    with django_assert_num_queries(6):
        assert owner.get(LIST).text.count("march.csv") == 3
