"""Pages: their size, what stands on top and at the foot of each, and how blocks are shared out among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel import Locale
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4, LETTER

from financeflow.money.writing import locale_of
from ledger.reporting.document import Document
from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.blocks import SMALL, SUBTITLE, TEXT, TITLE, Block, paragraph, space, stacked, warning
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen
from ledger.reporting.pdf.spelling import Spelling

# Where paper is cut in inches.
_LETTER_LANDS: Final = frozenset(
    {"US", "CA", "MX", "PH", "CL", "CO", "CR", "VE", "GT", "PA", "DO", "PR", "SV", "NI", "HN"}
)
MARGIN: Final = 48
_TOP, _FOOT = 46, 52
_RUNNING = Type(8, ink=ink.INK_3)
_NAME = Type(11, strong=True)
# The brand's mark: two waves, on a grid of 24.
_WAVES: Final = (
    ((4, 13.5), ((7.2, 13.5), (8.2, 5.5), (13.5, 5.5)), ((16.5, 5.5), (17.2, 7), (20, 7)), 45),
    ((4, 19.5), ((8.5, 19.5), (9, 10.5), (14, 10.5)), ((16.6, 10.5), (17.4, 12.2), (20, 12.2)), 100),
)


def page_size(locale: str) -> tuple[float, float]:
    """A4, or Letter where that is what printers hold."""
    known: Locale = locale_of(locale)
    width, height = LETTER if known.territory in _LETTER_LANDS else A4
    return width, height


@dataclass(frozen=True)
class Paper:
    """The pages of one document."""

    document: Document
    spelling: Spelling
    size: tuple[float, float]
    mirrored: bool

    @property
    def room(self) -> float:
        """How wide what stands on it may be."""
        return self.size[0] - 2 * MARGIN

    def shared_out(self, blocks: Sequence[Block]) -> list[list[tuple[float, Block]]]:
        """On which page each block stands, and how far down."""
        pages: list[list[tuple[float, Block]]] = [[]]
        room = self.size[1] - _FOOT - _TOP
        down, top = 0.0, 0.0
        for cluster in _clusters([self._opening(), *blocks]):
            height = sum(block.height for block in cluster)
            if cluster[0].is_space and down + height > room:
                continue
            if down + height > room and down > top:
                pages.append([])
                down = top = 24.0
                if cluster[0].again:
                    pages[-1].append((down, cluster[0].again))
                    down += cluster[0].again.height
            for block in cluster:
                if block.is_space and down == top:
                    continue
                pages[-1].append((down, block))
                down += block.height
        return pages

    def draw(self, canvas: Any, pages: Sequence[Sequence[tuple[float, Block]]], site: str) -> None:
        for number, page in enumerate(pages, 1):
            pen = Pen(canvas, MARGIN, self.size[1] - _TOP, self.room, self.mirrored, site)
            if number > 1:
                self._running_head(pen)
            for down, block in page:
                block.draw(pen.within(0, down, pen.width))
            self._foot(pen, number, len(pages))
            canvas.showPage()

    def _opening(self) -> Block:
        """The head of the first page: who, which report, which period, and the one sentence that tells it."""
        document, room = self.document, self.room
        parts = [
            Block(40, self._letterhead),
            paragraph(document.title, TITLE, room),
            paragraph(document.subtitle, SUBTITLE, room),
        ]
        if document.told:
            parts += [space(6), paragraph(document.told, TEXT, room)]
        if document.honest:
            parts += [space(8), warning(document.honest, room)]
        return stacked([*parts, space(16)])

    def _letterhead(self, pen: Pen) -> None:
        _mark(pen.within(0, 0, 20), 20)
        pen.text(25, 14, "FinanceFlow", _NAME)
        whose = faces.fitted(self.spelling.letterhead.household, _NAME, pen.width - 120)
        pen.text(pen.width, 14, whose, _NAME, "end")
        pen.rule(0, 26, pen.width, ink.LINE, 0.75)

    def _running_head(self, pen: Pen) -> None:
        _mark(pen.within(0, -4, 14), 14)
        whose = faces.fitted(self.spelling.letterhead.household, _RUNNING, pen.width / 2)
        title = _("%(report)s, %(period)s") % {"report": self.document.title, "period": self.document.subtitle}
        pen.text(18, 6, faces.fitted(title, _RUNNING, pen.width / 2 - 30), _RUNNING)
        pen.text(pen.width, 6, whose, _RUNNING, "end")
        pen.rule(0, 13, pen.width)

    def _foot(self, pen: Pen, number: int, of: int) -> None:
        down = self.size[1] - _TOP - 28
        made = _("Made on %(day)s") % {"day": self.spelling.day(self.spelling.letterhead.made_on, "long")}
        pen.rule(0, down - 12, pen.width)
        pen.text(0, down, made, SMALL)
        pen.text(pen.width, down, _("Page %(number)d of %(of)d") % {"number": number, "of": of}, SMALL, "end")


def _clusters(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks that stay on one page together."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        found[-1].append(block)
        if not block.keeps:
            found.append([])
    return [cluster for cluster in found if cluster]


def _mark(pen: Pen, size: float) -> None:
    pen = pen.straight
    scale = size / 24
    for start, first, second, part in _WAVES:
        curves = [[(x * scale, y * scale) for x, y in curve] for curve in (first, second)]
        pen.wave((start[0] * scale, start[1] * scale), curves, ink.tint(ink.ACCENT, part), 2.4 * scale)
