"""The rows of a list as they are drawn: what a page of them shows is kept until the household next changes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.events.remembering import remember
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import RANKS, MemberRequest
from financeflow.web.templatetags.web import sprite
from ledger.queries.guessing import guess_rows
from ledger.queries.listing import ON_A_PAGE, ListPage, read_place
from ledger.queries.shown import make_shown
from ledger.queries.tallies import Tally
from ledger.views.asking import Asked, list_url
from ledger.views.row_markup import Pen

# A search shows so many at once, while one still types, and the others as one scrolls.
FIRST_FOUND = 25
# What is looked at over and over is looked at soon again.
KEPT_SECONDS = 600
EARLIER = (
    '<tbody id="earlier"><tr><td colspan="6"><a class="button button--quiet button--small" rel="next" '
    'href="{address}" hx-get="{address}" hx-trigger="revealed, click" hx-target="#earlier" hx-swap="outerHTML">{word}'
    "</a></td></tr></tbody>\n"
)


@dataclass(frozen=True)
class Drawn:
    """Days with their rows as markup, whether one has no category, and the sums of all where those are at hand."""

    days: SafeString
    tally: Tally | None
    has_open: bool = False


def drawn(request: MemberRequest, found: Asked, *, after: str = "", continues: bool = False) -> Drawn:
    """A page of a list; without a search it is what everybody comes back to, and is kept."""
    after = after if read_place(after) else ""
    if found.search.line:
        return draw(request, found, after=after, size=ON_A_PAGE if continues else FIRST_FOUND, continues=continues)
    packed, tally, has_open = remember(
        "drawn_transactions_and_guesses",
        household_id=request.household.pk,
        version=request.household.version,
        seconds=KEPT_SECONDS,
        build=lambda: _packed(draw(request, found, after=after, continues=continues)),
        after=after,
        continues=continues,
        **_decides(request, found),
    )
    days = mark_safe(zlib.decompress(packed).decode())  # noqa: S308 - drawn by a template a moment ago
    return Drawn(days, tally, has_open)


def _packed(page: Drawn) -> tuple[bytes, Tally | None, bool]:
    return zlib.compress(page.days.encode(), 1), page.tally, page.has_open


def _decides(request: MemberRequest, found: Asked) -> dict[str, Any]:
    """All that the same rows may look different by."""
    return {
        "viewer": request.user.pk,
        "role": request.membership.role,
        "language": get_language(),
        "today": today_in(request.household.time_zone),
        "months": found.months,
        "icons": sprite(),
    }


def draw(
    request: MemberRequest, found: Asked, *, after: str = "", size: int = ON_A_PAGE, continues: bool = False
) -> Drawn:
    """A page of rows. Where it `continues` one above, the day it begins with may have its head there already."""
    listed = found.listing.page(after, size, light=True)
    make_shown(listed.rows, request.household)
    has_open = may_edit(request) and guess_rows(listed.rows, request.household)
    place = read_place(after) if continues else None
    days = _days(request, found, listed, continued=place[0] if place else None)
    tally = found.listing.tally() if not continues and found.listing.tally_is_cheap else None
    return Drawn(days, tally, has_open)


def _days(request: MemberRequest, found: Asked, listed: ListPage, *, continued: date | None) -> SafeString:
    """Days with their rows, and at the end what asks for earlier ones."""
    pen, today, currency = pen_of(request), today_in(request.household.time_zone), found.listing.currency
    days = [pen.day(day, currency, today, headed=day.day != continued) for day in listed.days]
    if listed.next:
        address = escape(list_url(found.search.line, found.months, after=listed.next))
        days.append(EARLIER.format(address=address, word=escape(_("Earlier"))))
    return mark_safe("".join(days))  # noqa: S308 - drawn by the pen, which escapes what somebody wrote


def pen_of(request: MemberRequest, *, on_list: bool = True) -> Pen:
    """Rows of the list, where dozens of them lead on, name addresses as they are seen from there."""
    household, here = request.household, "" if on_list else reverse("transaction_list")
    reads = {"locale": household.locale, "language": get_language() or "en"}
    return Pen(here, sprite(), household.base_currency, may_edit=may_edit(request), **reads)


def may_edit(request: MemberRequest) -> bool:
    return RANKS[request.membership.role] >= RANKS["editor"]


def list_context(request: MemberRequest) -> dict[str, Any]:
    """What all parts of the page of a list read."""
    return {"here": reverse("transaction_list"), "may_edit": may_edit(request)}
