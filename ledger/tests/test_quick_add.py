"""Quick add: what a line says, in whose words, and what is said about it when it is not understood."""

from datetime import date
from typing import Any

import pytest

from ledger.tests.quick_lines import read, said


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "12.50 lunch pret #work yesterday @amex",
            {
                "amount": -1250,
                "note": "lunch",
                "payee": "Pret",
                "tags": ["work"],
                "day": date(2026, 11, 17),
                "account": "Amex Gold",
            },
        ),
        ("+2400 salary", {"amount": 240000, "payee": "salary"}),
        ("200 checking > savings", {"amount": 20000, "account": "Checking", "to_account": "Savings"}),
        ("45.20/2 dinner", {"amount": -2260, "payee": "dinner"}),
        ("€18 taxi 3 nov", {"amount": -1800, "currency": "EUR", "payee": "taxi", "day": date(2026, 11, 3)}),
    ],
)
def test_the_lines_everybody_writes_are_understood(line: str, parts: dict[str, Any]) -> None:
    found = read(line)
    assert said(found) == parts
    assert found.problems == ()


@pytest.mark.parametrize(
    ("line", "amount", "currency"),
    [
        ("-12 x", -1200, "EUR"),
        ("−12 x", -1200, "EUR"),
        ("(12) x", -1200, "EUR"),
        ("12- x", -1200, "EUR"),
        ("+12 x", 1200, "EUR"),
        ("lunch 12.50", -1250, "EUR"),
        ("16.99*2+5 netflix", -3898, "EUR"),
        ("18.40 × 2 tickets", -3680, "EUR"),
        ("1,234.50 rent", -123450, "EUR"),
        ("$5 coffee", -500, "USD"),
        ("-$5 coffee", -500, "USD"),
        ("18 usd book", -1800, "USD"),
        ("18USD book", -1800, "USD"),
        ("EUR 18 book", -1800, "EUR"),
        ("1200 jpy ramen", -1200, "JPY"),
        ("5 book @dollars", -500, "USD"),
        ("€5 book @dollars", -500, "EUR"),
        ("12 cup coffee", -1200, "EUR"),
        ("12 CUP coffee", -1200, "CUP"),
        ("12/3 lunch", -400, "EUR"),
        ("3 nov 12.50 lunch", -1250, "EUR"),
        ("3 nov 18 taxi", -1800, "EUR"),
        ("2026-11-03 12.50 lunch", -1250, "EUR"),
        ("7eleven 12", -1200, "EUR"),
        ("٥٠ قهوة", -5000, "EUR"),
    ],
)
def test_the_first_number_is_the_amount(line: str, amount: int, currency: str) -> None:
    found = read(line)
    assert found.problems == ()
    assert (found.amount and found.amount.value, found.currency.value) == (amount, currency)


@pytest.mark.parametrize(
    ("line", "day", "rest"),
    [
        ("12.50 lunch", None, "lunch"),
        ("12.50 lunch 12/3", date(2026, 3, 12), "lunch"),
        ("12.50 last friday pub", date(2026, 11, 13), "pub"),
        ("12.50 friday bar friday", date(2026, 11, 13), "Friday Bar"),
        ("12.50 lunch +3", date(2026, 11, 21), "lunch"),
        ("12.50 lunch on monday", date(2026, 11, 16), "lunch"),
        ("3 nov 12.50 lunch", date(2026, 11, 3), "lunch"),
        ("12.50 lunch 3nov", date(2026, 11, 3), "lunch"),
        ("12.50 on:2026-11-03 lunch", date(2026, 11, 3), "lunch"),
        ('12 "Mon Ami" mon', date(2026, 11, 16), "Mon Ami"),
        ("5 may flowers", None, "may flowers"),
        ("5 route 66-1", None, "route 66-1"),
    ],
)
def test_a_day_may_stand_anywhere(line: str, day: date | None, rest: str) -> None:
    found = read(line)
    assert found.problems == ()
    assert ((found.day.value if found.day else None), found.payee and found.payee.value.name) == (day, rest)


@pytest.mark.parametrize(
    ("line", "locale", "parts"),
    [
        ("1 234,56 loyer hier", "fr-FR", {"amount": -123456, "payee": "loyer", "day": date(2026, 11, 17)}),
        ("12,50 Mittag 3.11.", "de-DE", {"amount": -1250, "payee": "Mittag", "day": date(2026, 11, 3)}),
        ("12.50 lunch 11/3", "en-US", {"amount": -1250, "payee": "lunch", "day": date(2026, 11, 3)}),
        ("12,50 obiad wczoraj", "pl-PL", {"amount": -1250, "payee": "obiad", "day": date(2026, 11, 17)}),
        ("12,50 comida 3 de noviembre", "es-ES", {"amount": -1250, "payee": "comida", "day": date(2026, 11, 3)}),
        ("12.50 קפה אתמול", "he-IL", {"amount": -1250, "payee": "קפה", "day": date(2026, 11, 17)}),
    ],
)
def test_the_household_s_numbers_and_words_are_understood(line: str, locale: str, parts: dict[str, Any]) -> None:
    assert said(read(line, locale)) == parts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("200 > savings", {"amount": 20000, "to_account": "Savings"}),
        ("checking > savings 200", {"amount": 20000, "account": "Checking", "to_account": "Savings"}),
        ("-200 checking -> savings", {"amount": 20000, "account": "Checking", "to_account": "Savings"}),
        ('200 @check → @"savings 2"', {"amount": 20000, "account": "Checking", "to_account": "Savings 2"}),
        ("200 checking>savings 2", {"amount": 20000, "account": "Checking", "to_account": "Savings 2"}),
        (
            "200 checking > 215 usd dollars",
            {
                "amount": 20000,
                "account": "Checking",
                "to_amount": 21500,
                "to_currency": "USD",
                "to_account": "Dollars",
            },
        ),
        (
            "200 checking > savings for holiday yesterday #trip",
            {
                "amount": 20000,
                "account": "Checking",
                "to_account": "Savings",
                "note": "for holiday",
                "day": date(2026, 11, 17),
                "tags": ["trip"],
            },
        ),
    ],
)
def test_an_arrow_makes_a_transfer(line: str, parts: dict[str, Any]) -> None:
    found = read(line)
    assert found.is_transfer
    assert said(found) == parts
    assert found.problems == ()


@pytest.mark.parametrize(
    ("line", "payee", "number", "category", "note"),
    [
        ("12 lunch pret", "Pret", 1, None, "lunch"),
        ("12 pret a manger eating out", "Pret A Manger", 2, "Eating out", None),
        ("12 pret 0123", "PRET 0123", 1, None, None),
        ("groceries 45 lidl", "lidl", None, "Groceries", None),
        ("45 groceries", None, None, "Groceries", None),
        ('12 category:eat note:"with Anna" lidl', "lidl", None, "Eating out", "with Anna"),
        ("12 payee:pret for two", "Pret", 1, None, "for two"),
        ('12 "Dining" - lidl', "Dining", None, None, "lidl"),
        ("12 café ☕", "café ☕", None, None, None),
    ],
)
def test_what_is_left_is_payee_category_and_note(
    line: str, payee: str | None, number: int | None, category: str | None, note: str | None
) -> None:
    found = read(line)
    assert found.problems == ()
    assert (found.payee.value.name, found.payee.value.id) == (payee, number) if found.payee else payee is None
    assert (found.category.value.name if found.category else None) == category
    assert (found.note.value if found.note else None) == note


@pytest.mark.parametrize(
    ("line", "at", "sentence", "candidates"),
    [
        ("", "", "Write an amount and who it went to.", ()),
        ("  \u200f ", "  \u200f ", "Write an amount and who it went to.", ()),
        ("abc", "abc", "Write an amount, like 12.50.", ()),
        ("nan lunch", "nan lunch", "Write an amount, like 12.50.", ()),
        ("2026-11-03 lunch", "2026-11-03 lunch", "Write an amount, like 12.50.", ()),
        ("1e9 lunch", "1e9", "“1e9” is not an amount.", ()),
        ("--5 lunch", "--5", "“--5” is not an amount.", ()),
        ("10^16 lunch", "10^16", "“10^16” is not an amount.", ()),
        ("10000000000000000 lunch", "10000000000000000", "This amount is too large to keep.", ()),
        ("0 lunch", "0", "Write an amount other than zero.", ()),
        ("5/0 lunch", "5/0", "“5/0” is not an amount.", ()),
        ("12.345 lunch", "12.345", "EUR has no more than 2 decimals.", ()),
        ("12 lunch 31 feb", "31 feb", "February 2026 has 28 days.", ()),
        ("12 lunch on:soon", "on:soon", "“soon” is not a day. Write one like 18/11/2026, or yesterday.", ()),
        ("12 @joint", "@joint", "“joint” could be more than one account.", ("Joint card", "Joint savings")),
        ("12 @amex @dollars", "@dollars", "One account is enough here.", ()),
        ("12 category:zzz", "category:zzz", "No category is called “zzz”.", ()),
        ("200 checking >", ">", "Write which account the money went to.", ()),
        ("200 checking > checking", ">", "Choose two different accounts.", ()),
        ("200 checking > savings > dollars", ">", "Write one > for one transfer.", ()),
        ("200 checking > 210 savings", "210", "Both accounts are kept in EUR: one amount is enough.", ()),
        ("$200 checking > savings", "$", "Checking is kept in EUR, not in USD.", ()),
        (
            "200 checking > dollars",
            ">",
            "Checking is kept in EUR and Dollars in USD: write an amount on both sides of the >.",
            (),
        ),
        (f"12 #{'t' * 41} x", f"#{'t' * 41}", "Keep a tag to 40 characters.", ()),
        (f"12 {'p' * 121}", "p" * 121, "Keep the payee to 120 characters.", ()),
        (f"12 {'p' * 300}", "ppp", "This line is too long. Keep it to 300 characters.", ()),
    ],
)
def test_what_is_not_understood_is_said_where_it_stands(
    line: str, at: str, sentence: str, candidates: tuple[str, ...]
) -> None:
    problems = [(line[slice(*problem.span)], problem.sentence, problem.candidates) for problem in read(line).problems]
    assert (at, sentence, candidates) in problems


def test_an_account_nobody_has_is_told_with_those_there_are() -> None:
    (problem,) = read("200 visa > savings").problems
    assert problem.sentence == "No account is called “visa”."
    assert problem.candidates == ("Checking", "Savings", "Amex Gold", "Joint card", "Joint savings")


def test_the_name_of_an_account_goes_on_behind_its_mark() -> None:
    found = read("12.50 @joint card corner shop")
    assert said(found) == {"amount": -1250, "account": "Joint card", "payee": "corner shop"}
