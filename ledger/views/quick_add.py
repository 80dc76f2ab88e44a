"""Quick add: one line, how it is understood, and saving it."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import is_htmx, page
from ledger import actions
from ledger.actions.rules import enter_transaction
from ledger.calc.quick_add import LONGEST
from ledger.forms.quick_add import QuickAddForm
from ledger.forms.quick_line import QuickLine, fresh_line
from ledger.queries.quick_add import Writer, understood

FRAGMENT = "ledger/_quick_add.html"
# Which account a person used last is remembered for as long as this device is logged in.
USUAL = "quick add account"


@member("editor", "GET", "POST")
def quick_add(request: MemberRequest) -> HttpResponse:
    form = QuickAddForm(request.POST, writer=writer_of(request)) if request.method == "POST" else None
    if form is None:
        return line_page(request, read_line(request, request.GET), chosen="chosen" in request.GET)
    if form.is_valid() and _saved(request, form):
        return _saved_page(request)
    number = form.cleaned_data.get("form_number") or uuid.uuid4()
    errors = tuple(str(error) for error in form.errors.get("line", []) + form.non_field_errors())
    unguessed = bool(form.cleaned_data.get("unguessed"))
    quick = QuickLine(number, form.data.get("line", ""), form.understood, errors, unguessed)
    return line_page(request, quick, status=422)


def writer_of(request: MemberRequest) -> Writer:
    today = today_in(request.household.time_zone)
    return Writer(request.household, request.user, today, usual=request.session.get(USUAL, ""))


def read_line(request: MemberRequest, sent: QueryDict) -> QuickLine:
    line = sent.get("line", "")[: LONGEST + 1].replace("\x00", " ")
    if not line.strip():
        return fresh_line()
    unguessed = "unguessed" in sent
    found = understood(line, writer_of(request), guessing=not unguessed)
    errors = tuple(problem.sentence for problem in found.problems)
    return QuickLine(uuid.uuid4(), line, found, errors, unguessed)


def _saved(request: MemberRequest, form: QuickAddForm) -> bool:
    try:
        if form.is_transfer:
            actions.add_transfer(household=request.household, by=request.user, **form.moved())
        else:
            add = actions.add_transaction if form.cleaned_data["unguessed"] else enter_transaction
            add(household=request.household, by=request.user, **form.plain())
    except (Refused, ValidationError) as refusal:
        form.add_error("line", getattr(refusal, "messages", None) or str(refusal))
        return False
    used = form.understood.account if form.understood else None
    if used and request.session.get(USUAL) != str(used.uid):
        request.session[USUAL] = str(used.uid)
    return True


def line_page(request: MemberRequest, quick: QuickLine, status: int = 200, **more: Any) -> HttpResponse:
    """How the line is understood, beside the field; all of quick add where that was asked for; else a page of it."""
    context = {"quick": quick, "sent": status != 200, "examples": _examples(), **more}
    if not is_htmx(request):
        return page(request, "ledger/quick_add.html", context, status=status)
    return page(request, FRAGMENT, context, partial="read" if request.htmx.target == "add-read" else "", status=status)


def _examples() -> list[tuple[str, str]]:
    """Lines as one may write them; they are read as they stand, whatever the language."""
    return [
        ("12.50 lunch pret #work yesterday @amex", _("Money out, with a tag, a day and an account.")),
        ("+2400 salary", _("A plus makes it money in.")),
        ("200 checking > savings", _("Moved from one account to another.")),
        ("45.20/2 dinner", _("Sums are worked out.")),
        ("€18 taxi 3 nov", _("A currency, and a day in words.")),
    ]


def _saved_page(request: MemberRequest) -> HttpResponse:
    """Ready for the next line."""
    if not is_htmx(request):
        return redirect("transaction_list")
    return page(request, FRAGMENT, {"quick": fresh_line(), "fresh": True}, partial="read")
