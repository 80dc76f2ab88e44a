"""Pages of payees: who money goes to and comes from."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from financeflow.history.refusal import EditConflict
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, go, page, posted
from ledger.actions import payees as actions
from ledger.forms.payees import PayeeEndForm, PayeeForm, PayeeMergeForm, SpellingForm
from ledger.models import Payee, PayeeAlias
from ledger.queries.payee_sheets import payee_sheet
from ledger.queries.payees import payee_page, payees, recent_payees, uses_of
from ledger.queries.uses import MOST, Times
from ledger.views.answers import conflict_page, form_page, page_asked
from ledger.views.figures import months_figure
from ledger.views.later import now_or_later

MOST_MERGED = 50
NAMES_OFFERED = 100


@member("viewer")
def payee_list(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    found = payee_page(words, page_asked(request))
    return page(request, "ledger/payee_list.html", {"found": found, "words": words, "up_to": MOST}, partial="payees")


@member("viewer")
def payee_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    payee = _payee(uid)
    sheet = payee_sheet(payee)
    figure = months_figure(request, sheet)
    context = {"payee": payee, "sheet": sheet, "aliases": payee.aliases.all(), "figure": figure}
    return page(request, "ledger/payee_show.html", context, partial="sheet")


@member("editor", "GET", "POST")
def payee_add(request: MemberRequest) -> HttpResponse:
    form = PayeeForm(posted(request))
    if form.is_valid() and _told(form, partial(actions.add_payee, household=request.household, by=request.user)):
        return done(request, "payee_list")
    return form_page(request, "ledger/payee_add.html", form, taken=_taken(form))


@member("editor", "GET", "POST")
def payee_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    payee = _payee(uid)
    form = PayeeForm(posted(request), payee=payee)
    try:
        if form.is_valid() and _told(form, _changing(request, payee, form)):
            return done(request, "payee_show", payee.uid)
    except EditConflict as conflict:
        return conflict_page(request, "ledger/payee_edit.html", form, conflict)
    return form_page(request, "ledger/payee_edit.html", form, payee=payee, taken=_taken(form))


def _changing(request: MemberRequest, payee: Payee, form: PayeeForm) -> Any:
    seen = form.cleaned_data["edit_version"]
    return partial(actions.change_payee, payee=payee, by=request.user, edit_version=seen)


def _told(form: PayeeForm | SpellingForm, act: Any) -> bool:
    """Do it; what the action has against it stands on the form."""
    try:
        act(**(form.values() if isinstance(form, PayeeForm) else form.cleaned_data))
    except ValidationError as error:
        form.add_error(None, error)
        form.taken = getattr(error, "payee", None)  # type: ignore[union-attr]
    return not form.errors


def _taken(form: Any) -> Payee | None:
    """The payee that has the name already, where this member may see it: perhaps the two are one."""
    taken = getattr(form, "taken", None)
    return payees().filter(pk=taken.pk).first() if taken else None


@member("editor", "GET", "POST")
def spelling_add(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    payee = _payee(uid)
    form = SpellingForm(posted(request))
    if form.is_valid() and _told(form, partial(actions.add_spelling, payee=payee, by=request.user)):
        return done(request, "payee_show", payee.uid)
    return form_page(request, "ledger/spelling_add.html", form, payee=payee, taken=_taken(form))


@member("editor", "POST")
def spelling_remove(request: MemberRequest, uid: uuid.UUID, spelling: uuid.UUID) -> HttpResponse:
    alias = get_object_or_404(PayeeAlias, uid=spelling, payee=_payee(uid))
    actions.remove_spelling(alias=alias, by=request.user)
    return done(request, "payee_show", uid)


@member("editor", "GET", "POST")
def payee_merge(request: MemberRequest) -> HttpResponse:
    chosen = _chosen(request)
    form = PayeeMergeForm(posted(request), payees=chosen)
    if form.is_valid() and (response := _merge(request, chosen, form)):
        return response
    context = {"payees": chosen, "names": _names(form)}
    return form_page(request, "ledger/payee_merge.html", form, **context)


def _merge(request: MemberRequest, chosen: list[Payee], form: PayeeMergeForm) -> HttpResponse | None:
    into = form.target
    gone = [payee for payee in chosen if payee != into]
    # From the page of a payee that is gone on to the one that stays; several were chosen in the list.
    answer = partial(done, request, "payee_list") if len(chosen) > 1 else partial(go, request, "payee_show", into.uid)
    return now_or_later(request, form, ("payee", "merge"), gone, into, count=uses_of(gone)[1], answer=answer)


@member("editor", "GET", "POST")
def payee_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    payee = _payee(uid)
    seen, count = uses_of([payee])
    form = PayeeEndForm(posted(request), payee=payee, is_used=bool(count))
    if form.is_valid() and (response := _delete(request, payee, form, count)):
        return response
    context = {"payee": payee, "seen": seen, "names": _names(form)}
    return form_page(request, "ledger/payee_delete.html", form, **context)


def _delete(request: MemberRequest, payee: Payee, form: PayeeEndForm, count: int) -> HttpResponse | None:
    answer = partial(go, request, "payee_list")
    into = form.cleaned_data.get("move_to")
    return now_or_later(request, form, ("payee", "delete"), [payee], into, count=count, answer=answer)


def _payee(uid: uuid.UUID) -> Payee:
    return get_object_or_404(payees(), uid=uid)


def _chosen(request: MemberRequest) -> list[Payee]:
    """The payees that the address names; one at least."""
    uids = {_uid(text) for text in request.GET.getlist("payee")[:MOST_MERGED]}
    found: list[Payee] = list(payees().filter(uid__in=uids).annotate(times=Times(of="payee")).order_by("key"))
    if not found:
        raise Http404
    return found


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def _names(form: Any) -> list[str]:
    """Names to pick from while one types, where the form asks for one."""
    asks = {"named", "move_to"} & form.fields.keys()
    return list(recent_payees().values_list("name", flat=True)[:NAMES_OFFERED]) if asks else []
