"""Whole QIF files: several accounts, transfers between them, lists, encodings, and what is told of damage."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing.found import FoundCategory, Refused
from ledger.importing.qif import FORMAT
from ledger.importing.source import Source
from ledger.tests.importing.qif_samples import entries, entry, only, read

pytestmark = pytest.mark.once


def register(name: str, *texts: str, kind: str = "Bank") -> str:
    return f"!Account\nN{name}\nT{kind}\n^\n!Type:{kind}\n" + "".join(texts)


def test_accounts_have_their_own_rows() -> None:
    listed = "!Option:AutoSwitch\n!Account\nNBoth\nTBank\n^\nNCard\nTCCard\n^\n!Clear:AutoSwitch\n"
    found = read(
        listed + register("Both", entries("2024-05-06")) + register("Card", entries("2024-05-07"), kind="CCard")
    )
    assert [(each.account, each.kind, len(each.rows)) for each in found.statements] == [
        ("Both", "checking", 1),
        ("Card", "credit_card", 1),
    ]
    assert found.is_a_book


def test_an_account_that_comes_twice_goes_on() -> None:
    found = read(register("A", entries("2024-05-06")) + register("B") + register("A", entries("2024-05-07")))
    assert [(each.account, [row.line for row in each.rows]) for each in found.statements] == [("A", [6, 19]), ("B", [])]


def test_registers_without_names_are_accounts_of_their_own() -> None:
    found = read("!Type:Bank\n" + entries("2024-05-06") + "!Type:CCard\n" + entries("2024-05-06"))
    assert [(each.account, each.kind, len(each.rows)) for each in found.statements] == [
        ("", "checking", 1),
        ("", "credit_card", 1),
    ]
    assert not found.is_a_book


def test_a_balance_in_the_list_of_accounts_closes_the_account_where_no_row_is_later() -> None:
    account = "!Account\nNA\nTBank\n/2024-05-31\n$1,250.00\n^\n!Type:Bank\n"
    closed, open_still = (read(account + entries(day)).statements[0] for day in ("2024-05-30", "2024-06-01"))
    assert (closed.closing_balance, str(closed.closing_on)) == (125000, "2024-05-31")
    assert open_still.closing_balance is None


def test_the_two_sides_of_a_transfer_share_a_key() -> None:
    out = entry("D2024-05-06", "T-5.00", "L[Savings]")
    back = entry("D2024-05-06", "T5.00", "L[checking]")
    found = read(
        register("Checking", out, out, entry("D2024-05-07", "T-5.00", "L[Savings]")) + register("Savings", back, back)
    )
    keys = [[row.transfer_key for row in each.rows] for each in found.statements]
    assert keys == [["1", "2", ""], ["1", "2"]]


def test_sides_that_differ_share_nothing() -> None:
    found = read(
        register("A", entry("D2024-05-06", "T-5.00", "L[B]"), entry("D2024-05-08", "T-7.00", "L[Elsewhere]"))
        + register("B", entry("D2024-05-06", "T5.01", "L[A]"), entry("D2024-05-08", "T7.00", "L[A]"))
    )
    assert {row.transfer_key for each in found.statements for row in each.rows} == {""}


@pytest.mark.parametrize(
    "words", ["Opening Balance", "Solde initial", "Anfangssaldo", "Saldo inicial", "OPENING  BALANCE"]
)
def test_an_opening_entry_is_the_opening_balance_and_names_the_account(words: str) -> None:
    found = only(entry("D2024-05-01", "T100.00", f"P{words}", "L[House]"), entries("2024-05-06"))
    assert (found.account, found.opening_balance, str(found.opening_on)) == ("House", 10000, "2024-05-01")
    assert [each.line for each in found.rows] == [7]


def test_an_entry_that_only_looks_like_an_opening_is_a_row() -> None:
    opening = entry("D2024-05-01", "T100.00", "POpening Balance", "L[Other]")
    found = read(register("House", opening, entry("D2024-05-02", "T-3.00", "PAdjustment", "L[House]"))).statements[0]
    assert ([each.amount for each in found.rows], found.opening_balance) == ([10000, -300], None)
    assert [(each.transfer, each.amount) for each in found.rows] == [("Other", 10000), ("", -300)]
    assert [each.line for each in found.remarks] == [11]


def test_categories_are_carried_over_and_other_lists_are_told() -> None:
    lists = "!Type:Cat\nNPay\nI\n^\nNFood:Out\nDMeals\nE\n^\n!Type:Class\nNTrip\n^\n!Type:Security\nNFund\n^\n"
    found = read(lists + "!Type:Bank\n" + entries("2024-05-06"))
    assert found.categories == [FoundCategory("Pay", is_income=True), FoundCategory("Food: Out")]
    assert [each.line for each in found.remarks] == [9, 12]
    assert "“security”" in found.remarks[1].message


def test_options_within_a_register_end_nothing() -> None:
    found = read("!Type:Bank\n!Option:AllXfr\n" + entries("2024-05-06"))
    assert [(each.kind, len(each.rows)) for each in found.statements] == [("checking", 1)]


@pytest.mark.parametrize("damaged", ["!ype:Bank", "!Typ:Bank", "!TypeBank", "!Compte Courant", "Type:Bank"])
def test_rows_under_a_damaged_header_are_not_lost(damaged: str) -> None:
    text = register("A", entries("2024-05-06", "2024-05-07")).replace("!Type:Bank", damaged)
    found = read(text)
    assert sum(len(each.rows) + len(each.unread) for each in found.statements) == 2


def test_trades_under_a_damaged_header_are_no_money_in() -> None:
    text = "!Type:Inst\n" + entry("D2024-05-06", "NBuy", "YFund", "Q5", "I1.00", "T5.00") + entries("2024-05-07")
    assert [row.amount for row in read(text).statements[0].rows] == [-100]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_letters_and_lines_are_right_in_every_encoding(encoding: str, end: str) -> None:
    text = "!Type:Bank\n" + entry("D2024-05-06", "T-1.00", "PCafé Müller à Besançon") + entry("D2024-05-07", "Tx")
    found = read(text.replace("\n", end).encode(encoding)).statements[0]
    assert [(each.line, each.payee) for each in found.rows] == [(2, "Café Müller à Besançon")]
    assert [(each.line, each.original) for each in found.unread] == [(6, f"D2024-05-07{end}Tx")]


def test_blank_lines_and_lines_that_are_set_in_do_not_matter() -> None:
    found = only("\n  D2024-05-06\n\n   T-1.00\n PShop\n ^\n\n^\n\n")
    assert [(each.line, each.amount, each.payee) for each in found.rows] == [(3, -100, "Shop")]


def test_of_a_file_that_breaks_off_no_figure_is_believed() -> None:
    text = "!Type:Bank\n" + entry("D2024-05-06", "T-1.00") + "D2024-05-07\nT-125.00"
    start = text.rindex("D2024")
    for size in range(start + 1, len(text) + 1):
        found = read(text[:size]).statements[0]
        assert [each.amount for each in found.rows] == [-100]
        assert [each.line for each in found.unread] == [5]


def test_a_last_row_that_is_not_ended_is_read_and_told() -> None:
    found = only(entries("2024-05-06"), "D2024-05-07\nT-2.00\nPShop")
    assert [each.amount for each in found.rows] == [-100, -200]
    assert [each.line for each in found.remarks] == [5]


@pytest.mark.parametrize(
    "text", ["", "hello", "!Account\nNA\n^\n", "!Type:Memorized\nKC\nT1\n^\n", '!Type:Prices\n"A",1\n^\n']
)
def test_a_file_without_transactions_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.txt", "!Type:Bank\n", True),
        ("a.txt", "\n\n!type:ccard \n", True),
        ("a.txt", "!Account\nNA\n^\n", True),
        ("a.qif", "D1/2/24\nT5\n^\n", True),
        ("a.txt", "D1/2/24\nT5\n^\n", False),
        ("a.qif", "Date,Amount\n2024-05-06,5\n", False),
        ("a.qif", "Hello!\nType:Bank\n", False),
    ],
)
def test_a_file_is_known_by_its_header_or_an_entry(name: str, text: str, known: bool) -> None:
    assert FORMAT.knows(Source(name, text.encode())) is known
    assert FORMAT.knows(Source(name, text.replace("\n", "\r\n").encode("utf-16"))) is known


WHOLE = (
    "!Type:Cat\nNFood\nE\n^\n"
    + register(
        "Checking", entry("D12/31'05", "T-1,250.00", "PCafé", "L[Savings]"), entry("D1/ 5' 6", "T-3.00", "SA", "$-1.00")
    )
    + register("Savings", entry("D12/31'05", "T1,250.00", "L[Checking]"))
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
                st.binary(max_size=5) | st.sampled_from([b"^\n", b"!", b"\nD", b"\n$", b"\0"])
            )
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    with contextlib.suppress(Refused):
        found = read(bytes(content))
        for statement in found.statements:
            assert all(row.original for row in statement.rows)
            assert all(not row.parts or sum(part.amount for part in row.parts) == row.amount for row in statement.rows)
