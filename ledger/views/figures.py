"""What components/chart.html draws: series of the ledger with their words, and the same numbers in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_money
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.dates import day_text
from ledger.models import Account
from ledger.queries.balances import Point, balances_by_day, balances_by_month
from ledger.queries.payee_sheets import Flow, PayeeSheet

MONTHS_DRAWN = 12
# Up to so many days are drawn day by day, longer spans by the ends of months.
DAYS_DRAWN = 93


@dataclass(frozen=True)
class Figure:
    """One chart."""

    label: str
    data: dict[str, Any]
    table: dict[str, Any]


def written(request: MemberRequest, day: date, style: str) -> str:
    return day_text(day, style, language=get_language() or "en", locale=request.household.locale)


def money_style(request: MemberRequest, currency: str) -> dict[str, Any]:
    return {"locale": request.household.locale, "currency": currency, "digits": minor_digits(currency)}


def months_figure(request: MemberRequest, sheet: PayeeSheet) -> Figure | None:
    """In and out by month, the latest twelve that have any; one month alone is no picture."""
    months = [*reversed(sheet.months[:MONTHS_DRAWN])]
    if len(months) < 2:
        return None
    currency = request.household.base_currency
    data = {
        "labels": [written(request, flow.first, "month_short") for flow in months],
        "money_in": [flow.coming_in for flow in months],
        "money_out": [-flow.going_out for flow in months],
        **money_style(request, currency),
    }
    label = _("Money in and out by month")
    return Figure(label, data, _months_table(request, sheet.months, label))


def _months_table(request: MemberRequest, months: Sequence[Flow], caption: str) -> dict[str, Any]:
    currency, locale = request.household.base_currency, request.household.locale
    rows = [
        [
            written(request, flow.first, "month"),
            str(format_money(flow.coming_in, currency, locale)),
            str(format_money(flow.going_out, currency, locale)),
            str(flow.count),
        ]
        for flow in months
    ]
    return {"caption": caption, "head": [_("Month"), _("In"), _("Out"), _("How often")], "rows": rows}


def balance_figure(request: MemberRequest, account: Account, first: date, last: date) -> Figure | None:
    """What was in the account, by day or by month; one point alone is no picture."""
    by_day = (last - first).days < DAYS_DRAWN
    points = (balances_by_day if by_day else balances_by_month)([account], first, last)[account.pk]
    if len(points) < 2:
        return None
    style = "medium" if by_day else "month"
    data = {
        "labels": [written(request, point.day, style) for point in points],
        "short": [written(request, point.day, "day" if by_day else "month_short") for point in points],
        "values": [point.balance for point in points],
        **money_style(request, account.currency),
    }
    label = _("Balance of “%(name)s”") % {"name": account}
    return Figure(label, data, _balance_table(request, account, points, style, label))


def _balance_table(
    request: MemberRequest, account: Account, points: Sequence[Point], style: str, caption: str
) -> dict[str, Any]:
    rows = [
        [
            written(request, point.day, style),
            str(format_money(point.balance, account.currency, request.household.locale)),
        ]
        for point in reversed(points)
    ]
    return {"caption": caption, "head": [_("Until"), _("Balance")], "rows": rows}
