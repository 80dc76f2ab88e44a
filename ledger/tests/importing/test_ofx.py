"""One record of OFX as a row: its day, amount, words and references, as banks spell them."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.importing.found import FoundRow
from ledger.tests.importing.ofx_samples import DAY, only, record

pytestmark = pytest.mark.once

CUT = "NAME OF THIRTY-TWO LETTERS AND N"


def row(fields: str, **kinds: str) -> FoundRow:
    found = only(record(fields, **kinds))
    assert found.unread == []
    return found.rows[0]


def problem(fields: str, **kinds: str) -> str:
    found = only(record(fields, **kinds))
    assert found.rows == []
    assert found.unread[0].line == 2
    assert found.unread[0].original == record(fields, **kinds).strip()
    return found.unread[0].problem


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("-12.50", -1250),
        ("+12,5", 1250),
        (" 12 ", 1200),
        (".42", 42),
        ("-000000003.38", -338),
        ("-1.234,50", -123450),
        ("1,234,567.89", 123456789),
        ("1.234.567,89", 123456789),
        ("1 234,50", 123450),
        ("1'234.50", 123450),
        ("12.5000", 1250),
        ("1000.000", 100000),
        ("0.500", 50),
        ("\N{MINUS SIGN}7.00", -700),
    ],
)
def test_an_amount_is_read_with_a_point_or_a_comma(text: str, amount: int) -> None:
    assert row(f"<TRNAMT>{text}").amount == amount


@pytest.mark.parametrize(
    "text",
    [
        "12.345",
        "1,234",
        "1.230",
        "12.50-",
        "--12.50",
        "(12.50)",
        "$12.50",
        "12.50 EUR",
        "1e3",
        "twelve",
        "1.234,567.89",
    ],
)
def test_an_amount_that_may_be_misread_is_not_read(text: str) -> None:
    assert text in problem(f"<TRNAMT>{text}")


def test_a_row_without_amount_is_told_with_its_line() -> None:
    assert problem("<NAME>X") == "There is no amount in this row."


def test_an_amount_too_large_to_keep_is_told() -> None:
    assert "too large" in problem("<TRNAMT>99999999999999.00")


@pytest.mark.parametrize(
    "text",
    [
        "20240506",
        "20240506235959",
        "20240506235959.123[-11:SST]",
        "20240506000000[+12:NZST]",
        "20240506 120000",
        "2024-05-06",
        "2024-05-06T23:30:00-11:00",
        "2024/05/06",
        "20240506[",
    ],
)
def test_a_day_is_the_banks_own_whatever_its_time_and_zone(text: str) -> None:
    assert row("<TRNAMT>1", day=text).date == DAY


@pytest.mark.parametrize("text", ["20240230", "00000000", "2024", "06/05/2024", "20241306", "99990506x", "soon"])
def test_a_day_that_is_none_is_told(text: str) -> None:
    assert text in problem("<TRNAMT>1", day=text)


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("20240503", (dt.date(2024, 5, 3), DAY)),
        ("20240506120000", (DAY, None)),
        ("20240509", (DAY, None)),
        ("00000000", (DAY, None)),
        ("", (DAY, None)),
    ],
)
def test_a_row_is_of_the_day_it_was_done(done: str, expected: tuple[dt.date, dt.date | None]) -> None:
    found = row(f"<DTUSER>{done}<TRNAMT>1")
    assert (found.date, found.posted_on) == expected


def test_a_day_of_doing_that_is_years_off_does_not_count_and_is_told() -> None:
    found = only(record("<DTUSER>20210503<TRNAMT>1"))
    assert [(each.date, each.posted_on) for each in found.rows] == [(DAY, None)]
    assert [each.line for each in found.remarks] == [2]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("<NAME>Shop<MEMO>Card 1", ("Shop", "Card 1")),
        ("<NAME>Shop<MEMO>Shop", ("Shop", "")),
        ("<MEMO>Only words", ("", "Only words")),
        ("<PAYEE><NAME>Club<CITY>Leiden</PAYEE><MEMO>Fee", ("Club", "Fee")),
        ("<NAME>Garden<EXTDNAME>Garden Center of Ulm", ("Garden Center of Ulm", "")),
        ("<NAME>Garden<EXTDNAME>Plants and pots<MEMO>May", ("Garden", "Plants and pots May")),
        ("<NAME>Name of thirty-two letters, amaz<MEMO>ing", ("Name of thirty-two letters, amazing", "")),
        (f"<NAME>{CUT}<MEMO>CARD 12", (CUT, "CARD 12")),
        (f"<NAME>{CUT}<MEMO>{CUT}OON", (f"{CUT}OON", "")),
        ("<NAME>short name<MEMO>goes on", ("short name", "goes on")),
        ("<MEMO>one<MEMO>two<NAME>A", ("A", "one two")),
    ],
)  # fmt: skip
def test_names_and_words_are_told_apart(fields: str, expected: tuple[str, str]) -> None:
    found = row(f"<TRNAMT>1{fields}")
    assert (found.payee, found.description) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Caf&eacute; &amp; Bar", "Café & Bar"),
        ("A&amp;amp;B", "A&B"),
        ("&#39;t Hof &#x20AC;", "'t Hof €"),
        ("R&D &unknown; &lol;", "R&D &unknown; &lol;"),
        ("SALES&REGION", "SALES&REGION"),
        ("one<BR/>two<br>three", "one two three"),
        ("5 < 6 and <3", "5 < 6 and <3"),
        ("for <John> only", "for <John> only"),
        ("a\tb\n  c", "a b c"),
        ("&#0;&#xD800;x\x07y", "x y"),
        ("<![CDATA[<b> & </STMTTRN>]]>", "<b> & </STMTTRN>"),
    ],
)
def test_texts_are_as_people_read_them(text: str, expected: str) -> None:
    assert row(f"<TRNAMT>1<MEMO>{text}").description == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("<CHECKNUM>1203", "1203"),
        ("<REFNUM>E2E-1", "E2E-1"),
        ("<CHECKNUM>7<REFNUM>7", "7"),
        ("<CHECKNUM>7<REFNUM>8", "7 8"),
        ("<CHECKNUM>0000<REFNUM>8", "8"),
        ("<CHECKNUM>", ""),
    ],
)
def test_references_are_numbers_of_cheques_and_of_the_bank(fields: str, expected: str) -> None:
    assert row(f"<TRNAMT>1{fields}").reference == expected


@pytest.mark.parametrize(("fitid", "expected"), [("a-1", "a-1"), ("", ""), ("000", ""), ("00 x 1", "00 x 1")])
def test_a_bank_id_of_zeros_is_none(fitid: str, expected: str) -> None:
    assert row("<TRNAMT>1", fitid=fitid).bank_id == expected


def test_the_other_account_of_a_transfer_is_kept() -> None:
    assert row("<TRNAMT>1<BANKACCTTO><BANKID>1<ACCTID>77<ACCTTYPE>SAVINGS</BANKACCTTO>").transfer == "77"


def test_an_amount_that_was_converted_keeps_what_it_was() -> None:
    found = row("<TRNAMT>-10.00<ORIGCURRENCY><CURRATE>0.5<CURSYM>CHF</ORIGCURRENCY>")
    assert (found.amount, found.currency) == (-1000, "EUR")
    assert (found.original_amount, found.original_currency) == (-2000, "CHF")


def test_an_amount_in_another_currency_is_worked_out_and_told() -> None:
    found = only(record("<TRNAMT>-1000<CURRENCY><CURRATE>0.00615<CURSYM>JPY</CURRENCY>"))
    assert [(each.amount, each.original_amount, each.original_currency) for each in found.rows] == [
        (-615, -1000, "JPY")
    ]
    assert [each.line for each in found.remarks] == [2]


def test_the_currency_of_the_account_named_again_changes_nothing() -> None:
    found = only(record("<TRNAMT>-10.00<CURRENCY><CURRATE>1<CURSYM>EUR</CURRENCY>"))
    assert ([each.amount for each in found.rows], found.remarks) == ([-1000], [])


def test_an_amount_in_another_currency_without_a_rate_is_not_read() -> None:
    assert "CHF" in problem("<TRNAMT>-10.00<CURRENCY><CURSYM>CHF</CURRENCY>")


def test_a_row_that_replaces_another_says_so_and_one_that_deletes_is_no_row() -> None:
    found = only(
        record("<CORRECTFITID>z<CORRECTACTION>REPLACE<TRNAMT>1"),
        record("<CORRECTFITID>y<CORRECTACTION>DELETE<TRNAMT>2"),
    )
    assert [each.amount for each in found.rows] == [100]
    assert [(each.line, " z" in each.message) for each in found.remarks] == [(2, True)]
    assert [(each.line, " y " in each.problem) for each in found.unread] == [(3, True)]


def test_a_debit_with_a_plus_is_believed_and_told() -> None:
    found = only(
        record("<TRNAMT>5").replace("OTHER", "DEBIT"), record("<TRNAMT>-5", fitid="b").replace("OTHER", "CREDIT")
    )
    assert [each.amount for each in found.rows] == [500, -500]
    assert [(each.line, each.message[:2]) for each in found.remarks] == [(2, "2 ")]


def test_one_id_for_rows_that_differ_is_told_and_both_are_kept() -> None:
    found = only(record("<TRNAMT>1"), record("<TRNAMT>2"))
    assert [each.bank_id for each in found.rows] == ["a-1", "a-1"]
    assert [each.line for each in found.remarks] == [3]


def test_rows_of_days_to_come_are_told() -> None:
    assert [each.line for each in only(record("<TRNAMT>1", day="20260401")).remarks] == [2]


def test_pending_rows_are_marked() -> None:
    pending = "<BANKTRANLISTP><STMTTRNP><TRNTYPE>POS<DTTRAN>20240506<TRNAMT>-3<NAME>X</STMTTRNP></BANKTRANLISTP>"
    found = only(record("<TRNAMT>1"), beside=pending)
    assert [(each.amount, each.is_pending, each.date) for each in found.rows] == [(100, False, DAY), (-300, True, DAY)]
