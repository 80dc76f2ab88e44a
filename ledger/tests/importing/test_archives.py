"""Archives: every statement in them is read, and nothing that is made to do harm is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.importing import archives
from ledger.importing.found import Found, Refused
from ledger.tests.importing.read_samples import camt, entry, mt940, only_row, read, zipped

pytestmark = pytest.mark.once

LINE = ":61:2405060506D12,50NTRFNONREF"


def amounts(found: Found) -> list[list[int]]:
    return [[row.amount for row in statement.rows] for statement in found.statements]


def test_all_statements_in_an_archive_are_read_in_their_order() -> None:
    found = read(zipped(("b.xml", camt(entry("1.00"))), ("days/a.sta", mt940(LINE))), "month.zip")
    assert (found.format, amounts(found)) == ("camt", [[-100], [-1250]])


def test_the_same_statement_twice_stays_two() -> None:
    same = camt(entry("1.00"))
    assert amounts(read(zipped(("1.xml", same), ("2.xml", same)))) == [[-100], [-100]]


def test_what_is_no_statement_beside_one_is_left_out_and_told() -> None:
    found = read(zipped(("letter.pdf", b"%PDF-1.4"), ("a.xml", camt(entry("1.00")))))
    assert amounts(found) == [[-100]]
    assert [remark.message.partition(".")[0] for remark in found.remarks] == ["“letter"]


def test_what_systems_leave_in_archives_is_not_even_told() -> None:
    packed = zipped(
        ("__MACOSX/._a.xml", b"\0\5"), (".DS_Store", b"\0"), ("folder/", b""), ("a.xml", camt(entry("1.00")))
    )
    found = read(packed)
    assert (amounts(found), found.remarks) == ([[-100]], [])


def test_an_archive_without_a_statement_is_refused_with_the_reason() -> None:
    with pytest.raises(Refused, match=r"“letter\.pdf” in the archive: This is a PDF"):
        read(zipped(("letter.pdf", b"%PDF-1.4")))


def test_an_empty_archive_is_refused() -> None:
    with pytest.raises(Refused, match="no file in the archive"):
        read(zipped())


def test_an_archive_within_an_archive_is_refused() -> None:
    with pytest.raises(Refused, match="archive within an archive"):
        read(zipped(("inner.zip", zipped(("a.xml", camt(entry()))))))


def test_paths_are_only_names() -> None:
    found = read(zipped(("../../etc/passwd.xml", camt(entry("1.00"))), ("C:\\x\\b.pdf", b"%PDF-")))
    assert amounts(found) == [[-100]]
    assert "“b.pdf” in the archive" in found.remarks[0].message


def test_links_are_not_followed() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.xml", camt(entry("1.00")))
    found = read(packed.getvalue())
    assert (amounts(found), found.remarks) == ([[-100]], [])


def test_what_swells_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(("a.xml", b" " * 20_000_000))

    def unpacked(*args: object) -> bytes:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(archives, "_unpacked", unpacked)
    with pytest.raises(Refused, match="far too much"):
        read(bomb)


def test_a_directory_that_lies_about_sizes_gives_no_more_than_it_says() -> None:
    packed = bytearray(zipped(("a.xml", camt(entry("1.00")) + " " * 1_000_000)))
    told = struct.pack("<I", 1_000_000 + len(camt(entry("1.00"))))
    while (place := packed.find(told)) >= 0:
        packed[place : place + 4] = struct.pack("<I", 100)
    with pytest.raises(Refused, match="in the archive is damaged"):
        read(bytes(packed))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = zipped(*((f"{number}.xml", "x") for number in range(4)))
    monkeypatch.setattr(archives, "MOST_STATEMENTS", 3)
    with pytest.raises(Refused, match=r"4 files in the archive\. Hand in at most 3"):
        read(packed)
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    with pytest.raises(Refused, match="too many files"):
        read(packed)


def test_a_locked_archive_is_refused() -> None:
    packed = bytearray(zipped(("a.xml", camt(entry()))))
    packed[6] |= 1
    packed[packed.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match="protected by a password"):
        read(bytes(packed))


def test_an_archive_cut_off_is_refused() -> None:
    with pytest.raises(Refused, match="damaged or was not downloaded to its end"):
        read(zipped(("a.xml", camt(entry())))[:-30])


def test_a_single_statement_keeps_its_lines() -> None:
    assert only_row(read(zipped(("a.sta", mt940(LINE))))).line == 5


PACKED = zipped(("a.xml", camt(entry("1.00"))), ("b.pdf", b"%PDF-1.4"))


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=len(PACKED) - 1), st.integers(min_value=0, max_value=255))
def test_a_changed_byte_is_refused_or_changes_nothing(place: int, value: int) -> None:
    changed = bytearray(PACKED)
    changed[place] = value
    try:
        found = read(bytes(changed))
    except Refused:
        return
    assert amounts(found) == [[-100]]


def test_reports_of_the_day_come_zipped_as_well() -> None:
    report = camt(entry("1.00"), kind="052", version="08")
    assert amounts(read(zipped(("a.xml", report), ("b.xml", camt(entry("2.00"), version="13"))))) == [[-100], [-200]]
