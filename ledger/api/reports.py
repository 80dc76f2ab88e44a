"""Reports as JSON: the same periods, comparisons and filters as their pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS
from ledger.calc.flows import Flow, share
from ledger.forms.report_asking import AskedReport, read_report
from ledger.models import Category
from ledger.queries.reports import monthly
from ledger.queries.reports.asked import Question
from ledger.queries.reports.keeping import kept
from ledger.reporting.plain import plain_document
from ledger.reporting.registry import REPORTS
from ledger.schemas.reports import MonthlyOut, ReportAsked, ReportKinds, ReportOut

reports = Router(tags=["reports"])


@reports.get("", response={200: ReportKinds, **PROBLEMS}, summary="Which reports there are, and what each lets choose")
def report_list(request: MemberRequest) -> dict[str, Any]:
    items = [_told(_asked(request, name)) for name in REPORTS]
    return {"items": items, "total": len(items)}


@reports.get("/monthly", response={200: MonthlyOut, **PROBLEMS}, summary="Income, expenses and what is left")
def report_monthly(request: MemberRequest, asked: Query[ReportAsked]) -> dict[str, Any]:
    """By category and by day; of a month, or of any other period."""
    question = _asked(request, "monthly").question
    return kept(question, "report.monthly.json", lambda: _monthly(question))


@reports.get("/{name}", response={200: ReportOut, **PROBLEMS}, summary="All that a report says")
def report_show(request: MemberRequest, name: Path[str], asked: Query[ReportAsked]) -> dict[str, Any]:
    """What a report itself lets one choose is sent by its name too; `/reports` tells what that is."""
    found = _asked(request, name)
    document = kept(found.question, f"report.{name}", lambda: found.kind.build(found.question))
    return {**plain_document(document), "problems": _problems(found.question)}


def _asked(request: MemberRequest, name: str) -> AskedReport:
    if name not in REPORTS:
        raise Http404
    today = today_in(request.household.time_zone)
    found = read_report(REPORTS[name], request.GET, household=request.household, today=today)
    if found.form.errors:
        raise ValidationError(found.errors)
    return found


def _problems(question: Question) -> list[str]:
    return list(question.everything.problems) if question.search.line else []


def _told(asked: AskedReport) -> dict[str, Any]:
    kind, question = asked.kind, asked.question
    choices = [
        {
            "name": choice.name,
            "label": str(choice.label),
            "most": choice.most,
            "options": [{"value": option.value, "label": str(option.label)} for option in choice.options(question)],
        }
        for choice in kind.choices
    ]
    return {"name": kind.name, "title": str(kind.title), "about": str(kind.about), "choices": choices}


def _monthly(question: Question) -> dict[str, Any]:
    side, days = monthly.side(question), monthly.by_day(question)
    whole, digits = side.whole, minor_digits(question.currency)
    said = {"total_income": whole.income, "total_expenses": whole.spending, "net_savings": whole.kept}
    return {
        "first": question.period.first,
        "last": question.period.last,
        "currency": question.currency,
        **_sums(said, digits),
        "savings_rate": whole.rate,
        "by_category": sorted(_categories(question, side.by_category, whole), key=_by_size),
        "daily": [
            {"date": day, **_sums({"income": flow.income, "expenses": flow.spending}, digits)}
            for day, flow in sorted(days.items())
        ],
        "estimated": whole.estimated,
        "missing": whole.missing,
        "problems": _problems(question),
    }


def _sums(amounts: dict[str, int], digits: int) -> dict[str, Any]:
    """Each amount as text, and in minor units."""
    texts = {name: decimal_text(minor, digits) for name, minor in amounts.items()}
    return {**texts, **{f"{name}_minor": minor for name, minor in amounts.items()}}


def _categories(question: Question, flows: dict[int, Flow], whole: Flow) -> Iterator[dict[str, Any]]:
    """Each category with what it came to; what is in none is of both kinds."""
    digits = minor_digits(question.currency)
    for key, flow in flows.items():
        category = question.categories.get(key)
        sums = {
            Category.Kind.INCOME: (flow.income, whole.income),
            Category.Kind.EXPENSE: (flow.spending, whole.spending),
        }
        for kind, (amount, together) in sums.items():
            if category.kind != kind if category else not amount:
                continue
            yield {
                "category": category and category.uid,
                "group": category.parent.uid if category and category.parent else None,
                "name": category.name if category else _("Uncategorised"),
                "kind": kind.value,
                **_sums({"amount": amount}, digits),
                "share": share(amount, together),
            }


def _by_size(told: dict[str, Any]) -> tuple[str, int, str]:
    return told["kind"], -told["amount_minor"], told["name"]
