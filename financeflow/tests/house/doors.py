"""Rules for addresses and tables: every view has a door, every table an owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from financeflow.support.site import SupportSite
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tests.house.places import PACKAGES

# Views that others wrote, and why they need no door of ours.
THIRD_PARTY = {
    "allauth.": "keeps its own doors: log-in pages are for passers-by, the others ask who is logged in",
    "ninja.": "asks for authentication in each operation; test_tenancy walks them all",
    "django.views.generic.base": "sends elsewhere, and shows nothing",
}
# Tables of no household, and why.
OF_NO_HOUSEHOLD = {
    "households.User": "a person may be in several households",
    "households.Household": "is the household",
    "support.Sandbox": "is a household",
    "support.SupportLook": "outlives the household it tells about",
    "support.SignInProblem": "is about somebody who did not get in",
    "ledger.ExchangeRate": "is what the market said, the same for everybody",
    "ledger.RateRefresh": "is when the market was last heard, the same for everybody",
}


def routes(patterns: Iterable[Any] | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every address: its route, its full name, its view."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from routes(each.url_patterns, route, inner)
        elif isinstance(each, URLPattern):
            yield route, f"{space}{each.name or ''}", each.callback


def unguarded(patterns: Iterable[Any] | None = None) -> list[str]:
    """The addresses whose view says nobody may enter, and nobody may not."""
    return [
        f"/{route} leads to {_module_of(view)}.{getattr(view, '__name__', view)}, which has no door"
        for route, _name, view in routes(patterns)
        if not has_door(view) and not _module_of(view).startswith(tuple(THIRD_PARTY))
    ]


def has_door(view: Any) -> bool:
    """A door of ours, or that of the admin, which lets staff in and nobody else."""
    site = getattr(view, "admin_site", None) or getattr(getattr(view, "model_admin", None), "admin_site", None)
    return hasattr(view, "door") or isinstance(site, SupportSite)


def _module_of(view: Any) -> str:
    view = getattr(view, "func", view)  # a partial
    return str(getattr(getattr(view, "view_class", view), "__module__", ""))


def is_ours(model: type[models.Model]) -> bool:
    return model.__module__.partition(".")[0] in PACKAGES


def unowned(tables: Iterable[type[models.Model]]) -> list[str]:
    """The tables that belong to no household, without a reason."""
    return [
        f"{model._meta.label} belongs to no household"
        for model in tables
        if is_ours(model) and not issubclass(model, HouseholdOwned) and model._meta.label not in OF_NO_HOUSEHOLD
    ]


def unscoped(tables: Iterable[type[models.Model]]) -> list[str]:
    """The owned tables that could be read past the household in scope, or do not say their plural."""
    found = []
    for model in tables:
        if issubclass(model, HouseholdOwned):
            if not hasattr(model._base_manager, "get_queryset") or model._meta.base_manager_name != "objects":
                found.append(f"{model._meta.label} is related past the scope: Meta does not derive from the owned base")
            if not model._meta.default_related_name:
                found.append(f"{model._meta.label} does not say its plural (default_related_name)")
    return found
