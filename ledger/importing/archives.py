"""Archives with statements in them, opened with care: how much comes out is known before anything is unpacked."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ledger.importing import no_statement
from ledger.importing.damage import BROKEN_ARCHIVE
from ledger.importing.found import Refused
from ledger.importing.source import Source

# Of everything that is in it, whoever reads it; statements in it are bounded by what is read at all.
MOST_ENTRIES = 10_000
MOST_UNPACKED = 1024**3
MOST_STATEMENTS = 500
# Statements in XML shrink to a fiftieth at most; what shrinks more was made to do harm.
MOST_RATIO = 250
_SMALL = 4 * 1024**2
_KIND = 200

_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DIRECTORY_MARK = b"PK\x01\x02"
_LEFT_BY_SYSTEMS = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.I)


def is_archive(source: Source) -> bool:
    return source.content.startswith(_BEGINNINGS)


def look_into(source: Source) -> None:
    """Raises Refused where it cannot be a whole archive, or one that nobody should unpack, whatever is in it."""
    entries = _directory(source)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED or any(_swells(entry) for entry in entries):
        raise Refused(
            _("The archive would unpack to far too much. It was not opened; hand in the statements themselves.")
        )
    kind = _beginning_of(source, entries, "mimetype")
    if sentence := no_statement.by_inner_names([entry.filename for entry in entries], kind):
        raise Refused(sentence)


def statements_in(source: Source, most_bytes: int) -> Iterator[Source]:
    """The files in it in their order, one at a time. Their names are shown and never used as paths."""
    entries = [entry for entry in _directory(source) if _is_file(entry)]
    _refuse_unfit(entries, most_bytes)
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        for entry in entries:
            yield Source(_bare_name(entry), _unpacked(archive, entry))


def _refuse_unfit(entries: list[zipfile.ZipInfo], most_bytes: int) -> None:
    if not entries:
        raise Refused(_("There is no file in the archive. Download it anew."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_("The archive is protected by a password. Unpack it and hand in the statements that are in it."))
    if len(entries) > MOST_STATEMENTS:
        words = _("There are %(count)s files in the archive. Hand in at most %(most)s at once.")
        raise Refused(words % {"count": len(entries), "most": MOST_STATEMENTS})
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise Refused(_("The archive holds too much to be read at once. Unpack it and hand in the files one by one."))


def _directory(source: Source) -> list[zipfile.ZipInfo]:
    """What it says to hold. The number is looked at first: reading a directory takes memory for every entry."""
    if source.content.count(_DIRECTORY_MARK) > MOST_ENTRIES:
        raise Refused(_("There are too many files in the archive. Hand in the statements themselves."))
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            return archive.infolist()
    except BROKEN_ARCHIVE as broken:
        raise Refused(_("The archive is damaged or was not downloaded to its end. Download it anew.")) from broken


def _swells(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    """No folder, no link, and nothing that an operating system leaves behind."""
    mode = entry.external_attr >> 16
    is_plain = stat.S_IFMT(mode) in {0, stat.S_IFREG}
    return is_plain and not entry.is_dir() and not _LEFT_BY_SYSTEMS.search(entry.filename)


def _bare_name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").rpartition("/")[2]


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than its directory promised, however much is packed into it."""
    try:
        with archive.open(entry) as packed:
            return packed.read(entry.file_size)
    except BROKEN_ARCHIVE as broken:
        words = _("“%(name)s” in the archive is damaged. Download the archive anew.")
        raise Refused(words % {"name": _bare_name(entry)}) from broken


def _beginning_of(source: Source, entries: list[zipfile.ZipInfo], name: str) -> bytes:
    """Of a small entry that says what the archive is; empty where there is none."""
    if not any(entry.filename == name for entry in entries):
        return b""
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive, archive.open(name) as packed:
            return packed.read(_KIND)
    except BROKEN_ARCHIVE:
        return b""
