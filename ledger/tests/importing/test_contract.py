"""What every format promises, tried on every file of the corpus: one contract for all."""

from __future__ import annotations

import contextlib
import random
from dataclasses import replace

import pytest

from ledger.importing.formats import Format, formats
from ledger.importing.found import Found, FoundRow, Refused
from ledger.importing.source import Source
from ledger.tests.importing.samples import Sample, samples, sound

pytestmark = pytest.mark.once

READABLE = [each for each in samples() if not each.is_refused]
FOLDERS = {"csv": "csv", "excel": "excel", "ofx": "ofx", "qif": "qif", "camt": "camt", "mt940": "mt940"}
# Books of other apps that are archives: their tests make them while they run.
MADE_BY_TESTS = {"own", "actual"}
ENCODINGS = (
    "utf-8",
    "cp1252",
    "cp1250",
    "cp1255",
    "mac_roman",
    "iso8859-15",
    "utf-16-le",
    "utf-16-be",
    "cp932",
    "cp437",
    "cp852",
    "cp1254",
    "iso8859-2",
)
FORMATS = list(formats())
LARGEST_SEEN = 10**15


def rows_of(found: Found) -> list[FoundRow]:
    return [row for statement in found.statements for row in statement.rows]


def first_knowing(source: Source) -> Format:
    return next(each for each in FORMATS if each.knows(source))


def test_keys_and_titles_are_one_format_s_alone() -> None:
    assert len({each.key for each in FORMATS}) == len(FORMATS)
    assert len({str(each.title) for each in FORMATS}) == len(FORMATS)
    assert all(each.key.isascii() and each.key.islower() for each in FORMATS)


def test_every_format_has_its_files_in_the_corpus() -> None:
    read = {sound(each).format for each in READABLE}
    assert read | MADE_BY_TESTS == {each.key for each in FORMATS}


@pytest.mark.parametrize("sample", READABLE, ids=str)
def test_a_file_is_known_by_its_own_format_and_by_no_other(sample: Sample) -> None:
    found = sound(sample)
    assert found.format == FOLDERS.get(sample.folder, found.format)
    source = Source(sample.path.name, sample.content)
    if sample.path.suffix != ".zip":
        assert first_knowing(source).key == found.format
        knowing = {each.key for each in FORMATS if each.knows(source)}
        assert knowing <= {found.format, "csv"}


@pytest.mark.parametrize("sample", READABLE, ids=str)
def test_what_is_found_is_whole_and_exact(sample: Sample) -> None:
    for statement in sound(sample).statements:
        assert statement.currency.isupper()
        assert len(statement.currency) == 3
        lines = [row.line for row in statement.rows]
        assert lines == sorted(lines) or sample.folder == "apps"
        for row in statement.rows:
            assert type(row.amount) is int
            assert abs(row.amount) < LARGEST_SEEN
            assert row.line >= 1
            assert row.original
            assert row.currency == statement.currency or sample.folder == "apps"
            assert not row.parts or sum(part.amount for part in row.parts) == row.amount
        assert all(each.original and each.problem and each.line >= 1 for each in statement.unread)


@pytest.mark.parametrize("sample", [each for each in READABLE if each.path.suffix not in (".xlsx", ".zip")], ids=str)
def test_the_original_of_a_row_stands_in_the_file_at_its_line(sample: Sample) -> None:
    found = sound(sample)
    originals = [(row.line, row.original) for row in rows_of(found)]
    originals += [(row.line, row.original) for each in found.statements for row in each.unread]
    assert any(_all_stand(sample.content, encoding, originals) for encoding in ENCODINGS)


def _all_stand(content: bytes, encoding: str, originals: list[tuple[int, str]]) -> bool:
    try:
        text = content.decode(encoding).replace("\0", "")
    except UnicodeDecodeError:
        return False
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return all(_stands(lines, line, original) for line, original in originals)


def _stands(lines: list[str], line: int, original: str) -> bool:
    there = "\n".join(lines[line - 1 : line + original.count("\n") + original.count("\r")])
    return original.replace("\r\n", "\n").replace("\r", "\n").strip() in there


@pytest.mark.parametrize("sample", READABLE, ids=str)
def test_reading_twice_finds_the_same(sample: Sample) -> None:
    assert sample.read() == sound(sample)


@pytest.mark.parametrize("sample", [each for each in READABLE if each.folder in ("csv", "excel")], ids=str)
def test_how_a_table_was_understood_given_back_reads_the_same(sample: Sample) -> None:
    found = sound(sample)
    assert found.mapping is not None
    source = Source(sample.path.name, sample.content)
    again = first_knowing(source).read(source, replace(sample.how, mapping=found.mapping))
    assert [_plain(row) for row in rows_of(again)] == [_plain(row) for row in rows_of(found)]


# What a person may have kept of another bank's files, or somebody may send who means no good.
FOREIGN: dict[str, list[object]] = {
    "encoding": ["utf-8", "cp1252", "utf-16-le", "nope", 3],
    "delimiter": [",", ";", "\t", "", ";;", 5],
    "quote": ['"', "'", "", 1],
    "header_line": [0, 1, 5, 99, -1, "1", 10**9],
    "columns": [
        {},
        {"date": 0},
        {"date": 0, "amount": 1},
        {"date": 0, "amount": 99},
        {"date": -1, "amount": 1},
        {"date": 0, "amount": [1, 2]},
        {"date": 0, "debit": 1, "credit": 2},
        {"date": 0, "amount": 2, "sign": 1, "balance": 3, "currency": 1, "fee": 1, "account": 2, "payee": [1, 1]},
        {"nonsense": 1},
        "x",
    ],
    "date_order": ["dmy", "mdy", "ymd", "xyz", 4],
    "decimal": [".", ",", "x"],
    "sign": ["as_is", "flipped", "no"],
    "directions": [{}, {"debit": -1}, {"x": 5}, [1]],
    "currency": ["EUR", "xxx", "JPY"],
    "fee": ["apart", "included", "z"],
    "skipped": [[1, 2], [-5], ["a"]],
    "sheet": ["Sheet1", "nope", 3],
    "unknown": [1],
}


@pytest.mark.parametrize("sample", [each for each in READABLE if each.folder in ("csv", "excel")], ids=str)
def test_a_mapping_made_for_something_else_is_obeyed_or_refused(sample: Sample) -> None:
    chance = random.Random(f"foreign {sample}")
    source = Source(sample.path.name, sample.content)
    for _ in range(6):
        mapping = {key: chance.choice(FOREIGN[key]) for key in chance.sample(list(FOREIGN), chance.randint(1, 4))}
        with contextlib.suppress(Refused):
            assert isinstance(first_knowing(source).read(source, replace(sample.how, mapping=mapping)), Found)


def _plain(row: FoundRow) -> tuple[object, ...]:
    return (row.line, row.date, row.amount, row.currency, row.payee, row.description, row.reference, row.bank_id)


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda each: str(each.key))
def test_no_bytes_make_a_reader_fall(chosen: Format) -> None:
    """Each reader is handed all kinds of files, whole and cut, and noise: it finds something or refuses."""
    chance = random.Random(f"fall {chosen.key}")
    for content in _contents(chance):
        source = Source(chance.choice(["a.csv", "a.xml", "a.qif", "a", "a.zip"]), content)
        assert chosen.knows(source) in (True, False)
        with contextlib.suppress(Refused):
            assert isinstance(chosen.read(source, READABLE[0].how), Found)


def _contents(chance: random.Random) -> list[bytes]:
    noise = [chance.randbytes(size) for size in (0, 1, 2, 3, 7, 64, 600, 5000)]
    marks = [
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfeA",
        b"\0" * 50,
        b"PK\x03\x04",
        b":20:",
        b"!Type:Bank\n",
        b"<OFX>",
        b"<?xml",
    ]
    whole = [each.content for each in chance.sample(READABLE, 30)]
    cut = [content[: chance.randrange(len(content) + 1)] for content in whole]
    spoilt = [
        bytes(chance.choice((byte, byte, byte, byte, byte, byte, 0, 255, 34, 59)) for byte in content[:3000])
        for content in whole[:10]
    ]
    return [*noise, *marks, *whole, *cut, *spoilt, *(mark + content[:200] for mark in marks for content in whole[:2])]
