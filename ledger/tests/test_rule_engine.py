"""Rules without a database: what a condition asks, what deeds make of a transaction, and that it takes no time."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.calc.rules import (
    Condition,
    Decision,
    Deed,
    Facts,
    Known,
    Told,
    as_json,
    compile_rule,
    decide,
    read_conditions,
)
from ledger.calc.rules.facts import SharePart, amounts_of

UID = {n: f"00000000-0000-4000-8000-{n:012d}" for n in range(1, 10)}
KNOWN = Known(
    accounts={UID[1]: 1, UID[2]: 2, UID[3]: 3},
    open_accounts={UID[1]: "EUR", UID[2]: "EUR", UID[3]: "USD"},
    categories={UID[4]: 4, UID[5]: 5, UID[6]: 6},
    within={4: frozenset({5})},
    tags={UID[7]: 7, UID[8]: 8},
    payee_keys={"lidl germany": "lidl"},
)
SHOP = Facts(
    amount=-4250,
    account=1,
    payee="Lidl",
    payee_key="lidl",
    description="LIDL 4711 MÜNCHEN//Café",
    notes="weekly shop",
    categories=(5,),
    tags=frozenset({7}),
    day=31,
    weekday=6,
    source="imported",
)
OPEN = SHOP._replace(categories=(None,))


def told(*deeds: Deed, when: tuple[Condition, ...] = (), key: int = 1, **more: Any) -> Told:
    asked = when or (Condition("sign", "is", ("out",)),)
    return Told(key, f"Rule {key}", more.pop("match_any", False), asked, deeds, **more)


def run(*rules: Told, facts: Facts = OPEN, **how: Any) -> Decision:
    return decide([compile_rule(rule, KNOWN) for rule in rules], facts, **how)


@pytest.mark.parametrize(
    ("field", "op", "values", "fits"),
    [
        ("payee", "is", ["lidl"], True),
        ("payee", "is", ["LIDL Germany"], True),
        ("payee", "is", ["Lid"], False),
        ("payee", "one_of", ["Aldi", "Lidl"], True),
        ("payee", "contains", ["IDL"], True),
        ("payee", "starts", ["li"], True),
        ("payee", "starts", ["dl"], False),
        ("payee", "ends", ["dl"], True),
        ("payee", "empty", [], False),
        ("payee", "regex", ["^l.dl$"], True),
        ("description", "contains", ["münchen cafe"], True),
        ("description", "contains", ["berlin"], False),
        ("description", "regex", [r"\d{4} M"], True),
        ("description", "ends", ["cafe"], True),
        ("notes", "is", ["Weekly Shop"], True),
        ("notes", "empty", [], False),
        ("text", "contains", ["shop"], True),
        ("text", "contains", ["4711"], True),
        ("text", "contains", ["nowhere"], False),
        ("text", "empty", [], False),
        ("amount", "is", ["42.50"], True),
        ("amount", "greater", ["42.50"], False),
        ("amount", "greater", ["42.4"], True),
        ("amount", "less", ["100"], True),
        ("amount", "between", ["42.50", "43"], True),
        ("signed", "is", ["-42.50"], True),
        ("signed", "less", ["0"], True),
        ("signed", "between", ["10", "50"], False),
        ("sign", "is", ["out"], True),
        ("sign", "is", ["in"], False),
        ("account", "is", [UID[1]], True),
        ("account", "one_of", [UID[2], UID[3]], False),
        ("category", "is", [UID[5]], True),
        ("category", "is", [UID[4]], True),
        ("category", "is", [UID[6]], False),
        ("category", "empty", [], False),
        ("tag", "is", [UID[7]], True),
        ("tag", "one_of", [UID[8]], False),
        ("tag", "empty", [], False),
        ("currency", "is", ["EUR"], True),
        ("currency", "one_of", ["USD", "JPY"], False),
        ("day", "is", ["31"], True),
        ("day", "between", ["1", "30"], False),
        ("day", "one_of", ["1", "31"], True),
        ("day", "greater", ["30"], True),
        ("weekday", "is", ["6"], True),
        ("weekday", "one_of", ["1", "2"], False),
        ("source", "is", ["imported"], True),
        ("source", "one_of", ["typed", "api"], False),
    ],
)
def test_each_field_is_compared_as_it_says_and_not_turns_it_round(
    field: str, op: str, values: list[str], fits: bool
) -> None:
    raw = {"field": field, "op": op, "values": values}
    for negate in (False, True):
        [condition] = read_conditions([{**raw, "negate": negate}])
        assert as_json(condition) == {**raw, "negate": negate}
        rule = compile_rule(told(Deed("category", (UID[6],)), when=(condition,)), KNOWN)
        assert rule.matches(SHOP) is (fits is not negate)


def test_amounts_of_all_currencies_are_compared_by_their_worth_in_figures() -> None:
    rule = compile_rule(told(Deed("payee", ("X",)), when=(Condition("amount", "is", ("1500",)),)), KNOWN)
    assert rule.matches(SHOP._replace(amount=1500, digits=0, currency="JPY"))
    assert rule.matches(SHOP._replace(amount=1_500_000, digits=3, currency="KWD"))
    assert not rule.matches(SHOP._replace(amount=1500))


def test_all_asks_every_condition_and_any_asks_for_one() -> None:
    when = (Condition("payee", "is", ("Lidl",)), Condition("sign", "is", ("in",)))
    assert not run(told(Deed("category", (UID[6],)), when=when))
    assert run(told(Deed("category", (UID[6],)), when=when, match_any=True)).after.categories == (6,)


def test_what_somebody_filed_stays_unless_it_is_asked_for() -> None:
    rule = told(Deed("category", (UID[6],)))
    assert not run(rule, facts=SHOP)
    assert run(rule, facts=SHOP, also_filed=True).after.categories == (6,)
    for closed in (SHOP._replace(categories=(5, None)), SHOP._replace(is_refund=True)):
        assert not run(rule, facts=closed, also_filed=True)


def test_each_deed_does_what_it_says() -> None:
    after = run(
        told(
            Deed("category", (UID[6],)),
            Deed("payee", ("Lidl Germany GmbH",)),
            Deed("add_tags", (UID[8],)),
            Deed("remove_tags", (UID[7],)),
            Deed("append_notes", ("checked",)),
        )
    ).after
    assert (after.categories, after.payee) == ((6,), "Lidl Germany GmbH")
    assert after.tags == frozenset({8})
    assert after.notes == "weekly shop\nchecked"


def test_notes_that_are_there_are_not_written_over_unasked() -> None:
    rule = told(Deed("set_notes", ("new",)))
    assert not run(rule)
    assert run(rule, also_filed=True).after.notes == "new"
    assert run(rule, facts=OPEN._replace(notes="")).after.notes == "new"


def test_a_transfer_goes_to_another_account_of_the_same_currency() -> None:
    assert run(told(Deed("transfer", (UID[2],)))).after.transfer == 2
    assert not run(told(Deed("transfer", (UID[1],))))
    assert not run(told(Deed("transfer", (UID[3],))))


def test_the_first_rule_that_says_a_thing_counts_and_tags_add_up() -> None:
    first = told(Deed("category", (UID[5],)), Deed("add_tags", (UID[8],)), key=1)
    second = told(Deed("category", (UID[6],)), Deed("remove_tags", (UID[8],)), Deed("payee", ("Other",)), key=2)
    found = run(first, second)
    assert (found.after.categories, found.after.payee) == ((5,), "Other")
    assert found.after.tags == frozenset({7, 8})
    assert found.rules == (1, 2)


def test_a_rule_that_stops_keeps_later_ones_away() -> None:
    assert run(told(Deed("category", (UID[5],)), stops=True), told(Deed("payee", ("Other",)), key=2)).rules == (1,)


def test_a_rule_sees_what_the_one_before_it_made() -> None:
    rename = told(Deed("payee", ("Aldi",)), when=(Condition("description", "contains", ("4711",)),), key=1)
    file = told(Deed("category", (UID[6],)), when=(Condition("payee", "is", ("Aldi",)),), key=2)
    assert run(rename, file).after.categories == (6,)
    assert run(file, rename).after.categories == (6,)


def test_rules_that_go_round_leave_a_transaction_as_it_is() -> None:
    there = told(Deed("payee", ("Aldi",)), when=(Condition("payee", "is", ("Lidl",)),), key=1)
    back = told(Deed("payee", ("Lidl",)), when=(Condition("payee", "is", ("Aldi",)),), key=2)
    found = run(there, back)
    assert (bool(found), found.goes_round, found.rules) == (False, True, ())


def test_a_rule_that_names_what_is_gone_does_nothing() -> None:
    gone = "00000000-0000-4000-8000-999999999999"
    rules = (
        told(Deed("category", (gone,))),
        told(Deed("payee", ("X",)), when=(Condition("account", "is", (gone,), negate=True),)),
        told(Deed("split", parts=((gone, 1, ""), ("", 1, "")))),
    )
    for rule in rules:
        assert compile_rule(rule, KNOWN).is_broken
        assert not run(rule)


CATEGORIES = st.sampled_from([UID[4], UID[5], UID[6]])
NAMES = st.sampled_from(["Lidl", "Aldi", "Pret", "4711"])
CONDITIONS = st.one_of(
    st.builds(Condition, st.just("payee"), st.sampled_from(["is", "contains"]), st.tuples(NAMES), st.booleans()),
    st.builds(Condition, st.just("category"), st.just("is"), st.tuples(CATEGORIES), st.booleans()),
    st.builds(Condition, st.just("category"), st.just("empty"), st.just(()), st.booleans()),
    st.builds(Condition, st.just("tag"), st.just("is"), st.tuples(st.sampled_from([UID[7], UID[8]])), st.booleans()),
    st.builds(Condition, st.just("notes"), st.just("contains"), st.tuples(NAMES), st.booleans()),
)
DEED = st.one_of(
    st.builds(Deed, st.just("category"), st.tuples(CATEGORIES)),
    st.builds(Deed, st.sampled_from(["payee", "set_notes", "append_notes"]), st.tuples(NAMES)),
    st.builds(Deed, st.sampled_from(["add_tags", "remove_tags"]), st.tuples(st.sampled_from([UID[7], UID[8]]))),
)
RULES = st.lists(
    st.builds(
        lambda when, does, any_of, stops: told(*does, when=tuple(when), match_any=any_of, stops=stops),
        st.lists(CONDITIONS, min_size=1, max_size=3),
        st.lists(DEED, min_size=1, max_size=3),
        st.booleans(),
        st.booleans(),
    ),
    max_size=5,
)


@given(rules=RULES, also_filed=st.booleans(), category=st.sampled_from([None, 4, 5]), payee=NAMES)
def test_deciding_twice_changes_nothing_more(
    rules: list[Told], also_filed: bool, category: int | None, payee: str
) -> None:
    facts = SHOP._replace(categories=(category,), payee=payee, payee_key=payee.casefold())
    once = run(*rules, facts=facts, also_filed=also_filed)
    assert not run(*rules, facts=once.after, also_filed=also_filed)


@given(whole=st.integers(-(10**15), 10**15), shares=st.lists(st.integers(1, 100_000), min_size=2, max_size=20))
def test_parts_of_a_split_add_up_to_the_cent(whole: int, shares: list[int]) -> None:
    amounts = amounts_of([SharePart(None, share) for share in shares], whole)
    assert sum(amounts) == whole
    assert all(amount * whole >= 0 for amount in amounts)


def test_fifty_thousand_questions_take_less_than_a_second() -> None:
    conditions = (Condition("description", "contains", ("berlin",)), Condition("amount", "less", ("100",)))
    rules = [
        compile_rule(told(Deed("category", (UID[6],)), when=conditions, match_any=bool(n % 2), key=n), KNOWN)
        for n in range(10)
    ]
    rows = [SHOP._replace(amount=-20_000 - n, description=f"CARD {n} SHOP") for n in range(5000)]
    started = time.perf_counter()
    for row in rows:
        decide(rules, row)
    assert time.perf_counter() - started < 1
