"""The account pages, as people use them: with JavaScript, without, and with two at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.models import Account
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEW = {
    "name": "Savings",
    "kind": "savings",
    "currency": "EUR",
    "opening_balance": "1,000+234.50",
    "opened_on": "2026-01-31",
}


def accounts(household: Household) -> list[Account]:
    with household_scope(household.pk):
        return list(Account.objects.filter(trashed_at=None))


def fresh(account: Account) -> Account:
    with household_scope(account.household_id):
        return Account.objects.get(pk=account.pk)


def posted_for(account: Account, **change: Any) -> dict[str, Any]:
    kept = {
        "name": account.name,
        "kind": account.kind,
        "currency": account.currency,
        "opening_balance": "100",
        "opened_on": "2026-01-01",
        "in_net_worth": "on",
        "edit_version": account.edit_version,
    }
    return kept | change


def test_an_account_is_added_without_javascript(owner: Client, household: Household) -> None:
    page = owner.post("/accounts/add/", NEW, follow=True)
    assert page.redirect_chain == [("/accounts/", 302)]
    assert "Added the account “Savings”" in page.text
    (account,) = accounts(household)
    assert (account.name, account.opening_balance, account.currency) == ("Savings", 123450, "EUR")


def test_an_account_is_added_in_the_dialog(owner: Client, household: Household) -> None:
    form = owner.get("/accounts/add/", headers=HTMX)
    assert form.text.lstrip().startswith('<div class="dialog__head">')
    answer = owner.post("/accounts/add/", NEW, headers=HTMX)
    assert answer.status_code == 204
    for name in ("dialog:close", "toasts", "live:ledger.changed"):
        assert name in answer["HX-Trigger"]
    assert len(accounts(household)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "a\x00b"}, "Null characters"),
        ({"name": "a\x07b"}, "cannot be seen"),
        ({"name": "a\u202eb"}, "cannot be seen"),
        ({"name": "\u200b"}, "one can see"),
        ({"kind": "treasure"}, "not one of the available choices"),
        ({"currency": "EUX"}, "not one of the available choices"),
        ({"opening_balance": "abc"}, "not an amount"),
        ({"opening_balance": "1e9"}, "not an amount"),
        ({"opening_balance": "--5"}, "not an amount"),
        ({"opening_balance": "10000000000000001"}, "too large"),
        ({"opening_balance": "1.5", "currency": "JPY"}, "no decimals"),
        ({"opening_balance": "$5"}, "kept in EUR"),
        ({"opened_on": "2026-02-31"}, "February 2026 has 28 days."),
        ({"opened_on": "soon"}, "“soon” is not a day."),
        ({"opened_on": "0000-01-01"}, "between 1900 and 2199"),
        ({"opened_on": "1200-01-01"}, "between 1900 and 2199"),
        ({"opened_on": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    owner: Client, household: Household, change: dict[str, str], words: str
) -> None:
    for headers in ({}, HTMX):
        page = owner.post("/accounts/add/", NEW | change, headers=headers)
        assert page.status_code == 422
        assert words in page.text.replace("&quot;", '"')
        assert 'value="1,000+234.50"' in page.text or "opening_balance" in change
    assert accounts(household) == []


def test_long_names_and_large_amounts_are_kept(owner: Client, household: Household) -> None:
    name = "Kleine Nachtmusik Kinderbuchhandlung & Spielwaren, Pankow 🎻 eG"
    owner.post("/accounts/add/", NEW | {"name": name, "opening_balance": "9,999,999.99"})
    assert (accounts(household)[0].name, accounts(household)[0].balance) == (name, 999999999)
    page = owner.get("/accounts/").text
    assert "Kinderbuchhandlung &amp; Spielwaren" in page
    assert 'value="9999999.99"' in page


def test_an_account_is_changed_and_the_change_can_be_taken_back(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Old")
    path = reverse("account_edit", args=[account.uid])
    assert 'value="100.00"' in owner.get(path).text
    page = owner.post(path, posted_for(account, name="New", opening_balance="(20.00)"), follow=True)
    assert (fresh(account).name, fresh(account).opening_balance) == ("New", -2000)
    assert "Changed the account “Old”" in page.text
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="account.changed")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert (fresh(account).name, fresh(account).opening_balance) == ("Old", 10000)


def test_saving_what_did_not_change_records_nothing(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household)
    owner.post(reverse("account_edit", args=[account.uid]), posted_for(account))
    with household_scope(household.pk):
        assert not ChangeSet.objects.filter(verb="account.changed").exists()


def test_the_later_of_two_editors_is_told_what_changed_and_overwrites_nothing(
    owner: Client, editor: Client, household: Household
) -> None:
    account = AccountFactory.create(household=household, name="Shared")
    path = reverse("account_edit", args=[account.uid])
    editor.post(path, posted_for(account, name="Ours", opening_balance="250"))
    for headers in ({}, HTMX):
        late = owner.post(path, posted_for(account, name="Mine"), headers=headers)
        assert late.status_code == 422
        for words in ("was changed while you had it open", "Ed Editor", "Shared", "Ours", "€250.00", 'value="Mine"'):
            assert words in late.text
    assert fresh(account).name == "Ours"
    assert 'name="edit_version" value="2"' in late.text
    assert owner.post(path, posted_for(account, name="Mine", edit_version=2)).status_code == 302
    assert fresh(account).name == "Mine"


def test_an_undo_counts_as_an_edit_for_who_has_the_form_open(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Shared")
    path = reverse("account_edit", args=[account.uid])
    owner.post(path, posted_for(account, name="Other"))
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="account.changed")
    owner.post(reverse("change_undo", args=[change.uid]))
    late = owner.post(path, posted_for(account, name="Late", edit_version=2))
    assert late.status_code == 422
    assert fresh(account).name == "Shared"


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "99999999999999999999"])
def test_a_form_without_a_sensible_version_changes_nothing(owner: Client, household: Household, version: str) -> None:
    account = AccountFactory.create(household=household, name="Shared")
    answer = owner.post(
        reverse("account_edit", args=[account.uid]), posted_for(account, name="X", edit_version=version)
    )
    assert answer.status_code == 422
    assert fresh(account).name == "Shared"


def test_accounts_move_up_and_down_within_their_group_only(owner: Client, household: Household) -> None:
    one, two, card = (
        AccountFactory.create(household=household, name=name, kind=kind)
        for name, kind in (("One", "checking"), ("Two", "cash"), ("Card", "credit_card"))
    )

    def names() -> list[str]:
        groups = owner.get("/accounts/").context["sheet"].groups
        return [account.name for group in groups for account in group.accounts]

    def move(account: Account, step: str) -> Any:
        return owner.post(reverse("account_move", args=[account.uid]), {"step": step})

    assert move(two, "up").status_code == 302
    assert names() == ["Two", "One", "Card"]
    move(two, "up")
    move(card, "up")
    assert names() == ["Two", "One", "Card"]
    move(two, "down")
    assert names() == ["One", "Two", "Card"]
    assert move(one, "sideways").status_code == 400
    assert fresh(one).edit_version == 1


def test_an_account_is_closed_and_opened_again(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household)
    form = owner.get(reverse("account_close", args=[account.uid]), headers=HTMX).text
    assert "It still holds €100.00" in form
    said = {"closed_on": "2026-11-03", "because": "Moved to another bank"}
    page = owner.post(reverse("account_close", args=[account.uid]), said, follow=True)
    assert (fresh(account).closed_on, fresh(account).closed_because) == (date(2026, 11, 3), "Moved to another bank")
    assert "Moved to another bank" in page.text
    sheet = owner.get("/accounts/").context["sheet"]
    assert (sheet.groups, sheet.closed, sheet.owned) == ([], [account], [])
    owner.post(reverse("account_reopen", args=[account.uid]))
    assert (fresh(account).closed_on, fresh(account).closed_because) == (None, "")


def test_a_deleted_account_is_in_the_trash_and_comes_back(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Mistake")
    answer = owner.post(reverse("account_delete", args=[account.uid]), headers=HTMX)
    assert answer.status_code == 204
    assert accounts(household) == []
    for path in ("account_edit", "account_delete"):
        assert owner.post(reverse(path, args=[account.uid])).status_code == 404
    trash = owner.get("/trash/").text
    assert "Mistake" in trash
    assert "30 days left" in trash
    owner.post(reverse("trash_restore", args=["ledger.account", account.uid]))
    assert accounts(household) == [account]


def test_sums_are_kept_apart_by_currency(owner: Client, household: Household) -> None:
    for currency, balance in (("EUR", 10000), ("EUR", -2500), ("USD", 700), ("JPY", -900)):
        AccountFactory.create(household=household, currency=currency, opening_balance=balance)
    AccountFactory.create(household=household, opening_balance=55555, in_net_worth=False)
    sheet = owner.get("/accounts/").context["sheet"]
    assert [(sum_.minor, sum_.currency) for sum_ in sheet.owned] == [(10000, "EUR"), (700, "USD")]
    assert [(sum_.minor, sum_.currency) for sum_ in sheet.owed] == [(-2500, "EUR"), (-900, "JPY")]
    assert [(sum_.minor, sum_.currency) for sum_ in sheet.net] == [(7500, "EUR"), (700, "USD"), (-900, "JPY")]


def test_a_viewer_sees_no_buttons_and_is_refused(viewer: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Ours")
    page = viewer.get("/accounts/").text
    assert "Ours" in page
    for word in ("Add an account", "account_", "/edit/", "/delete/"):
        assert word not in page
    for path in ("/accounts/add/", reverse("account_edit", args=[account.uid])):
        assert viewer.get(path).status_code == 403
    for name in ("account_edit", "account_close", "account_reopen", "account_delete", "account_move"):
        assert viewer.post(reverse(name, args=[account.uid]), {"step": "up"}).status_code == 403
    assert viewer.post("/accounts/add/", NEW).status_code == 403


def test_a_stranger_finds_nothing(stranger: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Ours")
    assert "Ours" not in stranger.get("/accounts/").text
    assert stranger.get(reverse("account_edit", args=[account.uid])).status_code == 404
    for name in ("account_edit", "account_close", "account_reopen", "account_delete", "account_move"):
        assert stranger.post(reverse(name, args=[account.uid]), {"step": "up"}).status_code == 404


def test_the_empty_page_says_what_to_do(owner: Client, viewer: Client) -> None:
    assert "No accounts yet" in owner.get("/accounts/").text
    assert "/accounts/add/" in owner.get("/accounts/", headers=HTMX).text
    assert "/accounts/add/" not in viewer.get("/accounts/").text


def test_the_list_costs_the_same_with_one_account_and_with_three(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            AccountFactory.create(household=household)
        with django_assert_num_queries(4):
            owner.get("/accounts/", headers=HTMX)
