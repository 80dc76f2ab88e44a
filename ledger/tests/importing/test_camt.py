"""CAMT through the door: what stands in an entry, and what is told when it is damaged."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing.found import Refused
from ledger.tests.importing.read_samples import balance, camt, entry, only, only_row, read

PARTIES = (
    "<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Ina Muster</Nm></Dbtr>"
    "<DbtrAcct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id></DbtrAcct>"
    "<Cdtr><Nm>Laden Test</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>"
)

pytestmark = pytest.mark.once


def test_the_other_party_is_the_payee_whatever_the_direction() -> None:
    assert only_row(read(camt(entry(inside=PARTIES)))).payee == "Laden Test"
    incoming = only_row(read(camt(entry(sign="CRDT", inside=PARTIES))))
    assert (incoming.payee, incoming.amount) == ("Laden Test", 1250)


def test_what_is_taken_back_keeps_the_direction_that_the_entry_says() -> None:
    row = only_row(read(camt(entry(sign="CRDT", inside="<RvslInd>true</RvslInd>"))))
    assert row.amount == 1250


def test_reversals_are_turned_where_only_that_fits_the_balances() -> None:
    heading = balance("OPBD", "100.00") + balance("CLBD", "112.50")
    statement = only(read(camt(entry(inside="<RvslInd>true</RvslInd>"), heading=heading)))
    assert [row.amount for row in statement.rows] == [1250]
    assert [remark.line for remark in statement.remarks] == [3]


def test_reversals_that_fit_are_left_alone() -> None:
    heading = balance("OPBD", "100.00") + balance("CLBD", "87.50")
    statement = only(read(camt(entry(inside="<RvslInd>true</RvslInd>"), heading=heading)))
    assert ([row.amount for row in statement.rows], statement.remarks) == ([-1250], [])


def test_the_day_is_the_banks_own_whatever_its_zone() -> None:
    text = camt(entry()).replace("<Dt>2024-05-06</Dt>", "<DtTm>2024-05-06T23:30:00-11:00</DtTm>")
    assert only_row(read(text)).date == dt.date(2024, 5, 6)


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("2024-05-03T10:00:00", (dt.date(2024, 5, 3), dt.date(2024, 5, 6))),
        ("2024-05-09T10:00:00", (dt.date(2024, 5, 6), None)),
        ("2023-05-03T10:00:00", (dt.date(2024, 5, 6), None)),
        ("soon", (dt.date(2024, 5, 6), None)),
    ],
)
def test_a_purchase_has_its_own_day_when_it_was_shortly_before(done: str, expected: tuple[dt.date, dt.date]) -> None:
    inside = f"<NtryDtls><TxDtls><RltdDts><TxDtTm>{done}</TxDtTm></RltdDts></TxDtls></NtryDtls>"
    row = only_row(read(camt(entry(inside=inside))))
    assert (row.date, row.posted_on) == expected


def test_the_day_of_value_is_kept_where_it_is_another() -> None:
    row = only_row(read(camt(entry(inside="<ValDt><Dt>2024-05-08</Dt></ValDt>"))))
    assert (row.date, row.posted_on) == (dt.date(2024, 5, 6), dt.date(2024, 5, 8))


def test_pending_entries_are_marked_and_may_have_only_a_day_of_value() -> None:
    pending = entry().replace("BOOK", "PDNG").replace("BookgDt", "ValDt")
    row = only_row(read(camt(pending, kind="052")))
    assert (row.is_pending, row.date) == (True, dt.date(2024, 5, 6))


def test_charges_and_foreign_money_are_kept() -> None:
    inside = (
        '<NtryDtls><TxDtls><AmtDtls><InstdAmt><Amt Ccy="CHF">12.05</Amt></InstdAmt></AmtDtls>'
        '<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">0.30</TtlChrgsAndTaxAmt></Chrgs></TxDtls></NtryDtls>'
    )
    row = only_row(read(camt(entry(inside=inside))))
    assert (row.original_amount, row.original_currency) == (-1205, "CHF")
    assert row.notes == "Charges: 0.30 EUR"


def test_transactions_of_a_batch_with_both_directions_are_split() -> None:
    parts = (
        '<TxDtls><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>\n'
        '<TxDtls><Amt Ccy="EUR">7.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>'
    )
    statement = only(read(camt(entry(inside=f"<NtryDtls>{parts}</NtryDtls>"))))
    assert [(row.line, row.amount) for row in statement.rows] == [(3, -2000), (4, 750)]
    assert statement.rows[1].original == '<TxDtls><Amt Ccy="EUR">7.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>'


def test_between_accounts_of_one_file_the_other_account_is_named() -> None:
    inside = (
        "<NtryDtls><TxDtls><RltdPties><CdtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></CdtrAcct></RltdPties>"
        "</TxDtls></NtryDtls>"
    )
    second = "<Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct></Stmt>"
    found = read(camt(entry(inside=inside)).replace("</BkToCstmrStmt>", second + "</BkToCstmrStmt>"))
    assert found.statements[0].rows[0].transfer == "DE02120300000000202051"
    assert found.statements[1].rows == []


def test_one_damaged_entry_spoils_no_other() -> None:
    damaged = entry("2.00").replace("</BookgDt>", "</BookgDtt>")
    statement = only(read(camt(entry("1.00"), damaged, entry("3.00"))))
    assert [(row.line, row.amount) for row in statement.rows] == [(3, -100), (5, -300)]
    assert [(row.line, row.original) for row in statement.unread] == [(4, damaged)]


@pytest.mark.parametrize("tag", ["<Ntry>", "</Ntry>"])
def test_an_entry_without_its_beginning_or_end_is_told_and_not_swallowed(tag: str) -> None:
    statement = only(read(camt(entry("1.00"), entry("2.00").replace(tag, "<X/>"), entry("3.00"))))
    assert [row.amount for row in statement.rows] == [-100, -300]
    assert [row.line for row in statement.unread] == [4]


def test_fewer_entries_than_announced_are_told() -> None:
    summary = "<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries></TxsSummry>"
    statement = only(read(camt(entry(), heading=summary)))
    assert [remark.line for remark in statement.remarks] == [2]


def test_an_entry_in_a_comment_is_none_and_one_with_brackets_in_its_words_is() -> None:
    inside = "<AddtlNtryInf><![CDATA[a </Ntry> in the words]]></AddtlNtryInf>"
    row = only_row(read(camt(f"<!-- {entry('9.99')} -->", entry("1.00", inside=inside))))
    assert (row.amount, row.description) == (-100, "a </Ntry> in the words")


def test_letters_of_another_encoding_than_declared_are_mended_and_told() -> None:
    raw = camt(entry(inside="<AddtlNtryInf>Müller</AddtlNtryInf>")).encode("cp1252")
    statement = only(read(raw))
    assert statement.rows[0].description == "Müller"
    assert [remark.line for remark in statement.remarks] == [3]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("declared", [BOMB, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_entities_are_refused_before_anything_is_parsed(declared: str) -> None:
    with pytest.raises(Refused, match="declares XML entities"):
        read(declared + camt(entry(inside="<AddtlNtryInf>&b;</AddtlNtryInf>")))


def test_entities_cannot_hide_in_another_encoding() -> None:
    with pytest.raises(Refused, match="declares XML entities"):
        read((BOMB + camt(entry())).encode("utf-16"))


def test_a_file_that_ends_before_its_first_statement_is_refused() -> None:
    with pytest.raises(Refused, match="no statement in this CAMT file"):
        read(camt(entry()).partition("<Stmt>")[0])


WHOLE = camt(entry("1.00"), entry("2.00", sign="CRDT"), entry("3.00"), heading=balance("OPBD", "1.00"))


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=len(WHOLE) - 1))
def test_cut_off_anywhere_gives_only_whole_rows_and_says_so(length: int) -> None:
    try:
        found = read(WHOLE[:length], format="camt")
    except Refused:
        return
    statement = only(found)
    amounts = [row.amount for row in statement.rows]
    assert amounts == [-100, 200, -300][: len(amounts)]
    assert length > WHOLE.index("</BkToCstmrStmt>") or statement.remarks


@pytest.mark.parametrize(
    ("parties", "payee"),
    [
        ("<Dbtr><Nm>NOTPROVIDED</Nm></Dbtr>", ""),
        ("<Dbtr><Nm>Ina Muster</Nm></Dbtr><Cdtr><Nm>Laden Test</Nm></Cdtr>", "Laden Test"),
        ("<Cdtr><Nm>Ina Muster</Nm></Cdtr><Dbtr><Nm>Laden Test</Nm></Dbtr>", "Laden Test"),
    ],
)
def test_money_that_came_back_is_from_whom_it_had_gone_to(parties: str, payee: str) -> None:
    """Banks leave payer and payee as they were, or exchange them: the owner is never the payee."""
    inside = f"<NtryDtls><TxDtls><RltdPties>{parties}</RltdPties><RtrInf/></TxDtls></NtryDtls>"
    text = camt(entry(sign="CRDT", inside=inside)).replace(
        "</Ccy></Acct>", "</Ccy><Ownr><Nm>Ina Muster</Nm></Ownr></Acct>"
    )
    assert only_row(read(text)).payee == payee


def test_a_comment_that_never_ends_hides_what_follows_and_that_is_told() -> None:
    statement = only(read(camt(entry("1.00"), "<!-- " + entry("2.00"))))
    assert [row.amount for row in statement.rows] == [-100]
    assert len(statement.remarks) == 1


def test_an_entry_of_enormous_size_is_told_and_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.importing.camt.reading.MOST_AT_ONCE", 1000)
    huge = entry("2.00", inside="<AddtlNtryInf>" + "x" * 1000 + "</AddtlNtryInf>")
    statement = only(read(camt(entry("1.00"), huge, entry("3.00"))))
    assert ([row.amount for row in statement.rows], [row.line for row in statement.unread]) == ([-100, -300], [4])


def test_a_statement_without_an_account_takes_the_currency_of_its_entries() -> None:
    bare = camt(entry()).replace("<Ccy>EUR</Ccy>", "").replace('Ccy="EUR"', 'Ccy="CHF"')
    statement = only(read(bare))
    assert (statement.currency, statement.rows[0].currency) == ("CHF", "CHF")
