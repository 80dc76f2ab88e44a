"""What is decided about a file's rows and accounts, one at a time or many at once."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import ngettext

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import announce, done, is_htmx, page, posted
from ledger.actions.imports import read_again
from ledger.actions.imports.deciding import (
    accept_suggestions,
    choose_account,
    decide_rows,
    set_category,
    set_payee,
    undecide,
)
from ledger.forms.imports import (
    RowForm,
    RowsCategoryForm,
    RowsPayeeForm,
    SheetForm,
    asked_in,
    known_deed,
    picked_in,
    row_deed,
)
from ledger.models import Import, ImportedAccount, ImportRow
from ledger.queries.imports.listed import alike, chosen_rows, shown
from ledger.queries.imports.preview import preview, rows_in
from ledger.views.answers import said_no
from ledger.views.finding import blame
from ledger.views.import_shown import found_import, open_accounts_for, tabs

SHOW, ROW, MANY = "ledger/import_show.html", "ledger/import_row.html", "ledger/import_rows.html"
ACCOUNT = "ledger/import_account.html"
FORMS: dict[str, Any] = {"payee": RowsPayeeForm, "category": RowsCategoryForm}


@member("viewer")
def import_row(request: MemberRequest, uid: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One row: what stands in the file, what was understood, and what becomes of it."""
    upload = found_import(uid)
    found = _row(upload, row)
    return _row_page(request, upload, found, RowForm(row=found, at=request.GET.get("at", "")))


@member("editor", "POST")
def import_row_edit(request: MemberRequest, uid: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    upload = found_import(uid)
    found = _row(upload, row)
    form = RowForm(posted(request), row=found)
    if form.is_valid():
        try:
            _save_row(request, upload, found, form)
            return _again(request, upload)
        except (Refused, ValidationError) as error:
            blame(form, error)
    return _row_page(request, upload, found, form)


def _row(upload: Import, uid: uuid.UUID) -> ImportRow:
    return get_object_or_404(shown(rows_in(upload)), uid=uid)


def _row_page(request: MemberRequest, upload: Import, row: ImportRow, form: RowForm) -> HttpResponse:
    context = {"upload": upload, "row": row, "form": form, "may_change": may_change(request, upload, row)}
    return page(request, ROW, context, partial="row", status=422 if form.is_bound else 200)


def may_change(request: MemberRequest, upload: Import, row: ImportRow) -> bool:
    is_open = upload.state in (Import.State.READY, Import.State.DONE) and not upload.is_busy
    came = getattr(row, "came", None)
    return is_open and came is None and request.membership.role != "viewer" and row.verdict != ImportRow.Verdict.UNREAD


def _save_row(request: MemberRequest, upload: Import, row: ImportRow, form: RowForm) -> None:
    """What was changed, and nothing else: a category that was suggested stays a suggestion."""
    this = rows_in(upload).filter(pk=row.pk)
    if "payee" in form.changed_data:
        set_payee(upload=upload, rows=this, name=form.cleaned_data["payee"])
    if "category" in form.changed_data:
        set_category(upload=upload, rows=this, category=form.cleaned_data["category"] or None)
    if "deed" in form.changed_data:
        _decide(request, upload, this, form.cleaned_data["deed"])


def _decide(request: MemberRequest, upload: Import, rows: Any, deed: str) -> int:
    if deed == "accept":
        return accept_suggestions(upload=upload, rows=rows)
    if deed == "undecide":
        return undecide(upload=upload, by=request.user, rows=rows)
    return decide_rows(upload=upload, rows=rows, deed=deed)


@member("editor", "POST")
def import_row_decide(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """By one of the buttons in the list: the row is drawn anew, and what will happen in all."""
    upload, (deed, row) = found_import(uid), row_deed(request.POST)
    found = _row(upload, row)
    try:
        if deed == "alike":
            return _told(request, upload, accept_suggestions(upload=upload, rows=alike(upload, found)))
        _decide(request, upload, rows_in(upload).filter(pk=found.pk), deed)
    except Refused as refusal:
        return said_no(request, refusal, "import_show", uid)
    return _row_again(request, upload, row)


def _row_again(request: MemberRequest, upload: Import, row: uuid.UUID) -> HttpResponse:
    if not is_htmx(request):
        return redirect(_back(request, upload))
    seen, asked = preview(upload), asked_in(request.POST)
    context = {"upload": upload, "row": _row(upload, row), "seen": seen, "asked": asked, "tabs": tabs(seen, asked)}
    context |= {"several": len(seen.accounts) > 1, "aside": True}
    return page(request, SHOW, context, partial="decided")


@member("viewer", "POST")
def import_selected(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """How many rows are ticked."""
    return page(request, "ledger/_import_selected.html", {"count": _chosen(request, found_import(uid)).count()})


@member("editor", "POST")
def import_decide(request: MemberRequest, uid: uuid.UUID, deed: str) -> HttpResponse:
    """Many rows at once; a payee or a category is asked for first."""
    upload = found_import(uid)
    rows = _chosen(request, upload)
    try:
        if deed in FORMS:
            return _ask_or_set(request, upload, deed, rows)
        count = _decide(request, upload, rows, known_deed(deed))
    except Refused as refusal:
        return said_no(request, refusal, "import_show", uid)
    return _told(request, upload, count)


def _ask_or_set(request: MemberRequest, upload: Import, deed: str, rows: Any) -> HttpResponse:
    form = FORMS[deed](request.POST if "said" in request.POST else None)
    if form.is_valid():
        setting: Any = set_payee if deed == "payee" else set_category
        return _told(request, upload, setting(upload=upload, rows=rows, **form.said()))
    chosen = picked_in(request.POST)
    context = {"upload": upload, "deed": deed, "form": form, "count": rows.count(), "chosen": chosen}
    context |= {"asked": asked_in(request.POST)}
    return page(request, MANY, context, partial="ask", status=422 if form.is_bound else 200)


def _chosen(request: MemberRequest, upload: Import) -> Any:
    return chosen_rows(upload, asked_in(request.POST), **picked_in(request.POST))


def _told(request: MemberRequest, upload: Import, count: int) -> HttpResponse:
    words = ngettext("%(count)s row was changed.", "%(count)s rows were changed.", count)
    messages.info(request, words % {"count": count})
    response = _again(request, upload)
    if is_htmx(request):
        announce(response, "selection:clear")
    return response


@member("editor", "GET", "POST")
def import_account(request: MemberRequest, uid: uuid.UUID, sheet: uuid.UUID) -> HttpResponse:
    """Whose rows these are."""
    upload = found_import(uid)
    found = get_object_or_404(upload.sheets.select_related("upload"), uid=sheet)
    if request.method == "GET":
        seen = preview(upload)
        context = {"upload": upload, "sheet": found, "accounts": open_accounts_for(seen)}
        return page(request, ACCOUNT, context | {"several": len(seen.accounts) > 1}, partial="ask")
    return _chosen_account(request, upload, found, SheetForm(request.POST))


def _chosen_account(request: MemberRequest, upload: Import, sheet: ImportedAccount, form: SheetForm) -> HttpResponse:
    if not form.is_valid():
        raise BadRequest("This is none of the accounts.")
    try:
        _choose(request, upload, sheet, form.said())
    except Refused as refusal:
        return said_no(request, refusal, "import_show", upload.uid)
    return _again(request, upload)


def _choose(request: MemberRequest, upload: Import, sheet: ImportedAccount, said: dict[str, Any]) -> None:
    """Where the file does not say in which currency its rows are, the account does: then it is read anew."""
    account = said["account"]
    if account and account.currency != sheet.currency and upload.sheets.count() == 1:
        read_again(upload=upload, by=request.user, target=account)
    else:
        choose_account(sheet=sheet, by=request.user, **said)


def _again(request: MemberRequest, upload: Import) -> HttpResponse:
    """The page anew; the desk is no part of the books, so the page would not hear of it by itself."""
    if not is_htmx(request):
        return redirect(_back(request, upload))
    response = done(request, "import_show", upload.uid)
    announce(response, "live:imports.changed")
    return response


def _back(request: MemberRequest, upload: Import) -> str:
    query = urlencode(asked_in(request.POST).said)
    return reverse("import_show", args=[upload.uid]) + (f"?{query}" if query else "")
