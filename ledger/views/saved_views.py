"""Pages of saved views: the searches that a member keeps over the list of transactions."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page, posted
from ledger import actions, queries
from ledger.forms.saved_views import SavedViewForm
from ledger.models import SavedView
from ledger.views.answers import form_page, step_asked
from ledger.views.asking import list_url


@member("viewer")
def saved_view_list(request: MemberRequest) -> HttpResponse:
    context = {"views": queries.saved_views(request.user)}
    return page(request, "ledger/saved_view_list.html", context, partial="views")


@member("viewer", "GET", "POST")
def saved_view_add(request: MemberRequest) -> HttpResponse:
    form = SavedViewForm(posted(request), member=request.user, initial={"query": request.GET.get("q", "")})
    if form.is_valid():
        try:
            view = actions.add_saved_view(household=request.household, by=request.user, **form.cleaned_data)
            return done(request, list_url(view.query, ()))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return form_page(request, "ledger/saved_view_add.html", form)


@member("viewer", "GET", "POST")
def saved_view_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    view = _view(request, uid)
    form = SavedViewForm(posted(request), member=request.user, view=view)
    if form.is_valid():
        actions.change_saved_view(view=view, by=request.user, **form.cleaned_data)
        return done(request, "saved_view_list")
    return form_page(request, "ledger/saved_view_edit.html", form, view=view)


@member("viewer", "POST")
def saved_view_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.delete_saved_view(view=_view(request, uid), by=request.user)
    return _on_the_list(request)


@member("viewer", "POST")
def saved_view_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_saved_view(view=_view(request, uid), by=request.user, step=step_asked(request.POST))
    return _on_the_list(request)


def _on_the_list(request: MemberRequest) -> HttpResponse:
    """The list of views stays where it is, in the dialog too."""
    return HttpResponse(status=204) if is_htmx(request) else redirect("saved_view_list")


def _view(request: MemberRequest, uid: uuid.UUID) -> SavedView:
    return get_object_or_404(queries.saved_views(request.user), uid=uid)
