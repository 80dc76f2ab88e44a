"""Rules act on what people add by hand, by line and by program; what somebody said stays as it was said."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.test import Client

from financeflow.history.models import ChangeSet
from financeflow.households.exporting import write_export
from financeflow.households.models import Household
from financeflow.households.restoring import restore_household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import UserFactory
from ledger.actions.rules import change_rule
from ledger.calc.rules import Condition, Deed
from ledger.models import Account, Rule, Transaction
from ledger.queries.rules import told_of
from ledger.tests.factories import AccountFactory
from ledger.tests.quick_doors import QUICK, READ, chips, kept, save
from ledger.tests.ruling import category, filed, rule, uid

pytestmark = pytest.mark.django_db
ADD = "/transactions/add/"
API = "/api/v1/transactions"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Checking", currency=household.base_currency)


@pytest.fixture
def lidl(household: Household, account: Account) -> Rule:
    with household_scope(household.pk):
        return rule(household, Deed("category", (uid("groceries"),)), Deed("add_tags", ("food",)), name="Food shops")


def last(household: Household) -> tuple[list[tuple[str, int]], set[str]]:
    row = kept(household)[-1]
    with household_scope(household.pk):
        return filed(row), {tagging.tag.name for tagging in row.taggings.all()}


def read(client: Client, line: str) -> str:
    return chips(client.get(QUICK, {"line": line}, headers=READ).content.decode())


def test_a_line_shows_what_a_rule_will_make_of_it_and_the_rule_does_it(
    owner: Client, household: Household, lidl: Rule
) -> None:
    assert "Rule Groceries" in read(owner, "12 lidl")
    assert "Rule: Food shops" in read(owner, "12 lidl")
    assert "Rule" not in read(owner, "12 pret")
    save(owner, "12 lidl")
    assert last(household) == ([("groceries", -1200)], {"food"})
    with household_scope(household.pk):
        assert Rule.objects.get().hits == 1


def test_what_the_line_says_itself_stays(owner: Client, household: Household, lidl: Rule) -> None:
    save(owner, "12 lidl category:dining")
    assert last(household) == ([("dining", -1200)], {"food"})
    save(owner, "12 lidl", unguessed="1")
    assert last(household) == ([("", -1200)], set())


def test_a_rule_knows_better_than_the_past_of_a_payee(owner: Client, household: Household, account: Account) -> None:
    save(owner, "12 lidl category:dining")
    assert "Guess Dining" in read(owner, "12 lidl")
    with household_scope(household.pk):
        rule(household, Deed("category", (uid("groceries"),)))
    assert "Rule Groceries" in read(owner, "12 lidl")
    save(owner, "12 lidl")
    assert last(household)[0] == [("groceries", -1200)]


def test_a_rule_that_only_tags_leaves_the_guess(owner: Client, household: Household, account: Account) -> None:
    save(owner, "12 lidl category:dining")
    with household_scope(household.pk):
        rule(household, Deed("add_tags", ("food",)))
    assert "Guess Dining" in read(owner, "12 lidl")
    save(owner, "12 lidl")
    assert last(household) == ([("dining", -1200)], {"food"})


def test_a_line_is_split_or_moved_as_a_rule_says(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        savings = AccountFactory.create(household=household, name="Savings", currency=account.currency)
        split = rule(household, Deed("split", parts=((uid("groceries"), 3, ""), (uid("dining"), 1, ""))))
    assert "Rule 2 parts" in read(owner, "12 lidl")
    save(owner, "12 lidl")
    assert last(household)[0] == [("groceries", -900), ("dining", -300)]
    with household_scope(household.pk):
        split.delete()
        rule(household, Deed("transfer", (str(savings.uid),)))
    assert "Rule Transfer: Savings" in read(owner, "12 lidl")
    save(owner, "12 lidl")
    out, into = kept(household)[-2:]
    assert (out.transfer_id, out.amount, into.account, into.amount) == (into.transfer_id, -1200, savings, 1200)


def test_the_form_leaves_to_the_rules_what_was_left_open(owner: Client, household: Household, lidl: Rule) -> None:
    with household_scope(household.pk):
        sent = {"kind": "out", "amount": "12", "account": Account.objects.get().uid, "payee": "Lidl"}
    sent |= {"date": "2026-03-14", "status": "cleared", "form_number": uuid.uuid4()}
    owner.post(ADD, sent)
    assert last(household) == ([("groceries", -1200)], {"food"})


def test_programs_leave_to_the_rules_what_they_leave_open(owner: Client, household: Household, lidl: Rule) -> None:
    with household_scope(household.pk):
        plain = {"account": str(Account.objects.get().uid), "amount": -1200, "payee": "Lidl", "date": "2026-03-14"}
        dining = str(category("dining").uid)
    said = owner.post(API, plain, content_type="application/json").json()
    assert said["amount"] == -1200
    assert last(household) == ([("groceries", -1200)], {"food"})
    many = {"items": [plain, {**plain, "category": dining}]}
    assert owner.post(f"{API}/bulk", many, content_type="application/json").status_code == 201
    with household_scope(household.pk):
        rows = Transaction.objects.order_by("-pk")[:2]
        assert [filed(row)[0][0] for row in rows] == ["dining", "groceries"]


def test_the_history_tells_rules_as_sentences(owner: Client, household: Household, lidl: Rule) -> None:
    with household_scope(household.pk):
        told = {"conditions": told_of(lidl).conditions, "deeds": (Deed("category", (uid("dining"),)),)}
        change_rule(rule=lidl, by=None, edit_version=1, **told)
        uid_of = ChangeSet.objects.latest("id").uid
    shown = chips(owner.get(f"/activity/{uid_of}/").content.decode())
    assert "File under Groceries; add #food" in shown
    assert "File under Dining" in shown


def test_rules_of_an_export_name_the_rows_that_were_restored_with_them(
    household: Household, lidl: Rule, tmp_path: Path
) -> None:
    """The household is still there, so its public ids are in use and the restored rows have new ones."""
    with household_scope(household.pk):
        rule(household, Deed("category", (uid("dining"),)), when=(Condition("category", "is", (uid("groceries"),)),))
        write_export(household, tmp_path / "export.zip")
    again = restore_household(tmp_path / "export.zip", owner=UserFactory.create())
    with household_scope(again.pk):
        first, second = Rule.objects.order_by("position")
        assert told_of(first).deeds[0].values == (uid("groceries"),)
        assert told_of(second).conditions[0].values == (uid("groceries"),)
        assert told_of(second).deeds[0].values == (uid("dining"),)
