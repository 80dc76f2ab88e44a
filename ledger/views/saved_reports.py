"""Pages of saved reports: what members keep under a name, to open with one click."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page, posted
from ledger import actions
from ledger.forms.saved_reports import NewSavedReportForm, SavedReportForm
from ledger.models import SavedReport
from ledger.queries.saved_reports import changeable_reports
from ledger.views.answers import form_page, step_asked
from ledger.views.saved_shown import address_of, saved_context


@member("viewer")
def saved_report_list(request: MemberRequest) -> HttpResponse:
    return page(request, "ledger/saved_report_list.html", saved_context(request), partial="saved")


@member("viewer", "GET", "POST")
def saved_report_add(request: MemberRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("report", "query")}
    form = NewSavedReportForm(posted(request), member=request.user, may_share=_may_edit(request), initial=asked)
    if form.is_valid():
        try:
            saved = actions.add_saved_report(household=request.household, by=request.user, **form.cleaned_data)
            return done(request, address_of(saved))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return form_page(request, "ledger/saved_report_add.html", form)


@member("viewer", "GET", "POST")
def saved_report_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    saved = _saved(request, uid)
    form = SavedReportForm(posted(request), member=request.user, may_share=_may_edit(request), saved=saved)
    if form.is_valid():
        actions.change_saved_report(saved=saved, by=request.user, **form.cleaned_data)
        return done(request, "report_list")
    return form_page(request, "ledger/saved_report_edit.html", form, saved=saved)


@member("viewer", "POST")
def saved_report_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.delete_saved_report(saved=_saved(request, uid), by=request.user)
    return _on_the_list(request)


@member("viewer", "POST")
def saved_report_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_saved_report(saved=_saved(request, uid), by=request.user, step=step_asked(request.POST))
    return _on_the_list(request)


def _on_the_list(request: MemberRequest) -> HttpResponse:
    """The list of reports stays where it is, in the dialog too."""
    return HttpResponse(status=204) if is_htmx(request) else redirect("saved_report_list")


def _may_edit(request: MemberRequest) -> bool:
    return request.membership.role != "viewer"


def _saved(request: MemberRequest, uid: uuid.UUID) -> SavedReport:
    return get_object_or_404(changeable_reports(request.user, may_edit=_may_edit(request)), uid=uid)
