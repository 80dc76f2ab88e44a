"""A ring of what was spent on what, with names, shares and amounts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.reporting.document import Share
from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.charts.plot import Plot
from ledger.reporting.pdf.faces import Type
from ledger.reporting.pdf.pen import Pen

_NAME, _AMOUNT, _SHARE = Type(8.5), Type(8.5), Type(8.5, ink=ink.INK_2)
_LONG_NAME = Type(7.5)
_TOTAL = Type(12, strong=True)
_HOLE, _GAP = 0.66, 1.2
_LINE, _WIDEST_LINE = 15, 21
_NARROW, _RING_PART = 340, 0.4


def where(plot: Plot) -> None:
    slices = [(place, each) for place, each in enumerate(plot.data["slices"]) if each["value"] > 0]
    whole = sum(each["value"] for _place, each in slices)
    # In half a page the ring is smaller, and names go before shares.
    is_narrow = plot.pen.width < _NARROW
    radius = min(plot.height / 2 - 4, plot.pen.width * _RING_PART / 2)
    centre = radius + (0 if is_narrow else 12), plot.height / 2
    turned = 0.0
    for _place, each in slices:
        extent = each["value"] / whole * 360
        # White between slices, as long as they are wide enough to show it.
        gap = _GAP if extent > 3 * _GAP and len(slices) > 1 else 0
        plot.pen.slice(centre, radius, turned + gap / 2, extent - gap, ink.hue(each["hue"]))
        turned += extent
    plot.pen.dot(*centre, radius * _HOLE, ink.PAPER)
    total = plot.rounded(whole)
    fitting = faces.shrunk(total, _TOTAL, radius * _HOLE * 1.7)
    plot.pen.text(centre[0], centre[1] + fitting.size * 0.36, total, fitting, "middle")
    _names(plot, slices, whole, 2 * radius + (14 if is_narrow else 40))


def _names(plot: Plot, slices: Sequence[tuple[int, dict[str, Any]]], whole: int, left: float) -> None:
    pen = plot.pen.within(left, 0, plot.pen.width - left)
    is_narrow = plot.pen.width < _NARROW
    step = min(_WIDEST_LINE, max(_LINE, plot.height / max(len(slices), 1)))
    down = (plot.height - step * len(slices)) / 2 + step * 0.66
    amounts = [plot.spelling.amount(each["value"], plot.currency) for _place, each in slices]
    widest = max(faces.width(amount, _AMOUNT) for amount in amounts)
    for number, ((place, each), amount) in enumerate(zip(slices, amounts, strict=True)):
        y = down + number * step
        share = plot.spelling.share(Share(each["value"] / whole))
        pen.dot(3, y - 3, 3, ink.hue(each["hue"]))
        room = pen.width - widest - (18 if is_narrow else 60)
        _name(pen, y, str(each["label"]), room)
        pen.text(pen.width, y, amount, _AMOUNT, "end")
        if not is_narrow:
            pen.text(pen.width - widest - 12, y, share, _SHARE, "end")
        pen.link(pen.width - widest, y - 9, widest, 12, plot.url(place))


def _name(pen: Pen, y: float, name: str, room: float) -> None:
    """A name beside its dot; a long one in two smaller lines."""
    if faces.width(name, _NAME) <= room:
        pen.text(12, y, name, _NAME)
        return
    lines = faces.lines(name, _LONG_NAME, room, most=2)
    for number, line in enumerate(lines):
        pen.text(12, y + (number - (len(lines) - 1) / 2) * _LONG_NAME.size * 1.1, line, _LONG_NAME)
