"""What a member keeps private is out of the others' sight: the account, all in it, and all that was said about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.actions import delete_account as delete_person
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in, owner_of
from ledger import actions
from ledger.models import Account, Payee
from ledger.queries.checking import violations
from ledger.tests.entries import spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEW = {"name": "Surprise", "kind": "savings", "currency": "EUR", "opening_balance": "100", "opened_on": "2026-01-31"}
SECRET = ("Surprise", "Casino", "zagreb")


@pytest.fixture
def ed(household: Household) -> User:
    return join(household, "editor", name="Ed Editor")


@pytest.fixture
def mine(ed: User) -> Client:
    return logged_in(ed)


@pytest.fixture
def secret(household: Household, ed: User) -> Account:
    """Ed's private account, with a payee, a tag and a transfer of its own."""
    account = AccountFactory.create(household=household, name="Surprise", private_to=ed, by=ed)
    spend(account, -4321, payee="Casino", tags=["zagreb"], values={"notes": "Roulette"})
    return account


def edited(account: Account, **change: Any) -> dict[str, Any]:
    kept = {"name": account.name, "kind": account.kind, "currency": account.currency, "opening_balance": "100"}
    return {**kept, "opened_on": "2026-01-01", "edit_version": account.edit_version, **change}


def fresh(account: Account) -> Account:
    with household_scope(account.household_id):
        return Account.objects.get(pk=account.pk)


PAGES = ["/accounts/", "/payees/", "/tags/", "/categories/", "/activity/", "/trash/", "/dashboard/", "/transactions/"]
ASKED = ["/search/?q=surprise", "/search/?q=casino", "/search/?q=zagreb", "/payees/?q=casino"]
JSON = ["/api/v1/accounts", "/api/v1/payees", "/api/v1/tags"]


@pytest.mark.parametrize("path", [*PAGES, *ASKED, *JSON])
def test_nobody_else_reads_a_word_of_it(path: str, owner: Client, mine: Client, secret: Account) -> None:
    headers = HTMX if "?q=" in path else {}
    text = owner.get(path, headers=headers).text.replace("“zagreb”", "")
    for word in (*SECRET, "Roulette", "43.21"):
        assert word not in text
    if path in ("/accounts/", "/payees/", "/tags/", *JSON):
        assert any(word in mine.get(path).text for word in SECRET)


def test_its_addresses_are_nowhere_for_the_others(owner: Client, mine: Client, secret: Account) -> None:
    with household_scope(secret.household_id):
        casino = Payee.objects.get()
    for name in ("account_show", "account_edit", "account_close", "account_delete"):
        path = reverse(name, args=[secret.uid])
        assert (owner.get(path).status_code, mine.get(path).status_code) == (404, 200)
    path = reverse("payee_show", args=[casino.uid])
    assert (owner.get(path).status_code, mine.get(path).status_code) == (404, 200)
    for end in ("", "/register", "/balances?from=2026-01-01&to=2026-02-01"):
        path = f"/api/v1/accounts/{secret.uid}{end}"
        assert (owner.get(path).status_code, mine.get(path).status_code) == (404, 200)


def test_sums_are_of_what_one_may_see(owner: Client, mine: Client, secret: Account, household: Household) -> None:
    shared = AccountFactory.create(household=household, opening_balance=500)
    spend(shared, -100, payee="Casino")
    assert [money.minor for money in owner.get("/accounts/").context["sheet"].net] == [400]
    assert [money.minor for money in mine.get("/accounts/").context["sheet"].net] == [400 + 10000 - 4321]
    rows = {client: client.get("/payees/").context["found"].rows for client in (owner, mine)}
    assert [[(row.name, row.times) for row in found] for found in rows.values()] == [[("Casino", 1)], [("Casino", 2)]]


def test_the_other_side_of_a_transfer_is_a_private_account(
    owner: Client, mine: Client, secret: Account, household: Household
) -> None:
    shared = AccountFactory.create(household=household, name="Joint")
    with household_scope(household.pk):
        actions.add_transfer(
            household=household, by=None, source=shared, target=secret, amount=700, on=date(2026, 3, 1)
        )
    path = reverse("account_show", args=[shared.uid])
    assert "Transfer to a private account" in owner.get(path).text
    assert "Joint → Surprise" in mine.get(path).text
    assert owner.get("/transactions/").status_code == 200


def test_an_account_is_added_and_changed_privately_by_its_member(mine: Client, owner: Client, ed: User) -> None:
    assert mine.post("/accounts/add/", {**NEW, "private_to": "on"}).status_code == 302
    assert "private to you" in mine.get("/accounts/").text
    assert "Surprise" not in owner.get("/accounts/").text
    assert "Added the account" not in owner.get("/activity/").text
    assert "Added the account “Surprise”" in mine.get("/activity/").text


def test_what_becomes_private_takes_its_past_along_and_brings_it_back(
    owner: Client, mine: Client, ed: User, household: Household
) -> None:
    account = AccountFactory.create(household=household, name="Surprise", by=ed)
    spend(account, -4321, payee="Casino")
    assert "Surprise" in owner.get("/activity/").text
    path = reverse("account_edit", args=[account.uid])
    assert mine.post(path, edited(fresh(account), private_to="on")).status_code == 302
    for word in SECRET[:2]:
        assert word not in owner.get("/activity/").text
        assert word in mine.get("/activity/").text
    assert mine.post(path, edited(fresh(account))).status_code == 302
    assert "Casino" in owner.get("/activity/").text
    assert owner.get(path).status_code == 200


def test_undoing_it_brings_the_past_back_too(owner: Client, mine: Client, ed: User, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Surprise", by=ed)
    mine.post(reverse("account_edit", args=[account.uid]), edited(account, private_to="on"))
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="account.changed")
    undo = reverse("change_undo", args=[change.uid])
    assert owner.post(undo).status_code == 404
    assert mine.post(undo).status_code == 302
    assert fresh(account).private_to_id is None
    assert "Added the account “Surprise”" in owner.get("/activity/").text


def test_nobody_loses_sight_of_what_they_entered(owner: Client, mine: Client, household: Household, ed: User) -> None:
    account = AccountFactory.create(household=household, name="Joint", by=ed)
    with household_scope(household.pk):
        frame: dict[str, Any] = {"household": household, "account": account, "date": date(2026, 3, 1)}
        actions.add_transaction(**frame, by=owner_of(household), amount=-100)
    answer = mine.post(reverse("account_edit", args=[account.uid]), edited(account, private_to="on"))
    assert answer.status_code == 422
    assert "Others have entered transactions in it" in answer.text
    assert fresh(account).private_to_id is None


def test_a_program_keeps_accounts_private_to_its_member_alone(mine: Client, owner: Client) -> None:
    sent = {"name": "Surprise", "currency": "EUR", "opened_on": "2026-01-01", "private": True, "icon": "gift"}
    added = mine.post("/api/v1/accounts", sent, content_type="application/json").json()
    assert (added["private"], added["icon"]) == (True, "gift")
    assert owner.get("/api/v1/accounts").json()["total"] == 0
    change = {"edit_version": 1, "private": False}
    path = f"/api/v1/accounts/{added['uid']}"
    assert owner.patch(path, change, content_type="application/json").status_code == 404
    assert mine.patch(path, change, content_type="application/json").json()["private"] is False
    assert owner.get("/api/v1/accounts").json()["total"] == 1


def test_a_payee_is_renamed_and_merged_in_private_accounts_too(
    owner: Client, secret: Account, household: Household
) -> None:
    shared = AccountFactory.create(household=household)
    spend(shared, -100, payee="Casino")
    spend(shared, -100, payee="Bar")
    with household_scope(household.pk):
        casino, bar = Payee.objects.get(name="Casino"), Payee.objects.get(name="Bar")
    owner.post(f"/payees/merge/?payee={casino.uid}&payee={bar.uid}", {"into": bar.uid})
    with household_scope(household.pk):
        assert set(secret.transactions.values_list("payee__name", "payee_words")) == {("Bar", "bar")}
        assert violations() == []


def test_who_leaves_is_told_that_private_accounts_stay_closed_and_finds_them_on_coming_back(
    owner: Client, mine: Client, secret: Account, household: Household, ed: User
) -> None:
    assert "“Surprise”" in mine.get("/settings/members/leave/").text
    mine.post("/settings/members/leave/")
    path = reverse("account_show", args=[secret.uid])
    assert owner.get(path).status_code == 404
    with household_scope(household.pk):
        Membership.objects.create(household=household, user=ed, role="viewer")
    assert logged_in(ed).get(path).status_code == 200


def test_what_a_deleted_person_kept_private_comes_into_nobodys_sight(
    owner: Client, mine: Client, secret: Account, household: Household, ed: User
) -> None:
    assert "“Surprise”" in mine.get("/settings/account/delete/").text
    delete_person(ed)
    account = fresh(secret)
    assert (account.private_to_id, account.sealed_at is None) == (None, False)
    assert owner.get(reverse("account_show", args=[secret.uid])).status_code == 404
    assert "Surprise" not in owner.get("/accounts/").text
    with household_scope(household.pk):
        assert violations() == []


def test_the_pages_cost_one_question_more_where_something_is_hidden(
    owner: Client, secret: Account, household: Household, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        spend(AccountFactory.create(household=household), -100, payee="Lidl")
        with django_assert_num_queries(6):
            owner.get("/payees/", headers=HTMX)
