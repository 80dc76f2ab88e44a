"""A report as CSV: one table after the other, each with its title and head, as spreadsheets of the country read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from ledger.exporting.comma import Dialect, comma_file, dialect_of, plain
from ledger.reporting.document import Amount, Cell, Count, Day, Document, Share, Table, Words
from ledger.reporting.letterhead import Letterhead
from ledger.reporting.tabular import columns_of, tables_of


def write_csv(path: Path, document: Document, letterhead: Letterhead) -> None:
    dialect = dialect_of(document.currency, letterhead.locale)
    with comma_file(path, dialect) as out:
        for text in (document.title, letterhead.household, document.subtitle, document.told, document.honest):
            if text:
                out.writerow([plain(text)])
        for table in tables_of(document):
            out.writerow([])
            out.writerows(_lines(table, dialect))


def _lines(table: Table, dialect: Dialect) -> Iterator[list[str]]:
    columns = columns_of(table)
    yield [plain(table.title)]
    if table.note:
        yield [plain(table.note)]
    yield [plain(column.head) for column in columns]
    group = ""
    for row in table.rows:
        about, *cells = (column.of(row) for column in columns)
        if isinstance(about, Words):
            if not row.level:
                group = about.text
            elif group:
                # What stands within a group is known by both names, for lines of a file get sorted.
                about = Words(f"{group}: {about.text}")
        yield [_text(cell, dialect) for cell in (about, *cells)]


def _text(cell: Cell, dialect: Dialect) -> str:
    if isinstance(cell, Amount):
        return dialect.number(decimal_text(cell.minor, minor_digits(cell.currency)))
    if isinstance(cell, Share):
        return "" if cell.value is None else dialect.number(f"{cell.value * 100:.2f}%")
    if isinstance(cell, Count):
        return str(cell.value)
    if isinstance(cell, Day):
        return cell.day.isoformat()
    return plain(cell.text) if isinstance(cell, Words) else ""
