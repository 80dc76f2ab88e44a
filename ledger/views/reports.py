"""Pages of reports: all of them, and one as its address asks for it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import page
from ledger.forms.report_asking import AskedReport, read_report
from ledger.reporting.registry import REPORTS
from ledger.views.report_drawing import (
    EXPORTS,
    WAYS,
    chart_style,
    comparisons,
    document_of,
    drawn_sections,
    filters_shown,
    offers,
    problems_told,
)
from ledger.views.report_periods import period_picker
from ledger.views.saved_shown import saved_context

PAGE = "ledger/report_show.html"


@member("viewer")
def report_list(request: MemberRequest) -> HttpResponse:
    return page(
        request, "ledger/report_list.html", {**saved_context(request), "reports": REPORTS.values()}, partial="saved"
    )


@member("viewer")
def report_show(request: MemberRequest, name: str) -> HttpResponse:
    asked = asked_report(request, name)
    context = around(asked)
    if asked.form.errors:
        return page(request, PAGE, context, partial="report", status=400)
    return page(request, PAGE, {**context, **inside(asked)}, partial="report")


def asked_report(request: MemberRequest, name: str) -> AskedReport:
    if name not in REPORTS:
        raise Http404
    today = today_in(request.household.time_zone)
    return read_report(REPORTS[name], request.GET, household=request.household, today=today)


def around(asked: AskedReport) -> dict[str, Any]:
    """What stands around a report: ways to another period, to a comparison, to a part of it."""
    return {
        "asked": asked,
        "picker": period_picker(asked) if asked.kind.asks_period else None,
        "comparisons": comparisons(asked),
        "offers": offers(asked),
        "filters": filters_shown(asked),
        "problems": list(problems_told(asked)),
        "ways": WAYS.items() if asked.kind.filters else (),
    }


def inside(asked: AskedReport) -> dict[str, Any]:
    document = document_of(asked)
    return {
        "document": document,
        "sections": drawn_sections(document),
        "style": chart_style(document, asked.question),
        "exports": EXPORTS,
    }
