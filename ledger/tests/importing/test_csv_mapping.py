"""How a table was understood can be seen, given back, changed and recognised; balances check it."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from ledger.importing.csv.grid import grid_of
from ledger.importing.csv.mapping import Mapping, kept, signature
from ledger.importing.csv.table import sample
from ledger.importing.found import Found, Refused
from ledger.importing.source import Source
from ledger.tests.importing.table_samples import found, how, moves, told_lines

pytestmark = pytest.mark.once

TABLE = (
    "Konto;4711\n\nBuchungstag;Empfänger;Verwendungszweck;Betrag;Saldo\n"
    "13.02.2026;Bäcker;Brot;-2,50;97,50\n14.02.2026;Firma;Lohn;1.000,00;1.097,50\n"
)


def mapping_of(read: Found) -> Mapping:
    assert read.mapping is not None
    return cast(Mapping, read.mapping)


def test_the_mapping_tells_everything_and_is_json() -> None:
    mapping = mapping_of(found(TABLE))
    assert json.loads(json.dumps(mapping)) == mapping
    assert mapping["encoding"] == "utf-8"
    assert mapping["delimiter"] == ";"
    assert mapping["header_line"] == 3
    assert mapping["headings"] == ["Buchungstag", "Empfänger", "Verwendungszweck", "Betrag", "Saldo"]
    assert mapping["columns"] == {"date": 0, "payee": [1], "description": [2], "amount": 3, "balance": 4}
    assert (mapping["date_order"], mapping["decimal"], mapping["sign"]) == ("dmy", ",", "as_is")


def test_given_back_whole_it_gives_the_same_rows() -> None:
    read = found(TABLE)
    again = found(TABLE, how(mapping=read.mapping))
    assert moves(again) == moves(read) == [("2026-02-13", -250, "Brot"), ("2026-02-14", 100000, "Lohn")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"sign": "flipped"}, [("2026-02-13", 250, "Brot"), ("2026-02-14", -100000, "Lohn")]),
        ({"skipped": [4]}, [("2026-02-14", 100000, "Lohn")]),
        (
            {"columns": {"date": 0, "amount": 4, "description": [1]}},
            [("2026-02-13", 9750, "Bäcker"), ("2026-02-14", 109750, "Firma")],
        ),
        ({"header_line": 4}, [("2026-02-14", 100000, "Firma")]),
    ],
)
def test_what_a_person_says_is_obeyed(told: dict[str, object], expected: list[tuple[str, int, str]]) -> None:
    assert moves(found(TABLE, how(mapping=told))) == expected


def test_an_order_of_dates_that_was_asked_for_is_obeyed_and_asks_no_more() -> None:
    text = "Date,Description,Amount\n01/02/2026,a,-1.00\n03/02/2026,b,2.00\n"
    asked = found(text, how(locale="en-GB"))
    assert [question.key for question in asked.questions] == ["date_order"]
    assert [day for day, *_ in moves(asked)] == ["2026-02-01", "2026-02-03"]
    told = found(text, how(locale="en-GB", mapping={"date_order": "mdy"}))
    assert told.questions == []
    assert [day for day, *_ in moves(told)] == ["2026-01-02", "2026-03-02"]


@pytest.mark.parametrize(
    "told",
    [
        {"encoding": "klingon"},
        {"delimiter": "ab"},
        {"quote": "x"},
        {"header_line": 99},
        {"header_line": -1},
        {"header_line": "3"},
        {"columns": {"date": 0}},
        {"columns": {"amount": 3}},
        {"columns": {"date": 0, "amount": 77}},
        {"columns": {"date": 0, "amount": [1, 2]}},
        {"columns": {"nonsense": 1}},
        {"columns": [1, 2]},
        {"date_order": "ydm"},
        {"decimal": "x"},
        {"sign": True},
        {"currency": "XQQ"},
        {"directions": {"S": 7}},
        {"skipped": ["a"]},
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(told: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        found(TABLE, how(mapping=told))
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "told",
    [
        {"columns": {"date": 1, "amount": 3}},
        {"decimal": "."},
        {"date_order": "ymd"},
        {"columns": {"date": 0, "amount": 2}},
    ],
)
def test_a_wrong_choice_loses_no_row(told: dict[str, Any]) -> None:
    read = found(TABLE, how(mapping=told))
    assert moves(read) == []
    assert told_lines(read) == [4, 5]


def test_the_next_file_of_a_bank_has_the_same_signature_and_another_banks_has_not() -> None:
    first = mapping_of(found(TABLE))
    second = mapping_of(found(TABLE.replace("Konto;4711\n\n", "").replace("Brot", "Kuchen")))
    other = mapping_of(found(TABLE.replace("Verwendungszweck", "Text")))
    assert signature(first) == signature(second) != signature(other)
    assert kept(first).keys().isdisjoint({"header_line", "skipped"})


def test_a_profile_reads_the_next_file_with_other_lines_above() -> None:
    profile = kept(mapping_of(found(TABLE)))
    read = found("Stand;heute;;\n" + TABLE, how(mapping=cast("dict[str, object]", profile)))
    assert len(moves(read)) == 2


def test_a_preview_shows_the_first_rows_as_they_stand() -> None:
    grid = grid_of(Source("a.csv", TABLE.encode()))
    assert sample(grid, mapping_of(found(TABLE)), most=1) == [["13.02.2026", "Bäcker", "Brot", "-2,50", "97,50"]]


def test_a_balance_gives_the_beginning_and_the_end_in_either_order_of_rows() -> None:
    head = "Datum;Text;Betrag;Saldo\n"
    rows = ["13.02.2026;a;-2,50;97,50\n", "14.02.2026;b;10,00;107,50\n", "15.02.2026;c;-7,50;100,00\n"]
    for text in (head + "".join(rows), head + "".join(reversed(rows))):
        statement = found(text).statements[0]
        assert (statement.opening_balance, statement.closing_balance, statement.remarks) == (10000, 10000, [])


def test_one_wrong_balance_is_told_once_with_its_line() -> None:
    text = "Datum;Text;Betrag;Saldo\n13.02.2026;a;-2,50;97,50\n14.02.2026;b;10,00;999,99\n15.02.2026;c;-7,50;100,00\n"
    text += "16.02.2026;d;1,00;101,00\n17.02.2026;e;1,00;102,00\n"
    assert told_lines(found(text)) == [3]


def test_signs_that_the_balance_contradicts_are_turned_and_told() -> None:
    text = "Datum;Text;Betrag;Saldo\n13.02.2026;a;2,50;97,50\n14.02.2026;b;-10,00;107,50\n15.02.2026;c;7,50;100,00\n"
    read = found(text)
    assert [amount for _, amount, _ in moves(read)] == [-250, 1000, -750]
    assert mapping_of(read)["sign"] == "flipped"
    assert told_lines(read) == [None]


def test_a_decimal_mark_that_only_the_balance_knows() -> None:
    text = "Date,Text,Amount,Balance\n2026-02-13,a,-1.000,1.500\n2026-02-14,b,-1.000,0.500\n"
    assert [amount for _, amount, _ in moves(found(text, how(currency="KWD")))] == [-1000, -1000]
