"""Whose rows a file has, and what they are filed under, as it is said on the page of the file."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.models import Account, Import, ImportRow
from ledger.tests.factories import AccountFactory, CategoryFactory
from ledger.tests.imports.uploads import found_row, put_on_desk, statement

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def path(name: str, upload: Import, *args: Any) -> str:
    return reverse(name, args=[upload.uid, *args])


def rows(upload: Import) -> list[ImportRow]:
    with household_scope(upload.household_id):
        return list(ImportRow.objects.filter(sheet__upload=upload).order_by("position"))


def test_the_account_of_rows_is_chosen_once_for_all_statements_of_it(
    owner: Client, household: Household, account: Account
) -> None:
    with household_scope(household.pk):
        two = [statement(found_row(-1_00, day=day), account="NO9386011117947") for day in (1, 2)]
        upload = put_on_desk(household, *two, statement(found_row(-5_00), account="DK5000400440116243"))
        first, _second, third = upload.sheets.order_by("position")
    page = owner.get(path("import_show", upload))
    assert "Choose the account of 3 rows below, or leave them out." in page.text
    assert 'aria-disabled="true"' in page.text
    owner.post(path("import_account", upload, first.uid), {"account": str(account.uid)})
    owner.post(path("import_account", upload, third.uid), {"account": "none"})
    with household_scope(household.pk):
        chosen = upload.sheets.order_by("position").values_list("account__name", "is_new", "is_left_out")
        assert list(chosen) == [("Everyday", False, False), ("Everyday", False, False), (None, False, True)]
    assert "Bring in 2 rows" in owner.get(path("import_show", upload)).text
    owner.post(path("import_account", upload, third.uid), {"account": "new"})
    assert "Bring in 3 rows" in owner.get(path("import_show", upload)).text


def test_an_account_of_another_currency_has_a_lone_table_read_anew_in_it(owner: Client, household: Household) -> None:
    krona = AccountFactory.create(household=household, name="Stockholm", currency="SEK")
    with household_scope(household.pk):
        upload = put_on_desk(household, statement(found_row(-1_00)))
        sheet = upload.sheets.get()
    owner.post(path("import_account", upload, sheet.uid), {"account": str(krona.uid)})
    with household_scope(household.pk):
        upload = Import.objects.get(pk=upload.pk)
        assert (upload.state, upload.target) == ("reading", krona)


def test_an_account_of_another_currency_fits_no_account_of_several(owner: Client, household: Household) -> None:
    krona = AccountFactory.create(household=household, name="Stockholm", currency="SEK")
    with household_scope(household.pk):
        upload = put_on_desk(household, *(statement(found_row(-1_00), account=name) for name in ("A 1", "B 2")))
        sheet = upload.sheets.order_by("position")[0]
    answer = owner.post(path("import_account", upload, sheet.uid), {"account": str(krona.uid)}, follow=True)
    assert "These rows are in EUR and the account “Stockholm” is in SEK." in answer.text


def test_rows_are_filed_by_hand_and_in_bulk(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        found = [found_row(-12_00, "Lidl"), found_row(-3_50, "Bakery", day=15), found_row(20_00, "Anna", day=16)]
        upload = put_on_desk(household, statement(*found), target=account)
    category = CategoryFactory.create(household=household, name="Treats")
    row = rows(upload)[0]
    sent = {"payee": "Lidl Plus", "category": str(category.uid), "deed": "undecide"}
    answer = owner.post(path("import_row_edit", upload, row.uid), sent, headers=HTMX)
    assert "dialog:close" in answer["HX-Trigger"]
    assert "live:imports.changed" in answer["HX-Trigger"]
    row = rows(upload)[0]
    assert (row.payee, row.payee_name, row.category_id, row.confidence) == ("Lidl", "Lidl Plus", category.pk, 100)
    assert not row.is_decided
    owner.post(path("import_decide", upload, "category"), {"every": "1", "said": "1", "category": str(category.uid)})
    assert {row.category_id for row in rows(upload)} == {category.pk}
    owner.post(path("import_decide", upload, "payee"), {"every": "1", "q": "bakery", "said": "1", "payee": "Baker"})
    assert [row.payee_name for row in rows(upload)] == ["Lidl Plus", "Baker", "Anna"]
    picked = ",".join(str(row.uid) for row in rows(upload)[:2])
    owner.post(path("import_decide", upload, "leave"), {"pick": picked})
    assert [(row.deed, row.is_decided) for row in rows(upload)] == [("leave", True), ("leave", True), ("add", False)]
    owner.post(path("import_decide", upload, "undecide"), {"pick": picked})
    assert [(row.deed, row.is_decided) for row in rows(upload)] == [("add", False)] * 3
    assert [row.payee_name for row in rows(upload)] == ["Lidl Plus", "Baker", "Anna"]


def test_a_book_of_many_accounts_asks_for_each_by_itself(owner: Client, household: Household) -> None:
    for n in range(12):
        AccountFactory.create(household=household, name=f"Account of ours, number {n}")
    with household_scope(household.pk):
        every = [statement(*[found_row(-1_00)] * 4, name=f"Account of another app, number {n}") for n in range(30)]
        upload = put_on_desk(household, *every, is_a_book=True)
        sheet = upload.sheets.order_by("position")[29]
    page = owner.get(path("import_show", upload))
    assert "<select" not in page.text
    assert len(page.content) < 100_000
    asked = owner.get(path("import_account", upload, sheet.uid), headers=HTMX)
    assert asked.text.count("<option") == 14
    answer = owner.post(path("import_account", upload, sheet.uid), {"account": "none"}, headers=HTMX)
    assert "dialog:close" in answer["HX-Trigger"]
    assert owner.post(path("import_account", upload, sheet.uid), {"account": "nonsense"}).status_code == 400
