"""Excel workbooks: the first sheet that looks like a statement becomes a grid, and is read like any other table."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal
from numbers import Number
from typing import Any

from django.utils.translation import gettext as _

from ledger.importing.csv.mapping import Mapping, checked
from ledger.importing.csv.records import GridRow
from ledger.importing.csv.survey import surveyed
from ledger.importing.csv.table import About, read_table
from ledger.importing.damage import BROKEN_ARCHIVE
from ledger.importing.found import Found, Refused, Remark
from ledger.importing.how import How
from ledger.importing.source import Source

# Of what comes out of the archive: more is no statement, and may be made to fill the memory.
_MOST_BYTES = 400 * 1024 * 1024
_MOST_PARTS = 2000
_RATIO = 150
_SMALL = 4 * 1024 * 1024
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 200
_MOST_REMARKS = 50
# What a spreadsheet keeps of a number; digits beyond are noise of the arithmetic.
_EXACT = Context(prec=15)


@dataclass
class Sheet:
    """The rows of one sheet in which anything stands; `line` is the number of the row."""

    name: str
    kept: list[GridRow]
    remarks: list[Remark] = field(default_factory=list)

    def walk(self) -> Iterator[GridRow]:
        return iter(self.kept)


class Excel:
    """Workbooks as Excel writes them since 2007."""

    key = "excel"
    title = "Excel"

    def knows(self, source: Source) -> bool:
        return source.head.startswith(b"PK\x03\x04") and any(name.startswith("xl/") for name in _names(source.content))

    def read(self, source: Source, how: How) -> Found:
        given = checked(how.mapping)
        archive = _opened(source)
        sheet = _chosen(archive, source.content, how, given.get("sheet", ""))
        about = About(key=self.key, mapping=Mapping(sheet=sheet.name), is_sheet=True, lines=len(sheet.kept))
        return read_table(sheet, how, given, about)


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except BROKEN_ARCHIVE:
        return []


def _opened(source: Source) -> zipfile.ZipFile:
    """The archive, once its directory says that it can be unpacked without harm."""
    if source.head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            _("This is an old or a locked Excel file. Open it and save it as .xlsx or CSV without a password.")
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
        parts = archive.infolist()
    except BROKEN_ARCHIVE as error:
        raise _damaged() from error
    if "xl/workbook.bin" in archive.namelist():
        raise Refused(_("This is a binary Excel workbook. Open it and save it as .xlsx or as CSV."))
    sizes = sum(part.file_size for part in parts)
    swollen = any(part.file_size > _SMALL and part.file_size > _RATIO * part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or sizes > _MOST_BYTES or swollen:
        raise Refused(_("This workbook is far too large when unpacked. Save the sheet with the transactions as CSV."))
    if any(_defines_entities(archive, part) for part in parts if part.filename.endswith(".xml")):
        raise Refused(_("This workbook was not written by a spreadsheet program, and is not opened. Save it as CSV."))
    return archive


def _damaged() -> Refused:
    return Refused(_("This workbook is damaged. Open it in a spreadsheet program and save it again."))


def _defines_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """No spreadsheet program does; others do it to fill the memory."""
    try:
        with archive.open(part) as opened:
            return b"<!DOCTYPE" in (head := opened.read(4096)) or b"<!ENTITY" in head
    except BROKEN_ARCHIVE as error:
        raise _damaged() from error


def _chosen(archive: zipfile.ZipFile, content: bytes, how: How, name: str) -> Sheet:
    """The sheet of that name, or the first with rows of money; else the first in which anything stands."""
    book = _workbook(content, values=True)
    names = [sheet.title for sheet in book.worksheets]
    if name and name not in names:
        raise Refused(_("There is no sheet “%(name)s” in this workbook.") % {"name": name})
    formulas = _workbook(content, values=False) if _has_formulas(archive) else None
    filled: list[Sheet] = []
    for title in [name] if name else names:
        sheet = _sheet(book, formulas, title, how)
        if name or surveyed(sheet.walk(), how.today, None).has_rows:
            return sheet
        if sheet.kept:
            filled.append(sheet)
    if not filled:
        raise Refused(_("Nothing stands in this workbook. Choose the file with the transactions of your bank."))
    return filled[0]


def _workbook(content: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 (slow to import, and few files need it)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
        except Exception as error:
            raise _damaged() from error


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    for part in archive.infolist():
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            with archive.open(part) as opened:
                tail = b""
                while chunk := opened.read(1 << 20):
                    if b"<f>" in tail + chunk or b"<f " in tail + chunk or b"<f/" in tail + chunk:
                        return True
                    tail = chunk[-3:]
    return False


def _sheet(book: Any, formulas: Any, title: str, how: How) -> Sheet:
    sheet = Sheet(title, [])
    beside = _rows(formulas[title]) if formulas is not None else None
    for number, values in enumerate(_rows(book[title]), 1):
        written = next(beside, ()) if beside is not None else ()
        if number % 4096 == 0:
            how.step(number, max(book[title].max_row or number, number))
        if number > _MOST_ROWS:
            raise Refused(_("This sheet has more rows than a spreadsheet can hold. Save it as CSV."))
        cells = [_text(value) for value in values[:_MOST_COLUMNS]]
        if written:
            cells = _with_formulas(cells, written, number, sheet)
        if any(cells):
            sheet.kept.append(GridRow(number, "\t".join(cells).rstrip("\t"), cells))
    width = max((len(row.cells) for row in sheet.kept), default=0)
    for row in sheet.kept:
        row.cells.extend([""] * (width - len(row.cells)))
    return sheet


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """What stands in each row; a sheet may tell a wrong size of itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            sheet.reset_dimensions()
            yield from sheet.iter_rows(values_only=True)
        except Exception as error:
            raise _damaged() from error


def _with_formulas(cells: list[str], written: tuple[Any, ...], number: int, sheet: Sheet) -> list[str]:
    """A formula that was never worked out stands as it is written: its value is not known."""
    for place, formula in enumerate(written[: len(cells)]):
        if not cells[place] and isinstance(formula, str) and formula.startswith("="):
            cells[place] = formula
            if len(sheet.remarks) < _MOST_REMARKS:
                words = _("A formula here has no value. Open the file in a spreadsheet program and save it again.")
                sheet.remarks.append(Remark(words, number))
    return cells


def _text(value: object) -> str:
    """What a cell holds, as a table in text would have it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\0", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, Number) and not isinstance(value, int):
        return _number(Decimal(repr(value)))
    return str(value)


def _number(value: Decimal) -> str:
    """Without noise and powers of ten; three decimals get a fourth, so that they are not taken for thousands."""
    if not value.is_finite():
        return str(value)
    text = f"{value.normalize(_EXACT):f}"
    return text + "0" if len(text.partition(".")[2]) == 3 else text


FORMAT = Excel()
