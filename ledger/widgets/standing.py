"""Where one stands: net worth and its line, accounts with how fresh they are, and what wants a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.inbox.queries import count_known
from ledger.queries.reports.standing import AccountShown, accounts_shown, net_worth
from ledger.queries.reports.worth import WorthPoint
from ledger.widgets.sheet import Sheet

ACCOUNTS_SHOWN = 8
# Without an entry for so long an account is told to lie still.
STILL_AFTER = timedelta(days=60)


def worth(sheet: Sheet) -> dict[str, Any] | None:
    chosen = sheet.worth_span
    points = net_worth(sheet.question, None if chosen == "all" else int(chosen))
    if not points:
        return None
    last = points[-1]
    # What is in it now and was not a month ago, for want of a rate, has not moved.
    is_alike = len(points) > 1 and last.missing == points[-2].missing
    moved = last.net - points[-2].net if is_alike else None
    return {
        "net": last.net,
        "currency": sheet.currency,
        "moved": moved,
        "moved_words": _("this month") if sheet.month.is_running else _("in %(month)s") % {"month": _name(sheet, last)},
        "chart": _worth_chart(sheet, points) if len(points) > 1 else None,
        "honest": _not_in(last),
        "spans": [(words, sheet.look.address(worth=value), value == chosen) for value, words in _spans()],
    }


def _spans() -> list[tuple[str, str]]:
    return [("6", _("6 months")), ("18", _("18 months")), ("all", _("All"))]


def _name(sheet: Sheet, point: WorthPoint) -> str:
    return sheet.day(point.day, "month")


def _not_in(point: WorthPoint) -> str:
    said = []
    if point.missing:
        said.append(
            _("Without what is in %(currencies)s: no rate is known.") % {"currencies": ", ".join(sorted(point.missing))}
        )
    if point.estimated:
        said.append(_("With rates of an earlier day."))
    return " ".join(said)


def _worth_chart(sheet: Sheet, points: Sequence[WorthPoint]) -> dict[str, Any]:
    url = reverse("account_list")
    names = [sheet.day(point.day, "month_short") for point in points]
    label = _("Net worth from %(first)s to %(last)s, from %(from)s to %(to)s") % {
        "first": names[0],
        "last": names[-1],
        "from": sheet.text(points[0].net),
        "to": sheet.text(points[-1].net),
    }
    rows = [
        [sheet.day(point.day, "medium"), sheet.text(point.owned), sheet.text(point.owed), sheet.link(point.net, url)]
        for point in reversed(points)
    ]
    head = [_("Until"), _("Owned"), _("Owed"), _("Net worth")]
    values = [point.net for point in points]
    return {
        "label": label,
        "data": {"labels": names, "values": values, "urls": [url] * len(points), **sheet.money_style},
        "table": {"caption": _("Net worth over time"), "head": head, "rows": rows},
    }


@dataclass(frozen=True)
class AccountRow:
    """An account, with its freshness as a shape and in words."""

    account: Any
    url: str
    shape: str
    words: str
    worth: str


def accounts(sheet: Sheet) -> dict[str, Any] | None:
    every = accounts_shown(sheet.question)
    if not every:
        return None
    rows = [_account_row(sheet, each) for each in every[:ACCOUNTS_SHOWN]]
    return {"rows": rows, "more": max(0, len(every) - ACCOUNTS_SHOWN)}


def _account_row(sheet: Sheet, shown: AccountShown) -> AccountRow:
    shape, words = _freshness(sheet, shown)
    worth = "" if shown.worth is None else f"≈ {sheet.text(shown.worth)}"
    return AccountRow(shown.account, reverse("account_show", args=[shown.account.uid]), shape, words, worth)


def _freshness(sheet: Sheet, shown: AccountShown) -> tuple[str, str]:
    """Reconciled up to its last entry, reconciled once but not since, lying still, or with entries only."""
    last, reconciled, today = shown.last, shown.reconciled, sheet.look.today
    if reconciled and (last is None or reconciled >= last):
        return "checked", _("Reconciled up to %(day)s") % {"day": _day(sheet, reconciled)}
    if last is None:
        return "stale", _("No entries yet")
    if last < today - STILL_AFTER:
        return "stale", _("Nothing since %(day)s") % {"day": _day(sheet, last)}
    if reconciled:
        return "unchecked", _("Entries since it was reconciled on %(day)s") % {"day": _day(sheet, reconciled)}
    if last >= today:
        return "live", _("Last entry today") if last == today else _("Entries up to %(day)s") % {
            "day": _day(sheet, last)
        }
    return "live", _("Last entry %(day)s") % {"day": _day(sheet, last)}


def _day(sheet: Sheet, day: date) -> str:
    return sheet.day(day, "day" if day.year == sheet.look.today.year else "medium")


def waiting(sheet: Sheet, at_once: bool) -> int | None:
    """How much waits in the inbox; at once only where that is known."""
    known = count_known(sheet.household)
    return known if at_once or known is not None else sum(each.count for each in sheet.waiting)


def decide(sheet: Sheet) -> dict[str, Any] | None:
    """How much of what waits in the inbox, as the inbox itself counts it."""
    if not sheet.question.accounts:
        return None
    found = sheet.waiting
    address = reverse("inbox_list")
    doors = [
        {"label": each.kind.label, "count": each.count, "url": f"{address}?kind={each.kind.key}"} for each in found
    ]
    return {"count": sum(each.count for each in found), "doors": doors}
