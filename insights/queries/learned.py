"""What was learned, name by name: under what it is filed, how often, when last, and where the lessons stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nlargest
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from insights.calc.memory import MOST_OF_A_NAME
from insights.queries.forgetting import lessons_in_force
from ledger.calc.payee_names import readable_name
from ledger.calc.terms import Term
from ledger.calc.words import plain_words
from ledger.models import Category

ON_A_PAGE: Final = 50
AMOUNTS_SHOWN: Final = 3
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Name:
    """One name with its latest lessons: `others` are categories that it was filed under besides the latest one."""

    key: str
    name: str
    category: Category
    others: tuple[Category, ...]
    times: int
    last_on: date
    amounts: tuple[tuple[int, str], ...]
    payee: Any
    transaction: Any
    # How often the latest lessons went from one category to another; money in and money out each by itself.
    turns: int

    @property
    def is_often(self) -> bool:
        """Only the latest lessons of a name are kept."""
        return self.times >= MOST_OF_A_NAME

    @property
    def before(self) -> str:
        """The other categories in words."""
        return ", ".join(each.name for each in self.others)

    @property
    def url(self) -> str:
        """The list of what taught it."""
        asked = str(Term("payee", self.name)) if self.payee else self.key
        return f"{reverse('transaction_list')}?{urlencode({'q': asked})}"


@dataclass(frozen=True)
class NamePage:
    """One page of names, those said last first; `next` and `previous` are addresses, `last` is the place it ends at."""

    rows: list[Name]
    words: str
    next: str
    previous: str
    last: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind a name, or before it when one leafs back."""

    at: datetime
    key: str
    is_back: bool = False

    def told(self) -> str:
        return f"{self.at.isoformat()} {self.key}"


def read_place(text: str, *, is_back: bool) -> Place | None:
    """None for what is no place."""
    moment, _gap, key = text.partition(" ")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    return Place(at, key, is_back) if at and at.tzinfo and key else None


@dataclass(frozen=True)
class Overview:
    """All names at a glance: how many, how those said last are written, and which have several categories."""

    count: int
    said_last: list[str]
    in_turns: list[str]


def overview(tried: int, in_turns: int) -> Overview:
    """At most so many of each."""
    lessons = lessons_in_force().order_by().values("key")
    counted = lessons.annotate(at=Max("taught_at"), words=Max("words"), kinds=Count("category", distinct=True))
    rows = list(counted.values_list("key", "at", "words", "kinds"))
    last = nlargest(tried, rows, key=lambda row: (row[1], row[0]))
    several = nlargest(in_turns, (row for row in rows if row[3] > 1), key=lambda row: (row[3], row[1]))
    return Overview(len(rows), [row[2] for row in last], [row[0] for row in several])


def name_page(words: str, place: Place | None, size: int = ON_A_PAGE) -> NamePage:
    found = list(_names(words, place)[: size + 1])
    has_more, shown = len(found) > size, found[:size]
    is_back = bool(place and place.is_back)
    if is_back:
        shown.reverse()
    rows = names(row["key"] for row in shown)
    ends = [Place(row["at"], row["key"]) for row in shown]
    next_url = _address(words, "after", ends[-1]) if ends and (has_more or is_back) else ""
    previous = _address(words, "before", ends[0]) if ends and place and (has_more or not is_back) else ""
    last = ends[-1].told() if ends else ""
    return NamePage([rows[row["key"]] for row in shown], words, next_url, previous, last)


def _names(words: str, place: Place | None) -> QuerySet[Any, Any]:
    lessons = lessons_in_force().order_by()
    if key := plain_words(words):
        lessons = lessons.filter(key__contains=key)
    found = lessons.values("key").annotate(at=Max("taught_at"))
    if place is None:
        return found.order_by("-at", "key")
    if place.is_back:
        return found.filter(Q(at__gt=place.at) | Q(at=place.at, key__lt=place.key)).order_by("at", "-key")
    return found.filter(Q(at__lt=place.at) | Q(at=place.at, key__gt=place.key)).order_by("-at", "key")


def _address(words: str, name: str, place: Place) -> str:
    return "?" + urlencode({**({"q": words} if words else {}), name: place.told()})


_SHOWN = (
    *(
        "key",
        "words",
        "category_id",
        "amount",
        "currency",
        "day",
        "payee__name",
        "payee__uid",
        "line__transaction__uid",
    ),
    "times",
)


def names(keys: Iterable[str]) -> dict[str, Name]:
    """Each of these names by its latest lessons."""
    wanted = list(keys)
    lessons = lessons_in_force().filter(key__in=wanted)
    placed = lessons.annotate(
        place=Window(RowNumber(), partition_by="key", order_by=["-taught_at", "-day", "-line_id"]),
        times=Window(Count("pk"), partition_by="key"),
    )
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in placed.filter(place__lte=MOST_OF_A_NAME).order_by("key", "place").values(*_SHOWN) if wanted else ():
        by_key[row["key"]].append(row)
    categories = Category.objects.in_bulk({row["category_id"] for rows in by_key.values() for row in rows})
    return {key: _name(key, rows, categories) for key, rows in by_key.items()}


def _name(key: str, rows: Sequence[Row], categories: dict[int, Category]) -> Name:
    last, filed = rows[0], [row["category_id"] for row in rows]
    return Name(
        key=key,
        name=last["payee__name"] or readable_name(last["words"]) or last["words"],
        category=categories[filed[0]],
        others=tuple(categories[each] for each in dict.fromkeys(filed[1:]) if each != filed[0]),
        times=last["times"],
        last_on=max(row["day"] for row in rows),
        amounts=tuple((row["amount"], row["currency"]) for row in rows[:AMOUNTS_SHOWN]),
        payee=last["payee__uid"],
        transaction=last["line__transaction__uid"],
        turns=_turns(row["category_id"] for row in rows if row["amount"] > 0)
        + _turns(row["category_id"] for row in rows if row["amount"] <= 0),
    )


def _turns(filed: Iterable[int]) -> int:
    return sum(one != two for one, two in pairwise(filed))
