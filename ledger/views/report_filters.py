"""What narrows a report down: a menu for each way that is taken often, and a form for all of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from financeflow.households.queries import members_of
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import go, page
from ledger import queries
from ledger.forms.report_asking import AskedReport
from ledger.forms.report_filter import ReportFilterForm
from ledger.views.answers import form_page
from ledger.views.report_drawing import WAYS
from ledger.views.reports import asked_report


@member("viewer")
def report_filter(request: MemberRequest, name: str) -> HttpResponse:
    """What is chosen becomes part of the report's search."""
    asked = asked_with_filter(request, name)
    today = asked.question.today
    form = ReportFilterForm(ReportFilterForm.sent_in(request.GET), household=request.household, today=today)
    if form.is_valid():
        return go(request, reverse("report_show", args=[name]) + asked.but(q=form.line(asked.question.search)))
    return form_page(request, "ledger/report_filter.html", form, asked=asked)


@member("viewer")
def report_filter_by(request: MemberRequest, name: str, by: str) -> HttpResponse:
    """What one of the menus over a report offers."""
    asked = asked_with_filter(request, name)
    if by not in WAYS:
        raise Http404
    choices: dict[str, dict[str, Any]] = {
        "category": {"groups": queries.category_groups() if by == "category" else ()},
        "account": {"accounts": queries.accounts()},
        "tag": {"tags": queries.tags()},
        "member": {"members": members_of(request.household)},
    }
    prefix = f"{ReportFilterForm.prefix}-"
    context = {"by": by, "title": WAYS[by], "asked": asked, "field_prefix": prefix, **choices[by]}
    return page(request, "ledger/report_filter_by.html", context, partial="choices")


def asked_with_filter(request: MemberRequest, name: str) -> AskedReport:
    asked = asked_report(request, name)
    if not asked.kind.filters:
        raise Http404
    return asked
