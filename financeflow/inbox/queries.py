"""The queue and its counts: gathered from every floor that settings.INBOX names, kept until the books change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import get_language

from financeflow.events.remembering import keep, recalled, remember
from financeflow.inbox.models import Dismissal
from financeflow.inbox.sources import MOST, Asking, InboxItem, InboxKind, Source
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.scope import current_viewer
from financeflow.web.gathering import gathered

if TYPE_CHECKING:
    from financeflow.households.models import Household

T = TypeVar("T")
COUNTS, ITEMS, TOTAL = "inbox_counts", "inbox_items", "inbox_total"


def sources() -> list[Source]:
    """Every kind of question there is, in order."""
    return sorted((each for gather in gathered("INBOX") for each in gather()), key=lambda each: each.kind.order)


def source_of(kind: str) -> Source | None:
    return next((each for each in sources() if each.kind.key == kind), None)


@dataclass(frozen=True)
class Counted:
    """A kind, and how many things of it wait."""

    kind: InboxKind
    count: int

    @property
    def label(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True)
class Queue:
    """The questions of one kind or of all, with what waits of every kind."""

    counted: list[Counted]
    items: list[InboxItem]
    chosen: InboxKind | None

    @cached_property
    def count(self) -> int:
        return sum(each.count for each in self.counted)

    @property
    def waiting(self) -> list[Counted]:
        """The kinds of which something waits, and the chosen one whatever is left of it."""
        return [each for each in self.counted if each.count or each.kind == self.chosen]

    def front(self, key: str) -> str:
        """The item one is to look at: the one asked for, or the first."""
        keys = [each.key for each in self.items]
        return key if key in keys else next(iter(keys), "")

    def shown(self) -> list[tuple[InboxItem, InboxKind, str]]:
        """Each with its kind and with the one that comes to the front when it is decided."""
        kinds = {each.kind.key: each.kind for each in self.counted}
        after = [*(each.key for each in self.items[1:]), ""]
        return [(item, kinds[item.kind], then) for item, then in zip(self.items, after, strict=True)]


def counts(household: Household) -> list[Counted]:
    """How many things wait, by kind; their sum is noted for the frame."""
    every = sources()
    found = dict(_kept(household, COUNTS, lambda: _counts(household, [each for each in every if each.is_kept])))
    found |= _counts(household, [each for each in every if not each.is_kept])
    keep(TOTAL, sum(found.values()), household_id=household.pk, version=household.version, **_decides(household))
    return [Counted(each.kind, found[each.kind.key]) for each in every]


def count_known(household: Household) -> int | None:
    """How many things wait, where that is known already: no page waits for it."""
    known: int | None = recalled(TOTAL, household_id=household.pk, version=household.version, **_decides(household))
    return known


def queue(household: Household, kind: str = "") -> Queue:
    """What waits, each kind in its place and in it the surest first."""
    found = counts(household)
    chosen = next((each.kind for each in found if each.kind.key == kind), None)
    asked = [each.kind.key for each in found if each.count and (not chosen or each.kind == chosen)]
    return Queue(found, [item for key in asked for item in items_of(household, key)], chosen)


def items_of(household: Household, kind: str) -> list[InboxItem]:
    source = source_of(kind)
    if source is None:
        return []
    build = partial(_items, household, source)
    return _kept(household, ITEMS, build, kind=kind) if source.is_kept else build()


def find_item(household: Household, kind: str, key: str) -> InboxItem | None:
    return next((each for each in items_of(household, kind) if each.key == key), None)


def asking(household: Household, kind: str) -> Asking:
    gone = Dismissal.objects.filter(kind=kind).order_by().values_list("key", flat=True)
    return Asking(household, today_in(household.time_zone), frozenset(gone))


def _counts(household: Household, some: Sequence[Source]) -> dict[str, int]:
    gone: dict[str, set[str]] = {}
    for kind, key in Dismissal.objects.order_by().values_list("kind", "key"):
        gone.setdefault(kind, set()).add(key)
    today = today_in(household.time_zone)
    asked = {each.kind.key: Asking(household, today, frozenset(gone.get(each.kind.key, ()))) for each in some}
    return {each.kind.key: each.count(asked[each.kind.key]) for each in some}


def _items(household: Household, source: Source) -> list[InboxItem]:
    kind = source.kind.key
    return [replace(each, kind=kind) for each in source.items(asking(household, kind))[:MOST]]


def _kept(household: Household, name: str, build: Callable[[], T], **params: Any) -> T:
    """Apart for who may see less, for each language and day."""
    return remember(name, household_id=household.pk, build=build, **_decides(household), **params)


def _decides(household: Household) -> dict[str, Any]:
    viewer = current_viewer()
    today = today_in(household.time_zone)
    return {"viewer": viewer.user_id if viewer else None, "language": get_language(), "on": today}
