"""A report as a file, asked for by the same address as its page."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.files import send_file, written_first
from ledger.forms.report_asking import AskedReport
from ledger.reporting.files import FILES, file_name
from ledger.reporting.letterhead import Letterhead
from ledger.views.report_drawing import document_of
from ledger.views.reports import asked_report


@member("viewer")
def report_export(request: MemberRequest, name: str, kind: str) -> HttpResponseBase:
    """What the page shows, as a file; where the address is not clear, the page says why."""
    asked = asked_report(request, name)
    if kind not in FILES:
        raise Http404
    if asked.form.errors:
        return redirect(f"{reverse('report_show', args=[name])}?{asked.query}")
    content_type, write = FILES[kind]
    document, letterhead = document_of(asked), letterhead_of(asked)
    path = written_first(f".{kind}", lambda path: write(path, document, letterhead))
    name = file_name(document, asked.question.period if asked.kind.asks_period else None, kind)
    return send_file(request, path, name=name, content_type=content_type, passing=True)


def letterhead_of(asked: AskedReport) -> Letterhead:
    household, today = asked.question.household, asked.question.today
    return Letterhead(household.name, household.locale, get_language() or "en", today, settings.SITE_URL)
