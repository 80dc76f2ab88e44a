"""What households hang into the frame: settings, and the other households of a person."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from financeflow.households import queries
from financeflow.web.frame import NavigationItem


def items(request: HttpRequest) -> list[NavigationItem]:
    return [
        NavigationItem("dashboard", _("Dashboard"), "dashboard", ("rail", "bottom"), key="g d", order=10),
        NavigationItem(
            "settings_profile",
            _("Settings"),
            "settings",
            ("rail_end", "more"),
            key="g s",
            order=90,
            needs="person",
            under="/settings/",
        ),
        *settings_pages(),
    ]


def settings_pages() -> list[NavigationItem]:
    here = ("settings",)
    return [
        NavigationItem("settings_profile", _("Profile"), "person", here, order=91, needs="person"),
        NavigationItem("settings_household", _("Household"), "home", here, order=92),
        NavigationItem("settings_members", _("Members"), "people", here, order=93),
        NavigationItem("settings_appearance", _("Appearance"), "palette", here, order=94, needs="person"),
        NavigationItem("settings_security", _("Security"), "shield", here, order=96, needs="person"),
        NavigationItem("settings_data", _("Your data"), "database", here, order=99),
    ]


def households(request: Any) -> list[tuple[uuid.UUID, str, bool]]:
    if not request.membership.has_others:
        return []
    found = queries.memberships_of(request.user)
    if len(found) < 2:
        return []
    return [(each.household.uid, each.household.name, each.household_id == request.household.pk) for each in found]
