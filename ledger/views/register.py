"""The page of one account: its register with a running balance, and how its balance came about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.months import MonthPicker, household_months
from financeflow.web.pages import is_htmx, page
from ledger.calc.terms import LONGEST, Term
from ledger.forms.spans import SpanForm
from ledger.models import Account
from ledger.queries.accounts import account_at
from ledger.queries.balances import begins_on
from ledger.queries.register import register_page, standing_of
from ledger.queries.rows import Row
from ledger.views.drawing import pen_of
from ledger.views.figures import Figure, balance_figure

YEAR = 365


@dataclass(frozen=True)
class Asked:
    """The days of a register that an address asks for: a month, or from one day to another; else all of them."""

    months: MonthPicker
    form: SpanForm
    first: date | None
    last: date | None

    @property
    def is_span(self) -> bool:
        return not self.months.chosen and bool(self.first or self.last)

    @property
    def query(self) -> str:
        """The same again, as the end of an address."""
        if self.months.chosen:
            return urlencode({"month": str(self.months.chosen[0])})
        said = {"from": self.first, "to": self.last}
        return urlencode({name: day.isoformat() for name, day in said.items() if day})


@member("viewer")
def account_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    account = _account(uid)
    if words := request.GET.get("q", "").replace("\x00", " ").strip():
        return redirect(_search_url(account, words, request.GET.get("month", "")))
    asked = _asked(request)
    after = request.GET.get("after")
    found = register_page(account, first=asked.first, last=asked.last, after=after)
    context = {"account": account, "asked": asked, "months": asked.months, "found": found}
    context["drawn"] = _drawn(request, found.rows)
    if not (after and is_htmx(request)):
        context |= _head(request, account, asked)
    status = 422 if asked.form.errors else 200
    return page(request, "ledger/account_show.html", context, partial="rows" if after else "register", status=status)


def _drawn(request: MemberRequest, rows: list[Row]) -> SafeString:
    row_of = pen_of(request, on_list=False).register_row
    return mark_safe("".join(map(row_of, rows)))  # noqa: S308 - it escapes


def _account(uid: uuid.UUID) -> Account:
    found = account_at(uid)
    if found is None:
        raise Http404
    return found


def _search_url(account: Account, words: str, month: str) -> str:
    """The list of transactions, which searches: it asks for this account alone, and for the words."""
    asked = {"q": f"{Term('account', account.name)} {words}"[:LONGEST], **({"month": month} if month else {})}
    return f"{reverse('transaction_list')}?{urlencode(asked)}"


def _asked(request: MemberRequest) -> Asked:
    months = household_months(request, optional=True)
    form = SpanForm(request.GET, household=request.household, today=today_in(request.household.time_zone))
    if months.chosen:
        return Asked(months, form, months.chosen[0].first_day, months.chosen[0].last_day)
    return Asked(months, form, *form.span)


def _head(request: MemberRequest, account: Account, asked: Asked) -> dict[str, Any]:
    today = today_in(request.household.time_zone)
    return {"standing": standing_of(account, today=today), "figure": _figure(request, account, asked, today)}


def _figure(request: MemberRequest, account: Account, asked: Asked, today: date) -> Figure | None:
    """The balance over the days asked for; where none are, over the twelve months up to today."""
    last = asked.last or max(today, asked.first or today)
    first = asked.first or (begins_on([account])[account.pk] if asked.last else last.replace(day=1, year=last.year - 1))
    return balance_figure(request, account, first, last)
