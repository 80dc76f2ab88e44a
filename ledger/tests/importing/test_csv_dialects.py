"""A table written in any custom is read back to the same rows."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing.found import Refused
from ledger.tests.importing.table_samples import found, how, told_lines

pytestmark = pytest.mark.once

TEXTS = [
    "Bread",
    "Müller Möbel",
    "Café Noël",
    'the "best" shop',
    "Rent, flat; two",
    "O'Neil",
    "Straße 5",
    "Tea | Co",
    "a\tb",
]
DAYS = {"dmy": ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%d %b %Y"], "mdy": ["%m/%d/%Y"], "ymd": ["%Y-%m-%d", "%Y%m%d"]}
HEADINGS = {
    "en": ("Date", "Description", "Amount", "Debit", "Credit"),
    "de": ("Buchungstag", "Verwendungszweck", "Betrag", "Soll", "Haben"),
    "fr": ("Date", "Libellé", "Montant", "Débit", "Crédit"),
    "nl": ("Datum", "Omschrijving", "Bedrag", "Af", "Bij"),
    "pl": ("Data operacji", "Opis operacji", "Kwota", "Obciążenia", "Uznania"),
}
JUNK = ["", "Statement of account", "Customer: J. Doe", "Printed today"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]


@dataclass(frozen=True)
class Custom:
    """One way of writing a table."""

    delimiter: str
    point: str
    group: str
    day: str
    encoding: str
    end: str
    language: str
    split: bool
    junk: tuple[str, ...]

    def amount(self, minor: int) -> str:
        whole = f"{abs(minor) // 100:,}".replace(",", self.group)
        return f"{'-' if minor < 0 else ''}{whole}{self.point}{abs(minor) % 100:02d}"

    def cell(self, text: str) -> str:
        needs = any(sign in text for sign in (self.delimiter, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if needs else text

    def line(self, *cells: str) -> str:
        return self.delimiter.join(self.cell(cell) for cell in cells)

    def written(self, rows: list[tuple[dt.date, int, str]]) -> bytes:
        day, text, amount, debit, credit = HEADINGS[self.language]
        lines = [*self.junk, self.line(day, text, debit, credit) if self.split else self.line(day, text, amount)]
        for when, minor, what in rows:
            cells = [self.amount(minor)]
            if self.split:
                cells = [self.amount(-minor), ""] if minor < 0 else ["", self.amount(minor)]
            lines.append(self.line(when.strftime(self.day), what, *cells))
        encoding = "utf-8" if self.language == "pl" and self.encoding == "cp1252" else self.encoding
        return (self.end.join(lines) + self.end).encode(encoding)


@st.composite
def customs(draw: st.DrawFn) -> Custom:
    point = draw(st.sampled_from([".", ","]))
    return Custom(
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        point=point,
        group=draw(st.sampled_from(["", "," if point == "." else ".", " ", "'"])),
        day=draw(st.sampled_from([day for days in DAYS.values() for day in days])),
        encoding=draw(st.sampled_from(ENCODINGS)),
        end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        language=draw(st.sampled_from(list(HEADINGS))),
        split=draw(st.booleans()),
        junk=tuple(draw(st.lists(st.sampled_from(JUNK), max_size=3))),
    )


MINORS = st.integers(1, 300_000_000) | st.integers(-300_000_000, -1)
ROWS = st.lists(
    st.tuples(st.dates(dt.date(2021, 1, 1), dt.date(2026, 3, 31)), MINORS, st.sampled_from(TEXTS)),
    min_size=2,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(customs(), ROWS)
def test_a_table_in_any_custom_reads_back_to_the_same_rows(
    custom: Custom, rows: list[tuple[dt.date, int, str]]
) -> None:
    # A first row on the last of a month and one of each sign: so the file itself says what is meant.
    rows = [(dt.date(2026, 1, 31), -12345, "Bread"), (dt.date(2026, 1, 30), 98765, "Wages"), *rows]
    read = found(custom.written(rows), how(locale="de-DE" if custom.point == "," else "en-GB"))
    (statement,) = read.statements
    assert [(row.date, row.amount) for row in statement.rows] == [(day, minor) for day, minor, _ in rows]
    assert [row.description for row in statement.rows] == [" ".join(text.split()) for *_, text in rows]
    assert read.questions == []
    assert told_lines(read) == []


@settings(max_examples=100, deadline=None)
@given(customs(), ROWS, st.data())
def test_a_table_that_was_damaged_is_read_or_refused(
    custom: Custom, rows: list[tuple[dt.date, int, str]], data: st.DataObject
) -> None:
    content = custom.written(rows)
    place = data.draw(st.integers(0, len(content)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.binary(max_size=5))
    with suppress(Refused):
        read = found(content[:place] + put + content[place + cut :])
        assert all(type(row.amount) is int for each in read.statements for row in each.rows)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Refused):
        found(content)
