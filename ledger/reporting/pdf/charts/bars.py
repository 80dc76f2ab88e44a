"""Columns: month against month, series side by side, and kinds on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ledger.reporting.pdf import ink
from ledger.reporting.pdf.charts.plot import Axes, Plot, key
from ledger.reporting.pdf.pen import Point

# Earlier months are thinned to so many percent of the ink.
_EARLIER_IN, _EARLIER_OUT = 58, 52
_FILLED, _WIDEST = 0.7, 44
# More columns than this stand upon each other.
_MOST_BESIDE = 60


def months(plot: Plot) -> None:
    """Money in and money out side by side, the month one looks at in full strength."""
    data = plot.data
    current = data.get("current")
    current = len(data["labels"]) - 1 if current is None else current
    top = key(plot, [(_("Money in"), ink.ACCENT), (_("Money out"), ink.INK_3)])
    axes = plot.axes([*data["money_in"], *data["money_out"]], top=top)
    axes.grid()
    for place in range(len(data["labels"])):
        strengths = (100, 100) if place == current else (_EARLIER_IN, _EARLIER_OUT)
        colours = ink.tint(ink.ACCENT, strengths[0]), ink.tint(ink.INK_3, strengths[1])
        _columns(axes, place, (data["money_in"][place], data["money_out"][place]), colours, len(data["labels"]))
    axes.below(_labels(plot), columns=True, strong=current)


def days(plot: Plot) -> None:
    """What was spent each day, today in full strength."""
    labels, actual = [str(label) for label in plot.data["days"]], plot.data["actual"]
    today = plot.data.get("today")
    axes = plot.axes(actual)
    axes.grid()
    for place, value in enumerate(actual):
        colour = ink.tint(ink.ACCENT, 100 if today in {None, place} else _EARLIER_IN)
        _columns(axes, place, [value], [colour], len(labels))
    axes.below(labels, columns=True)


def bars(plot: Plot) -> None:
    """Columns side by side, of one series or of several."""
    series, labels = _series(plot), _labels(plot)
    if len(series) > 1 and len(series) * len(labels) > _MOST_BESIDE:
        stack(plot)
        return
    top = key(plot, [(each["label"], ink.hue(each["hue"])) for each in series]) if len(series) > 1 else 0
    axes = plot.axes([value or 0 for each in series for value in each["values"]], top=top)
    axes.grid()
    for place in range(len(labels)):
        values = [each["values"][place] or 0 for each in series]
        colours = [_colour(plot, each, place) for each in series]
        _columns(axes, place, values, colours, len(labels))
    axes.below(labels, columns=True, strong=_current(plot))


def stack(plot: Plot) -> None:
    """What adds up on top of each other, what takes away below the line, and what is left as a line."""
    series, labels = _series(plot), _labels(plot)
    net = plot.data.get("net") or []
    entries = [(each["label"], ink.hue(each["hue"])) for each in series]
    top = key(plot, [*entries, *([(_("Net worth"), ink.INK_1)] if net else [])])
    columns = [[each["values"][place] or 0 for each in series] for place in range(len(labels))]
    heights = [sum(value for value in column if value > 0) for column in columns]
    depths = [sum(value for value in column if value < 0) for column in columns]
    axes = plot.axes([*heights, *depths, *net], top=top)
    axes.grid()
    for place, column in enumerate(columns):
        _pile(axes, place, column, [colour for _label, colour in entries], len(labels))
    if net:
        points: list[Point] = [(axes.middle(place, len(net)), axes.down(value)) for place, value in enumerate(net)]
        plot.pen.line(points, ink.PAPER, 3, cap=1)
        plot.pen.line(points, ink.INK_1, 1.5, cap=1)
        plot.pen.dot(*points[-1], 2.6, ink.INK_1)
    axes.below(labels, columns=True, strong=_current(plot))


def _series(plot: Plot) -> list[dict[str, Any]]:
    if "series" in plot.data:
        return [{"hue": place + 1, "label": "", **each} for place, each in enumerate(plot.data["series"])]
    return [{"label": "", "hue": "", "values": plot.data["values"]}]


def _labels(plot: Plot) -> list[str]:
    return [str(label) for label in plot.data.get("short") or plot.data["labels"]]


def _current(plot: Plot) -> int:
    current = plot.data.get("current")
    return -1 if current is None else int(current)


def _colour(plot: Plot, each: dict[str, Any], place: int) -> str:
    """The hue of its series, thinned where another column is the current one."""
    colour = ink.ACCENT if each["hue"] == "" else ink.hue(each["hue"])
    return ink.tint(colour, 100 if _current(plot) in {-1, place} else _EARLIER_IN)


def _columns(axes: Axes, place: int, values: Sequence[int], colours: Sequence[str], count: int) -> None:
    pen, slot = axes.plot.pen, axes.slot(count)
    whole = min(slot * _FILLED, _WIDEST * len(values))
    width = whole / len(values)
    left = axes.middle(place, count) - whole / 2
    for number, (value, colour) in enumerate(zip(values, colours, strict=True)):
        if value:
            top, bottom = sorted((axes.zero, axes.down(value)))
            pen.box(left + number * width, top, width * 0.94, max(bottom - top, 0.5), colour, radius=1)
        pen.link(left + number * width, axes.top, width, axes.height, axes.plot.url(place, number))


def _pile(axes: Axes, place: int, values: Sequence[int], colours: Sequence[str], count: int) -> None:
    pen, slot = axes.plot.pen, axes.slot(count)
    width = min(slot * (_FILLED if count <= 40 else 1), _WIDEST)
    left = axes.middle(place, count) - width / 2
    above = below = 0
    for value, colour in zip(values, colours, strict=True):
        start = above if value > 0 else below
        top, bottom = sorted((axes.down(start), axes.down(start + value)))
        if value:
            pen.box(left, top, width, bottom - top, colour)
            pen.rule(left, top, width, ink.PAPER, 0.6)
        above, below = above + max(value, 0), below + min(value, 0)
    pen.link(axes.left + place * slot, axes.top, slot, axes.height, axes.plot.url(place))
