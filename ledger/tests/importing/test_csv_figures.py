"""Amounts and days as banks write them: exactly, or with the reason why not."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.importing.csv.dates import Evidence, days_of
from ledger.importing.csv.days import readings
from ledger.importing.csv.directions import directions_of
from ledger.importing.csv.figures import Figures, point_of
from ledger.tests.importing.table_samples import TODAY

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "point", "currency", "amount"),
    [
        ("-12,50", ",", "EUR", -1250),
        ("1.234.567,89", ",", "EUR", 123456789),
        ("12,50-", ",", "EUR", -1250),
        ("(12.50)", ".", "USD", -1250),
        ("-$1,234.50", ".", "USD", -123450),
        ("$ (5.00)", ".", "USD", -500),
        ("\N{MINUS SIGN}5,00", ",", "EUR", -500),
        ("1\N{NO-BREAK SPACE}234,50 €", ",", "EUR", 123450),
        ("1\N{NARROW NO-BREAK SPACE}234,50", ",", "EUR", 123450),
        ("1'234.50", ".", "CHF", 123450),
        ("1’000.–", ".", "CHF", 100000),
        ("12,34,567.00", ".", "INR", 123456700),
        ("500.00 Cr", ".", "INR", 50000),
        ("500.00DR", ".", "INR", -50000),
        ("¥1,234", ".", "JPY", 1234),
        ("1,234円", ".", "JPY", 1234),
        ("1.234", ".", "KWD", 1234),
        ("1,000.250", ".", "KWD", 1000250),
        ("12.5000", ".", "EUR", 1250),
        (".50", ".", "USD", 50),
        ("+7,00", ",", "EUR", 700),
        ("", ",", "EUR", None),
        ("--", ",", "EUR", None),
    ],
)
def test_an_amount_is_read_to_the_cent(text: str, point: str, currency: str, amount: int | None) -> None:
    assert Figures(point, currency)[text] == amount


@pytest.mark.parametrize("text", ["1,234", "1.23.45", "12..5", "1e5", "abc", "--5", "(5,00", "5,00 kr", "9" * 30])
def test_what_is_no_amount_of_this_file_says_why(text: str) -> None:
    assert isinstance(Figures(",", "EUR")[text], str)


@pytest.mark.parametrize(
    ("texts", "currency", "locale", "mark", "is_open"),
    [
        (["1.234,56", "7"], "EUR", "en-US", ",", False),
        (["12.50", "1,234"], "EUR", "de-DE", ".", False),
        (["1.234", "5.678"], "EUR", "en-GB", ",", False),
        (["1,234"], "JPY", "de-DE", ".", False),
        (["12", "100"], "EUR", "de-DE", ",", False),
        (["1.234"], "KWD", "en-US", ".", True),
    ],
)
def test_the_decimal_mark_is_what_most_amounts_allow(
    texts: list[str], currency: str, locale: str, mark: str, is_open: bool
) -> None:
    point = point_of(texts, currency, locale)
    assert (point.mark, point.open) == (mark, is_open)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-13", "2026-02-13"),
        ("13.2.2026", "2026-02-13"),
        ("31/12/98", "1998-12-31"),
        ("20260213", "2026-02-13"),
        ("13022026", "2026-02-13"),
        ("2026年2月13日", "2026-02-13"),
        ("13 Feb 2026", "2026-02-13"),
        ("Feb 13, 2026", "2026-02-13"),
        ("13-FEB-26", "2026-02-13"),
        ("13. Februar 2026", "2026-02-13"),
        ("13 févr. 2026", "2026-02-13"),
        ("13 lutego 2026", "2026-02-13"),
        ("13 בפברואר 2026", None),
        ("Fri 13/02/2026", "2026-02-13"),
        ("2026-02-13T23:59:59+02:00", "2026-02-13"),
        ("13/02/2026 11:30 PM", "2026-02-13"),
        ("20260213235959", "2026-02-13"),
        ("13.02.98", "1998-02-13"),
        ("31.02.2026", None),
        ("13.02.", None),
        ("Invoice 3 May 2026 of the baker", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: str | None) -> None:
    assert {str(each) for each in readings(text, TODAY).values()} == ({day} if day else set())


def evidence(locale: str = "en-US", texts: tuple[str, ...] = (), *, foreign: bool = False) -> Evidence:
    return Evidence(today=TODAY, locale=locale, texts=texts, is_foreign=foreign)


@pytest.mark.parametrize(
    ("days", "told", "order", "is_open"),
    [
        (["01/02/2026", "13/02/2026"], evidence(), "dmy", False),
        (["01/02/2026", "02/13/2026"], evidence("de-DE"), "mdy", False),
        (["05/01/2025", "06/01/2025", "07/01/2025", "01/02/2025"], evidence(), "dmy", False),
        (["01/02/2025", "03/02/2025"], evidence("en-US", ("from 01/02/2025 to 28/02/2025",)), "dmy", False),
        (["01/02/2025", "03/02/2025"], evidence(foreign=True), "dmy", False),
        (["01.02.2025", "03.02.2025"], evidence(), "dmy", False),
        (["01/02/2025", "03/02/2025"], evidence("en-US"), "mdy", True),
        (["01/02/2025", "03/02/2025"], evidence("en-GB"), "dmy", True),
        (["26/03/01", "26/03/12"], evidence("en-GB"), "ymd", False),
    ],
)
def test_the_order_of_a_date_is_decided_over_the_whole_column(
    days: list[str], told: Evidence, order: str, is_open: bool
) -> None:
    found = days_of(set(days), days, told)
    assert (found.order, bool(found.open)) == (order, is_open)


def test_a_column_written_in_two_orders_is_not_guessed() -> None:
    days = ["13/01/2026", "14/01/2026", "01/15/2026", "01/16/2026", "02/03/2026"]
    found = days_of(set(days), days, evidence())
    assert isinstance(found.read("02/03/2026"), str)


@pytest.mark.parametrize("text", ["13.02.2099", "13.02.1850", "", "soon"])
def test_an_unlikely_day_says_why(text: str) -> None:
    found = days_of({"13.02.2026"}, ["13.02.2026"], evidence())
    assert found.read("13.02.2026") == dt.date(2026, 2, 13)
    assert isinstance(found.read(text), str)


@pytest.mark.parametrize(
    ("words", "out", "into"),
    [
        (["D", "C"], "D", "C"),
        (["S", "H"], "S", "H"),
        (["Af", "Bij"], "Af", "Bij"),
        (["DEBIT", "CREDIT"], "DEBIT", "CREDIT"),
        (["支出", "收入"], "支出", "收入"),
        (["Obciążenie", "Uznanie"], "Obciążenie", "Uznanie"),
        (["חובה", "זכות"], "חובה", "זכות"),
    ],
)
def test_words_for_money_out_and_in_are_known(words: list[str], out: str, into: str) -> None:
    assert directions_of(words) == {out: -1, into: 1}


def test_words_that_are_kinds_of_payment_are_no_directions() -> None:
    assert directions_of(["Sale", "Payment", "Debit"]) is None
