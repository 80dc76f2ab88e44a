"""Receipts and papers of transactions, sent and fetched by programs."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Router, UploadedFile
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from financeflow.web.files import send_kept
from ledger import actions
from ledger.models import Attachment, Transaction
from ledger.papers import checked_paper
from ledger.queries.attachments import attachments, papers_of
from ledger.queries.transactions import transactions
from ledger.schemas.transactions import PaperOut, PaperPage

papers = Router(tags=["papers"])


@papers.get("/{uuid:uid}/papers", response={200: PaperPage, **PROBLEMS}, summary="The papers of a transaction")
def paper_list(request: MemberRequest, uid: uuid.UUID) -> dict[str, Any]:
    found = list(papers_of(_transaction(uid)).select_related("transaction"))
    return {"items": found, "total": len(found)}


@papers.post(
    "/{uuid:uid}/papers", response={201: PaperOut, **PROBLEMS}, auth=editor, summary="Put a paper with a transaction"
)
def paper_add(request: MemberRequest, uid: uuid.UUID, file: File[UploadedFile]) -> Any:
    """An image or a PDF of up to 10 MB, as multipart/form-data."""
    transaction = _transaction(uid)
    [added] = actions.add_attachments(transaction=transaction, by=request.user, papers=[checked_paper(file)])
    return Status(201, added)


@papers.get("/{uuid:uid}/papers/{uuid:paper}", response={200: None, **PROBLEMS}, summary="The paper itself")
def paper_show(request: MemberRequest, uid: uuid.UUID, paper: uuid.UUID) -> HttpResponseBase:
    found = get_object_or_404(_papers(uid), uid=paper)
    return send_kept(request, str(found.file), name=found.name, content_type=found.content_type, inline=False)


@papers.delete(
    "/{uuid:uid}/papers/{uuid:paper}", response={204: None, **PROBLEMS}, auth=editor, summary="Put a paper in the trash"
)
def paper_delete(request: MemberRequest, uid: uuid.UUID, paper: uuid.UUID) -> Any:
    actions.trash_attachment(attachment=get_object_or_404(_papers(uid), uid=paper), by=request.user)
    return Status(204, None)


def _transaction(uid: uuid.UUID) -> Transaction:
    return get_object_or_404(transactions().select_related("account__private_to", "household"), uid=uid)


def _papers(uid: uuid.UUID) -> QuerySet[Attachment]:
    return attachments().filter(transaction__uid=uid)
