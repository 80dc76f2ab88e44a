"""Payees as people keep them: names, spellings, usual categories; merged, deleted, and all of it taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.actions.payees import add_payee, add_spelling
from ledger.models import Account, Payee, PayeeAlias, Transaction
from ledger.tests.factories import AccountFactory
from ledger.tests.payee_books import edited, found, payee, spellings, spend, undo, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def test_payees_are_listed_by_their_last_use(owner: Client, account: Account, household: Household) -> None:
    for name, day in (("Lidl", 3), ("Aldi", 9), ("Lidl", 1), ("Netto", 5)):
        spend(account, name, day=date(2026, 3, day))
    with household_scope(household.pk):
        add_payee(household=household, by=None, name="Never")
    rows = owner.get("/payees/").context["found"].rows
    told = [(row.name, row.times, row.last_on) for row in rows]
    assert told == [
        ("Aldi", 1, date(2026, 3, 9)),
        ("Netto", 1, date(2026, 3, 5)),
        ("Lidl", 2, date(2026, 3, 3)),
        ("Never", 0, None),
    ]


def test_payees_are_found_by_any_spelling(owner: Client, account: Account, household: Household) -> None:
    for name in ("Bäckerei Lindner", "Aldi"):
        spend(account, name)
    with household_scope(household.pk):
        add_spelling(payee=payee(household, "Aldi"), by=None, name="ALDI SUED 4711")
    for asked, names in (("backer", ["Bäckerei Lindner"]), ("sued 47", ["Aldi"]), ("zzz", []), ("\x00", None)):
        rows = owner.get("/payees/", {"q": asked}, headers=HTMX).context["found"].rows
        assert names is None or [row.name for row in rows] == names
    assert "No payee is spelled so" in owner.get("/payees/?q=zzz").text


def test_a_long_list_has_pages(owner: Client, account: Account, household: Household) -> None:
    with household_scope(household.pk):
        Payee.objects.bulk_create([Payee(household=household, name=f"P{n}", key=f"p{n:03}") for n in range(60)])
    first = owner.get("/payees/?q=p").context["found"]
    assert (len(first.rows), first.next, first.previous) == (50, "?q=p&page=2", "")
    second = owner.get(f"/payees/{first.next}").context["found"]
    assert (len(second.rows), second.next, second.previous) == (10, "", "?q=p&page=1")
    for wrong in ("0", "-1", "x", "10001", "9" * 30):
        assert owner.get(f"/payees/?page={wrong}").status_code == 404


def test_a_new_name_leads_to_all_and_the_old_one_stays_a_spelling(
    owner: Client, account: Account, household: Household
) -> None:
    first, second = spend(account, "Lidl Sagt Dank"), spend(account, "Lidl Sagt Dank")
    row = payee(household, "Lidl Sagt Dank")
    before = [(each.amount, each.edit_version) for each in (first, second)]
    page = owner.post(reverse("payee_edit", args=[row.uid]), edited(row, name="Lidl"), follow=True)
    assert "Changed the payee “Lidl Sagt Dank”" in page.text
    assert words(household) == [("Lidl", "lidl")] * 2
    assert (found(household, "lidl"), found(household, "sagt"), found(household, 'payee:"Lidl"')) == (2, 0, 2)
    with household_scope(household.pk):
        assert [(each.amount, each.edit_version) for each in Transaction.objects.order_by("pk")] == before
    assert spellings(household) == {"Lidl Sagt Dank": "Lidl"}
    assert spend(account, "LIDL sagt dank").payee == payee(household, "Lidl")
    undo(household, "payee.changed")
    assert words(household)[:2] == [("Lidl Sagt Dank", "lidl sagt dank")] * 2
    assert spellings(household) == {}
    assert found(household, "sagt") == 3


def test_another_case_of_the_same_name_is_no_other_spelling(
    owner: Client, account: Account, household: Household
) -> None:
    spend(account, "cafe morgenrot")
    row = payee(household, "cafe morgenrot")
    owner.post(reverse("payee_edit", args=[row.uid]), edited(row, name="Café Morgenrot"))
    assert (words(household), spellings(household)) == ([("Café Morgenrot", "cafe morgenrot")], {})


def test_a_name_that_is_taken_offers_to_merge(owner: Client, account: Account, household: Household) -> None:
    for name in ("Lidl", "Aldi"):
        spend(account, name)
    lidl, aldi = payee(household, "Lidl"), payee(household, "Aldi")
    answer = owner.post(reverse("payee_edit", args=[aldi.uid]), edited(aldi, name="LIDL"), headers=HTMX)
    assert answer.status_code == 422
    assert "“LIDL” is a payee already." in answer.text
    assert f"/payees/merge/?payee={aldi.uid}&amp;payee={lidl.uid}" in answer.text
    answer = owner.post(reverse("spelling_add", args=[aldi.uid]), {"name": "lidl"}, headers=HTMX)
    assert f"/payees/merge/?payee={aldi.uid}&amp;payee={lidl.uid}" in answer.text
    answer = owner.post("/payees/add/", {"name": "Lidl!", "default_category": ""})
    assert (answer.status_code, f"/payees/{lidl.uid}/" in answer.text) == (422, True)


def test_spellings_are_added_and_removed(owner: Client, account: Account, household: Household) -> None:
    spend(account, "Lidl")
    row = payee(household, "Lidl")
    add = reverse("spelling_add", args=[row.uid])
    assert owner.post(add, {"name": "LIDL 4711"}).status_code == 302
    for again in ("lidl-4711", "Lidl"):
        assert "leads here already" in owner.post(add, {"name": again}).text
    assert "LIDL 4711" in owner.get(reverse("payee_show", args=[row.uid])).text
    with household_scope(household.pk):
        alias = PayeeAlias.objects.get()
    remove = reverse("spelling_remove", args=[row.uid, alias.uid])
    assert owner.post(remove).status_code == 302
    assert spellings(household) == {}
    assert owner.post(remove).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 121}, "at most 120"),
        ({"name": "a\u202eb"}, "cannot be seen"),
        ({"default_category": "x"}, "Choose one from the list."),
    ],
)
def test_what_is_wrong_is_said(owner: Client, household: Household, change: dict[str, str], said: str) -> None:
    answer = owner.post("/payees/add/", {"name": "New", "default_category": "", **change})
    assert (answer.status_code, said in answer.text) == (422, True)
    with household_scope(household.pk):
        assert not Payee.objects.exists()


def test_the_later_of_two_editors_is_told(
    owner: Client, editor: Client, account: Account, household: Household
) -> None:
    spend(account, "Lidl")
    row = payee(household, "Lidl")
    path = reverse("payee_edit", args=[row.uid])
    editor.post(path, edited(row, name="Lidl Mitte"))
    late = owner.post(path, edited(row, name="Lidl Nord"))
    assert late.status_code == 422
    for said in ("Ed Editor", "Lidl Mitte", 'value="Lidl Nord"'):
        assert said in late.text


def test_a_sheet_says_what_went_where_and_when(owner: Client, account: Account, household: Household) -> None:
    for amount, day in ((-1000, date(2025, 12, 3)), (-2000, date(2026, 2, 4)), (500, date(2026, 2, 9))):
        spend(account, "Lidl", amount, day)
    page = owner.get(reverse("payee_show", args=[payee(household, "Lidl").uid]))
    sheet = page.context["sheet"]
    assert (sheet.total.going_out, sheet.total.coming_in, sheet.total.count) == (-3000, 500, 3)
    assert [(year.first.year, year.net, year.count) for year in sheet.years] == [(2026, -1500, 2), (2025, -1000, 1)]
    assert [(flow.first, flow.going_out) for flow in sheet.months] == [
        (date(2026, 2, 1), -2000),
        (date(2025, 12, 1), -1000),
    ]
    assert "/transactions/?q=payee%3ALidl" in page.text


def test_a_viewer_looks_and_a_stranger_finds_nothing(
    viewer: Client, stranger: Client, account: Account, household: Household
) -> None:
    spend(account, "Lidl")
    row = payee(household, "Lidl")
    show = reverse("payee_show", args=[row.uid])
    for path in ("/payees/", show):
        page = viewer.get(path).text
        assert "Lidl" in page
        assert "/edit/" not in page
        assert "/merge/" not in page or path == "/payees/"
    assert "Lidl" not in stranger.get("/payees/").text
    assert stranger.get(show).status_code == 404
    for name in ("payee_edit", "payee_delete", "spelling_add"):
        path = reverse(name, args=[row.uid])
        assert viewer.post(path, {"name": "X"}).status_code == 403
        assert stranger.post(path, {"name": "X"}).status_code == 404
    assert viewer.get(f"/payees/merge/?payee={row.uid}").status_code == 403
    assert stranger.get(f"/payees/merge/?payee={row.uid}").status_code == 404


def test_the_pages_cost_the_same_however_many(
    owner: Client, account: Account, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 3):
        for number in range(rows):
            spend(account, f"Payee {rows} {number}")
        with django_assert_num_queries(6):
            owner.get("/payees/", headers=HTMX)
        with django_assert_num_queries(7):
            owner.get(reverse("payee_show", args=[payee(household, "Payee 1 0").uid]), headers=HTMX)


def test_the_empty_page_says_what_to_expect(owner: Client) -> None:
    assert "No payees yet" in owner.get("/payees/").text
