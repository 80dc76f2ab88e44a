"""Changing many transactions at once: those ticked in a list, or all that match a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import announce, done, is_htmx, page
from ledger import queries
from ledger.actions import deeds
from ledger.forms.bulk import FORMS, SAID_BY_BUTTON, DeedForm, chosen_in
from ledger.queries.selection import Selection, selection_of
from ledger.views import listed
from ledger.views.asking import list_url

PAGE = "ledger/transaction_bulk.html"
MOST_PAYEES = 200


@member("viewer", "POST")
def transaction_selected(request: MemberRequest) -> HttpResponse:
    """How many rows are picked, and what they come to."""
    tally = _chosen(request).selection.tally()
    total = tally.net + tally.moved
    context = {"tally": tally, "total": total, "count": listed.counted(request, tally.count)}
    return page(request, "ledger/_selected.html", context | {"honest": listed.honest_words(tally)})


@member("editor", "POST")
def transaction_bulk(request: MemberRequest, deed: str) -> HttpResponse:
    """Ask what the deed wants to know, then do it."""
    if deed not in FORMS:
        raise Http404
    chosen = _chosen(request)
    form = FORMS[deed](request.POST if deed in SAID_BY_BUTTON or "said" in request.POST else None)
    if chosen.selection and form.is_valid() and (answer := _do(request, deed, form, chosen)):
        return answer
    return _ask(request, deed, form, chosen)


@dataclass(frozen=True)
class _Chosen:
    """What was ticked: as it was sent, and as the rows that are meant."""

    said: dict[str, Any]
    selection: Selection

    @property
    def list_url(self) -> str:
        return list_url(self.said["line"], [self.said["month"]] if self.said["month"] else [])


def _chosen(request: MemberRequest) -> _Chosen:
    said = chosen_in(request.POST, today=today_in(request.household.time_zone))
    return _Chosen(said, selection_of(request.household, said))


def _ask(request: MemberRequest, deed: str, form: DeedForm, chosen: _Chosen) -> HttpResponse:
    selection = chosen.selection
    count = (selection.rows() if selection else selection.listing.rows()).count()
    context: dict[str, Any] = {"deed": deed, "form": form, "chosen": chosen, "count": listed.counted(request, count)}
    if deed == "file":
        context["choices"] = {"groups": queries.category_groups()}
    if deed == "payee":
        context["payees"] = queries.payees()[:MOST_PAYEES]
    return page(request, PAGE, context, partial="ask", status=422 if form.is_bound or not selection else 200)


def _do(request: MemberRequest, deed: str, form: DeedForm, chosen: _Chosen) -> HttpResponse | None:
    """The answer when it is done or has begun, or none when a rule said no and the form must say so."""
    rows = chosen.selection.rows()
    frame: dict[str, Any] = {"household": request.household, "by": request.user, "said": form.said()}
    if rows.count() > deeds.AT_ONCE:
        job = deeds.start_deed(deed, **frame, chosen=chosen.said)
        return page(request, PAGE, {"job": job}, partial="begun") if is_htmx(request) else redirect("job_show", job.uid)
    try:
        outcome = deeds.do_deed(deed, **frame, rows=rows)
    except (Refused, ValidationError) as refusal:
        form.add_error(None, getattr(refusal, "messages", [str(refusal)]))
        return None
    if outcome.left or not outcome.changed:
        messages.info(request, deeds.left_words(outcome) or _("Nothing had to be changed."))
    answer = done(request, chosen.list_url)
    if is_htmx(request):
        announce(answer, "selection:clear")
    return answer
