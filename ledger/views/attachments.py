"""Receipts and papers of transactions: their list, putting one there, showing it, taking it away."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.files import send_kept
from financeflow.web.pages import is_htmx, page, posted
from ledger import actions
from ledger.forms.papers import PapersForm
from ledger.queries.attachments import attachments, papers_of
from ledger.views.answers import said_no
from ledger.views.finding import blame, files, found_transaction

TEMPLATE = "ledger/attachment_list.html"


@member("viewer")
def attachment_list(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = found_transaction(request, uid)
    context = {"transaction": transaction, "papers": papers_of(transaction), "paper_form": PapersForm()}
    return page(request, TEMPLATE, context, partial="papers")


@member("editor", "POST")
def attachment_add(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    transaction = found_transaction(request, uid)
    form = PapersForm(posted(request), files(request))
    if form.is_valid():
        try:
            actions.add_attachments(transaction=transaction, by=request.user, papers=form.cleaned_data["papers"])
        except (Refused, ValidationError) as error:
            blame(form, error)
    if form.is_valid():
        return HttpResponse(status=204) if is_htmx(request) else redirect("transaction_edit", uid)
    context = {"transaction": transaction, "papers": papers_of(transaction), "paper_form": form}
    return page(request, TEMPLATE, context, partial="faults", status=422)


@member("viewer")
def attachment_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The paper as it came: shown where it is one that a browser may show, else to be kept."""
    paper = get_object_or_404(attachments(), uid=uid)
    shown = "download" not in request.GET
    return send_kept(request, str(paper.file), name=paper.name, content_type=paper.content_type, inline=shown)


@member("viewer")
def attachment_thumbnail(request: MemberRequest, uid: uuid.UUID) -> HttpResponseBase:
    paper = get_object_or_404(attachments().exclude(thumbnail=""), uid=uid)
    return send_kept(request, str(paper.thumbnail), name="thumbnail.webp", content_type="image/webp")


@member("editor", "POST")
def attachment_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    paper = get_object_or_404(attachments(), uid=uid)
    try:
        actions.trash_attachment(attachment=paper, by=request.user)
    except Refused as refusal:
        return said_no(request, refusal, "transaction_edit", paper.transaction.uid)
    return HttpResponse(status=204) if is_htmx(request) else redirect("transaction_edit", paper.transaction.uid)
