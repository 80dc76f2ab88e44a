"""The one door: what is no statement is refused with a sentence, what is one is told by its content."""

from __future__ import annotations

import pytest

from ledger.importing import reading
from ledger.importing.found import Refused
from ledger.importing.source import Source
from ledger.tests.importing.read_samples import camt, entry, how, mt940, only, only_row, read, zipped

pytestmark = pytest.mark.once

LINE = ":61:2405060506D12,50NTRFNONREF"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ODS = zipped(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \r\n\t\r\n", "nothing in the file but blanks"),
        (b"\0" * 100, "nothing in the file but blanks"),
        (b"\xef\xbb\xbf\n", "nothing in the file but blanks"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"\xff\xd8\xff\xe0....", "a picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a picture"),
        (b"\x1f\x8b\x08....", "Unpack it"),
        (b"7z\xbc\xaf\x27\x1c....", "Unpack it"),
        (b"Rar!\x1a\x07....", "Unpack it"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old workbook"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "office program"),
        (ODS, "OpenDocument spreadsheet"),
        (zipped(("word/document.xml", "<w/>")), "a text document"),
        (b"MZ\x90\0\x03\0\0\0", "a program"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"SQLite format 3\0....", "a database"),
        (b"<!DOCTYPE html>\n<html><form><input type=password></form></html>", "sign-in page"),
        (b"\xef\xbb\xbf<html><head><title>Bank</title></head></html>", "sign-in page"),
        (b"<html><table>" + b"<tr><td>1</td></tr>" * 9 + b"</table></html>", "web page with a table"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "written as XML"),
        (b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>', "payment order"),
        (b'<?xml version="1.0"?><catalogue><book/></catalogue>', "This is XML"),
        (b'{"transactions": [{"amount": 1}]}', "This is JSON"),
        (bytes(range(256)) * 20, "no text"),
    ],
)
def test_what_is_no_statement_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read(content, "statement.csv")


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1024**2)
    with pytest.raises(Refused, match="larger than 1 MB"):
        read(b"x" * (1024**2 + 1))


def test_the_limit_is_128_megabytes() -> None:
    assert reading.MOST_BYTES == 134_217_728


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.sta", False), ("a.txt", False), ("a", False), ("a.csv", True), ("a.xls", True), ("a.pdf", True)],
)
def test_a_name_that_promises_something_else_is_told(name: str, told: bool) -> None:
    found = read(mt940(LINE), name)
    assert found.format == "mt940"
    assert bool(found.remarks) == told


def test_nul_bytes_are_taken_out_and_told_with_their_line() -> None:
    found = read(mt940(LINE).replace("NTRF", "N\0\0TRF").encode() + b"\0" * 50)
    assert only_row(found).amount == -1250
    assert [remark.line for remark in found.remarks] == [5]


def test_two_bytes_a_letter_are_no_nul_bytes() -> None:
    found = read(camt(entry()).encode("utf-16"), "a.xml")
    assert (only_row(found).amount, found.remarks) == (-1250, [])


def test_a_format_can_be_asked_for_by_name() -> None:
    assert read(mt940(LINE), format="mt940").format == "mt940"
    with pytest.raises(Refused, match=r"no format called .mt9.\. Choose one of these: .*camt"):
        read(mt940(LINE), format="mt9")


def test_a_file_that_exhausts_the_reader_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*args: object) -> None:
        raise RecursionError

    monkeypatch.setattr("ledger.importing.mt940.reading.Mt940.read", deep)
    with pytest.raises(Refused, match="cannot be read within bounds"):
        read(mt940(LINE))


def test_a_fault_of_a_reader_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*args: object) -> None:
        raise KeyError("amount")

    monkeypatch.setattr("ledger.importing.mt940.reading.Mt940.read", faulty)
    with pytest.raises(KeyError):
        read(mt940(LINE))


def test_reading_may_be_stopped_from_outside() -> None:
    class StoppedError(Exception):
        pass

    def step(done: int, total: int) -> None:
        raise StoppedError

    asked = how()
    stopping = type(asked)(today=asked.today, currency=asked.currency, step=step)
    with pytest.raises(StoppedError):
        reading.read_file(Source("a.xml", camt(entry()).encode()), stopping)


def test_each_line_stands_in_the_file() -> None:
    text = mt940(LINE, ":86:words", LINE)
    for row in only(read(text)).rows:
        assert text.splitlines()[row.line - 1] == LINE
        assert row.original in text
