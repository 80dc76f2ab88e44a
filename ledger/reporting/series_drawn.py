"""Strands as a chart of lines or bars, and the same numbers in a table: a row for each piece of the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from ledger.calc.periods import Period
from ledger.calc.series import apart
from ledger.queries.reports.asked import Question
from ledger.reporting.axes import money_style
from ledger.reporting.document import Amount, Chart, Row, Table, Words
from ledger.reporting.doors import Doors
from ledger.reporting.strands import NO_HUE, Strand, Terms
from ledger.reporting.wording import period_text, written

# Up to so many months are told by their names alone.
MOST_BY_NAME: Final = 13


def series_chart(
    question: Question,
    kind: Literal["lines", "bars"],
    pieces: Sequence[Period],
    drawn: Sequence[Strand],
    *,
    key: str,
    title: str,
    label: str,
    note: str = "",
) -> Chart:
    doors = Doors(question)
    names = [period_text(question, piece) for piece in pieces]
    urls = [[door(doors, strand.terms, piece) for piece in pieces] for strand in drawn]
    data: dict[str, Any] = {
        "labels": names,
        "short": short_texts(question, pieces),
        "current": current_of(question, pieces),
        "series": [
            {"label": strand.label, "hue": hue, "values": list(strand.values)}
            for strand, hue in zip(drawn, hues_of(drawn), strict=True)
        ],
        "urls": urls,
        **money_style(question),
    }
    rows = [
        Row([Words(name), *(Amount(each.values[at], question.currency, urls[n][at]) for n, each in enumerate(drawn))])
        for at, name in enumerate(names)
    ]
    table = Table(f"{key}_table", title, [_("Period"), *(strand.label for strand in drawn)], rows)
    return Chart(key, title, kind, label, data, table, note=note, height="tall")


def hues_of(drawn: Sequence[Strand]) -> list[int]:
    """A hue for each, no two alike; the others have none."""
    own = iter(apart([strand.hue for strand in drawn if not strand.is_other]))
    return [NO_HUE if strand.is_other else next(own) for strand in drawn]


def amount(question: Question, doors: Doors, terms: Terms, minor: int, period: Period | None = None) -> Amount:
    return Amount(minor, question.currency, door(doors, terms, period))


def door(doors: Doors, terms: Terms, period: Period | None = None) -> str:
    """The list of some terms; where there are none, no list is just that."""
    return doors.to(*terms, period=period) if terms else ""


def short_texts(question: Question, pieces: Sequence[Period], *, years: bool = False) -> list[str]:
    """What stands below an axis: months by their names; where there are several years, a January by its year.

    Above a table, where a month has more room, the first of each year says both (`years`).
    """
    several = pieces[0].first.year != pieces[-1].last.year
    if several and len(pieces) > MOST_BY_NAME:
        # Not all of them will be written: each says its year.
        return [
            written(question, each.first, "month_short") if each.is_month else period_text(question, each)
            for each in pieces
        ]
    found = []
    for place, piece in enumerate(pieces):
        begins = several and piece.first.month == 1
        if not piece.is_month:
            found.append(period_text(question, piece))
        elif years and (begins or (several and not place)):
            found.append(written(question, piece.first, "month_short"))
        else:
            found.append(str(piece.first.year) if begins else written(question, piece.first, "month_name"))
    return found


def current_of(question: Question, pieces: Sequence[Period]) -> int | None:
    """The piece that today is in, if any."""
    return next((place for place, piece in enumerate(pieces) if question.today in piece), None)
