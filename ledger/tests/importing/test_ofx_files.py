"""Whole OFX files: accounts, balances, encodings, and what is told of a file that is damaged."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing.found import Refused
from ledger.importing.ofx import FORMAT
from ledger.importing.source import Source
from ledger.tests.importing.ofx_samples import HEADER, only, read, record, statement

pytestmark = pytest.mark.once


def test_the_ledger_balance_is_the_closing_balance() -> None:
    beside = (
        "<LEDGERBAL><BALAMT>-5,10<DTASOF>20240531120000</LEDGERBAL><AVAILBAL><BALAMT>994.90<DTASOF>20240601</AVAILBAL>"
    )
    found = only(record("<TRNAMT>1"), beside=beside)
    assert (found.closing_balance, found.closing_on) == (-510, dt.date(2024, 5, 31))
    assert found.opening_balance is None
    assert found.remarks == []


def test_what_is_available_stands_in_with_a_remark() -> None:
    found = only(beside="<AVAILBAL><BALAMT>7.00<DTASOF>20240531</AVAILBAL>")
    assert (found.closing_balance, len(found.remarks)) == (700, 1)


def test_what_is_available_on_a_card_is_no_balance() -> None:
    card = statement(record("<TRNAMT>1"), beside="<AVAILBAL><BALAMT>7.00</AVAILBAL>").replace("STMTRS", "CCSTMTRS")
    found = read(f"<OFX>{card}</OFX>").statements[0]
    assert (found.kind, found.closing_balance, found.remarks) == ("credit_card", None, [])


def test_a_balance_that_cannot_be_read_is_told() -> None:
    found = only(record("<TRNAMT>1"), beside="<LEDGERBAL><BALAMT>n/a<DTASOF>20240531</LEDGERBAL>")
    assert (found.closing_balance, [each.line for each in found.remarks]) == (None, [3])


def test_several_statements_are_several_accounts() -> None:
    text = (
        "<OFX>" + statement(record("<TRNAMT>1"), account="1") + statement(record("<TRNAMT>2"), account="2") + "</OFX>"
    )
    assert [(each.account, [row.amount for row in each.rows]) for each in read(text).statements] == [
        ("1", [100]),
        ("2", [200]),
    ]


def test_a_second_account_within_a_statement_begins_another() -> None:
    text = (
        "<OFX><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>" + record("<TRNAMT>1")
        + "</BANKTRANLIST><CURDEF>EUR<BANKACCTFROM><ACCTID>2</BANKACCTFROM><BANKTRANLIST>" + record("<TRNAMT>2")
        + "</BANKTRANLIST></STMTRS></OFX>"
    )  # fmt: skip
    assert [(each.account, len(each.rows)) for each in read(text).statements] == [("1", 1), ("2", 1)]


def test_the_accounts_of_a_list_of_accounts_are_no_statements() -> None:
    listed = "<SIGNUPMSGSRSV1><ACCTINFO><BANKACCTFROM><ACCTID>9</BANKACCTFROM></ACCTINFO></SIGNUPMSGSRSV1>"
    found = read(f"<OFX>{listed}<BANKMSGSRSV1>{statement(record('<TRNAMT>1'))}</BANKMSGSRSV1></OFX>")
    assert [each.account for each in found.statements] == ["42"]


def test_without_a_currency_it_is_the_one_that_was_given() -> None:
    found = read(f"<OFX>{statement(record('<TRNAMT>5'), currency='')}</OFX>", currency="JPY").statements[0]
    assert (found.currency, found.rows[0].amount, found.remarks) == ("JPY", 5, [])


def test_a_currency_of_the_past_is_told() -> None:
    found = only(record("<TRNAMT>5"), currency="<CURDEF>FRF")
    assert (found.currency, len(found.remarks)) == ("EUR", 1)


def test_a_currency_told_after_its_rows_is_theirs() -> None:
    text = statement(record("<TRNAMT>-5"), currency="").replace("</BANKTRANLIST>", "</BANKTRANLIST><CURDEF>JPY")
    assert read(f"<OFX>{text}</OFX>").statements[0].rows[0].amount == -5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "iso8859-15"])
def test_letters_are_right_whatever_the_header_says(encoding: str) -> None:
    text = f"{HEADER}<OFX>{statement(record('<TRNAMT>1<NAME>Möbel Großé & Söhne, Übersee'))}</OFX>"
    if encoding == "iso8859-15":
        text = text.replace("1252", "8859-15")
    assert read(text.encode(encoding)).statements[0].rows[0].payee == "Möbel Großé & Söhne, Übersee"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    text = f"{HEADER}<OFX>{statement(record('<TRNAMT>1'), record('<TRNAMT>x'))}</OFX>".replace("\n", end)
    found = read(text).statements[0]
    assert ([each.line for each in found.rows], [each.line for each in found.unread]) == ([8], [9])


def test_rows_that_are_never_closed_end_where_the_next_begins() -> None:
    text = statement(record("<TRNAMT>1"), record("<TRNAMT>2", fitid="b")).replace("</STMTTRN>", "")
    found = read(f"<OFX>{text}</OFX>").statements[0]
    assert ([each.amount for each in found.rows], found.unread) == ([100, 200], [])


@pytest.mark.parametrize("lost", ["</STMTTRN>\n<STMTTRN>", "</STMTTRN>\n<STMTTRN><TRNTYPE>OTHER"])
def test_two_rows_that_run_into_each_other_are_not_read_as_one(lost: str) -> None:
    text = statement(record("<TRNAMT>1"), record("<TRNAMT>1")).replace(lost, "")
    found = read(f"<OFX>{text}</OFX>").statements[0]
    assert (found.rows, [each.line for each in found.unread]) == ([], [2])


def test_a_row_without_its_beginning_is_told() -> None:
    text = statement(record("<TRNAMT>1"), record("<TRNAMT>2").removeprefix("<STMTTRN>"))
    found = read(f"<OFX>{text}</OFX>").statements[0]
    assert ([each.amount for each in found.rows], [each.line for each in found.unread]) == ([100], [3])


def test_of_a_file_that_breaks_off_all_whole_rows_are_read_and_the_rest_is_told() -> None:
    text = f"<OFX>{statement(record('<TRNAMT>-1.00'), record('<TRNAMT>-125.00', fitid='b'))}</OFX>"
    for size in range(text.rindex("<STMTTRN>"), text.index("-125") + 6):
        found = read(text[:size])
        assert [each.amount for each in found.statements[0].rows] == [-100]
        assert found.remarks
    assert found.statements[0].unread[0].problem == "The file breaks off in this row."


def test_files_one_after_another_are_read_and_the_last_may_break_off() -> None:
    one = f"{HEADER}<OFX>{statement(record('<TRNAMT>1'))}</OFX>\n"
    assert [len(each.rows) for each in read(one + one).statements] == [1, 1]
    broken = read(one + one[:-40])
    assert [each.line for each in broken.remarks] == [one.count("\n") + 8]


def test_a_row_within_a_comment_is_none() -> None:
    assert [each.amount for each in only("<!-- " + record("<TRNAMT>9") + "-->\n" + record("<TRNAMT>1")).rows] == [100]


def test_movements_of_securities_are_told_once() -> None:
    trade = "<BUYSTOCK><INVBUY><INVTRAN><FITID>s</INVTRAN><TOTAL>-5</INVBUY></BUYSTOCK>\n"
    text = statement(trade, trade, f"<INVBANKTRAN>{record('<TRNAMT>1')}</INVBANKTRAN>").replace("STMTRS", "INVSTMTRS")
    found = read(f"<OFX>{text}</OFX>").statements[0]
    assert (found.kind, [each.amount for each in found.rows]) == ("investment", [100])
    assert [(each.line, each.message[:2]) for each in found.remarks] == [(2, "2 ")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<OFX></OFX>", "no statement"),
        ("", "no statement"),
        ("<OFX><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password.</STATUS></OFX>", "“Wrong password” (15500)"),
        ("<OFX><STATUS><CODE>2000<SEVERITY>ERROR</STATUS></OFX>", "2000"),
        ("<OFX><STATUS><CODE>0<SEVERITY>INFO<MESSAGE>OK</STATUS></OFX>", "no statement"),
    ],
)
def test_a_file_without_a_statement_is_refused_with_the_banks_words(text: str, word: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert word in str(refused.value)


def test_entities_are_never_expanded() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    )
    found = read(f'<?xml version="1.0"?>{bomb}<OFX>{statement(record("<TRNAMT>1<MEMO>&c;"))}</OFX>')
    assert found.statements[0].rows[0].description == "&c;"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("OFXHEADER:100\n", True),
        ('<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>', True),
        ("\n\n < ofx >", True),
        ("<OFC>", True),
        ("<html><body>log in to download OFX</body></html>", False),
        ("<Document><BkToCstmrStmt/></Document>", False),
        ("date;amount;office\n", False),
        ("!Type:Bank\n", False),
    ],
)
def test_a_file_is_known_by_what_is_in_it(text: str, known: bool) -> None:
    assert FORMAT.knows(Source("a.txt", text.encode())) is known


WHOLE = (
    HEADER
    + "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>"
    + statement(
        record("<TRNAMT>-12.50<NAME>Café<MEMO>x &amp; y"), beside="<LEDGERBAL><BALAMT>1<DTASOF>20240506</LEDGERBAL>"
    )
    + statement(record("<DTUSER>20240501<TRNAMT>1<ORIGCURRENCY><CURRATE>2<CURSYM>USD</ORIGCURRENCY>"), account="2")
    + "</OFX>"
).encode("cp1252")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_damage_makes_the_reader_fall(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(content)))
        if data.draw(st.booleans()):
            del content[place : place + data.draw(st.integers(1, 12))]
        else:
            content[place:place] = data.draw(
                st.binary(max_size=5) | st.sampled_from([b"<", b">", b"</", b"<!--", b"&#"])
            )
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    with contextlib.suppress(Refused):
        found = read(bytes(content))
        assert all(each.original for statement in found.statements for each in statement.rows)
        assert all(each.original for statement in found.statements for each in statement.unread)


@pytest.mark.parametrize(
    "text",
    [
        "<" * 50_000,
        "<STMTTRN>" * 5_000,
        "<A " * 30_000,
        "&" * 50_000 + "<OFX>",
        "< " * 50_000,
        "<!--" * 20_000,
        "<![CDATA[" * 9_000,
    ],
)
def test_what_only_looks_like_tags_takes_no_time(text: str) -> None:
    started = dt.datetime.now(tz=dt.UTC)
    for each in (text, f"<OFX>{statement(record('<TRNAMT>1<MEMO>' + text))}</OFX>"):
        try:
            read(each)
        except Refused:
            continue
    assert dt.datetime.now(tz=dt.UTC) - started < dt.timedelta(seconds=10)
