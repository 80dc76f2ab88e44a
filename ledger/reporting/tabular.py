"""A report as tables alone, as spreadsheets and plain text have it: each table with its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ledger.reporting.document import Amount, Cell, Chart, Document, Figures, Row, Table, Words


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: which cell of a row it shows, or the currency of that cell."""

    head: str
    place: int
    is_currency: bool = False

    def of(self, row: Row) -> Cell:
        cell = row.cells[self.place] if self.place < len(row.cells) else None
        if self.is_currency:
            return Words(cell.currency) if isinstance(cell, Amount) else None
        return cell


def tables_of(document: Document) -> Iterator[Table]:
    """Everything the report says in numbers, section after section, each with a title."""
    for section in document.sections:
        if isinstance(section, Figures):
            yield _of_figures(section)
        elif isinstance(section, Table):
            yield section
        else:
            tables = [section.table] if isinstance(section, Chart) else section.tables
            yield from (replace(table, title=table.title or section.title) for table in tables if table)


def _of_figures(section: Figures) -> Table:
    rows = [Row([Words(figure.label), figure.value, Words(figure.note)]) for figure in section.figures]
    return Table(section.key, section.title or _("Summary"), [_("Figure"), _("Value"), _("Note")], rows)


def columns_of(table: Table) -> list[Column]:
    """Its columns: the head says the currency, or a column beside says it where that is not one for all."""
    found = []
    for place, head in enumerate(table.head):
        cells = [row.cells[place] for row in table.rows if place < len(row.cells)]
        currencies = {cell.currency for cell in cells if isinstance(cell, Amount)}
        alike = len(currencies) == 1 and all(cell is None or isinstance(cell, Amount) for cell in cells)
        if alike:
            [currency] = currencies
            head = _("%(head)s (%(currency)s)") % {"head": head, "currency": currency} if head else currency
        found.append(Column(head, place))
        if currencies and not alike:
            found.append(Column(_("Currency"), place, is_currency=True))
    return found
