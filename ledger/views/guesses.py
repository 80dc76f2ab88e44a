"""What the app made of a transaction by itself: why, and what a person says of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page
from ledger.actions.bulk import file_transactions
from ledger.forms.guesses import AcceptForm
from ledger.models import Category, Transaction
from ledger.queries.guessing import likeliest, unfiled
from ledger.queries.suggesting import suggest_categories
from ledger.queries.transactions import transactions
from ledger.queries.why import why_of
from ledger.views.answers import said_no
from ledger.views.asking import list_url
from ledger.views.cells import row_page
from ledger.views.drawing import may_edit
from ledger.views.finding import found_transaction


@member("viewer")
def transaction_why(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    row = found_transaction(request, uid)
    why = why_of(row)
    context: dict[str, Any] = {"row": row, "why": why, "may_edit": may_edit(request)}
    context["alike_url"] = list_url(why.alike) if why and why.alike else ""
    context |= {"learned_url": _page_of(settings.LEARNING_PAGE), "stop_url": _page_of(settings.LEARNING_SETTINGS_PAGE)}
    return page(request, "ledger/transaction_why.html", context, partial="why")


def _page_of(name: str) -> str:
    """The address of a page that another floor may have."""
    return reverse(name) if name else ""


@member("editor", "POST")
def transaction_accept(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """Right, says somebody: what was guessed is filed, and what was learned is theirs."""
    row, form = found_transaction(request, uid), AcceptForm(request.POST)
    if not form.is_valid():
        raise BadRequest("This is no category.")
    try:
        _file(request, row, _meant(row, form))
    except (Refused, ValidationError) as refusal:
        return said_no(request, refusal, "transaction_list")
    if is_htmx(request) and request.htmx.target == f"t-{row.uid}":
        return row_page(request, found_transaction(request, uid))
    return done(request, "transaction_list")


def _meant(row: Any, form: AcceptForm) -> Category | None:
    """What a person filed meanwhile is not filed elsewhere by a button that did not know of it."""
    said: Category | None = form.cleaned_data["category"] or _seen(row, form.cleaned_data["seen"])
    if row.filed and not row.learned and said != row.filed:
        raise Refused(_("This is filed under “%(category)s” already.") % {"category": row.filed})
    if form.cleaned_data["leave"]:
        return None
    if not (said or row.filed):
        raise BadRequest("There is nothing to accept.")
    return said or row.filed


def _seen(row: Transaction, name: str) -> Category | None:
    """What a row suggests, if that still is what somebody saw there."""
    if not name:
        return None
    [found] = suggest_categories(row.household, [unfiled(row)])
    guess = likeliest(found)
    if guess is None or guess.category.name != name:
        raise Refused(_("Something else is suggested by now. Look again."))
    return guess.category


def _file(request: MemberRequest, row: Transaction, category: Category | None) -> None:
    rows = transactions().filter(pk=row.pk)
    outcome = file_transactions(household=request.household, by=request.user, rows=rows, category=category)
    if outcome.left:
        raise Refused(outcome.why_left)
