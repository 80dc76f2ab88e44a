"""The page that splits a transaction into parts."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, page, posted
from ledger import actions
from ledger.forms.splits import SplitForm
from ledger.views.answers import conflict_page, said_no
from ledger.views.finding import desk_of, found_transaction

TEMPLATE = "ledger/transaction_split.html"


@member("editor", "GET", "POST")
def transaction_split(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = found_transaction(request, uid)
    if transaction.transfer_id:
        return said_no(request, Refused(_("A transfer has no parts.")), "transaction_edit", uid)
    form = SplitForm(posted(request), transaction=transaction, desk=desk_of(request))
    button = request.POST.get("do", "")
    if button and button != "join":
        return _pressed(request, form, button)
    if (button == "join" or form.is_valid()) and (answer := _split(request, form, joins=button == "join")):
        return answer
    return _page(request, form, status=422 if form.is_bound else 200)


def _pressed(request: MemberRequest, form: SplitForm, button: str) -> HttpResponse:
    """The form after one of its buttons, or only what remains where that is all that was asked for."""
    form.press(button)
    if button == "look":
        return page(request, TEMPLATE, {"form": form, "looked": True}, partial="remains")
    return _page(request, form)


def _page(request: MemberRequest, form: SplitForm, *, status: int = 200) -> HttpResponse:
    return page(request, TEMPLATE, {"form": form, "transaction": form.transaction}, partial="form", status=status)


def _split(request: MemberRequest, form: SplitForm, *, joins: bool) -> HttpResponse | None:
    """The answer to a split, or none where a rule said no and the form must say so."""
    frame: dict[str, Any] = {"transaction": form.transaction, "by": request.user, "edit_version": form.edit_version}
    said: dict[str, Any] = {"parts": form.joined()} if joins else {"parts": form.parts(), "amount": form.amount}
    try:
        actions.split_transaction(**frame, **said)
    except EditConflict as conflict:
        return conflict_page(request, TEMPLATE, form, conflict, transaction=form.transaction)
    except (Refused, ValidationError) as error:
        form.errors.extend([str(error)] if isinstance(error, Refused) else error.messages)
        return None
    return done(request, "transaction_list")
