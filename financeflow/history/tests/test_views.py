"""Activity, one change, and the trash, as an owner, a viewer and a stranger."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from financeflow.history import activity
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger import actions
from ledger.models import Account
from ledger.tests.factories import AccountFactory, CategoryFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def owner(household: Household) -> Client:
    return logged_in(owner_of(household))


@pytest.fixture
def viewer(household: Household) -> Client:
    return logged_in(join(household, "viewer"))


@pytest.fixture
def stranger() -> Client:
    return logged_in(owner_of(HouseholdFactory.create()))


def change_of(household: Household, verb: str) -> ChangeSet:
    with household_scope(household.pk):
        return ChangeSet.objects.filter(verb=verb).order_by("-pk")[0]


def changed_account(household: Household) -> Account:
    account = AccountFactory.create(household=household, name="Old")
    with household_scope(household.pk):
        actions.change_account(
            account=account,
            by=owner_of(household),
            edit_version=1,
            name="New",
            kind="savings",
            opening_balance=-250,
            in_net_worth=False,
        )
    return account


def test_activity_tells_what_changed_from_what_to_what(owner: Client, viewer: Client, household: Household) -> None:
    changed_account(household)
    for client in (owner, viewer):
        page = client.get("/activity/").text
        for words in (
            "Changed the account “Old”",
            "<del>Old</del>",
            "<ins>New</ins>",
            "<del>€100.00</del>",
            "<ins>−€2.50</ins>",
            "<del>Checking account</del>",
            "<ins>Savings account</ins>",
            "Counts towards net worth",
            "<ins>no</ins>",
            "Today, ",
        ):
            assert words in page


def test_rows_that_are_pointed_at_are_told_by_name(owner: Client, household: Household) -> None:
    group = CategoryFactory.create(household=household, name="Garden")
    seeds = CategoryFactory.create(household=household, name="Seeds", parent=group, hue=5)
    with household_scope(household.pk):
        actions.change_category(category=seeds, by=None, edit_version=1, parent=None, hue=9)
    page = owner.get("/activity/").text
    for words in ("<del>Garden</del>", "<ins>nothing</ins>", "<del>Leaf</del>", "<ins>Olive</ins>", "FinanceFlow"):
        assert words in page


def test_an_amount_is_told_in_the_currency_it_had(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, opening_balance=100)
    with household_scope(household.pk):
        actions.change_account(account=account, by=None, edit_version=1, opening_balance=200)
        actions.change_account(account=account, by=None, edit_version=2, currency="JPY")
    page = owner.get("/activity/").text
    assert "<del>€1.00</del>" in page
    assert "<ins>€2.00</ins>" in page


def test_activity_is_by_day_and_by_member(owner: Client, household: Household) -> None:
    editor = join(household, "editor", name="Ed Editor")
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False):
        AccountFactory.create(household=household, name="Older", by=editor)
    AccountFactory.create(household=household, name="Newer", by=owner_of(household))
    days = {day.day.isoformat(): day for day in owner.get("/activity/").context["found"].days}
    assert [deed.summary for deed in days["2026-01-01"].deeds] == ["Added the account “Older”"]
    assert len(days) == 2
    page = owner.get(f"/activity/?member={editor.uid}").text
    assert "Older" in page
    assert "Newer" not in page
    assert "Older" not in owner.get(f"/activity/?member={uuid.uuid4()}").text


@pytest.mark.parametrize("query", ["member=x", "before=x", "before=-1", f"before={uuid.uuid4()}"])
def test_a_page_that_does_not_exist_is_not_found(owner: Client, query: str) -> None:
    assert owner.get(f"/activity/?{query}").status_code == 404


def test_activity_goes_on_over_pages_without_losing_any(
    owner: Client, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activity, "ON_A_PAGE", 2)
    for number in range(4):
        AccountFactory.create(household=household, name=f"Number {number}")
    seen: list[str] = []
    path: str | None = "/activity/"
    while path:
        found = owner.get(path).context["found"]
        seen += [deed.summary for day in found.days for deed in day.deeds]
        path = f"/activity/?before={found.earlier}" if found.earlier else None
    assert len(seen) == 5
    assert seen[0] == "Added the account “Number 3”"


def test_activity_costs_the_same_with_one_deed_and_with_three(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            CategoryFactory.create(household=household, parent=CategoryFactory.create(household=household))
        with django_assert_num_queries(6):
            owner.get("/activity/", headers=HTMX)


def test_a_change_of_many_rows_is_told_by_its_first(owner: Client, household: Household) -> None:
    rows: list[dict[str, Any]] = [
        {"name": f"Account {number}", "currency": "EUR", "opened_on": datetime(2026, 1, 1, tzinfo=UTC).date()}
        for number in range(103)
    ]
    with household_scope(household.pk):
        actions.add_accounts(household=household, by=None, rows=rows)
    page = owner.get("/activity/").text
    for words in ("Added 103 accounts", "Account 99", "And 3 more."):
        assert words in page
    assert "Account 100" not in page


def test_a_change_is_undone_without_javascript(owner: Client, household: Household) -> None:
    account = changed_account(household)
    path = reverse("change_undo", args=[change_of(household, "account.changed").uid])
    answer = owner.post(path, headers={"Referer": "http://testserver/accounts/"})
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/accounts/")
    page = owner.get("/activity/").text
    assert "Undid: Changed the account “Old”" in page
    assert 'data-key-label="Redo"' in page
    for words in ("Undone", "Redo"):
        assert words in page
    with household_scope(household.pk):
        assert Account.objects.get(pk=account.pk).name == "Old"


@pytest.mark.parametrize("referer", ["https://evil.example/", "javascript:alert(1)", ""])
def test_undo_leads_to_our_own_pages_only(owner: Client, household: Household, referer: str) -> None:
    changed_account(household)
    path = reverse("change_undo", args=[change_of(household, "account.changed").uid])
    assert owner.post(path, headers={"Referer": referer})["Location"] == "/activity/"


def test_a_change_is_undone_from_the_toast_on_another_device(owner: Client, household: Household) -> None:
    changed_account(household)
    phone = logged_in(join(household, "editor"))
    answer = phone.post(reverse("change_undo", args=[change_of(household, "account.changed").uid]), headers=HTMX)
    assert answer.status_code == 204
    for name in ("toasts", "live:ledger.changed", "live:any"):
        assert name in answer["HX-Trigger"]
    toast = phone.get("/toasts/").text
    undone = change_of(household, "history.undone")
    assert reverse("change_undo", args=[undone.uid]) in toast


def test_a_conflict_is_told_with_a_link_to_what_is_in_the_way(owner: Client, household: Household) -> None:
    account = changed_account(household)
    first = change_of(household, "account.changed")
    with household_scope(household.pk):
        actions.change_account(account=account, by=None, edit_version=2, name="Newest")
    path = reverse("change_undo", args=[first.uid])
    answer = owner.post(path, headers=HTMX)
    assert answer.status_code == 409
    assert "toasts" in answer["HX-Trigger"]
    toast = owner.get("/toasts/").text
    blocker = change_of(household, "account.changed")
    assert "Undo that first" in toast
    assert f'href="{reverse("change_show", args=[blocker.uid])}"' in toast
    assert "Undo that first" in owner.post(path, follow=True).text


def test_names_in_a_conflict_are_text_and_not_markup(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="<b>Bold</b>")
    with household_scope(household.pk):
        actions.change_account(account=account, by=None, edit_version=1, name="<i>New</i>")
        first = change_of(household, "account.changed")
        actions.change_account(account=account, by=None, edit_version=2, name="Newest")
    page = owner.post(reverse("change_undo", args=[first.uid]), follow=True).text
    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page


def test_one_change_has_a_page_of_its_own(owner: Client, household: Household) -> None:
    changed_account(household)
    change = change_of(household, "account.changed")
    owner.post(reverse("change_undo", args=[change.uid]))
    undone = change_of(household, "history.undone")
    page = owner.get(reverse("change_show", args=[change.uid])).text
    assert "no longer in force" in page
    assert reverse("change_show", args=[undone.uid]) in page
    page = owner.get(reverse("change_show", args=[undone.uid])).text
    assert "This took back" in page
    assert reverse("change_show", args=[change.uid]) in page
    assert "Redo" in page


def test_a_viewer_looks_and_takes_nothing_back(viewer: Client, household: Household) -> None:
    account = changed_account(household)
    change = change_of(household, "account.changed")
    assert "/undo/" not in viewer.get("/activity/").text
    for headers in ({}, HTMX):
        assert viewer.post(reverse("change_undo", args=[change.uid]), headers=headers).status_code == 403
    assert viewer.get(reverse("change_show", args=[change.uid])).status_code == 200
    assert viewer.post(reverse("trash_restore", args=["ledger.account", account.uid])).status_code == 403


def test_a_stranger_finds_nothing(stranger: Client, household: Household) -> None:
    account = changed_account(household)
    change = change_of(household, "account.changed")
    assert "Changed" not in stranger.get("/activity/").text
    assert stranger.get(reverse("change_show", args=[change.uid])).status_code == 404
    assert stranger.post(reverse("change_undo", args=[change.uid])).status_code == 404
    assert stranger.get(f"/activity/?before={change.uid}").status_code == 404
    with household_scope(household.pk):
        actions.delete_account(account=account, by=None)
    assert "New" not in stranger.get("/trash/").text
    assert stranger.post(reverse("trash_restore", args=["ledger.account", account.uid])).status_code == 404


def test_the_trash_says_how_long_things_stay(owner: Client, viewer: Client, household: Household) -> None:
    assert "The trash is empty" in owner.get("/trash/").text
    account = AccountFactory.create(household=household, name="Mistake")
    with household_scope(household.pk), time_machine.travel(datetime.now(UTC) - timedelta(days=27, hours=1)):
        actions.delete_account(account=account, by=None)
    for client, may in ((owner, True), (viewer, False)):
        page = client.get("/trash/").text
        assert "Mistake" in page
        assert "3 days left" in page
        assert ("Put back" in page) == may


def test_the_trash_gives_back_without_javascript_and_with(owner: Client, household: Household) -> None:
    for headers, status in (({}, 302), (HTMX, 204)):
        account = AccountFactory.create(household=household)
        owner.post(reverse("account_delete", args=[account.uid]))
        path = reverse("trash_restore", args=["ledger.account", account.uid])
        assert owner.post(path, headers=headers).status_code == status
        assert owner.post(path, headers=headers).status_code == 404
        with household_scope(household.pk):
            assert Account.objects.get(pk=account.pk).trashed_at is None


@pytest.mark.parametrize("model", ["ledger.nothing", "auth.user", "history.changeset", "x"])
def test_only_what_can_be_in_the_trash_is_looked_for(owner: Client, model: str) -> None:
    assert owner.post(reverse("trash_restore", args=[model, uuid.uuid4()])).status_code == 404


def test_a_passer_by_is_asked_to_log_in(household: Household) -> None:
    for path in ("/activity/", "/trash/", reverse("change_show", args=[uuid.uuid4()])):
        assert Client().get(path).status_code == 302
    assert Client().post(reverse("change_undo", args=[uuid.uuid4()])).status_code == 302


def test_what_is_added_is_told_without_its_empty_fields(owner: Client, household: Household) -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC).date()
    with household_scope(household.pk):
        actions.add_account(household=household, by=None, name="New", currency="EUR", opened_on=day)
    page = owner.get(f"/activity/{change_of(household, 'account.added').uid}/").text
    assert "nothing" not in page
