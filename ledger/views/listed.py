"""What the page of transactions shows of a list: its rows, its sums in words, the ways to narrow it down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.dates import reading_locale
from financeflow.web.months import household_months
from ledger import queries
from ledger.calc.chips import chips
from ledger.forms.quick_line import fresh_line
from ledger.queries.listing import ON_A_PAGE
from ledger.queries.saved_views import views_listed
from ledger.queries.tallies import Tally
from ledger.views.asking import Asked, list_url
from ledger.views.drawing import Drawn, draw, drawn, list_context

MOST_AT_ONCE = 300
# What one narrows the list down by most often, each with a menu of its own.
WAYS = {
    "category": gettext_lazy("Category"),
    "account": gettext_lazy("Account"),
    "amount": gettext_lazy("Amount"),
    "tag": gettext_lazy("Tag"),
}


def page_context(request: MemberRequest, found: Asked) -> dict[str, Any]:
    """All that the whole page shows."""
    after = request.GET.get("after", "")
    rows = drawn(request, found, after=after)
    tally = found.listing.tally() if rows.tally is None and "tally" in request.GET else rows.tally
    return {
        **drawn_context(request, found, rows),
        **tally_context(request, tally),
        **({} if rows.days else empty_context(found)),
        **narrowing_context(request, found),
        **views_context(request, found),
        "months": household_months(request, several=True, optional=True),
        "quick": fresh_line(),
        "after": after,
    }


def narrowing_context(request: MemberRequest, found: Asked) -> dict[str, Any]:
    """What narrows the list down, each with the way to do without; and what was not understood."""
    line, months = found.search.line, found.months
    shown = [(chip, list_url(chip.rest, months)) for chip in chips(found.search, locale=request.household.locale)]
    return {
        "chips": shown,
        "problems": list(problems_told(found)),
        "ways": WAYS.items(),
        "without_month": list_url(line),
        "without_terms": list_url("", months),
        "loosened": list_url(line) if months else list_url(""),
    }


def problems_told(found: Asked) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each sentence, with what may have been meant as ways to ask for that instead."""
    line, known = found.search.line, set()
    for problem in found.search.problems:
        known.add(problem.sentence)
        first, last = problem.span
        meant = [(text, f"{line[:first]}{text}{line[last:]}") for text in problem.candidates]
        yield problem.sentence, [(text, list_url(instead, found.months)) for text, instead in meant]
    yield from ((sentence, []) for sentence in found.listing.problems if sentence not in known)


def views_context(request: MemberRequest, found: Asked) -> dict[str, Any]:
    """The views a member keeps, which of them is shown, and where each leads: the month stays."""
    line = found.search.line
    kept = [(view, list_url(view.query, found.months), view.query == line) for view in views_listed(request.user)]
    return {"views": kept, "here": reverse("transaction_list"), "asked": found, "every_url": list_url("", found.months)}


def empty_context(found: Asked) -> dict[str, Any]:
    """Why nothing is listed."""
    is_bare = found.is_everything and not queries.transactions().exists()
    return {"is_bare": is_bare, "has_accounts": is_bare and queries.open_accounts().exists()}


def fresh_context(request: MemberRequest, found: Asked) -> dict[str, Any]:
    """As many rows again as are on the page, from the latest, and the sums."""
    shown = request.GET.get("shown", "")
    size = min(int(shown), MOST_AT_ONCE) if shown.isdecimal() and len(shown) < 7 else 0
    rows = draw(request, found, size=size) if size > ON_A_PAGE else drawn(request, found)
    return drawn_context(request, found, rows) | tally_context(request, rows.tally)


def more_context(request: MemberRequest, found: Asked) -> dict[str, Any]:
    """The rows after those on the page; the day they begin with may have its head there already."""
    return drawn_context(request, found, drawn(request, found, after=request.GET["after"], continues=True))


def drawn_context(request: MemberRequest, found: Asked, rows: Drawn) -> dict[str, Any]:
    return {"asked": found, "drawn": rows, **list_context(request)}


def tally_context(request: MemberRequest, tally: Tally | None) -> dict[str, Any]:
    if tally is None:
        return {"tally": None}
    count = counted(request, tally.count)
    every = ngettext("Select the one that matches", "Select all %(count)s that match", tally.count) % {"count": count}
    return {"tally": tally, "rows_count": count, "every": every, "honest": honest_words(tally)}


def counted(request: MemberRequest, count: int) -> str:
    """A number as the household writes it."""
    return str(format_decimal(count, locale=reading_locale(get_language() or "en", request.household.locale)))


def honest_words(tally: Tally) -> str:
    """What is not in the sums, and what is in them by an earlier day's rate."""
    words = [
        ngettext("%(count)s amount in %(currency)s not included", "%(count)s amounts in %(currency)s not included", n)
        % {"count": n, "currency": currency}
        for currency, n in tally.left_out
    ]
    if tally.estimated:
        words.append(
            ngettext("%(count)s at an earlier day’s rate", "%(count)s at an earlier day’s rate", tally.estimated)
            % {"count": tally.estimated}
        )
    return _("; ").join(words)
