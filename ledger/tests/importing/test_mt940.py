"""MT940 through the door: days, directions, references, dialects, and what is told when a file is damaged."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing.found import Refused
from ledger.tests.importing.read_samples import mt940, only, only_row, read

pytestmark = pytest.mark.once

PLAIN = ":61:2405060506D12,50NTRFNONREF//B1"


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        (":61:2405060506D12,50NTRFNONREF", -1250),
        (":61:2405060506DR12,50NTRFNONREF", -1250),
        (":61:240506CR12,NTRFNONREF", 1200),
        (":61:2405060506C,5NTRFNONREF", None),
        (":61:2405060506RC0,05NTRFNONREF", -5),
        (":61:2405060506RDR12,50NTRFNONREF", 1250),
        (":61:2405060506D12.50NTRFNONREF", -1250),
        (":61:2405060506D12,505NTRFNONREF", None),
        (":61:2405060506D1.212,50NTRFNONREF", None),
        (":61:2405060506X12,50NTRFNONREF", None),
        (":61:2405060506D12,50", None),
        (":61:2413060506D12,50NTRFNONREF", None),
        (":61:2405060506D12,50SABC", -1250),
    ],
)
def test_direction_and_amount_are_read_or_the_line_is_told(line: str, amount: int | None) -> None:
    statement = only(read(mt940(line)))
    assert [row.amount for row in statement.rows] == ([] if amount is None else [amount])
    assert [row.line for row in statement.unread] == ([5] if amount is None else [])


@pytest.mark.parametrize(
    ("written", "booked", "valued"),
    [
        ("2401021229", dt.date(2023, 12, 29), dt.date(2024, 1, 2)),
        ("2312290102", dt.date(2024, 1, 2), dt.date(2023, 12, 29)),
        ("2403010229", dt.date(2024, 2, 29), dt.date(2024, 3, 1)),
        ("2405060506", dt.date(2024, 5, 6), None),
        ("240506", dt.date(2024, 5, 6), None),
        ("9912311231", dt.date(1999, 12, 31), None),
    ],
)
def test_the_day_of_booking_is_the_nearest_to_the_day_of_value(written: str, booked: dt.date, valued: dt.date) -> None:
    row = only_row(read(mt940(f":61:{written}D1,00NTRFNONREF")))
    assert (row.date, row.posted_on) == (booked, valued)


@pytest.mark.parametrize(
    ("told", "payee", "description", "reference"),
    [
        ("Just words\nin two lines", "", "Just words in two lines", ""),
        ("105?00LASTSCHRIFT?20EREF+A-1?21SVWZ+Miete Mai?32Haus AG", "Haus AG", "Miete Mai", "A-1"),
        ("166?00GUTSCHRIFT?20SVWZ+ohne Referenz EREF+NOTPROVIDED", "", "ohne Referenz", ""),
        ("166?00GUTSCHRIFT", "", "GUTSCHRIFT", ""),
        ("073~00X1~20Sklep~2112 sztuk~32Firma", "Firma", "Sklep 12 sztuk", ""),
        ("/TRTP/SEPA/NAME/De Zaak/REMI/Factuur 3/EREF/F-3", "De Zaak", "Factuur 3", "F-3"),
        ("/REMI/Prijs 3/4 kilo/NAME/Kaas", "Kaas", "Prijs 3/4 kilo", ""),
        ("/TRTP/Kosten", "", "Kosten", ""),
        ("+31 20 123 bellen", "", "+31 20 123 bellen", ""),
    ],
)
def test_every_dialect_says_who_and_what_for(told: str, payee: str, description: str, reference: str) -> None:
    row = only_row(read(mt940(PLAIN, f":86:{told}")))
    assert (row.payee, row.description, row.reference) == (payee, description, reference)


def test_parts_as_wide_as_27_letters_go_on_without_a_blank() -> None:
    told = ":86:166?00X?20" + "a" * 26 + "b?21c und?22 mehr?32" + "N" * 27 + "?33N"
    row = only_row(read(mt940(PLAIN, told)))
    assert (row.description, row.payee) == ("a" * 26 + "bc und mehr", "N" * 28)


def test_references_of_customer_and_bank_are_kept_apart() -> None:
    row = only_row(read(mt940(":61:2405060506D12,50NTRFINV-7//BANK-9\nsome more", ":86:/TRTP/X")))
    assert (row.reference, row.bank_id) == ("INV-7", "BANK-9")
    assert row.original == ":61:2405060506D12,50NTRFINV-7//BANK-9\nsome more\n:86:/TRTP/X"


def test_a_reversed_credit_is_turned_where_only_that_fits_the_balances() -> None:
    line = ":61:2405060506RC10,00NTRFNONREF"
    statement = only(read(mt940(line, closing="C240531EUR110,00")))
    assert [row.amount for row in statement.rows] == [1000]
    assert [remark.line for remark in statement.remarks] == [5]


def test_pages_become_one_statement_and_a_missing_page_is_told() -> None:
    first = mt940(PLAIN, closing="C240531EUR87,50").replace(":62F:", ":62M:")
    second = mt940(PLAIN, opening="C240531EUR87,50", closing="C240531EUR75,00").replace(":60F:", ":60M:")
    statement = only(read(first + second))
    assert (len(statement.rows), statement.opening_balance, statement.closing_balance) == (2, 10000, 7500)
    assert statement.remarks == []
    assert len(only(read(first)).remarks) == 1


def test_statements_of_two_days_stay_two() -> None:
    found = read(mt940(PLAIN) + mt940(PLAIN))
    assert [len(statement.rows) for statement in found.statements] == [1, 1]


def test_blocks_of_swift_and_lines_of_home_banking_are_taken_off() -> None:
    blocks = "{1:F01TESTDEFFXXX0000000000}{2:I940TESTDEFFXXXN}{4:\n" + mt940(PLAIN).replace("\n-\n", "\n-}\n")
    assert only_row(read(blocks)).line == 6
    assert only_row(read(mt940(PLAIN).replace("\n", "@@"))).amount == -1250


def test_a_lonely_dash_within_the_words_ends_nothing() -> None:
    row = only_row(read(mt940(PLAIN, ":86:before\n-\nafter")))
    assert row.description == "before - after"


def test_the_currency_may_stand_behind_the_account_or_nowhere() -> None:
    bare = ":20:1\n:25:NL20INGB0001234567SEK\n" + PLAIN + "\n-\n"
    statement = only(read(bare))
    assert (statement.currency, statement.account) == ("SEK", "NL20INGB0001234567")
    unnamed = only(read(bare.replace("SEK", "")))
    assert (unnamed.currency, len(unnamed.remarks)) == ("EUR", 2)


@pytest.mark.parametrize("damaged", ["61:", ":6:", ":61", ":x61:", "x:61:", ""])
def test_a_movement_with_a_damaged_tag_is_told_and_not_swallowed(damaged: str) -> None:
    line = PLAIN.replace(":61:", damaged)
    statement = only(read(mt940(PLAIN, ":86:words", line)))
    assert ([row.line for row in statement.rows], [row.line for row in statement.unread]) == ([5], [7])
    assert statement.rows[0].description in {"words", "words x"}


def test_a_movement_behind_other_words_is_told_too() -> None:
    statement = only(read(mt940(PLAIN, ":86:words" + PLAIN)))
    assert ([row.line for row in statement.rows], [row.line for row in statement.unread]) == ([5], [6])


def test_an_interim_report_is_pending_and_its_count_is_checked() -> None:
    heading = ":20:1\n:25:DE89370400440532013000\n:34F:EUR0,\n:13D:2405061200+0200\n"
    statement = only(read(heading + PLAIN + "\n:90D:2EUR25,00\n:90C:0EUR0,\n-\n"))
    assert [(row.is_pending, row.amount) for row in statement.rows] == [(True, -1250)]
    assert len(statement.remarks) == 1


def test_nothing_but_a_reference_is_refused() -> None:
    with pytest.raises(Refused):
        read("hello\nworld\n", format="mt940")


WHOLE = mt940(PLAIN, ":86:one", PLAIN.replace("12,50", "7,25"), ":86:two", closing="C240531EUR80,25")


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=len(WHOLE) - 1))
def test_cut_off_anywhere_gives_only_whole_rows_and_says_so(length: int) -> None:
    try:
        statement = only(read(WHOLE[:length], format="mt940"))
    except Refused:
        return
    amounts = [row.amount for row in statement.rows]
    assert amounts == [-1250, -725][: len(amounts)]
    assert length >= WHOLE.rindex("\n-") or statement.remarks


def test_a_thirtieth_of_february_is_its_last_day() -> None:
    row = only_row(read(mt940(":61:2402300301DR6,00NMSCNONREF")))
    assert (row.date, row.posted_on) == (dt.date(2024, 3, 1), dt.date(2024, 2, 29))
    assert only_row(read(mt940(":61:230229    DR6,00NMSCNONREF"))).date == dt.date(2023, 2, 28)


def test_minutes_at_the_beginning_of_a_line_are_no_tag() -> None:
    full = "106?20" + "x" * 56 + "T16"
    row = only_row(read(mt940(PLAIN, f":86:{full}\n:20:37 end")))
    assert row.description == "x" * 56 + "T16:20:37 end"


def test_an_account_in_place_of_the_reference_is_none() -> None:
    row = only_row(read(mt940(":61:2405060506D1,00NOVBNL47INGB00099999", ":86:NL47INGB0009999999 De Zaak\nboeken")))
    assert (row.payee, row.description, row.reference) == ("De Zaak", "boeken", "")
