"""What an app hangs on the dashboard: parts that are drawn only when they are shown, in the order a member likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.gathering import gathered
from financeflow.web.months import MOST_MONTHS, Month
from financeflow.web.templatetags.web import sprite

Context = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """How somebody looks at the dashboard: on which day, at which months, and what was chosen within its parts."""

    request: MemberRequest
    today: date
    months: tuple[Month, ...]
    # What was chosen within the parts that were gathered for it; what a part has at first is not told.
    chosen: dict[str, str] = field(default_factory=dict)

    @property
    def is_comparison(self) -> bool:
        return len(self.months) > 1

    def choice(self, name: str, options: Sequence[str]) -> str:
        """What the address asks for under a name; the first option where it asks for nothing that there is.

        It is asked for while the parts are gathered, for what is kept of them is kept apart by it.
        """
        asked = self.request.GET.get(name, "")
        self.chosen[name] = asked if asked in options[1:] else ""
        return self.chosen[name] or options[0]

    def address(self, **changed: str) -> str:
        """The same look with something else chosen."""
        months = [("month", str(month)) for month in self.months] if "month" in self.request.GET else []
        chosen = {**self.chosen, **changed}
        line = urlencode([*months, *((name, value) for name, value in chosen.items() if value)])
        return reverse("dashboard") + (f"?{line}" if line else "")

    @property
    def whole_address(self) -> str:
        """The same look with slow parts in it from the first."""
        return self.address(whole="1")

    def decides(self) -> dict[str, Any]:
        """All that it looks different by but the books themselves."""
        request = self.request
        return {
            "viewer": request.user.pk,
            "role": request.membership.role,
            "language": get_language(),
            "today": self.today,
            "months": [str(month) for month in self.months],
            "asked": "month" in request.GET,
            "chosen": self.chosen,
            "icons": sprite(),
        }


def look_at(request: MemberRequest) -> Look:
    """The months an address asks for, or the one that runs."""
    today = today_in(request.household.time_zone)
    asked = {Month.parse(text) for text in request.GET.getlist("month")[:MOST_MONTHS]}
    return Look(request, today, tuple(sorted(asked)) or (Month.of(today),))


@dataclass(frozen=True)
class Widget:
    """One part of the dashboard.

    `build` gives what its template reads as `it`, and nothing where there is nothing to show; it is called only when
    the part is drawn. `span` is of twelve columns, none is all. One that `is_head` stands on top of all and cannot be
    moved or hidden; a slow one is asked for by the page itself; a picture `folds` on a phone. What a slow one hangs on
    besides the books (`hangs_on`) keeps apart what is kept of it; it is told whether that is wanted at once.
    """

    key: str
    title: Any
    template: str
    build: Callable[[], Context | None]
    span: int | None = None
    order: int = 50
    is_head: bool = False
    is_slow: bool = False
    folds: bool = False
    hangs_on: Callable[[bool], Any] | None = None


def widgets_for(look: Look) -> list[Widget]:
    """All parts there are, in the order they had at first."""
    found = [widget for gather in gathered("WIDGETS") for widget in gather(look)]
    return sorted(found, key=lambda widget: (not widget.is_head, widget.order))


@dataclass(frozen=True)
class Arrangement:
    """What a member made of the dashboard: the parts in their order, and which of them are hidden."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Arrangement:
        return cls(tuple(stored.get("order", ())), frozenset(stored.get("hidden", ())))

    def stored(self) -> dict[str, list[str]]:
        return {"order": list(self.order), "hidden": sorted(self.hidden)} if self.order or self.hidden else {}

    @property
    def is_untouched(self) -> bool:
        return not self.order and not self.hidden

    def sorted(self, widgets: Iterable[Widget]) -> list[Widget]:
        """In the member's order; a part that came later stands behind the one it follows by itself."""
        found: list[Widget] = []
        places = {key: place for place, key in enumerate(self.order)}
        every = list(widgets)
        found = sorted((each for each in every if each.key in places), key=lambda each: places[each.key])
        for place, each in enumerate(every):
            if each.key not in places:
                before = every[place - 1] if place else None
                found.insert(found.index(before) + 1 if before else 0, each)
        return found

    def shown(self, widgets: Iterable[Widget]) -> list[Widget]:
        return [each for each in self.sorted(widgets) if each.is_head or each.key not in self.hidden]
