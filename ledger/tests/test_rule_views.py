"""The pages of rules as an owner, a viewer and a stranger see them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.jobs import tasks
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in, owner_of
from ledger import actions
from ledger.actions.rules import add_rule
from ledger.calc.rules import Condition, Deed
from ledger.models import Account, Category, Line, Rule, RuleRun, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
DAY = date(2026, 3, 14)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def groceries(household: Household) -> str:
    with household_scope(household.pk):
        return str(Category.objects.get(key="groceries").uid)


def spend(account: Account, payee: str = "Lidl", amount: int = -4250, **said: Any) -> Transaction:
    with household_scope(account.household_id):
        return actions.add_transaction(
            household=account.household, by=None, account=account, date=DAY, amount=amount, payee=payee, **said
        )


def a_rule(household: Household, name: str = "Shops", payee: str = "lidl") -> Rule:
    uid = groceries(household)
    with household_scope(household.pk):
        return add_rule(
            household=household,
            by=None,
            name=name,
            conditions=[Condition("payee", "contains", (payee,))],
            deeds=[Deed("category", (uid,))],
        )


def written(household: Household, **more: Any) -> dict[str, Any]:
    return {
        "match": "all",
        "c": ["0"],
        "c0-field": "payee",
        "c0-op": "contains",
        "c0-value": "Lidl",
        "d": ["0"],
        "d0-do": "category",
        "d0-value": groceries(household),
        "edit_version": "1",
        **more,
    }


def rules_of(household: Household) -> list[Rule]:
    with household_scope(household.pk):
        return list(Rule.objects.filter(trashed_at=None))


def test_an_empty_page_says_what_a_rule_is(owner: Client, viewer: Client) -> None:
    assert "Say it once" in owner.get("/rules/").content.decode()
    assert "Add a rule" not in viewer.get("/rules/").content.decode()


def test_a_rule_is_written_named_and_read_in_one_sentence(household: Household, owner: Client) -> None:
    answer = owner.post("/rules/add/", written(household))
    assert (answer.status_code, answer["Location"]) == (302, "/rules/")
    [rule] = rules_of(household)
    assert rule.name == "Lidl → Groceries"
    html = owner.get("/rules/").content.decode()
    assert "When the payee contains “Lidl”, file under Groceries." in html


def test_a_rule_is_changed_and_the_later_of_two_editors_is_told(household: Household, owner: Client) -> None:
    rule = a_rule(household)
    url = f"/rules/{rule.uid}/edit/"
    assert 'value="lidl"' in owner.get(url).content.decode()
    assert owner.post(url, written(household, name="Food")).status_code == 302
    late = owner.post(url, written(household, name="Mine"))
    assert late.status_code == 422
    assert "was changed while you had it open" in late.content.decode()
    assert 'name="edit_version" value="2"' in late.content.decode()
    assert [each.name for each in rules_of(household)] == ["Food"]


def test_what_is_wrong_is_said_at_its_row_and_nothing_is_saved(household: Household, owner: Client) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"c0-value": ""}, "Write a value."),
        ({"c0-value": "***"}, "signs alone are not looked for"),
        ({"c0-op": "regex", "c0-value": "(a"}, "bracket"),
        ({"c0-field": "amount", "c0-op": "is", "c0-value": "abc"}, "not an amount"),
        ({"c0-field": "amount", "c0-op": "between", "c0-value": ["9", "1"]}, "smaller one first"),
        ({"c0-field": "account", "c0-op": "is", "c0-value": "7"}, "Choose one from the list."),
        ({"c0-field": "day", "c0-op": "is", "c0-value": "32"}, "1 to 31"),
        ({"d0-value": ""}, "Choose or write one."),
        ({"d0-value": "00000000-0000-4000-8000-000000000000"}, "Choose one from the list."),
        ({"d0-do": "add_tags", "d0-value": "a#b"}, "no comma and no #"),
        ({"d0-do": "split", "d0-category": ["", ""], "d0-share": ["x", "1"], "d0-memo": ["", ""]}, "whole number"),
        ({"c": [], "d": []}, "Write a value."),
        ({"name": "x" * 81}, "at most 80"),
        ({"match": "some"}, "Not saved yet."),
    ]
    for change, words in wrong:
        answer = owner.post("/rules/add/", written(household, **change))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), change
    assert rules_of(household) == []


def test_rows_are_added_and_removed_without_scripts(household: Household, owner: Client) -> None:
    more = owner.post("/rules/add/", written(household, do="add-c")).content.decode()
    assert (more.count('name="c"'), "<!doctype html>" in more.casefold()) == (2, True)
    fewer = owner.post("/rules/add/", written(household, c=["0", "1"], do="drop-c-0")).content.decode()
    assert fewer.count('name="c"') == 1
    split = owner.post("/rules/add/", written(household, **{"d0-do": "split", "do": "pick"})).content.decode()
    assert split.count('name="d0-share"') == 2
    assert rules_of(household) == []


def test_a_rule_shows_what_it_would_change_while_it_is_written(
    household: Household, owner: Client, account: Account
) -> None:
    for _time in range(3):
        spend(account)
    a_rule(household, "Other", "lid")
    html = owner.post("/rules/add/", written(household, do="look", **{"d0-do": "payee", "d0-value": "X"}), headers=HTMX)
    assert "3 transactions would change." in html.content.decode()
    assert "<ins>X</ins>" in html.content.decode()
    with household_scope(household.pk):
        dining = str(Category.objects.get(key="dining").uid)
    clash = owner.post("/rules/add/", written(household, do="look", **{"d0-value": dining}), headers=HTMX)
    assert "“Other” says something else about 3" in clash.content.decode()


def test_always_do_this_takes_two_clicks(household: Household, owner: Client, account: Account) -> None:
    with household_scope(household.pk):
        category = Category.objects.get(key="groceries")
        row = spend(account, parts=[actions.Part(-4250, category)])
        other = spend(account)
    html = owner.get(f"/rules/add/?from={row.uid}").content.decode()
    assert 'value="Lidl"' in html
    assert "Also apply it to the 1 that is there already" in html
    owner.post("/rules/add/", written(household, **{"c0-op": "is", "apply": "on"}))
    with household_scope(household.pk):
        assert Line.objects.get(transaction=other).category == category


def test_rules_are_applied_logged_and_undone(household: Household, owner: Client, account: Account) -> None:
    row, rule = spend(account), a_rule(household)
    html = owner.get(f"/rules/{rule.uid}/apply/").content.decode()
    assert "Change 1 transaction" in html
    owner.post(f"/rules/{rule.uid}/apply/")
    with household_scope(household.pk):
        assert str(Line.objects.get(transaction=row).category) == "Groceries"
        change = ChangeSet.objects.latest("id")
    log = owner.get("/rules/runs/").content.decode()
    assert f"/{change.uid}/undo/" in log
    assert "1 changed" in log
    owner.post(f"/activity/{change.uid}/undo/")
    with household_scope(household.pk):
        assert Line.objects.get(transaction=row).category is None
    assert "Undone" in owner.get("/rules/runs/").content.decode()
    owner.post("/rules/apply/")
    with household_scope(household.pk):
        assert RuleRun.objects.count() == 2


def test_many_are_changed_by_a_job(
    household: Household, owner: Client, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.views.rule_runs.AT_ONCE", 1)
    rows = [spend(account) for _time in range(3)]
    a_rule(household)
    answer = owner.post("/rules/apply/")
    assert "/jobs/" in answer["Location"]
    with household_scope(household.pk):
        job = Job.objects.get()
    assert (job.kind, job.params["also_filed"]) == ("ledger.apply_rules", False)
    for _time in range(2):
        tasks.run_job(household.pk, job.pk)
    with household_scope(household.pk):
        job.refresh_from_db()
        assert job.result["message"] == "Changed 3 transactions"
        assert {str(Line.objects.get(transaction=row).category) for row in rows} == {"Groceries"}


def test_rules_are_moved_switched_and_deleted(household: Household, owner: Client) -> None:
    one, two, three = (a_rule(household, name) for name in ("one", "two", "three"))
    assert owner.post(f"/rules/{three.uid}/move/", {"step": "up"}).status_code == 302
    owner.post("/rules/order/", {"rule": [two.uid, one.uid, three.uid]}, headers=HTMX)
    owner.post(f"/rules/{one.uid}/switch/", {"on": "0"}, headers=HTMX)
    assert [(rule.name, rule.is_active) for rule in rules_of(household)] == [
        ("two", True),
        ("one", False),
        ("three", True),
    ]
    owner.post(f"/rules/{two.uid}/delete/", headers=HTMX)
    assert [rule.name for rule in rules_of(household)] == ["one", "three"]
    assert owner.post("/rules/order/", {"rule": ["7"]}).status_code == 400


def test_a_viewer_may_look_and_not_change(household: Household, viewer: Client, account: Account) -> None:
    rule = a_rule(household)
    html = viewer.get("/rules/").content.decode()
    assert "When the payee contains" in html
    assert str(rule.uid) + "/edit/" not in html
    assert viewer.get("/rules/runs/").status_code == 200
    for path in ("add/", "order/", "apply/", *(f"{rule.uid}/{what}/" for what in ("edit", "apply", "move", "delete"))):
        assert viewer.post(f"/rules/{path}").status_code == 403


def test_a_stranger_finds_no_rule(household: Household, stranger: Client) -> None:
    rule = a_rule(household)
    assert "Shops" not in stranger.get("/rules/").content.decode()
    for what in ("edit", "apply", "move", "delete", "switch"):
        assert stranger.post(f"/rules/{rule.uid}/{what}/").status_code == 404


def test_what_another_keeps_private_is_neither_shown_nor_offered(household: Household, account: Account) -> None:
    keeper, other = owner_of(household), join(household, "editor")
    secret = AccountFactory.create(household=household, name="Hoard", private_to=keeper, by=keeper)
    hidden = spend(secret, "Jeweller")
    told = written(household, do="look", **{"c0-value": "Jeweller"})
    assert "1 transaction would change" in logged_in(keeper).post("/rules/add/", told, headers=HTMX).content.decode()
    theirs = logged_in(other)
    assert "Nothing that is there would change" in theirs.post("/rules/add/", told, headers=HTMX).content.decode()
    assert "Hoard" not in theirs.get("/rules/add/").content.decode()
    assert "Jeweller" not in theirs.get(f"/rules/add/?from={hidden.uid}").content.decode()
    warned = logged_in(keeper).get(f"/rules/add/?from={hidden.uid}").content.decode()
    assert "Everybody in the household can read rules" in warned


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_rules_as_for_one(
    household: Household, owner: Client, account: Account, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        a_rule(household, f"Rule {number}")
    spend(account)
    owner.get("/rules/")
    with django_assert_num_queries(19):
        owner.get("/rules/", headers=HTMX)
