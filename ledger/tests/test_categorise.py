"""Categorise the rest: groups, filing by buttons and without scripts, rules on the way, undo, and who may."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part
from ledger.actions.refunds import expect_refund, link_refund
from ledger.models import Account, Category, Line, Rule, Transaction
from ledger.queries.rest import left_over, rest_groups
from ledger.tests.cell_doors import key_of, uid_of
from ledger.tests.factories import AccountFactory, CategoryFactory

pytestmark = pytest.mark.django_db
HERE = "/transactions/categorise/"
HTMX = {"HX-Request": "true", "HX-Target": "rest"}


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def buy(account: Account, amount: int, times: int = 1, **said: Any) -> list[Transaction]:
    with household_scope(account.household_id):
        days = [date(2026, 3, 14) - timedelta(days=number) for number in range(times)]
        frame = {"household": account.household, "by": None, "account": account, "amount": amount, **said}
        return [actions.add_transaction(date=day, **frame) for day in days]


def groups(household: Household) -> list[tuple[str, bool, int, dict[str, int]]]:
    with household_scope(household.pk):
        return [(each.name, each.is_in, each.count, each.sums) for each in rest_groups()]


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form that files."""
    form = page.split('class="rest__form"', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'type="hidden" name="(at|done|seen)" value="([^"]*)"', form))


def file(client: Client, household: Household, key: str, **said: Any) -> Any:
    headers = said.pop("headers", HTMX)
    sent = fields(client.get(HERE, {"at": said.pop("at", "")}).text)
    return client.post(HERE, {**sent, "category": uid_of(household, key), **said}, headers=headers)


def test_the_same_payee_and_the_same_name_are_groups_the_biggest_first(household: Household, account: Account) -> None:
    dollars = AccountFactory.create(household=household, name="Dollars", currency="USD")
    buy(account, -500, payee="Pret")
    buy(account, -1000, times=2, payee="Lidl")
    buy(dollars, -300, payee="Lidl")
    buy(account, 250, payee="Lidl")
    buy(account, -900, values={"description": "VISA 4711 BLUE BOTTLE//BERLIN"})
    buy(account, -800, values={"description": "VISA 9912 BLUE BOTTLE//BERLIN"})
    buy(account, -5)
    assert groups(household) == [
        ("Lidl", False, 3, {"EUR": -2000, "USD": -300}),
        ("Blue Bottle", False, 2, {"EUR": -1700}),
        ("", False, 1, {"EUR": -5}),
        ("Lidl", True, 1, {"EUR": 250}),
        ("Pret", False, 1, {"EUR": -500}),
    ]


def test_transfers_splits_and_money_back_are_nobodys_to_file(household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household, name="Savings")
    with household_scope(household.pk):
        actions.add_transfer(household=household, by=None, source=account, target=other, amount=5, on=date(2026, 3, 1))
        food = Category.objects.get(key="groceries")
    buy(account, -500, payee="Market", parts=[Part(-300, food), Part(-200, None)])
    assert groups(household) == []
    with household_scope(household.pk):
        assert left_over() == 1


def test_a_group_is_filed_and_the_next_one_follows(owner: Client, household: Household, account: Account) -> None:
    buy(account, -1000, times=12, payee="Lidl")
    buy(account, -500, payee="Pret")
    page = owner.get(HERE).text
    assert "1 of 2 · 13 transactions left" in page
    assert "12 transactions" in page
    assert 'value="-120.00"' in page
    assert "Show the other 7" in page
    assert owner.get(HERE, {"all": "1"}).text.count('class="rest__what"') == 12
    answer = file(owner, household, "groceries")
    assert answer.status_code == 200
    assert "2 of 2 · 1 transaction left" in answer.text
    assert "<html" not in answer.text
    assert answer["HX-Replace-Url"].startswith(f"{HERE}?at=")
    with household_scope(household.pk):
        assert ChangeSet.objects.filter(verb="transaction.filed").count() == 1
        assert Line.objects.filter(category__key="groceries").count() == 12
    answer = file(owner, household, "dining", done="1")
    assert "Everything is categorised" in answer.text
    assert 'href="/transactions/"' in answer.text


def test_what_was_filed_last_is_taken_back_and_one_is_at_it_again(
    owner: Client, household: Household, account: Account
) -> None:
    rows = buy(account, -1000, times=2, payee="Lidl")
    buy(account, -500, payee="Pret")
    page = file(owner, household, "groceries").text
    undo = page.split("/undo/", 1)[1].split("</form>", 1)[0]
    sent = dict(re.findall(r'name="(last|was|done)" value="([^"]*)"', undo))
    answer = owner.post(reverse("transaction_categorise_undo"), sent, headers=HTMX)
    assert "1 of 2 · 3 transactions left" in answer.text
    assert '<h2 id="rest-name">Lidl</h2>' in answer.text
    assert key_of(rows[0]) is None
    again = owner.post(reverse("transaction_categorise_undo"), sent, headers=HTMX)
    assert again.status_code == 409


def test_without_scripts_every_step_is_a_page(owner: Client, household: Household, account: Account) -> None:
    [row] = buy(account, -1000, payee="Lidl")
    buy(account, -500, payee="Pret")
    page = owner.get(HERE).text
    skip = re.search(r'href="([^"]*)"[^>]*data-key="s"', page)
    assert skip
    second = owner.get(skip[1].replace("&amp;", "&")).text
    assert "2 of 2" in second
    assert '<h2 id="rest-name">Pret</h2>' in second
    end = re.search(r'href="([^"]*)"[^>]*data-key="s"', second)
    assert end
    assert "2 groups were skipped" in owner.get(end[1].replace("&amp;", "&")).text
    chosen = owner.get(HERE, {**fields(page), "category": uid_of(household, "dining")}).text
    assert "1 transaction, €10.00" in re.sub(r"<[^>]*>|\n *", "", chosen).replace("−", "") or "Dining" in chosen
    answer = file(owner, household, "groceries", headers={})
    assert answer.status_code == 302
    landed = owner.get(answer["Location"]).text
    assert "2 of 2" in landed
    assert key_of(row) == "groceries"


def test_a_rule_is_made_in_the_same_step_and_undone_with_it(
    owner: Client, household: Household, account: Account, undo: Any
) -> None:
    rows = buy(account, -1000, times=2, payee="Lidl")
    assert file(owner, household, "groceries", rule="1").status_code == 200
    with household_scope(household.pk):
        [rule] = Rule.objects.filter(trashed_at=None)
        assert rule.conditions == [{"field": "payee", "op": "is", "values": ["Lidl"], "negate": False}]
        assert rule.deeds == [{"do": "category", "values": [uid_of(household, "groceries")]}]
        assert ChangeSet.objects.filter(verb="rule.added").count() == 0
        undo()
        assert not Rule.objects.filter(trashed_at=None).exists()
    assert key_of(rows[0]) is None


def test_a_rule_by_the_banks_words_and_by_the_way_the_money_went(
    owner: Client, household: Household, account: Account
) -> None:
    buy(account, -1000, times=2, values={"description": "VISA 4711 BLUE BOTTLE//BERLIN"})
    buy(account, 300, values={"description": "BLUE BOTTLE"})
    file(owner, household, "dining", rule="1")
    with household_scope(household.pk):
        [rule] = Rule.objects.all()
    assert [(each["field"], each["values"]) for each in rule.conditions] == [
        ("description", ["Blue Bottle"]),
        ("sign", ["out"]),
    ]


def test_nothing_is_filed_that_nobody_saw(owner: Client, household: Household, account: Account) -> None:
    [row] = buy(account, -1000, payee="Lidl")
    sent = fields(owner.get(HERE).text)
    buy(account, -2000, payee="Lidl")
    answer = owner.post(HERE, {**sent, "category": uid_of(household, "groceries")}, headers=HTMX)
    assert answer.status_code == 409
    assert "There are 2 now" in answer.text
    assert key_of(row) is None


@pytest.mark.parametrize(
    ("said", "status"),
    [({"category": ""}, 422), ({"category": "x"}, 422), ({"seen": "0"}, 422), ({"at": "out.nobody"}, 409)],
)
def test_what_cannot_be_filed_is_said(
    owner: Client, household: Household, account: Account, said: dict[str, str], status: int
) -> None:
    [row] = buy(account, -1000, payee="Lidl")
    sent = {**fields(owner.get(HERE).text), "category": uid_of(household, "groceries")}
    answer = owner.post(HERE, {**sent, **said}, headers=HTMX)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert key_of(row) is None


@pytest.mark.parametrize("query", ["done=-1", "done=x", "category=nothing", "last=1", "at=" + "x" * 800])
def test_an_address_that_makes_no_sense_is_refused(owner: Client, account: Account, query: str) -> None:
    buy(account, -1000, payee="Lidl")
    assert owner.get(f"{HERE}?{query}").status_code == 400


def test_a_place_that_is_gone_is_the_first_there_is(owner: Client, account: Account) -> None:
    buy(account, -1000, payee="Lidl")
    assert "1 of 1" in owner.get(HERE, {"at": "out.nobody"}).text


def test_names_are_shown_as_they_are(owner: Client, household: Household, account: Account) -> None:
    buy(account, -999999999, payee="<b>Kleine Nachtmusik</b> & Kinderbuchhandlung und Spielwaren")
    CategoryFactory.create(household=household, name="<i>Odd</i>")
    page = owner.get(HERE).text
    assert "<b>Kleine" not in page
    assert "<i>Odd" not in page


def test_who_may(editor: Client, viewer: Client, stranger: Client, household: Household, account: Account) -> None:
    [row] = buy(account, -1000, payee="Lidl")
    sent = {**fields(editor.get(HERE).text), "category": uid_of(household, "groceries")}
    assert viewer.get(HERE).status_code == 403
    assert viewer.post(HERE, sent).status_code == 403
    assert viewer.post(reverse("transaction_categorise_undo"), {}).status_code == 403
    assert "Lidl" not in stranger.get(HERE).text
    assert stranger.post(HERE, sent, headers=HTMX).status_code == 422
    assert key_of(row) is None
    assert file(editor, household, "groceries").status_code == 200
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="transaction.filed")
    taken = stranger.post(reverse("transaction_categorise_undo"), {"last": str(change.uid)})
    assert taken.status_code == 404
    assert key_of(row) == "groceries"


def test_a_page_costs_the_same_with_1_row_and_with_3(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    for number in (1, 3):
        buy(account, -1000, times=number, payee="Lidl")
        buy(account, -100, times=number, values={"description": f"SHOP {'abc'[number % 3]}"})
        with django_assert_num_queries(11):
            owner.get(HERE)


def test_money_back_follows_what_it_was_spent_on(owner: Client, household: Household, account: Account) -> None:
    [spent] = buy(account, -1000, payee="Shoes")
    [back] = buy(account, 400, payee="Shoes")
    with household_scope(household.pk):
        [line] = spent.lines.all()
        link = expect_refund(line=line, by=None, expected=400)
        link_refund(link=link, refund=back, by=None)
        assert left_over() == 1
    assert [count for _name, _in, count, _sums in groups(household)] == [1]
    file(owner, household, "shopping")
    assert key_of(back) == key_of(spent)
