"""How far a household lets the app go by itself, how much it files so, and what the model that ships would not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q

from insights.calc.shared import shared_model
from insights.models import School
from insights.queries.lessons import school
from ledger.calc.bands import FILED_FROM, SUGGESTED_FROM
from ledger.models import Line

FILED_LATELY: Final = timedelta(days=30)


@dataclass(frozen=True)
class Bounds:
    """From which confidence on the app files and suggests, in percent."""

    files_by_itself: bool
    filed_from: int
    suggested_from: int


def bounds() -> Bounds:
    found: School | None = school()
    if found is None:
        return Bounds(files_by_itself=True, filed_from=FILED_FROM, suggested_from=SUGGESTED_FROM)
    return Bounds(found.files_by_itself, found.filed_from, found.suggested_from)


@dataclass(frozen=True)
class ByItself:
    """How many of the transactions of the last 30 days that are filed were filed by the app."""

    count: int
    of: int


def filed_by_itself(today: date) -> ByItself:
    filed = Line.objects.filter(date__gt=today - FILED_LATELY, is_kept=True, is_transfer=False, category__isnull=False)
    found = filed.aggregate(of=Count("pk"), learned=Count("pk", filter=Q(learned__gt=0)))
    return ByItself(found["learned"], found["of"])


@dataclass(frozen=True)
class Model:
    """The model that ships, and how many of the names that were filed last it would not know by itself."""

    version: str
    unknown: int
    tried: int


def model_tried(words: Sequence[str], suggested_from: int) -> Model:
    model = shared_model()
    unknown = sum(float(rated.chances.max()) * 100 < suggested_from for rated in model.rate(words))
    return Model(model.version, unknown, len(words))
