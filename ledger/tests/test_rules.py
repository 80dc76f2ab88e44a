"""Rules applied to the books: what is seen before is what is done, done once, and taken back to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.actions.rules import (
    add_by_rules,
    add_rule,
    apply_rules,
    ruled,
)
from ledger.calc.rules import Condition, Deed
from ledger.models import Account, Rule, RuleRun, Statement, Tag, Transaction
from ledger.queries.checking import violations
from ledger.queries.rules import preview, told_of, warnings_of
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory
from ledger.tests.ruling import DAY, apply, category, filed, rule, spend, sums, uid

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


def test_a_rule_files_what_is_open_and_leaves_what_somebody_filed(household: Household, account: Account) -> None:
    mine = rule(household, Deed("category", (uid("groceries"),)))
    row, kept, other = (
        spend(account),
        spend(account, parts=[Part(-4250, category("dining"))]),
        spend(account, payee="Pret"),
    )
    assert apply(household) == 1
    assert [filed(each)[0][0] for each in (row, kept, other)] == ["groceries", "dining", ""]
    mine.refresh_from_db()
    assert (mine.hits, mine.last_hit_at is not None) == (1, True)
    run = RuleRun.objects.get()
    assert (run.looked_at, run.changed, run.rule) == (1, 1, None)
    assert run.change_set is not None
    assert run.change_set.summary == "Applied the rules to 1 transaction"
    assert apply(household) == 0
    assert apply(household, mine, also_filed=True) == 1
    assert filed(kept)[0][0] == "groceries"


def test_every_deed_is_done_and_taken_back(household: Household, account: Account, undo: Undo) -> None:
    deeds = (
        Deed("split", parts=((uid("groceries"), 2, ""), (uid("gifts-donations"), 1, "for them"))),
        Deed("payee", ("Lidl Germany",)),
        Deed("add_tags", ("shop",)),
        Deed("remove_tags", ("open",)),
        Deed("append_notes", ("by rule",)),
    )
    mine = rule(household, *deeds)
    assert {tag.name for tag in Tag.objects.all()} == {"shop", "open"}
    row = spend(account, amount=-1000, tags=["open"], values={"notes": "mine"})
    before = sums()
    assert apply(household, mine) == 1
    row.refresh_from_db()
    assert filed(row) == [("groceries", -667), ("gifts-donations", -333)]
    assert (str(row.payee), row.notes) == ("Lidl Germany", "mine\nby rule")
    assert [tagging.tag.name for tagging in row.taggings.all()] == ["shop"]
    assert "lidl germany" in row.payee_words
    assert apply(household, mine) == 0
    undo()
    row.refresh_from_db()
    assert (filed(row), str(row.payee), row.notes) == ([("", -1000)], "Lidl", "mine")
    assert sums() == before
    undo()
    assert filed(row) == [("groceries", -667), ("gifts-donations", -333)]


def test_a_transfer_is_linked_with_its_other_side_or_given_one(
    household: Household, account: Account, undo: Undo
) -> None:
    savings = AccountFactory.create(household=household, name="Savings")
    mine = rule(household, Deed("transfer", (str(savings.uid),)), when=(Condition("payee", "is", ("Me",)),))
    with_twin, alone = spend(account, -500, "Me"), spend(account, -700, "Me")
    twin = spend(savings, 500, "From me")
    assert apply(household, mine) == 2
    with_twin.refresh_from_db()
    twin.refresh_from_db()
    alone.refresh_from_db()
    assert with_twin.transfer_id == twin.transfer_id != alone.transfer_id
    savings.refresh_from_db()
    assert savings.balance == 100_00 + 500 + 700
    assert apply(household, mine) == 0
    undo()
    savings.refresh_from_db()
    assert savings.balance == 100_00 + 500


def test_transfers_splits_and_money_back_stay_what_they_are(household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household)
    actions.add_transfer(household=household, by=None, source=account, target=other, amount=500, on=DAY)
    spend(account, -1000, parts=[Part(-400, category("dining")), Part(-600)])
    mine = rule(household, Deed("category", (uid("groceries"),)), when=(Condition("sign", "is", ("out",)),))
    assert apply(household, mine, also_filed=True) == 0


def test_a_reconciled_transaction_is_filed_and_keeps_its_amount(household: Household, account: Account) -> None:
    row = spend(account, -1000)
    statement = Statement.objects.create(household=household, account=account, on=DAY, balance=9000, currency="EUR")
    Transaction.objects.filter(pk=row.pk).update(status="reconciled", statement=statement)
    Statement.objects.filter(pk=statement.pk).update(locked_at="2026-04-01T00:00Z", total=-1000, rows=1)
    assert apply(household, rule(household, Deed("category", (uid("groceries"),)))) == 1
    assert filed(row) == [("groceries", -1000)]


def test_a_preview_says_what_would_change_and_changes_nothing(household: Household, account: Account) -> None:
    rows = [spend(account, -100 * n) for n in range(1, 26)]
    spend(account, parts=[Part(-4250, category("dining"))])
    mine = rule(household, Deed("category", (uid("groceries"),)), Deed("payee", ("Lidl Germany",)))
    seen = preview(told_of(mine), household)
    assert (seen.count, len(seen.rows), seen.is_partial) == (26, 20, False)
    steps = [(step.what, step.before, step.after) for step in seen.rows[-1].steps]
    assert ("Category", "Uncategorised", "Groceries") in steps
    assert ("Payee", "Lidl", "Lidl Germany") in steps
    assert filed(rows[0]) == [("", -100)]
    few = preview(told_of(mine), household, look_at=10)
    assert (few.count, few.looked_at, few.is_partial) == (10, 10, True)
    assert apply(household, mine) == 26


PAYEES = ("Lidl", "Aldi", "Pret")


@st.composite
def told(draw: Any) -> tuple[list[tuple[Any, ...]], list[Any], bool, bool]:
    conditions = st.one_of(
        st.tuples(st.just("payee"), st.sampled_from(["is", "contains", "regex"]), st.sampled_from(PAYEES)),
        st.tuples(st.just("amount"), st.sampled_from(["is", "greater", "less"]), st.sampled_from(["1", "2.50", "5"])),
        st.tuples(st.just("category"), st.just("is"), st.sampled_from(["groceries", "dining"])),
        st.tuples(
            st.sampled_from(["notes", "text", "description"]), st.just("contains"), st.sampled_from(["shop", "l"])
        ),
        st.tuples(st.just("sign"), st.just("is"), st.sampled_from(["in", "out"])),
        st.tuples(st.just("tag"), st.just("empty"), st.just("")),
        st.tuples(st.just("weekday"), st.just("is"), st.sampled_from(["6", "7"])),
        st.tuples(st.just("day"), st.just("greater"), st.sampled_from(["10", "20"])),
    )
    deeds = st.one_of(
        st.tuples(st.just("category"), st.sampled_from(["groceries", "dining"])),
        st.tuples(st.just("payee"), st.sampled_from(PAYEES)),
        st.tuples(st.just("add_tags"), st.sampled_from(["work", "home"])),
        st.tuples(st.just("append_notes"), st.sampled_from(["shop", "seen"])),
        st.tuples(st.just("split"), st.integers(1, 9)),
    )
    asked = draw(st.lists(st.tuples(conditions, st.booleans()), min_size=1, max_size=3))
    done = draw(st.lists(deeds, min_size=1, max_size=2, unique_by=lambda each: each[0] in ("category", "split")))
    return asked, done, draw(st.booleans()), draw(st.booleans())


def _rule_of(household: Household, drawn: Any) -> Rule:
    asked, done, any_of, stops = drawn
    conditions = []
    for (name, op, value), negate in asked:
        values = () if op == "empty" else (uid(value),) if name == "category" else (value,)
        conditions.append(Condition(name, op, values, negate))
    deeds = {
        do: Deed("split", parts=((uid("groceries"), value, ""), ("", 3, "")))
        if do == "split"
        else Deed(do, (uid(value) if do == "category" else value,))
        for do, value in done
    }
    said = {"name": "Drawn", "match": "any" if any_of else "all", "stops": stops}
    return add_rule(household=household, by=None, conditions=conditions, deeds=list(deeds.values()), **said)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(told(), min_size=1, max_size=3), also_filed=st.booleans())
def test_what_is_seen_before_is_what_is_done_and_twice_is_once(
    household: Household, account: Account, drawn: Any, also_filed: bool
) -> None:
    Rule.objects.all().update(trashed_at="2026-01-01T00:00Z")
    for at, payee in enumerate(PAYEES):
        parts = [Part(-250 * at - 100, category("dining") if at % 2 else None)]
        values = {"notes": "shop" if at else "", "description": f"CARD {payee} SHOP"}
        spend(account, -250 * at - 100, payee, parts=parts, tags=["work"] if at else [], values=values)
    chosen = [_rule_of(household, each) for each in drawn]
    before = sums()
    seen = preview([told_of(each) for each in chosen], household, also_filed=also_filed, look_at=None)
    change = ChangeSet.objects.latest("id")
    assert apply(household, *chosen, also_filed=also_filed) == seen.count
    assert violations() == []
    assert preview([told_of(each) for each in chosen], household, also_filed=also_filed, look_at=None).count == 0
    assert apply(household, *chosen, also_filed=also_filed) == 0
    latest = ChangeSet.objects.latest("id")
    assert (latest != change) == bool(seen.count)
    if seen.count:
        undo_change(latest, by=Membership.objects.filter(role="owner").get())
        assert violations() == []
    assert sums() == before


def test_a_member_never_touches_or_sees_what_another_keeps_private(household: Household, account: Account) -> None:
    owner, other = owner_of(household), join(household, "editor")
    secret = AccountFactory.create(household=household, name="Secret", private_to=owner, by=owner)
    hidden, shared = spend(secret), spend(account)
    mine = rule(household, Deed("category", (uid("groceries"),)), Deed("payee", ("Lidl Germany",)))
    with household_scope(household.pk, viewer=other.pk):
        assert preview(told_of(mine), household).count == 1
        assert apply_rules(household=household, by=other).changed == 1
    assert (filed(hidden), filed(shared)) == ([("", -4250)], [("groceries", -4250)])
    named = rule(household, Deed("transfer", (str(secret.uid),)), when=(Condition("sign", "is", ("out",)),))
    with household_scope(household.pk, viewer=other.pk):
        assert apply_rules(household=household, by=other, rules=[named], also_filed=True).changed == 0
        assert warnings_of(household)[named.pk][0].serious
    with household_scope(household.pk, viewer=owner.pk):
        assert apply_rules(household=household, by=owner).changed == 1


def test_new_transactions_are_filled_in_where_they_were_left_open(household: Household, account: Account) -> None:
    rule(
        household,
        Deed("category", (uid("groceries"),)),
        Deed("payee", ("Lidl Germany",)),
        Deed("add_tags", ("shop",)),
        when=(Condition("text", "contains", ("lidl",)),),
    )
    bank = {"source": "imported", "description": "LIDL 4711"}
    rows = [
        NewTransaction(account=account, date=DAY, amount=-100, payee="LIDL SAGT DANKE", values=bank, tags=["new"]),
        NewTransaction(account=account, date=DAY, amount=-200, payee="Lidl", parts=[Part(-200, category("dining"))]),
        NewTransaction(account=account, date=DAY, amount=-300, payee="Pret"),
    ]
    filled = ruled(rows).rows
    assert filled[2] is rows[2]
    added = add_by_rules(household=household, by=None, rows=rows)
    assert [(str(row.payee), filed(row)[0][0]) for row in added] == [
        ("Lidl Germany", "groceries"),
        ("Lidl", "dining"),
        ("Pret", ""),
    ]
    assert {tagging.tag.name for tagging in added[0].taggings.all()} == {"shop", "new"}
    assert Rule.objects.get().hits == 2
    assert ChangeSet.objects.latest("id").verb == "transaction.added"


def test_what_arrives_as_one_half_of_a_transfer_is_linked(household: Household, account: Account) -> None:
    savings = AccountFactory.create(household=household)
    rule(household, Deed("transfer", (str(savings.uid),)), when=(Condition("payee", "is", ("Me",)),))
    twin = spend(savings, 500, "Somebody")
    [row] = add_by_rules(
        household=household,
        by=None,
        rows=[NewTransaction(account=account, date=DAY, amount=-500, payee="Me")],
    )
    row.refresh_from_db()
    twin.refresh_from_db()
    assert row.transfer_id == twin.transfer_id is not None
