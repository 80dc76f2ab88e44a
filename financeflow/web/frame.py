"""What stands around every page: the rail, the bottom bar, whose books these are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone

from financeflow.web.gathering import gathered


@dataclass(frozen=True)
class NavigationItem:
    """One door of the frame; `places` says where it hangs: rail, rail_end, bottom, more, bell, add, settings.

    `needs` is the least role, or "person" for what one may do without a household. `under` is where the addresses
    begin for which it counts as current, when that is not its own; there may be several. `counts_at` is where its
    badge is asked for, when the books change or where it is not known yet.
    """

    name: str
    label: Any
    icon: str
    places: tuple[str, ...]
    key: str = ""
    order: int = 50
    needs: str = "viewer"
    badge: int | None = None
    counts_at: str = ""
    under: str | tuple[str, ...] = ""
    url: str = ""
    current: bool = False

    def at(self, path: str) -> NavigationItem:
        url = _address(self.name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
        under = self.under or url
        return replace(self, url=url, current=path == url or (under != "/" and path.startswith(under)))


@cache
def _address(name: str, urlconf: str, _prefix: str) -> str:
    return reverse(name, urlconf)


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    initials: str
    picture_url: str


@dataclass(frozen=True)
class OtherHousehold:
    uid: uuid.UUID
    name: str
    current: bool


@dataclass(frozen=True)
class Sandbox:
    ends_at: datetime
    left: timedelta

    @property
    def hours_left(self) -> int:
        return int(self.left.total_seconds() // 3600)

    @property
    def minutes_left(self) -> int:
        return max(0, int(self.left.total_seconds() // 60))


@dataclass(frozen=True)
class Deletion:
    at: datetime


@dataclass(frozen=True)
class Frame:
    """Everything base.html and layouts/app.html show; the same for every page."""

    version: str
    theme: str = ""
    density: str = "comfortable"
    blur_amounts: bool = False
    member: Person | None = None
    household: str | None = None
    role: str = ""
    last_event_id: int | None = None
    sandbox: Sandbox | None = None
    deletion: Deletion | None = None
    households: list[OtherHousehold] = field(default_factory=list)
    items: tuple[NavigationItem, ...] = ()

    def hung(self, place: str) -> list[NavigationItem]:
        return [item for item in self.items if place in item.places]

    @cached_property
    def standing(self) -> str:
        """All that the links of the frame hang on, in one word: equal ones look the same in one language."""
        return " ".join(f"{item.name}:{item.label}:{item.current}:{item.badge}" for item in self.items)

    @property
    def rail(self) -> list[NavigationItem]:
        return self.hung("rail")

    @property
    def rail_end(self) -> list[NavigationItem]:
        return self.hung("rail_end")

    @property
    def bottom(self) -> list[NavigationItem]:
        return self.hung("bottom")

    @property
    def more(self) -> list[NavigationItem]:
        return self.hung("more")

    @property
    def settings(self) -> list[NavigationItem]:
        return self.hung("settings")

    @property
    def bell(self) -> NavigationItem | None:
        return next(iter(self.hung("bell")), None)

    @property
    def add(self) -> NavigationItem | None:
        return next(iter(self.hung("add")), None)


def navigation(request: HttpRequest, role: str) -> tuple[NavigationItem, ...]:
    """The doors this role may use, in order, each told whether it leads to the page at hand."""
    ranks = ["person", "viewer", "editor", "owner"]
    items = [
        item.at(request.path)
        for gather in gathered("NAVIGATION")
        for item in gather(request)
        if ranks.index(role) >= ranks.index(item.needs)
    ]
    return tuple(sorted(items, key=lambda item: item.order))


def sandbox_of(household: Any) -> Sandbox | None:
    return Sandbox(household.expires_at, household.expires_at - timezone.now()) if household.expires_at else None
