"""How good answers are on rows that somebody labelled: by what all know, and while one household teaches."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from insights.calc.evaluating import Course, Curve, Judged, Scores, one_of_each, scores
from insights.calc.memory import way_of
from insights.calc.movements import Movement, NotUnderstood, category_in, movement_in
from insights.calc.shared import TRANSFER, shared_model
from insights.queries.predicting import Prediction, Predictor, for_anybody

AT_ONCE: Final = 2000
NEEDED: Final = ("description", "category")
READ: Final = (*NEEDED, "amount", "currency", "date", "country")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A movement, what it is, and in which country."""

    movement: Movement
    label: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    line: int
    error: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Of one file: by what all know, on every row and on one of each merchant, by country, and while it is taught."""

    model: str
    rows: Scores
    merchants: Scores
    countries: dict[str, float]
    curve: Curve
    left_out: tuple[LeftOut, ...]

    def told(self) -> dict[str, Any]:
        return asdict(self)


def read_rows(lines: Iterable[str]) -> tuple[list[Labelled], tuple[LeftOut, ...]]:
    """Rows that say what they are; those that do not are left out, and said."""
    try:
        return _read(csv.reader(lines))
    except csv.Error as error:
        raise NotUnderstood(f"This is no CSV: {error}.") from error


def _read(table: Any) -> tuple[list[Labelled], tuple[LeftOut, ...]]:
    heads = [head.strip().casefold() for head in next(table, [])]
    if missing := [name for name in NEEDED if name not in heads]:
        raise NotUnderstood(f"There is no column “{missing[0]}”; the columns are {', '.join(READ)}.")
    found, left_out = [], []
    for values in table:
        if not any(value.strip() for value in values):
            continue
        told = dict(zip(heads, values, strict=False))
        try:
            label = category_in(told)
            found.append(Labelled(movement_in(told), label, told.get("country", "").strip().upper()))
        except NotUnderstood as error:
            left_out.append(LeftOut(table.line_num, str(error)))
    if not found:
        raise NotUnderstood("There is no row in it that says what it is.")
    return found, tuple(left_out)


def evaluate(rows: Sequence[Labelled], left_out: tuple[LeftOut, ...] = ()) -> Evaluation:
    names = for_anybody()
    rows = [replace(row, label=names.name_of(row.label)) for row in rows]
    judged = list(_judged(rows))
    return Evaluation(
        model=shared_model().version,
        rows=scores(judged, transfer=TRANSFER),
        merchants=scores(one_of_each(judged), transfer=TRANSFER),
        countries=_by_country(rows, judged),
        curve=replayed(rows),
        left_out=left_out,
    )


def _judged(rows: Sequence[Labelled]) -> Iterator[Judged]:
    """By what all know alone: nothing is taught in between."""
    predictor = for_anybody()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        for row, each in zip(some, predictor.predict([row.movement for row in some]), strict=True):
            yield Judged(row.label, each.answer, each.confidence, each.band, row.movement.asked().key)


def _by_country(rows: Sequence[Labelled], judged: Sequence[Judged]) -> dict[str, float]:
    right: dict[str, list[bool]] = {}
    for row, each in zip(rows, judged, strict=True):
        if row.country:
            right.setdefault(row.country, []).append(each.is_right)
    return {country: sum(some) / len(some) for country, some in sorted(right.items())}


def replayed(rows: Sequence[Labelled]) -> Curve:
    """In order of date, each is asked first and then taught; what has no date stays behind what it stands behind."""
    predictor, course = for_anybody(), Course()
    for row in _in_order(rows):
        [answer] = predictor.predict([row.movement])
        _teach(predictor, course, row, answer)
    return course.curve()


def _teach(predictor: Predictor, course: Course, row: Labelled, answer: Prediction) -> None:
    asked = row.movement.asked()
    course.note((asked.key, way_of(asked)), row.label, answer.answer)
    predictor.teach([(row.movement, row.label)])


def _in_order(rows: Sequence[Labelled]) -> list[Labelled]:
    day, days = date.min, []
    for row in rows:
        day = row.movement.day or day
        days.append(day)
    return [rows[at] for at in sorted(range(len(rows)), key=lambda at: (days[at], at))]
