"""Quick add: the places of what was said, a line with one part changed, and lines nobody meant."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from financeflow.money.values import LARGEST
from ledger.calc.quick_add import LONGEST
from ledger.calc.typed import words_of
from ledger.calc.words import name_key
from ledger.tests.quick_lines import ACCOUNTS, CATEGORIES, LOCALES, NAMES, TODAY, read, value_of


def test_every_part_knows_the_text_it_came_from() -> None:
    line = "lunch -€12.50 pret #work yesterday @amex"
    found = read(line)
    texts = {
        name: [line[slice(*span)] for span in part.spans]
        for name in NAMES
        if (part := getattr(found, name)) is not None
    }
    assert texts == {
        "amount": ["-", "12.50"],
        "currency": ["€"],
        "day": ["yesterday"],
        "account": ["@amex"],
        "payee": ["pret"],
        "note": ["lunch"],
    }
    assert [line[slice(*span)] for tag in found.tags for span in tag.spans] == ["#work"]


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("amount", "18.40*2", "18.40*2 lunch pret #work yesterday @amex"),
        ("currency", "USD", "12.50 USD lunch pret #work yesterday @amex"),
        ("day", date(2026, 11, 3), "12.50 lunch pret #work 2026-11-03 @amex"),
        ("day", None, "12.50 lunch pret #work @amex"),
        ("account", "Joint card", '12.50 lunch pret #work yesterday @"Joint card"'),
        ("payee", "Mon Ami", '12.50 lunch "Mon Ami" #work yesterday @amex'),
        ("category", "Eating out", '12.50 lunch pret #work yesterday @amex category:"Eating out"'),
        ("note", "with Anna", '12.50 note:"with Anna" pret #work yesterday @amex'),
        ("tags", ["home", "big trip"], '12.50 lunch pret #home #"big trip" yesterday @amex'),
        ("tags", [], "12.50 lunch pret yesterday @amex"),
    ],
)
def test_a_changed_part_is_written_where_the_old_one_stood(name: str, value: Any, line: str) -> None:
    assert read("12.50 lunch pret #work yesterday @amex").with_part(name, value) == line


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("€18 taxi", "amount", "+20", "€+20 taxi"),
        ("€18 taxi", "currency", "USD", "USD18 taxi"),
        ("taxi", "amount", "18", "18 taxi"),
        ("200 > savings", "account", "Checking", "200 @Checking > savings"),
        ("200 checking > savings", "to_account", "Savings 2", '200 checking > @"Savings 2"'),
        ("200 checking > dollars", "to_amount", "215", "200 checking > 215 dollars"),
    ],
)
def test_a_missing_part_is_written_where_it_belongs(before: str, name: str, value: str, after: str) -> None:
    found = read(before)
    assert found.with_part(name, value) == after


pieces = st.lists(
    st.sampled_from(
        [
            *("lunch", "pret", "#work", '#"big trip"', "yesterday", "3 nov", "@amex", "@joint card", "groceries"),
            *("note:x", '"Mon Ami"', "category:dining", "on:monday", "corner shop", "café", "-", "31 feb"),
        ]
    ),
    max_size=7,
)
amounts = st.sampled_from(["12.50", "+2400", "-12", "€18", "18 usd", "$-5", "45.20/2", "(12)", "18 €", "-€3"])
transfers = st.sampled_from(
    ["200 checking > savings", "200 > savings", "checking > savings 200", "200 checking > 215 usd dollars"]
)
words = st.text(min_size=1, max_size=20).map(words_of).filter(bool)
changes = st.one_of(
    st.tuples(st.just("day"), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
    st.tuples(st.just("tags"), st.lists(words, max_size=3)),
    st.tuples(st.just("payee"), words),
    st.tuples(st.just("note"), words),
    st.tuples(st.just("account"), st.sampled_from([account.name for account in ACCOUNTS])),
    st.tuples(st.just("category"), st.sampled_from([category.name for category in CATEGORIES])),
)


@settings(max_examples=300)
@given(amounts, pieces, st.randoms(use_true_random=False), changes)
def test_a_changed_part_is_read_as_it_was_written(amount: str, rest: list[str], shuffle: Any, change: Any) -> None:
    some = [amount, *rest]
    shuffle.shuffle(some)
    found = read(" ".join(some))
    name, value = change
    if name == "payee" and "note:x" in rest:
        return
    again = read(found.with_part(name, value))
    shown = value_of(again, name)
    if name == "tags":
        assert {name_key(tag) for tag in shown} == {name_key(tag) for tag in value}
    elif isinstance(value, str):
        assert name_key(value) in name_key(shown)
    else:
        assert shown == value
    assert value_of(again, "amount") == value_of(found, "amount")


@given(transfers, st.sampled_from(["account", "to_account"]), st.sampled_from(["Savings 2", "Joint card", "Amex Gold"]))
def test_the_side_of_a_transfer_is_changed(line: str, side: str, name: str) -> None:
    again = read(read(line).with_part(side, name))
    assert value_of(again, side) == name
    assert value_of(again, "amount") == 20000


@given(
    amounts, st.sampled_from(["7", "+7.25", "-7.25*2", "1,234.50"]), st.sampled_from(["lunch", "3 nov pub", "#work"])
)
def test_the_amount_is_changed(amount: str, new: str, rest: str) -> None:
    found = read(f"{amount} {rest}")
    again = read(found.with_part("amount", new))
    expected = {"7": -700, "+7.25": 725, "-7.25*2": -1450, "1,234.50": -123450}[new]
    assert (value_of(again, "amount"), again.currency.value) == (expected, found.currency.value)
    priced = read(again.with_part("currency", "USD"))
    assert (value_of(priced, "amount"), priced.currency.value) == (expected, "USD")


SIGNS = "0123456789.,-+*/()€$ \t@#>:\"\\“'anovxyz\u200f\u202e٣½日月年"


@settings(max_examples=500)
@given(st.text(max_size=60) | st.text(SIGNS, max_size=60), st.sampled_from(LOCALES))
@example("\ud800 12 \ud800", "en-GB")
@example("12 \u202e\u2066\u200fx", "he-IL")
@example('@ # > " : 12', "en-GB")
@example('12 @"', "en-GB")
@example('12 "\\', "en-GB")
@example("x" * 10_000, "en-GB")
@example("(" * 300, "en-GB")
@example("1+" * 150, "en-GB")
@example("3 nov " * 50, "fr-FR")
def test_any_line_is_answered(line: str, locale: str) -> None:
    found = read(line, locale)
    assert found.line == line
    assert found.problems or found.amount
    assert all(problem.sentence.endswith(".") for problem in found.problems)
    if found.amount:
        assert 0 < abs(found.amount.value) <= LARGEST
    parts = [part for name in NAMES if (part := getattr(found, name))] + list(found.tags)
    spans = sorted(span for part in parts for span in part.spans)
    assert all(0 <= start < end <= len(line) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    for name in ("payee", "note"):
        assert "\u202e" not in str(value_of(found, name))
    if len(line) <= LONGEST:
        assert value_of(read(found.with_part("day", TODAY)[:LONGEST], locale), "day") in (TODAY, None)
