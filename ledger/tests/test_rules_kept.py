"""Rules kept in order, led along by merges, at odds with one another, and filling in what comes in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from financeflow.history.refusal import EditConflict
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.actions.payees import change_payee
from ledger.actions.rules import (
    change_rule,
    delete_rule,
    move_rule,
    order_rules,
    switch_rule,
)
from ledger.actions.tags import add_tag, merge_tags
from ledger.calc.rules import Condition, Deed, RuleProblems
from ledger.models import Account, Rule, Tag
from ledger.queries.checking import violations
from ledger.queries.rules import rules, warnings_of
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory
from ledger.tests.ruling import apply, category, filed, rule, spend, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    """Each test stands in the household, and leaves its books without a fault."""
    with household_scope(household.pk):
        yield
        assert violations() == []


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def test_rules_are_kept_in_order_switched_off_and_thrown_away(household: Household, undo: Undo) -> None:
    one, two, three = (rule(household, Deed("payee", (name,)), name=name) for name in ("one", "two", "three"))
    move_rule(rule=three, by=None, step=-1)
    assert [each.name for each in rules()] == ["one", "three", "two"]
    order_rules(household=household, by=None, order=[two.uid, one.uid])
    assert [each.name for each in rules()] == ["two", "three", "one"]
    switch_rule(rule=one, by=None, on=False)
    assert apply(household) == 0
    delete_rule(rule=two, by=None)
    assert [each.name for each in rules()] == ["three", "one"]
    undo()
    assert [each.name for each in rules()] == ["two", "three", "one"]


def test_the_later_of_two_editors_is_told(household: Household) -> None:
    mine = rule(household, Deed("payee", ("X",)))
    change_rule(rule=mine, by=None, edit_version=1, name="First")
    with pytest.raises(EditConflict):
        change_rule(rule=mine, by=None, edit_version=1, name="Second")


def test_a_rule_that_names_what_is_not_there_is_refused(household: Household) -> None:
    stranger = HouseholdFactory.create()
    with household_scope(stranger.pk):
        foreign = uid("groceries")
    for deed in (Deed("category", (foreign,)), Deed("split", parts=((foreign, 1, ""), ("", 1, "")))):
        with pytest.raises(RuleProblems, match="from the list"):
            rule(household, deed)
    assert not Rule.objects.exists()


def test_merging_renaming_and_deleting_lead_rules_along(household: Household, account: Account) -> None:
    mine = rule(
        household,
        Deed("category", (uid("dining"),)),
        Deed("add_tags", ("shop",)),
        when=(Condition("payee", "is", ("Lidl",)),),
    )
    row = spend(account)
    assert row.payee is not None
    change_payee(payee=row.payee, by=None, edit_version=1, name="Lidl Germany")
    merge_tags(tags=[Tag.objects.get(name="shop")], into=add_tag(household=household, by=None, name="food"), by=None)
    actions.merge_category(category=category("dining"), into=category("groceries"), by=None)
    mine.refresh_from_db()
    assert apply(household, mine) == 1
    assert filed(row)[0][0] == "groceries"
    assert [tagging.tag.name for tagging in row.taggings.all()] == ["food"]
    actions.delete_category(category=category("groceries"), move_to=None, by=None)
    assert "no longer there" in warnings_of(household)[mine.pk][0].sentence


def test_rules_at_odds_are_told(household: Household, account: Account) -> None:
    spend(account)
    first = rule(household, Deed("category", (uid("groceries"),)), name="First")
    second = rule(household, Deed("category", (uid("dining"),)), name="Second")
    warned = warnings_of(household)
    assert "“Second” says something else about 1" in warned[first.pk][0].sentence
    assert "“First” says something else about 1" in warned[second.pk][0].sentence
    change_rule(rule=first, by=None, edit_version=1, stops=True)
    [shadow] = warnings_of(household)[second.pk]
    assert "never gets its turn: “First”" in shadow.sentence
    never = rule(
        household,
        Deed("payee", ("X",)),
        when=(Condition("amount", "less", ("5",)), Condition("amount", "greater", ("9",))),
    )
    assert "Nothing can meet" in warnings_of(household)[never.pk][0].sentence
