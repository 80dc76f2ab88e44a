"""Lines: spending day by day beside the usual month, net worth over time, several series at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.charts.plot import KEY, STRONG, Axes, Plot, key

# The ground under a line is so many percent of its ink.
_WASH = 9


def pace(plot: Plot) -> None:
    """What was spent so far, the usual month dotted, and the notch of today."""
    data = plot.data
    days, actual, usual = data["days"], data["actual"], data.get("usual") or []
    entries = [(_("Spending"), ink.ACCENT)]
    top = key(plot, [*entries, *([(_("Usual month"), ink.LINE_STRONG)] if usual else [])])
    axes = plot.axes([0, *actual, *(value for value in usual if value is not None)], top=top)
    _wash(axes, actual, len(days))
    axes.grid()
    if usual:
        plot.pen.line(axes.points(usual, len(days)), ink.LINE_STRONG, 1.25, dashes=(0.1, 2.8), cap=1)
    if actual:
        _line(axes, actual, len(days), ink.ACCENT, thick=1.8)
        _end_label(axes, actual, len(days))
        _doors(axes, len(actual), len(days))
    _today(axes, data.get("today"), len(days))
    marks = {0, 6, 13, 20, len(days) - 1}
    for place in sorted(marks):
        if place < len(days):
            axes.label(axes.along(place, len(days)), str(days[place]))


def worth(plot: Plot) -> None:
    """One line over time; where it ends is marked and said."""
    values = plot.data["values"]
    axes = plot.axes(values, from_zero=False)
    _wash(axes, values, len(values))
    axes.grid()
    _line(axes, values, len(values), ink.ACCENT, thick=1.8)
    _end_label(axes, values, len(values))
    _doors(axes, len(values), len(values))
    axes.below([str(label) for label in plot.data.get("short") or plot.data["labels"]], columns=False)


def lines(plot: Plot) -> None:
    """Several lines, each in the colour of its series."""
    series = [{"hue": place + 1, "label": "", **each} for place, each in enumerate(plot.data["series"])]
    labels = [str(label) for label in plot.data.get("short") or plot.data["labels"]]
    top = key(plot, [(each["label"], ink.hue(each["hue"])) for each in series])
    values = [value for each in series for value in each["values"] if value is not None]
    axes = plot.axes(values or [0], top=top)
    axes.grid()
    for number, each in enumerate(series):
        _line(axes, each["values"], len(labels), ink.hue(each["hue"]), thick=1.4)
        for place, value in enumerate(each["values"]):
            if value is not None:
                x, y = axes.along(place, len(labels)), axes.down(value)
                plot.pen.link(x - 4, y - 4, 8, 8, plot.url(place, number))
    axes.below(labels, columns=False)


def _line(axes: Axes, values: Sequence[Any], count: int, colour: str, *, thick: float) -> None:
    points = axes.points(values, count)
    if len(points) > 1:
        axes.plot.pen.line(points, colour, thick, cap=1)
    if points:
        axes.plot.pen.dot(*points[-1], thick + 1.6, ink.PAPER)
        axes.plot.pen.dot(*points[-1], thick + 0.8, colour)


def _wash(axes: Axes, values: Sequence[Any], count: int) -> None:
    points = axes.points(values, count)
    if len(points) > 1:
        ground = [*points, (points[-1][0], axes.zero), (points[0][0], axes.zero)]
        axes.plot.pen.area(ground, ink.tint(ink.ACCENT, _WASH))


def _end_label(axes: Axes, values: Sequence[Any], count: int) -> None:
    """Where the line stands now, in words beside its last point."""
    x, y = axes.points(values, count)[-1]
    words = axes.plot.rounded([value for value in values if value is not None][-1])
    measure = faces.width(words, STRONG)
    after = x + 8 + measure <= axes.left + axes.width
    above = y - 7 if y - 16 > axes.top else y + 14
    across, down = (x + 7, y + 11) if after else (x - measure, above)
    axes.plot.pen.box(across - 2, down - 8, measure + 4, 11, ink.PAPER, radius=2)
    axes.plot.pen.text(across, down, words, STRONG)


def _doors(axes: Axes, known: int, count: int) -> None:
    """Each place of one line leads to what it is made of."""
    half = axes.width / max(count - 1, 1) / 2
    for place in range(known):
        axes.plot.pen.link(axes.along(place, count) - half, axes.top, 2 * half, axes.height, axes.plot.url(place))


def _today(axes: Axes, place: Any, count: int) -> None:
    if place is None or not 0 <= place < count - 1:
        return
    pen, x = axes.plot.pen, axes.along(place, count)
    pen.line([(x, axes.top), (x, axes.bottom)], ink.LINE_STRONG, 0.6)
    late = place >= count / 2
    pen.text(x + (-4 if late else 4), axes.top + 7, _("Today"), KEY, "end" if late else "start")
