"""Delimited text becomes rows of cells: whatever its encoding, delimiter, quotes and line ends."""

from __future__ import annotations

import pytest

from ledger.importing.csv.encoding import encoding_of
from ledger.importing.csv.grid import Grid, grid_of
from ledger.importing.source import Source

pytestmark = pytest.mark.once

WEST = "Datum;Empfänger;Betrag\n13.02.2026;Bäckerei Süß & Söhne, Straße 5;-12,50\n14.02.2026;Café Noël;-3,00\n"
POLISH = "Data;Opis;Kwota\n13.02.2026;Zażółć gęślą jaźń;-12,50\n14.02.2026;Świeże pączki Łódź;-3,00\n"
HEBREW = "תאריך,תיאור,סכום\n13/02/2026,מכולת השכונה,-12.50\n14/02/2026,תחבורה ציבורית,-3.00\n"


def grid(content: str | bytes) -> Grid:
    return grid_of(Source("a.csv", content.encode() if isinstance(content, str) else content))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WEST, "utf-8"),
        (WEST, "utf-8-sig"),
        (WEST, "utf-16"),
        (WEST, "utf-16-le"),
        (WEST, "utf-16-be"),
        (WEST, "cp1252"),
        (WEST, "mac_roman"),
        (WEST, "cp850"),
        (WEST.replace("Café", "10 € Café"), "iso-8859-15"),
        (POLISH, "cp1250"),
        (POLISH, "iso-8859-2"),
        (HEBREW, "cp1255"),
        (HEBREW, "utf-16"),
    ],
)
def test_letters_are_read_as_they_were_written(text: str, encoding: str) -> None:
    rows = grid(text.encode(encoding)).rows
    assert [row.original for row in rows] == text.splitlines()


def test_what_is_ascii_is_utf_8_and_needs_no_guess() -> None:
    assert encoding_of(b"Date,Amount\n").name == "utf-8"


def test_one_strange_byte_in_utf_8_spoils_nothing_else_and_is_told_with_its_line() -> None:
    content = "Datum;Text\n13.02.2026;Müller Möbel\n14.02.2026;Größe\n".encode() + b"15.02.2026;Caf\xe9\n"
    read = grid(content)
    assert [row.cells[1] for row in read.rows] == ["Text", "Müller Möbel", "Größe", "Café"]
    assert [remark.line for remark in read.remarks] == [4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_any_line_end(delimiter: str, end: str) -> None:
    lines = [["Date", "Description", "Amount"], ["2026-02-13", "Bread", "-1.50"], ["2026-02-14", "Milk", "-2.50"]]
    read = grid(end.join(delimiter.join(line) for line in lines) + end)
    assert [row.cells for row in read.rows] == lines
    assert [row.line for row in read.rows] == [1, 2, 3]


def test_a_decimal_comma_is_no_delimiter() -> None:
    assert grid("13.02.2026;-1,50\n14.02.2026;-2,50\n").rows[0].cells == ["13.02.2026", "-1,50"]


def test_a_quoted_line_break_stays_in_its_row_and_lines_are_counted_on() -> None:
    read = grid('Date,Text,Amount\n2026-02-13,"two\nlines",-1.00\n2026-02-14,one,-2.00\n')
    assert [(row.line, row.cells[1]) for row in read.rows] == [(1, "Text"), (2, "two\nlines"), (4, "one")]
    assert read.rows[1].original == '2026-02-13,"two\nlines",-1.00'


def test_a_quote_that_never_closes_costs_no_other_row() -> None:
    read = grid('Date,Text,Amount\n2026-02-13,"open,-1.00\n2026-02-14,one,-2.00\n2026-02-15,"two",-3.00\n')
    assert [row.cells for row in read.rows[1:]] == [
        ["2026-02-13", '"open', "-1.00"],
        ["2026-02-14", "one", "-2.00"],
        ["2026-02-15", "two", "-3.00"],
    ]
    assert [remark.line for remark in read.remarks] == [2]


def test_a_quote_that_is_closed_by_another_row_swallows_nothing() -> None:
    read = grid('Date,Text,Amount\n2026-02-13,"open,-1.00\n2026-02-14,"one",-2.00\n')
    assert [row.line for row in read.rows] == [1, 2, 3]


def test_quotes_within_quotes_are_kept() -> None:
    read = grid('Date,Text,Amount\n2026-02-13,"the ""best"" shop",-1.00\n2026-02-14,"the "best" shop, big",-2.00\n')
    assert [row.cells[1] for row in read.rows[1:]] == ['the "best" shop', 'the "best" shop, big']


def test_rows_that_are_quoted_as_a_whole_are_taken_apart() -> None:
    read = grid('"Date,Text,Amount"\n"2026-02-13,""Bread, dark"",-1.00"\n"2026-02-14,Milk,-2.00"\n')
    assert read.rows[1].cells == ["2026-02-13", "Bread, dark", "-1.00"]


def test_a_first_line_that_names_the_delimiter_is_obeyed_and_is_no_row() -> None:
    read = grid("sep=|\nDate|Text\n2026-02-13|a,b;c\n")
    assert [(row.line, row.cells) for row in read.rows] == [(2, ["Date", "Text"]), (3, ["2026-02-13", "a,b;c"])]


def test_ten_thousand_open_quotes_are_read_in_no_time() -> None:
    read = grid("Date,Text,Amount\n" + '2026-02-13,"open,-1.00\n' * 10_000)
    assert len(read.rows) == 10_001
    assert len(read.remarks) == 50
