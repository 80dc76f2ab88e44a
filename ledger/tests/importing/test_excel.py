"""Workbooks are read like tables, exactly; what could harm is refused before it is unpacked."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from ledger.importing.excel import FORMAT
from ledger.importing.found import Found, Refused
from ledger.importing.source import Source
from ledger.tests.importing.table_samples import how, moves, told_lines

pytestmark = pytest.mark.once

HEAD = ["Datum", "Text", "Betrag"]
DAY = dt.datetime(2026, 2, 13)  # noqa: DTZ001 (a spreadsheet knows no zones)


def book(*rows: list[Any], title: str = "Umsätze", before: list[list[Any]] | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    if before is not None:
        for row in before:
            sheet.append(row)
        sheet = workbook.create_sheet(title)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def read(content: bytes, **told: Any) -> Found:
    return FORMAT.read(Source("a.xlsx", content), how(**told))


def test_days_and_numbers_are_read_exactly_without_noise() -> None:
    content = book(HEAD, [DAY, "a", 0.1 + 0.2], [DAY, "b", -1234.56], [DAY, "c", 12], [DAY, "d", 1234567.1])
    expected = [("a", 30), ("b", -123456), ("c", 1200), ("d", 123456710)]
    assert moves(read(content)) == [("2026-02-13", amount, text) for text, amount in expected]


def test_a_number_of_three_decimals_is_not_taken_for_thousands() -> None:
    found = read(book(HEAD, [DAY, "a", 1.234], [DAY, "b", 2.5]))
    assert moves(found) == [("2026-02-13", 250, "b")]
    assert told_lines(found)[-1] == 2
    dinars = read(book(HEAD, [DAY, "a", 1.234], [DAY, "b", 2.5]), currency="KWD")
    assert [amount for _, amount, _ in moves(dinars)] == [1234, 2500]


def test_a_day_that_is_only_a_number_is_read_below_a_heading_that_says_so() -> None:
    assert moves(read(book(HEAD, [46066, "a", -1.5], [46067, "b", 2.5]))) == [
        ("2026-02-13", -150, "a"),
        ("2026-02-14", 250, "b"),
    ]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in (HEAD, [DAY, "x", -1.5]):
        sheet.append(row)
    sheet["B2"].value = "=cmd|' /C calc'!A0"
    sheet["B2"].data_type = "s"
    written = io.BytesIO()
    workbook.save(written)
    assert moves(read(written.getvalue())) == [("2026-02-13", -150, "=cmd|' /C calc'!A0")]


def test_a_formula_without_a_value_is_told_with_its_row_and_nothing_is_invented() -> None:
    found = read(book(HEAD, [DAY, "a", "=1+1"], [DAY, "b", -1.5]))
    assert moves(found) == [("2026-02-13", -150, "b")]
    assert told_lines(found).count(2) == 2


def test_the_first_sheet_with_rows_is_read_and_another_one_can_be_asked_for() -> None:
    content = book(HEAD, [DAY, "a", -1.5], before=[["Welcome to your bank"]])
    found = read(content)
    assert found.mapping is not None
    assert found.mapping["sheet"] == "Umsätze"
    assert moves(found) == [("2026-02-13", -150, "a")]
    with pytest.raises(Refused, match="no sheet “Nope”"):
        read(content, mapping={"sheet": "Nope"})


def test_rows_are_counted_as_the_sheet_counts_them() -> None:
    found = read(book(["Konto", "4711"], [], HEAD, [DAY, "a", -1.5], [], [DAY, "b", 2.5]))
    assert [row.line for row in found.statements[0].rows] == [4, 6]
    assert found.statements[0].account == "4711"
    assert found.statements[0].rows[0].original == "2026-02-13\ta\t-1.5"


def _zip(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old or a locked"),
        (_zip(xl__workbook_bin=b"x"), "binary"),
        (_zip(xl__workbook_xml=b"<x/>", xl__sharedStrings_xml=b"\0" * 30_000_000), "far too large"),
        (_zip(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "not written by a spreadsheet"),
        (_zip(xl__workbook_xml=b"<x/>"), "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (book(HEAD, [DAY, "a", 1])[:-200], "damaged"),
        (book(), "Nothing stands"),
        (book(["one"], ["two"]), "no table"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(content)


def test_a_workbook_is_known_by_what_is_in_it() -> None:
    assert FORMAT.knows(Source("a.csv", book(HEAD)))
    assert not FORMAT.knows(Source("a.xlsx", b"Datum;Betrag\n"))
    assert not FORMAT.knows(Source("a.xlsx", _zip(other_xml=b"<x/>")))


def test_a_workbook_with_any_wrong_byte_is_read_or_refused_with_a_sentence() -> None:
    content = book(HEAD, *[[DAY, f"Text {number}", number] for number in range(60)])
    sentences = set()
    for place in range(0, len(content), 23):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            read(bytes(damaged))
        except Refused as refused:
            sentences.add(str(refused))
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)
