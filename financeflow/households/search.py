"""What the palette finds of the frame: pages, settings, other households, and things to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.households import queries
from financeflow.tenancy.guards import RANKS, MemberRequest
from financeflow.web.frame import NavigationItem, navigation


@dataclass(frozen=True)
class Found:
    """One line of the palette."""

    label: str
    url: str
    icon: str = ""
    note: str = ""
    key: str = ""
    method: str = "get"

    def fits(self, words: list[str]) -> bool:
        text = f"{self.label} {self.note}".casefold()
        return all(word in text for word in words)


Groups = list[tuple[str, list[Found]]]


def find(request: MemberRequest, words: str) -> Groups:
    """Each group with what fits all the words; everything where there are none."""
    wanted = words.casefold().split()
    groups = [
        (_("Pages"), _pages(request)),
        (_("Settings"), _settings(request)),
        (_("Households"), _households(request)),
        (_("Do"), _to_do(request)),
    ]
    fitting = [(title, [each for each in found if each.fits(wanted)]) for title, found in groups]
    return [(title, found) for title, found in fitting if found]


def _pages(request: MemberRequest) -> Iterable[Found]:
    seen: set[str] = set()
    for item in _doors(request):
        if not {"settings", "add"} & set(item.places) and item.url not in seen:
            seen.add(item.url)
            yield Found(str(item.label), item.url, item.icon, key=item.key)


def _settings(request: MemberRequest) -> Iterable[Found]:
    return [
        Found(str(item.label), item.url, item.icon, _("Settings"))
        for item in _doors(request)
        if "settings" in item.places
    ]


def _doors(request: MemberRequest) -> tuple[NavigationItem, ...]:
    return navigation(request, request.membership.role)


def _households(request: MemberRequest) -> Iterable[Found]:
    for each in queries.memberships_of(request.user):
        if each.household_id != request.household.pk:
            url = reverse("household_switch", args=[each.household.uid])
            yield Found(each.household.name, url, "home", _("Switch household"), method="post")


def _to_do(request: MemberRequest) -> Iterable[Found]:
    user: Any = request.user
    if user.is_guest:
        yield Found(_("Keep this demo"), reverse("sandbox_keep"), "star", _("Make an account"))
    elif RANKS[request.membership.role] == RANKS["owner"]:
        yield Found(_("Invite somebody"), reverse("invitation_add"), "users", _("Members"))
    if RANKS[request.membership.role] == RANKS["owner"]:
        yield Found(_("Export everything"), reverse("export_start"), "download", _("Your data"), method="post")
    blur = _("Show amounts") if user.blur_amounts else _("Hide amounts")
    yield Found(blur, reverse("settings_blur_toggle"), "eye" if user.blur_amounts else "eye-off", method="post")
    is_dark = user.theme == user.Theme.DARK
    theme = _("Light theme") if is_dark else _("Dark theme")
    yield Found(theme, reverse("settings_theme_switch"), "sun" if is_dark else "moon", method="post")
    if not user.is_guest:
        yield Found(_("Add another household"), reverse("household_add"), "plus")
    yield Found(_("Log out"), reverse("account_logout"), "log-out", method="post")
