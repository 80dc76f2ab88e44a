"""How guesses fared, by what people filed and corrected: month by month, by how sure one was, and by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from insights.models import Forgotten, Outcome
from insights.queries.learned import Name, names
from ledger.calc.bands import Band

MONTHS: Final = 12
LOOKED_BACK: Final = timedelta(days=90)
CONFUSED_LATELY: Final = timedelta(days=180)
# Of fewer than so many no percentage is told.
FEW: Final = 5
MOST_CONFUSING: Final = 10
CANDIDATES: Final = 50


@dataclass(frozen=True)
class Share:
    """So many of so many were right."""

    right: int = 0
    of: int = 0

    @property
    def percent(self) -> int | None:
        """None where there are too few to say."""
        return self.right * 100 // self.of if self.of >= FEW else None

    @property
    def wrong(self) -> int:
        return self.of - self.right

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)


@dataclass
class Fared:
    """How the guesses of one month fared."""

    month: date
    filed: Share = field(default_factory=Share)
    suggested: Share = field(default_factory=Share)
    left_open: int = 0

    @property
    def count(self) -> int:
        return self.filed.of + self.suggested.of + self.left_open


def fared_by_month(today: date) -> list[Fared]:
    """The last twelve months from the first on of which something is known, the latest last."""
    first = _months_before(today, MONTHS - 1)
    begun = timezone.make_aware(datetime(first.year, first.month, 1))  # noqa: DTZ001 - made aware around it
    here = timezone.get_current_timezone()
    rows = Outcome.objects.filter(at__gte=begun).order_by().values(month=TruncMonth("at", tzinfo=here), by=F("band"))
    found: dict[date, Fared] = {}
    for row in rows.annotate(count=Count("pk"), right=Count("pk", filter=Q(is_right=True))):
        month = row["month"].date()
        _add(found.setdefault(month, Fared(month)), Band(row["by"]), Share(row["right"], row["count"]))
    return [found.get(month, Fared(month)) for month in _from(min(found), today)] if found else []


def _add(fared: Fared, band: Band, share: Share) -> None:
    if band == Band.FILED:
        fared.filed += share
    elif band == Band.SUGGESTED:
        fared.suggested += share
    else:
        fared.left_open += share.of


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _from(first: date, today: date) -> list[date]:
    span = (today.year - first.year) * 12 + today.month - first.month
    return [_months_before(today, back) for back in range(max(span, 0), -1, -1)]


@dataclass(frozen=True)
class Lately:
    """How sure one was of each thing that people filed in the last 90 days, and how often that was right."""

    by_percent: dict[int, Share]

    @property
    def count(self) -> int:
        return sum(each.of for each in self.by_percent.values())

    def from_percent(self, least: int) -> Share:
        """What would have been said by a threshold, and how much of it was right."""
        return sum((each for percent, each in self.by_percent.items() if percent >= least), Share())


def fared_lately() -> Lately:
    rows = Outcome.objects.filter(at__gte=timezone.now() - LOOKED_BACK).order_by().values("percent")
    counted = rows.annotate(count=Count("pk"), right=Count("pk", filter=Q(is_right=True)))
    return Lately({row["percent"]: Share(row["right"], row["count"]) for row in counted})


@dataclass(frozen=True)
class Confusing:
    """A name that is not understood: it is filed now so, now so, or was guessed wrong again and again."""

    name: Name
    wrong: int


def confusing_names(in_turns: Sequence[str]) -> list[Confusing]:
    """Of these and of those guessed wrong, the worst first.

    A name that only changed its category once is no riddle, nor is one that was forgotten since.
    """
    wrong = dict(_guessed_wrong()[:CANDIDATES])
    known = names({*wrong, *in_turns})
    found = [Confusing(name, wrong.get(key, 0)) for key, name in known.items()]
    riddles = [each for each in found if each.wrong > 1 or each.name.turns > 1]
    return sorted(riddles, key=lambda each: (-each.wrong - each.name.turns, each.name.key))[:MOST_CONFUSING]


def _guessed_wrong() -> QuerySet[Any, tuple[str, int]]:
    since = timezone.now() - CONFUSED_LATELY
    forgotten = Forgotten.objects.filter(Q(key=OuterRef("key")) | Q(key="", in_private=False), at__gte=OuterRef("at"))
    outcomes = Outcome.objects.filter(~Exists(forgotten), at__gte=since, is_right=False, guess__isnull=False)
    counted = outcomes.order_by().values("key").annotate(wrong=Count("pk")).filter(wrong__gt=1)
    return counted.order_by("-wrong", "key").values_list("key", "wrong")


def all_of(months: Sequence[Fared]) -> tuple[Share, Share, int]:
    """The sums of some months: what was filed, what was suggested, what was left open."""
    filed = sum((each.filed for each in months), Share())
    suggested = sum((each.suggested for each in months), Share())
    return filed, suggested, sum(each.left_open for each in months)
