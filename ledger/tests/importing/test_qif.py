"""One register of QIF: days and amounts decided over the whole file, splits, categories, and what cannot be read."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.importing.found import FoundPart
from ledger.tests.importing.qif_samples import days_of, entries, entry, only, read, row

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["12/31'05", "1/ 5' 6"], ["2005-12-31", "2006-01-05"]),
        (["12/31/98", "1/ 5/98"], ["1998-12-31", "1998-01-05"]),
        (["31/12/2024", "05/01/2024"], ["2024-12-31", "2024-01-05"]),
        (["31.12.24", "5.1.24"], ["2024-12-31", "2024-01-05"]),
        (["28.02'2009", "01.01'2018"], ["2009-02-28", "2018-01-01"]),
        (["31-12-2024", "05-01-2024"], ["2024-12-31", "2024-01-05"]),
        (["2024-12-31", "2024-01-05"], ["2024-12-31", "2024-01-05"]),
        (["2024/1/5 10:30", "2024.12.31."], ["2024-01-05", "2024-12-31"]),
        (["20241231", "20240105"], ["2024-12-31", "2024-01-05"]),
        (["5-May-24", "31 December 2024"], ["2024-05-05", "2024-12-31"]),
        (["Dec 31, 2024", "5 Sept 2024"], ["2024-12-31", "2024-09-05"]),
        (["99/12/31", "00/01/05"], ["1999-12-31", "2000-01-05"]),
        (["05/05/2024", "06/06/2024"], ["2024-05-05", "2024-06-06"]),
    ],
)
def test_days_are_read_in_the_order_that_fits_them_all(days: list[str], expected: list[str]) -> None:
    found = read("!Type:Bank\n" + entries(*days))
    assert days_of(found) == expected
    assert found.questions == []
    assert found.statements[0].unread == []


@pytest.mark.parametrize(
    ("locale", "order", "expected"),
    [
        ("en-US", "mdy", "2024-03-04"),
        ("en-GB", "dmy", "2024-04-03"),
        ("de", "dmy", "2024-04-03"),
        ("??", "mdy", "2024-03-04"),
    ],
)
def test_where_two_orders_fit_it_is_asked_and_meanwhile_the_household_decides(
    locale: str, order: str, expected: str
) -> None:
    found = read("!Type:Bank\n" + entries("03/04/2024"), locale=locale)
    assert days_of(found) == [expected]
    assert [(each.key, each.taken) for each in found.questions] == [("date_order", order)]
    assert [choice[0] for choice in found.questions[0].choices] == ["dmy", "mdy"]
    assert "03/04/2024" in found.questions[0].sentence
    assert found.mapping is None


def test_days_to_come_speak_against_an_order() -> None:
    found = read("!Type:Bank\n" + entries("03/02/2026", "05/02/2026"), locale="en-US")
    assert days_of(found) == ["2026-02-03", "2026-02-05"]
    assert [each.taken for each in found.questions] == ["dmy"]


def test_days_out_of_turn_speak_against_an_order() -> None:
    found = read("!Type:Bank\n" + entries("12/01/2024", "01/02/2024", "05/03/2024"), locale="en-US")
    assert days_of(found) == ["2024-01-12", "2024-02-01", "2024-03-05"]


def test_years_that_stand_first_in_two_digits_are_seen_by_how_near_the_days_are() -> None:
    found = read("!Type:Bank\n" + entries("24.01.31", "24.02.12", "24.02.17"), locale="de")
    assert days_of(found) == ["2024-01-31", "2024-02-12", "2024-02-17"]
    assert [(each.key, each.taken) for each in found.questions] == [("date_order", "ymd")]


def test_what_a_person_said_of_the_order_is_obeyed_and_no_longer_asked() -> None:
    text = "!Type:Bank\n" + entries("03/04/2024")
    found = read(text, locale="en-US", mapping={"date_order": "dmy", "other": 1})
    assert days_of(found) == ["2024-04-03"]
    assert (found.questions, found.mapping) == ([], {"date_order": "dmy"})


def test_an_option_tells_the_order() -> None:
    found = read("!Option:MDY\n!Type:Bank\n" + entries("03/04/2024"), locale="de")
    assert (days_of(found), found.questions) == (["2024-03-04"], [])


def test_days_of_another_order_than_the_rest_are_not_read() -> None:
    found = only(entries("31/12/2023", "30/12/2023", "12/29/2023"))
    assert [each.date.day for each in found.rows] == [31, 30]
    assert [(each.line, "12/29/2023" in each.problem) for each in found.unread] == [(8, True)]


@pytest.mark.parametrize("day", ["30/02/2024", "soon", "2024", "1/2/345", "31/12", "00/00/0000"])
def test_a_day_that_is_none_is_told(day: str) -> None:
    found = only(entries("31/12/2023", day))
    assert len(found.rows) == 1
    assert [(each.line, day in each.problem) for each in found.unread] == [(5, True)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["-12.50", "1,234.56", "1,234"], [-1250, 123456, 123400]),
        (["-12,50", "1.234,56", "1.234"], [-1250, 123456, 123400]),
        (["1'234.50", "1'234", "1 234.5"], [123450, 123400, 123450]),
        (["1,00,000.00", "+5"], [10000000, 500]),
        (["1.234.567,89"], [123456789]),
        (["(12.50)", "12.50-", "-$12.50", "€ 3.00"], [-1250, -1250, -1250, 300]),
        (["100", "-7"], [10000, -700]),
        (["12.5", "0.125000"[:4]], [1250, 12]),
        (["12.50", "7,25"], [1250, 725]),
    ],
)
def test_the_decimal_mark_is_decided_over_the_file(texts: list[str], expected: list[int]) -> None:
    found = only(*(entry("D2024-05-06", f"T{text}") for text in texts))
    assert ([each.amount for each in found.rows], found.unread) == (expected, [])


@pytest.mark.parametrize(
    "text", ["1,23.45", "12,34.50", "-(5.00)", "-5.00-", "twelve", "1.2.3", "5.005", "1e3", "12.50 CHF", "1.234.56"]
)
def test_an_amount_that_may_be_misread_is_not_read(text: str) -> None:
    found = only(entry("D2024-05-06", "T12.50"), entry("D2024-05-06", f"T{text}"))
    assert [each.amount for each in found.rows] == [1250]
    assert [(each.line, text in each.problem) for each in found.unread] == [(5, True)]


def test_thousands_or_decimals_are_asked_where_nothing_tells() -> None:
    text = "!Type:Bank\n" + entries("2024-05-06", amount="1.500")
    for locale, taken, amount in (("de", ",", 150000), ("en", ".", 150)):
        found = read(text, locale=locale)
        assert [each.amount for each in found.statements[0].rows] == [amount]
        assert [(each.key, each.taken) for each in found.questions] == [("decimal", taken)]
    said = read(text, locale="de", mapping={"decimal": "."})
    assert ([each.amount for each in said.statements[0].rows], said.questions) == ([150], [])


def test_both_questions_stay_open_until_each_is_answered() -> None:
    text = "!Type:Bank\n" + entries("03/04/2024", amount="1.500")
    assert [each.key for each in read(text).questions] == ["date_order", "decimal"]
    found = read(text, mapping={"date_order": "dmy"})
    assert ([each.key for each in found.questions], found.mapping) == (["decimal"], {"date_order": "dmy"})


def test_an_amount_that_may_be_either_is_not_read_where_the_file_has_both_marks() -> None:
    found = only(*(entry("D2024-05-06", f"T{text}") for text in ("12.50", "7,25", "1,500")))
    assert ([each.amount for each in found.rows], [each.line for each in found.unread]) == ([1250, 725], [8])


def test_three_decimals_are_kept_where_the_currency_has_them() -> None:
    found = read("!Type:Bank\n" + entries("2024-05-06", amount="0.125"), currency="KWD")
    assert found.statements[0].rows[0].amount == 125


def test_the_wider_amount_stands_in_and_two_different_ones_are_told() -> None:
    assert row("U-5.00").amount == -500
    assert row("U-5.00", "T-5").amount == -500
    found = only(entry("D2024-05-06", "T-5.00", "U-50.00"))
    assert (found.rows, [each.line for each in found.unread]) == ([], [2])


@pytest.mark.parametrize(
    "lines",
    [
        ("T-1.00", "PX"),
        ("D2024-05-06", "PX"),
        ("D2024-05-06", "T", "PX"),
        ("D2024-05-06", "T-1.00", "D2024-05-06", "T-1.00"),
    ],
)
def test_a_row_without_day_or_amount_or_with_two_is_told_as_it_stands(lines: tuple[str, ...]) -> None:
    found = only(entry("D2024-05-06", "T2.50"), entry(*lines))
    assert [each.amount for each in found.rows] == [250]
    assert [(each.line, each.original) for each in found.unread] == [(5, "\n".join(lines))]


def test_payee_memo_number_and_address_are_kept_apart() -> None:
    found = row(
        "T-1.00", "N1203", "PCorner  Shop", "MOne,", "two lines", "ACorner Shop", "A1 High Street", "ALeeds", "CX", "F"
    )
    assert (found.payee, found.description, found.reference) == ("Corner Shop", "One, two lines", "1203")
    assert found.notes == "1 High Street\nLeeds"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Food", ("", "Food", ())),
        ("Food:Groceries", ("", "Food: Groceries", ())),
        ("Food:Groceries/Trip", ("", "Food: Groceries", ("Trip",))),
        ("[Savings]", ("Savings", "", ())),
        ("[Savings]/Trip", ("Savings", "", ("Trip",))),
        ("[Joint: his and hers]", ("Joint: his and hers", "", ())),
        ("/Trip", ("", "", ("Trip",))),
        ("--Split--", ("", "", ())),
        ("", ("", "", ())),
    ],
)
def test_a_category_an_account_and_a_class_are_told_apart(
    text: str, expected: tuple[str, str, tuple[str, ...]]
) -> None:
    found = row("T-1.00", f"L{text}")
    assert (found.transfer, found.category, found.tags) == expected


def test_a_split_has_its_parts() -> None:
    found = row("T-30.00", "LFood", "SFood:Out", "Elunch", "$-10.00", "SFun/Trip", "$-20.00")
    assert found.parts == (FoundPart(-1000, "Food: Out", "lunch"), FoundPart(-2000, "Fun"))
    assert (found.amount, found.category) == (-3000, "")


def test_parts_may_be_shares_or_what_is_left() -> None:
    assert row("T-30.00", "SA", "%25%", "SB", "%75.0%").parts == (FoundPart(-750, "A"), FoundPart(-2250, "B"))
    assert row("T-30.00", "SA", "$-12.00", "SB").parts == (FoundPart(-1200, "A"), FoundPart(-1800, "B"))


def test_parts_that_hold_nothing_are_none() -> None:
    found = row("T-30.00", "SA", "$-10.00", "S", "$0.00", "SB", "$-20.00")
    assert found.parts == (FoundPart(-1000, "A"), FoundPart(-2000, "B"))


def test_a_line_of_a_memo_that_begins_like_a_split_is_no_split() -> None:
    found = row("T-30.00", "LFood", "MTacos", "Service included")
    assert (found.category, found.description, found.parts) == ("Food", "Tacos Service included", ())


def test_a_split_of_one_part_is_none() -> None:
    found = row("T-30.00", "S[Savings]", "Ekept", "$-30.00")
    assert (found.parts, found.transfer, found.description) == ((), "Savings", "kept")


@pytest.mark.parametrize(
    "lines", [("SA", "$-10.00", "SB", "$-15.00"), ("SA", "$-10.00", "SB", "$x", "SC", "$-15.00"), ("SA", "$-25.00")]
)
def test_parts_that_do_not_add_up_are_completed_and_told(lines: tuple[str, ...]) -> None:
    found = only(entry("D2024-05-06", "T-30.00", *lines))
    assert sum(part.amount for part in found.rows[0].parts) == -3000
    assert found.rows[0].parts[-1].amount == -500 or found.rows[0].parts[1].amount == -500
    assert {each.line for each in found.remarks} == {2}


def test_a_part_that_goes_to_another_account_is_told() -> None:
    found = only(entry("D2024-05-06", "T-30.00", "SFood", "$-10.00", "S[Savings]", "$-20.00"))
    assert found.rows[0].parts == (FoundPart(-1000, "Food"), FoundPart(-2000, "", "Savings"))
    assert [("Savings" in each.message, each.line) for each in found.remarks] == [(True, 2)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Bank", "checking"),
        ("CCard", "credit_card"),
        ("Cash", "cash"),
        ("Oth A", "other"),
        ("oth l ", "loan"),
        ("Invst", "investment"),
    ],
)
def test_the_header_tells_the_kind_of_account(kind: str, expected: str) -> None:
    assert only(entries("2024-05-06"), kind=kind).kind == expected


@pytest.mark.parametrize(
    ("action", "amount", "expected"),
    [
        ("XIn", "5.00", 500),
        ("XOut", "5.00", -500),
        ("XOut", "-5.00", -500),
        ("MiscExp", "4.00", -400),
        ("Cash", "-3.00", -300),
        ("IntInc", "1.00", 100),
    ],
)
def test_cash_of_an_investment_account_has_the_sign_of_its_action(action: str, amount: str, expected: int) -> None:
    found = row(f"N{action}", f"T{amount}", kind="Invst")
    assert (found.amount, found.reference) == (expected, "")


def test_trades_are_told_and_not_read() -> None:
    found = only(
        *(entry("D2024-05-06", f"N{action}", "YFund", "T5.00") for action in ("Buy", "SellX", "ReinvDiv", "DivX")),
        kind="Invst",
    )
    assert (found.rows, [(each.line, each.message[:2]) for each in found.remarks]) == ([], [(2, "4 ")])


def test_rows_of_days_to_come_are_told() -> None:
    assert [each.line for each in only(entries("2026-02-01", "2026-05-01")).remarks] == [5]
    assert dt.date(2026, 5, 1) in [each.date for each in only(entries("2026-05-01")).rows]
