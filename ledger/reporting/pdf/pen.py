"""A pen over a part of a page: it measures downwards from the corner where one begins to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from reportlab.lib.colors import HexColor

from ledger.reporting.pdf import faces, ink
from ledger.reporting.pdf.faces import Type

Align = Literal["start", "middle", "end"]
_OTHER: dict[Align, Align] = {"start": "end", "middle": "middle", "end": "start"}
Point = tuple[float, float]


@dataclass(frozen=True)
class Pen:
    """`left` and `top` are where its part of the page begins, in the page's own measure, which counts upwards."""

    canvas: Any
    left: float
    top: float
    width: float
    mirrored: bool = False
    # Where the links of figures begin; without it they lead nowhere.
    site: str = ""

    def within(self, x: float, y: float, width: float) -> Pen:
        """A pen for a part of this part."""
        left = self.left + (self.width - x - width if self.mirrored else x)
        return replace(self, left=left, top=self.top - y, width=width)

    @property
    def straight(self) -> Pen:
        """The same, from the left whoever reads: for charts, in which time runs to the right everywhere."""
        return replace(self, mirrored=False)

    def at(self, x: float, y: float) -> Point:
        return self.left + (self.width - x if self.mirrored else x), self.top - y

    def text(self, x: float, y: float, words: str, style: Type, align: Align = "start") -> None:
        """One line of words on the base line y."""
        if self.mirrored:
            align = _OTHER[align]
        across, up = self.at(x, y)
        if align != "start":
            across -= faces.width(words, style) / (1 if align == "end" else 2)
        self.canvas.setFillColor(HexColor(style.ink))
        for face, piece in faces.runs(words, strong=style.strong):
            self.canvas.setFont(face, style.size)
            self.canvas.drawString(across, up, piece)
            across += self.canvas.stringWidth(piece, face, style.size)

    def link(self, x: float, y: float, width: float, height: float, url: str) -> None:
        """A door: pressing there opens the list of what makes a figure."""
        if not (self.site and url):
            return
        (x1, y1), (x2, y2) = self.at(x, y), self.at(x + width, y + height)
        area = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        self.canvas.linkURL(self.site.rstrip("/") + url, area, thickness=0)

    def rule(self, x: float, y: float, length: float, colour: str = ink.LINE, thick: float = 0.5) -> None:
        """A line across."""
        self.line([(x, y), (x + length, y)], colour, thick)

    def line(
        self, points: Sequence[Point], colour: str, thick: float = 0.5, *, dashes: Sequence[float] = (), cap: int = 0
    ) -> None:
        self.canvas.saveState()
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(thick)
        self.canvas.setLineJoin(1)
        self.canvas.setLineCap(cap)
        if dashes:
            self.canvas.setDash(list(dashes))
        self.canvas.drawPath(self._path(points), stroke=1, fill=0)
        self.canvas.restoreState()

    def area(self, points: Sequence[Point], colour: str, *, alpha: float = 1) -> None:
        """What lies between the points, filled."""
        path = self._path(points)
        path.close()
        self._fill(path, colour, alpha)

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0) -> None:
        """A filled box; one below nothing grows upwards."""
        (x1, y1), (x2, y2) = self.at(x, y), self.at(x + width, y + height)
        path = self.canvas.beginPath()
        radius = min(radius, abs(x2 - x1) / 2, abs(y2 - y1) / 2)
        path.roundRect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), radius)
        self._fill(path, colour, 1)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        path = self.canvas.beginPath()
        path.circle(*self.at(x, y), radius)
        self._fill(path, colour, 1)

    def band(self, start: Point, end: Point, thick: float, colour: str, *, alpha: float) -> None:
        """A band that swings from one place to another, as thick at both ends."""
        (x1, y1), (x2, y2) = start, end
        middle = (x1 + x2) / 2
        path = self.canvas.beginPath()
        path.moveTo(*self.at(x1, y1))
        path.curveTo(*self.at(middle, y1), *self.at(middle, y2), *self.at(x2, y2))
        path.lineTo(*self.at(x2, y2 + thick))
        path.curveTo(*self.at(middle, y2 + thick), *self.at(middle, y1 + thick), *self.at(x1, y1 + thick))
        path.close()
        self._fill(path, colour, alpha)

    def wave(self, start: Point, curves: Sequence[Sequence[Point]], colour: str, thick: float) -> None:
        """A line that swings: each curve by two points that draw it to themselves, and its end."""
        path = self.canvas.beginPath()
        path.moveTo(*self.at(*start))
        for curve in curves:
            path.curveTo(*(part for point in curve for part in self.at(*point)))
        self.canvas.saveState()
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(thick)
        self.canvas.setLineCap(1)
        self.canvas.drawPath(path, stroke=1, fill=0)
        self.canvas.restoreState()

    def slice(self, centre: Point, radius: float, start: float, extent: float, colour: str) -> None:
        """A piece of a pie, clockwise from the top, in degrees."""
        x, y = self.at(*centre)
        path = self.canvas.beginPath()
        path.moveTo(x, y)
        path.arcTo(x - radius, y - radius, x + radius, y + radius, 90 - start - extent, extent)
        path.close()
        self._fill(path, colour, 1)

    def _path(self, points: Sequence[Point]) -> Any:
        path = self.canvas.beginPath()
        path.moveTo(*self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self.at(*point))
        return path

    def _fill(self, path: Any, colour: str, alpha: float) -> None:
        self.canvas.saveState()
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setFillAlpha(alpha)
        self.canvas.drawPath(path, stroke=0, fill=1)
        self.canvas.restoreState()
