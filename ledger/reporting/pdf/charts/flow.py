"""From where to where: what came in and what it was for, as bands as wide as the money that flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.charts.plot import KEY, STRONG, Plot
from ledger.reporting.pdf.faces import Type

_NODE, _BETWEEN, _ALPHA = 5, 9, 0.3
_AMOUNT = Type(7.5, ink=ink.INK_2)
# How much of the width names at either side may take, and how much of the height may stay empty.
_NAMES, _EMPTY = 0.24, 0.5
# What a name needs, and what the highest drawing may.
_LINE, _TALLEST = 13, 560


@dataclass
class Node:
    """A source or a purpose: what flows in and out, and where it stands."""

    name: str
    colour: str = ""
    url: str = ""
    coming: int = 0
    going: int = 0
    column: int = 0
    y: float = 0
    height: float = 0
    left: float = 0
    entered: float = 0

    @property
    def size(self) -> int:
        return max(self.coming, self.going)

    @property
    def is_inner(self) -> bool:
        return bool(self.coming and self.going)


def flow(plot: Plot) -> None:
    nodes, bands = _drawn(plot)
    columns = _columns(nodes, bands)
    inner = plot.pen.width * (1 - 2 * _NAMES)
    step = (inner - _NODE) / max(len(columns) - 1, 1)
    for column in columns:
        _place(column, columns, plot.height)
    for band in bands:
        _draw_band(plot, nodes[band["from"]], nodes[band["to"]], band["value"], step)
    for number, column in enumerate(columns):
        across = plot.pen.width * _NAMES + number * step
        for node in column:
            plot.pen.box(across, node.y, _NODE, node.height, node.colour, radius=1)
            _name_node(plot, node, across, step, is_last=number == len(columns) - 1, is_alone=len(column) == 1)


def height_of(data: dict[str, Any]) -> int:
    """How high the drawing must be, so that each name has its line."""
    bands = data.get("flows") or []
    ends = {band["to"] for band in bands} - {band["from"] for band in bands}
    return min(len(ends) * _LINE + 20, _TALLEST)


def _drawn(plot: Plot) -> tuple[dict[str, Node], list[dict[str, Any]]]:
    """The bands there are, and their ends by the names that bands know them by."""
    named = plot.data.get("nodes") or _named(plot.data["flows"])
    nodes = {key: Node(str(node["label"]), ink.hue(node["hue"])) for key, node in named.items()}
    bands = []
    for place, band in enumerate(plot.data["flows"]):
        if band["value"] > 0:
            source, target = nodes[band["from"]], nodes[band["to"]]
            source.going += band["value"]
            target.coming += band["value"]
            source.url = target.url = plot.url(place)
            bands.append(band)
    return {key: node for key, node in nodes.items() if node.size}, bands


def _named(bands: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The ends where bands name them by themselves: what comes in has the colour of income, as the middle has."""
    found: dict[str, dict[str, Any]] = {}
    for band in bands:
        for end in (band["from"], band["to"]):
            found.setdefault(end, {"label": end, "hue": "in"})
        if band.get("hue") != "in":
            found[band["to"]]["hue"] = band.get("hue")
    return found


def _columns(nodes: dict[str, Node], bands: Sequence[dict[str, Any]]) -> list[list[Node]]:
    """From left to right, each node right of all that flows into it; what flows in a circle stays where it is."""
    for _again in nodes:
        for band in bands:
            source, target = nodes[band["from"]], nodes[band["to"]]
            if source is not target:
                target.column = min(max(target.column, source.column + 1), len(nodes) - 1)
    last = max(node.column for node in nodes.values())
    found: list[list[Node]] = [[] for _number in range(last + 1)]
    for node in nodes.values():
        node.column = node.column if node.going else last
        found[node.column].append(node)
    return [column for column in found if column]


def _place(column: Sequence[Node], columns: Sequence[Sequence[Node]], height: float) -> None:
    """One below the other, to one scale in all columns, in the middle of the height."""
    between = min(_BETWEEN, *(height * _EMPTY / len(each) for each in columns))
    scale = min((height - between * (len(each) - 1)) / sum(node.size for node in each) for each in columns)
    taken = sum(max(node.size * scale, 1) for node in column) + between * (len(column) - 1)
    down = (height - taken) / 2
    for node in column:
        node.y, node.height = down, max(node.size * scale, 1)
        down += node.height + between


def _draw_band(plot: Plot, source: Node, target: Node, value: int, step: float) -> None:
    thick = source.height * value / source.size
    left = plot.pen.width * _NAMES
    start = left + source.column * step + _NODE, source.y + source.left
    end = left + target.column * step, target.y + target.entered
    source.left += thick
    target.entered += thick
    # A band has the colour of the end that is its own, and not of the middle that all share.
    own = target if source.is_inner else source
    plot.pen.band(start, end, max(thick, 0.6), own.colour, alpha=_ALPHA)


def _name_node(plot: Plot, node: Node, across: float, step: float, *, is_last: bool, is_alone: bool) -> None:
    pen, middle = plot.pen, node.y + node.height / 2
    amount = plot.rounded(node.size)
    if node.is_inner and is_alone:
        pen.text(across + _NODE / 2, max(node.y - 4, 6), f"{node.name}  {amount}", STRONG, "middle")
    elif is_last:
        x = across + _NODE + 8
        room = pen.width - x - faces.width(amount, _AMOUNT) - 8
        pen.text(x, middle + 2.7, faces.fitted(node.name, KEY, room), KEY)
        pen.text(pen.width, middle + 2.7, amount, _AMOUNT, "end")
        pen.link(x, middle - 6, pen.width - x, 12, node.url)
    elif node.is_inner:
        pen.text(across + _NODE + 4, middle + 2.7, faces.fitted(node.name, KEY, step * 2 / 3), KEY)
    else:
        pen.text(across - 8, middle - 1, faces.fitted(node.name, KEY, across - 8), KEY, "end")
        pen.text(across - 8, middle + 8.5, amount, _AMOUNT, "end")
        pen.link(0, middle - 8, across, 18, node.url)
