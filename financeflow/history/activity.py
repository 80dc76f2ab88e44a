"""What the activity page shows: who did what on which day, and what may be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from financeflow.history import queries, wording
from financeflow.history.hiding import in_sight
from financeflow.history.models import ChangeSet
from financeflow.history.wording import Thing
from financeflow.tenancy.guards import RANKS
from financeflow.web.frame import Person
from financeflow.web.months import Month

ON_A_PAGE = 50


@dataclass(frozen=True)
class Deed:
    """One change-set, told."""

    uid: uuid.UUID
    summary: str
    by: Person | None
    at: Any
    things: list[Thing]
    more_things: int
    undone: bool
    can_undo: bool
    does_again: bool

    @property
    def tells(self) -> bool:
        return any(thing.lines for thing in self.things)


@dataclass(frozen=True)
class Day:
    day: date
    deeds: list[Deed]


@dataclass(frozen=True)
class ActivityPage:
    days: list[Day]
    earlier: uuid.UUID | None


def activity_page(
    *, membership: Any, member: uuid.UUID | None, before: ChangeSet | None, months: Sequence[Month]
) -> ActivityPage:
    """One page of deeds by day, latest first; `before` is the last one of the page shown earlier."""
    asked = queries.change_sets(member=member, before=before.pk if before else None, months=months)
    found = list(asked[: ON_A_PAGE + 1])
    shown = queries.with_changes(found[:ON_A_PAGE])
    deeds = told(shown, membership=membership)
    here = timezone.get_current_timezone()
    days = [Day(day, list(each)) for day, each in groupby(deeds, key=lambda deed: deed.at.astimezone(here).date())]
    return ActivityPage(days, shown[-1].uid if len(found) > ON_A_PAGE else None)


def told(change_sets: list[Any], *, membership: Any) -> list[Deed]:
    """Change-sets from queries.with_changes or queries.history_of in words, for this member."""
    changes = in_sight([change for each in change_sets for change in each.first_changes])
    things = wording.in_words(changes, locale=membership.household.locale)
    return [_deed(each, things, RANKS[membership.role]) for each in change_sets]


def _deed(change_set: Any, things: dict[int, Thing], rank: int) -> Deed:
    undone = change_set.undone_at is not None
    return Deed(
        uid=change_set.uid,
        summary=change_set.summary,
        by=_person(change_set.by),
        at=change_set.at,
        things=[things[change.pk] for change in change_set.first_changes if change.pk in things],
        more_things=change_set.untold,
        undone=undone,
        can_undo=change_set.is_undoable and not undone and rank >= RANKS[change_set.needs],
        does_again=change_set.verb == "history.undone",
    )


def _person(user: Any) -> Person | None:
    if user is None:
        return None
    return Person(user.name or user.email, user.email, user.initials, f"/people/{user.uid}/" if user.picture else "")


def doers(household: Any) -> models.QuerySet[Any]:
    """Everybody who did something in the household, whether still a member or not."""
    people: Any = get_user_model()._default_manager
    deeds = ChangeSet.objects.filter(by=models.OuterRef("pk"))
    return people.filter(models.Exists(deeds)).order_by("name", "email")  # type: ignore[no-any-return]
