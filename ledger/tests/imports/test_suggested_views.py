"""Categories that are suggested for rows of a file, and how a person accepts them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, logged_in, owner_of
from ledger.models import Account, Category, Import, ImportRow
from ledger.tests.factories import AccountFactory, CategoryFactory
from ledger.tests.imports.uploads import brought_in, found_row, put_on_desk, statement

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def dining(household: Household) -> Category:
    return CategoryFactory.create(household=household, name="Eating out")


@pytest.fixture
def upload(household: Household, dining: Category) -> Import:
    account: Account = AccountFactory.create(household=household, name="Everyday")
    rows = [found_row(-12_00, "Roma"), found_row(-9_00, "Roma"), found_row(-3_50, "Bar"), found_row(-1_00, "Odd")]
    with household_scope(household.pk):
        made = put_on_desk(household, statement(*rows), target=account)
        said = {"category": dining, "confidence": 71, "category_reason": "the word “pizzeria”"}
        ImportRow.objects.filter(payee_name__in=["Roma", "Bar"]).update(**said)
    return made


def rows(upload: Import) -> list[ImportRow]:
    with household_scope(upload.household_id):
        return list(ImportRow.objects.filter(sheet__upload=upload).order_by("position"))


def path(name: str, upload: Import, *args: Any) -> str:
    return reverse(name, args=[upload.uid, *args])


def test_a_suggestion_is_shown_with_how_sure_it_is_and_why(owner: Client, viewer: Client, upload: Import) -> None:
    page = owner.get(path("import_show", upload)).text
    assert "Eating out?" in page
    assert "71 % · the word “pizzeria”" in page
    assert "Suggestions 3" in page
    assert "Accept all 2" in page
    looked_at = viewer.get(path("import_show", upload)).text
    assert "Eating out?" in looked_at
    assert 'name="accept"' not in looked_at
    only = owner.get(path("import_show", upload) + "?d=suggested").text
    assert "Roma" in only
    assert "Odd" not in only


def test_one_row_is_accepted_and_its_suggestion_becomes_a_persons_word(owner: Client, upload: Import) -> None:
    answer = owner.post(path("import_row_decide", upload), {"accept": str(rows(upload)[0].uid)}, headers=HTMX)
    assert answer.status_code == 200
    assert "Eating out" in answer.text
    assert [row.confidence for row in rows(upload)] == [100, 71, 71, 0]
    owner.post(path("import_row_decide", upload), {"accept": str(rows(upload)[3].uid)})
    assert [row.confidence for row in rows(upload)] == [100, 71, 71, 0]


def test_all_of_the_same_suggestion_are_accepted_at_once(owner: Client, upload: Import) -> None:
    answer = owner.post(path("import_row_decide", upload), {"alike": str(rows(upload)[1].uid)}, follow=True)
    assert "2 rows were changed." in answer.text
    assert [row.confidence for row in rows(upload)] == [100, 100, 71, 0]


def test_ticked_rows_are_accepted_together(owner: Client, upload: Import) -> None:
    owner.post(path("import_decide", upload, "accept"), {"every": "1", "d": "suggested"})
    assert [row.confidence for row in rows(upload)] == [100, 100, 100, 0]
    assert owner.post(path("import_decide", upload, "alike"), {"every": "1"}).status_code == 400


def test_who_only_saves_the_row_has_accepted_nothing(owner: Client, upload: Import, dining: Category) -> None:
    row = rows(upload)[0]
    owner.post(path("import_row_edit", upload, row.uid), {"payee": "Roma", "category": "", "deed": "undecide"})
    assert rows(upload)[0].confidence == 71
    sent = {"payee": "Roma", "category": str(dining.uid), "deed": "undecide"}
    owner.post(path("import_row_edit", upload, row.uid), sent)
    assert rows(upload)[0].confidence == 100


def test_viewers_and_strangers_accept_nothing(viewer: Client, upload: Import) -> None:
    stranger = logged_in(owner_of(HouseholdFactory.create()))
    for client, code in ((viewer, 403), (stranger, 404)):
        for name, args, sent in (
            ("import_row_decide", (), {"accept": str(rows(upload)[0].uid)}),
            ("import_row_decide", (), {"alike": str(rows(upload)[0].uid)}),
            ("import_decide", ("accept",), {"every": "1"}),
        ):
            assert client.post(path(name, upload, *args), sent).status_code == code
    assert [row.confidence for row in rows(upload)] == [71, 71, 71, 0]


def test_afterwards_it_is_said_what_waits_with_a_door_to_it(
    owner: Client, household: Household, upload: Import
) -> None:
    owner.post(path("import_row_decide", upload), {"accept": str(rows(upload)[0].uid)})
    with household_scope(household.pk):
        ImportRow.objects.filter(payee_name="Bar").update(category=None, confidence=0)
        upload.refresh_from_db()
        Import.objects.update(judged_at=Household.objects.get(pk=household.pk).version)
        upload.refresh_from_db()
        brought_in(upload)
    page = owner.get(path("import_show", upload)).text
    assert "1 of them is filed, 1 suggestion waits for you." in page
    assert "is%3Auncategorised" in page
