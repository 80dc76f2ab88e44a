"""A report as a PDF in our look: type embedded, charts drawn, tables that break between rows, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.utils.translation import get_language_info
from reportlab.pdfgen.canvas import Canvas

from ledger.reporting.document import Chart, Document, Figures, Part, Section, Table
from ledger.reporting.letterhead import Letterhead
from ledger.reporting.pdf import faces
from ledger.reporting.pdf.blocks import Block, abreast, heading, part_of, space, stacked
from ledger.reporting.pdf.charts import KINDS, MOST_ROWS, chart_blocks
from ledger.reporting.pdf.figures import figure_blocks
from ledger.reporting.pdf.paper import Paper, page_size
from ledger.reporting.pdf.parts import PARTS, part_blocks
from ledger.reporting.pdf.spelling import Spelling
from ledger.reporting.pdf.tables import has_room, table_blocks

BETWEEN, GAP = 24, 28
# Higher than this a section has the whole width, and breaks where a page ends.
TALLEST_HALF = 340


def write_pdf(path: Path, document: Document, letterhead: Letterhead) -> None:
    size = page_size(letterhead.locale)
    spelling = Spelling(letterhead)
    paper = Paper(document, spelling, size, mirrored=get_language_info(letterhead.language)["bidi"])
    # An invariant file has neither the clock nor chance in it: the same report is the same to the byte.
    faces.registered()
    said = {"lang": letterhead.language, "initialFontName": faces.PLAIN}
    canvas = Canvas(str(path), pagesize=size, invariant=1, pageCompression=1, **said)
    canvas.setTitle(f"{document.title}, {document.subtitle}")
    canvas.setAuthor(letterhead.household)
    canvas.setCreator("FinanceFlow")
    paper.draw(canvas, paper.shared_out(_blocks(document, spelling, paper.room)), letterhead.site)
    canvas.save()


def _blocks(document: Document, spelling: Spelling, room: float) -> list[Block]:
    """Section after section, short narrow ones two by two; at the end the long tables that belong to charts."""
    found: list[Block] = []
    sections = list(document.sections)
    while sections:
        section = sections.pop(0)
        pair = _pair(section, sections[0], document, spelling, room) if sections else None
        if pair:
            sections.pop(0)
        blocks = [pair] if pair else _of_section(section, spelling, room, document.currency)
        found += [*blocks, space(BETWEEN)] if blocks else []
    for table in _put_off(document):
        found += [*table_blocks(table, spelling, room), space(BETWEEN)]
    return found


def _put_off(document: Document) -> Iterator[Table]:
    """Long tables of what is drawn: they say the same to the cent, and come last."""
    for section in document.sections:
        if isinstance(section, Chart) and section.table and is_long(section, section.table):
            yield replace(section.table, title=section.table.title or section.title)
        elif isinstance(section, Part):
            yield from (table for table in section.tables if is_long(section, table))


def is_long(section: Chart | Part, table: Table) -> bool:
    """Whether a table stands at the end, for its numbers are drawn already and would fill the page."""
    is_drawn = section.kind in KINDS if isinstance(section, Chart) else section.template in PARTS
    return is_drawn and len(table.rows) > MOST_ROWS


def _pair(section: Section, following: Section, document: Document, spelling: Spelling, room: float) -> Block | None:
    """Two next to each other, where both are meant to be narrow and can be."""
    if not {section.key, following.key} <= document.narrow:
        return None
    half = part_of(room, 2, GAP)
    tables = [each for each in (section, following) if isinstance(each, Table)]
    if not all(has_room(table, spelling, half) for table in tables):
        return None
    halves = [stacked(_of_section(each, spelling, half, document.currency)) for each in (section, following)]
    return abreast(halves, 2, GAP) if max(block.height for block in halves) <= TALLEST_HALF else None


def _of_section(section: Section, spelling: Spelling, room: float, currency: str) -> list[Block]:
    if isinstance(section, Figures):
        head = heading(section.title, "", room) if section.title else []
        return [*head, *figure_blocks(section, spelling, room)]
    if isinstance(section, Table):
        return table_blocks(section, spelling, room)
    if isinstance(section, Chart):
        return chart_blocks(section, spelling, room, currency)
    drawn = part_blocks(section, spelling, room)
    tables = [table_blocks(table, spelling, room) for table in section.tables if not is_long(section, table)]
    return [*drawn, *(block for blocks in tables for block in blocks)]
