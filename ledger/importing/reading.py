"""The one door to a file: tells what it is by what is in it, and reads it or says in one sentence why not."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from ledger.importing import archives, no_statement
from ledger.importing.formats import Format, format_called, formats
from ledger.importing.found import Found, FoundCategory, FoundStatement, Refused, Remark
from ledger.importing.how import How
from ledger.importing.source import Source

MOST_BYTES = 128 * 1024**2

_TABLE = "csv"

# Which formats a name promises; where another one of these was found, that is said.
_ENDINGS = {
    ".csv": {"csv"},
    ".tsv": {"csv"},
    ".tab": {"csv"},
    ".xls": {"excel"},
    ".xlsx": {"excel"},
    ".xml": {"camt", "ofx"},
    ".camt": {"camt"},
    ".camt053": {"camt"},
    ".ofx": {"ofx"},
    ".qfx": {"ofx"},
    ".qbo": {"ofx"},
    ".qif": {"qif"},
    ".sta": {"mt940"},
    ".swi": {"mt940"},
    ".940": {"mt940"},
    ".mt940": {"mt940"},
    ".pdf": set(),
    ".zip": set(),
    ".json": set(),
}
_BANKS_OWN = {"csv", "excel", "camt", "ofx", "qif", "mt940"}


def read_file(source: Source, how: How, *, format: str = "") -> Found:
    """All that the file says, read as `format` where one is named; raises Refused with a sentence for a person."""
    _refuse_empty_and_huge(source)
    try:
        return _read(source, how, format, is_inner=False)
    except (RecursionError, MemoryError) as beyond:
        raise Refused(_("The file is built in a way that cannot be read within bounds. Download it anew.")) from beyond


def _refuse_empty_and_huge(source: Source) -> None:
    if not source.content:
        raise Refused(str(no_statement.EMPTY))
    if len(source.content) > MOST_BYTES:
        raise Refused(no_statement.too_large(MOST_BYTES))
    if not source.content.strip(b"\0 \t\r\n\x0b\x0c\x1a\xef\xbb\xbf\xff\xfe"):
        raise Refused(str(no_statement.BLANK))


def _read(source: Source, how: How, wanted: str, *, is_inner: bool) -> Found:
    if sentence := no_statement.by_first_bytes(source):
        raise Refused(sentence)
    if archives.is_archive(source):
        return _read_archive(source, how, wanted, is_inner=is_inner)
    source, remarks = _without_zeros(source)
    found = _format_of(source, wanted).read(source, how)
    if not found.statements and not found.categories:
        raise Refused(str(no_statement.UNKNOWN))
    found.remarks[:0] = [*remarks, *_on_its_name(source, found)]
    return found


def _format_of(source: Source, wanted: str) -> Format:
    """The one that a person named, or the first that knows the file. A table is what is left: it is looked at hard."""
    if wanted:
        return _named(wanted)
    chosen = next((each for each in formats() if each.knows(source)), None)
    if (chosen is None or chosen.key == _TABLE) and (sentence := no_statement.by_its_text(source)):
        raise Refused(sentence)
    if chosen is None:
        raise Refused(str(no_statement.UNKNOWN))
    return chosen


def _named(key: str) -> Format:
    if key not in {each.key for each in formats()}:
        words = _("There is no format called “%(key)s”. Choose one of these: %(keys)s.")
        raise Refused(words % {"key": key, "keys": ", ".join(each.key for each in formats())})
    return format_called(key)


def _without_zeros(source: Source) -> tuple[Source, list[Remark]]:
    """NUL bytes are no letters in any encoding but UTF-16: what a faulty export or a broken disk left is taken out."""
    content = source.content
    if b"\0" not in content or source.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source, []
    if no_statement.looks_like_utf16(source.head) or no_statement.is_binary(source.head.rstrip(b"\0")):
        return source, []
    line = content.count(b"\n", 0, content.index(b"\0")) + 1
    words = _("%(count)s NUL bytes were left out; check that nothing is missing in this line.")
    remark = Remark(words % {"count": content.count(b"\0")}, line)
    return Source(source.name, content.replace(b"\0", b"")), [remark]


def _on_its_name(source: Source, found: Found) -> list[Remark]:
    """Where the name promises something else."""
    promised = _ENDINGS.get(source.ending)
    if promised is None or found.format in promised or found.format not in _BANKS_OWN:
        return []
    words = _("The name ends in “%(ending)s”, but this is %(format)s and was read as such.")
    return [Remark(words % {"ending": source.ending, "format": format_called(found.format).title})]


def _read_archive(source: Source, how: How, wanted: str, *, is_inner: bool) -> Found:
    """By a format that knows the archive as a whole, such as a workbook; else all statements in it."""
    archives.look_into(source)
    knowing = _named(wanted) if wanted else next((each for each in formats() if each.knows(source)), None)
    if knowing is not None and (not wanted or knowing.knows(source)) and knowing.key != _TABLE:
        return knowing.read(source, how)
    if is_inner:
        raise Refused(_("An archive within an archive is not opened. Unpack it and hand in the statements themselves."))
    return _together(source, how, wanted)


def _together(source: Source, how: How, wanted: str) -> Found:
    found: list[Found] = []
    refused: list[tuple[str, Refused]] = []
    for inner in archives.statements_in(source, MOST_BYTES):
        try:
            _refuse_empty_and_huge(inner)
            found.append(_read(inner, how, wanted, is_inner=True))
        except Refused as no:
            refused.append((inner.name, no))
        else:
            _tell_file(found[-1], inner.name)
    if not found:
        name, first = refused[0]
        raise Refused(_("“%(name)s” in the archive: %(reason)s") % {"name": name, "reason": first}, first.line)
    return _joined(found, [_left_out(name, why) for name, why in refused])


def _tell_file(found: Found, name: str) -> None:
    found.remarks = [replace(remark, message=f"{name}: {remark.message}") for remark in found.remarks]


def _left_out(name: str, why: Refused) -> Remark:
    return Remark(_("“%(name)s” in the archive was left out. %(reason)s") % {"name": name, "reason": why})


def _joined(found: list[Found], left_out: list[Remark]) -> Found:
    """Several files as one. Nothing is merged: a statement that came twice is told apart by the matching."""
    statements: list[FoundStatement] = [statement for each in found for statement in each.statements]
    categories: list[FoundCategory] = [category for each in found for category in each.categories]
    alone = found[0] if len(found) == 1 else None
    return Found(
        format=found[0].format,
        statements=statements,
        remarks=[*(remark for each in found for remark in each.remarks), *left_out],
        categories=categories,
        is_a_book=any(each.is_a_book for each in found),
        mapping=alone.mapping if alone else None,
        questions=alone.questions if alone else [],
    )
