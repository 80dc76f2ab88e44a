"""Rules that are none: patterns that would take for ever, conditions and deeds that make no sense."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest

from ledger.calc.rules import (
    Condition,
    Deed,
    Facts,
    Known,
    RuleProblems,
    Told,
    check_rule,
    compile_rule,
    read_conditions,
    read_deeds,
)

UID = {n: f"00000000-0000-4000-8000-{n:012d}" for n in range(1, 10)}


BOMBS = ["(a+)+$", "(a|a)*$", "(a*)*b", "(.*a){30}", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){60}a{60}"]


@pytest.mark.parametrize("pattern", BOMBS)
def test_a_pattern_takes_no_time_whatever_it_is(pattern: str) -> None:
    started = time.perf_counter()
    with suppress(RuleProblems):
        [condition] = read_conditions([{"field": "description", "op": "regex", "values": [pattern]}])
        rule = compile_rule(Told(1, "", False, (condition,), (Deed("payee", ("X",)),)), Known())
        for _time in range(100):
            rule.matches(Facts(-100, description="a" * 499 + "!"))
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "pattern", ["(a", "a)", r"(a)\1", "(?=a)", "a{9999}", "((a{99}){99}){99}", "x" * 201, " ", "[z-a]"]
)
def test_a_pattern_that_is_none_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(RuleProblems) as refused:
        read_conditions([{"field": "payee", "op": "regex", "values": [pattern]}])
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    "raw",
    [
        {"field": "colour", "op": "is", "values": ["red"]},
        {"field": "payee", "op": "greater", "values": ["1"]},
        {"field": "payee", "op": "is", "values": []},
        {"field": "payee", "op": "is", "values": ["***"]},
        {"field": "payee", "op": "is", "values": ["a\u202eb"]},
        {"field": "payee", "op": "contains", "values": ["x" * 201]},
        {"field": "payee", "op": "is", "values": "Lidl"},
        {"field": "payee", "op": "is", "values": [7]},
        {"field": "payee", "op": "is", "values": ["Lidl"], "negate": "yes"},
        {"field": "payee", "op": "is", "values": ["Lidl"], "more": 1},
        {"field": "amount", "op": "is", "values": ["nan"]},
        {"field": "amount", "op": "is", "values": ["1e9"]},
        {"field": "amount", "op": "less", "values": ["-5"]},
        {"field": "amount", "op": "between", "values": ["9", "1"]},
        {"field": "amount", "op": "between", "values": ["9"]},
        {"field": "amount", "op": "between", "values": ["nan", "inf"]},
        {"field": "signed", "op": "between", "values": ["some", "more"]},
        {"field": "day", "op": "between", "values": ["first", "last"]},
        {"field": "day", "op": "is", "values": ["0001999"]},
        {"field": "day", "op": "is", "values": ["32"]},
        {"field": "day", "op": "is", "values": ["0"]},
        {"field": "weekday", "op": "is", "values": ["8"]},
        {"field": "currency", "op": "is", "values": ["XXX"]},
        {"field": "account", "op": "is", "values": ["1"]},
        {"field": "category", "op": "empty", "values": [UID[4]]},
        [],
        "payee",
        None,
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(raw: Any) -> None:
    with pytest.raises(RuleProblems):
        read_conditions([raw])


@pytest.mark.parametrize(
    "raw",
    [
        {"do": "burn", "values": []},
        {"do": "category", "values": ["groceries"]},
        {"do": "category", "values": []},
        {"do": "payee", "values": [" "]},
        {"do": "payee", "values": ["x" * 121]},
        {"do": "add_tags", "values": []},
        {"do": "split", "parts": [{"category": None, "share": 1}]},
        {"do": "split", "parts": [{"category": None, "share": 0}, {"category": None, "share": 1}]},
        {"do": "split", "parts": [{"category": None, "share": 1.5}, {"category": None, "share": 1}]},
        {"do": "split", "parts": [{"category": None, "share": True}, {"category": None, "share": 1}]},
        {"do": "split", "parts": [1, 2]},
        {"do": "category", "values": [UID[4]], "parts": [{"category": None, "share": 1}]},
        7,
    ],
)
def test_a_deed_that_makes_no_sense_is_refused(raw: Any) -> None:
    with pytest.raises(RuleProblems):
        read_deeds([raw])


def test_a_rule_asks_and_does_something_and_no_two_things_at_odds() -> None:
    with pytest.raises(RuleProblems) as refused:
        check_rule([], [])
    assert len(refused.value.problems) == 2
    one = Condition("sign", "is", ("out",))
    with pytest.raises(RuleProblems, match="one of these"):
        check_rule([one], [Deed("category", (UID[4],)), Deed("transfer", (UID[1],))])
    with pytest.raises(RuleProblems, match="once"):
        check_rule([one], [Deed("payee", ("A",)), Deed("payee", ("B",))])
