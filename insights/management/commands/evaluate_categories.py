"""`manage.py evaluate_categories FILE.csv`: how good the guesses are on rows that somebody labelled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from insights.calc.evaluating import Curve, Scores
from insights.calc.movements import NotUnderstood
from insights.queries.evaluation import Evaluation, evaluate, read_rows

MOST_LEFT_OUT: Final = 10


class Command(BaseCommand):
    help = (
        "Read a CSV with the columns description and category, and perhaps amount, currency, date and country; "
        "say how often the model that ships is right, and how it learns when the rows are taught one after the other."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _evaluated(Path(options["file"]))
        if options["json"]:
            self.stdout.write(json.dumps(found.told()))
            return
        for line in _told(found):
            self.stdout.write(line)


def _evaluated(path: Path) -> Evaluation:
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return evaluate(*read_rows(lines))
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}") from error
    except NotUnderstood as error:
        raise CommandError(f"{path}: {error}") from error


def _told(found: Evaluation) -> Iterator[str]:
    yield f"Model {found.model}"
    if found.left_out:
        yield f"{len(found.left_out)} rows left out:"
        yield from (f"  line {each.line}: {each.error}" for each in found.left_out[:MOST_LEFT_OUT])
    yield ""
    yield f"{'By what all know':<32}{'every row':>12}{'one of each merchant':>24}"
    for name, *figures in _figures(found.rows, found.merchants):
        yield f"  {name:<30}{figures[0]:>12}{figures[1]:>24}"
    yield ""
    yield from _categories(found.rows)
    yield from _calibration(found.rows)
    if found.countries:
        told = "  ".join(f"{country} {_percent(part)}" for country, part in found.countries.items())
        yield f"Right by country: {told}"
        yield ""
    yield from _curve(found.curve)


def _figures(*both: Scores) -> Iterator[tuple[str, ...]]:
    yield "rows", *(str(each.count) for each in both)
    yield "accuracy", *(_percent(each.accuracy) for each in both)
    yield "macro-F1", *(f"{each.macro_f1:.3f}" for each in both)
    yield "coverage at 95 % precision", *(_percent(each.coverage) for each in both)
    for bands in zip(*(each.bands for each in both), strict=True):
        said = [f"{_percent(each.precision)} of {_percent(each.share)}" for each in bands]
        yield f"right of {bands[0].band}, of all", *said


def _categories(found: Scores) -> Iterator[str]:
    yield f"{'Category':<32}{'rows':>6}{'precision':>12}{'recall':>10}{'F1':>8}"
    for each in found.categories:
        yield f"  {each.category:<30}{each.count:>6}{each.precision:>12.3f}{each.recall:>10.3f}{each.f1:>8.3f}"
    yield ""


def _calibration(found: Scores) -> Iterator[str]:
    yield f"{'Says':<14}{'rows':>6}{'says':>10}{'right':>10}"
    for each in found.calibration:
        step = f"{each.least:.0%} to {each.most:.0%}"
        yield f"  {step:<12}{each.count:>6}{_percent(each.said):>10}{_percent(each.right):>10}"
    yield ""


def _curve(curve: Curve) -> Iterator[str]:
    yield f"{'Asked, then taught':<22}{'right':>8}{'errors':>8}"
    for each in curve.hundreds:
        yield f"  {f'{each.first} to {each.last}':<20}{_percent(each.accuracy):>8}{each.errors:>8}"
    yield f"{_percent(curve.accuracy)} right; {curve.corrected} mistakes corrected, {curve.repeated} of them made again"


def _percent(part: float) -> str:
    return f"{part:.1%}".replace("%", " %")
