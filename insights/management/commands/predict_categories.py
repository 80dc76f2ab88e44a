"""`manage.py predict_categories`: JSON lines of movements in, a category for each out; nothing is written anywhere."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from insights.calc.movements import Movement, NotUnderstood, category_in, movement_in, read_json
from insights.queries.predicting import Predictor, for_anybody, for_household

AT_ONCE: Final = 2000


class Command(BaseCommand):
    help = (
        'Read lines such as {"description": "LIDL 4711", "amount": "-12.50", "currency": "EUR", "date": "2026-01-31"} '
        "from standard input and write category, confidence, band and reason of each. Ends with 1 when a line was bad."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--household", default="", help="by what it taught: its name, or its public id")
        parser.add_argument("--learn", default="", metavar="FILE", help="lines with a category, taught in order first")

    def handle(self, *args: Any, **options: Any) -> None:
        named = options["household"]
        household = household_named(named) if named else None
        with household_scope(household.pk) if household else nullcontext():
            predictor = for_household(household) if household else for_anybody()
            if options["learn"]:
                predictor.teach(_lessons(Path(options["learn"])))
            try:
                bad = self._answer(predictor)
            except BrokenPipeError:  # whoever read has read enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                bad = 0
        if bad:
            raise SystemExit(1)

    def _answer(self, predictor: Predictor) -> int:
        """Some thousand lines at a time; how many of them were bad."""
        bad, plain = 0, "utf" not in (getattr(self.stdout, "encoding", None) or "utf-8").lower()
        lines = _lines(getattr(sys.stdin, "buffer", sys.stdin))
        while some := list(islice(lines, AT_ONCE)):
            read = [_read(line) for line in some]
            told = iter(predictor.predict([each for each in read if isinstance(each, Movement)]))
            answers = [next(told).told() if isinstance(each, Movement) else {"error": str(each)} for each in read]
            bad += sum("error" in each for each in answers)
            self.stdout.write("\n".join(json.dumps(each, ensure_ascii=plain) for each in answers))
            self.stdout.flush()
        return bad


def household_named(named: str) -> Household:
    try:
        found = Household.objects.filter(uid=uuid.UUID(named))[:2]
    except ValueError:
        found = Household.objects.filter(name__iexact=named)[:2]
    if len(found) != 1:
        raise CommandError(f"“{named}” is {'no household' if not found else 'more than one household'} here.")
    return found[0]


def _lines(source: Iterable[bytes | str]) -> Iterator[bytes | str]:
    return (line for line in source if line.strip())


def _read(line: bytes | str) -> Movement | NotUnderstood:
    try:
        return movement_in(read_json(line))
    except NotUnderstood as error:
        return error


def _lessons(path: Path) -> list[tuple[Movement, str]]:
    try:
        with path.open("rb") as lines:
            return [_lesson(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}") from error


def _lesson(path: Path, number: int, line: bytes) -> tuple[Movement, str]:
    try:
        told = read_json(line)
        return movement_in(told), category_in(told)
    except NotUnderstood as error:
        raise CommandError(f"{path}, line {number}: {error}") from error
