"""Pages of the import desk: what came, one file before and after it is brought in, and its way in and out."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.files import send_kept
from financeflow.web.pages import done, go, page
from ledger.actions.imports import read_again, receive_file, remove_import, start_bringing, start_taking_back
from ledger.forms.imports import UploadForm
from ledger.queries.imports.desk import bytes_kept, uploads_page
from ledger.samples import SAMPLES, sample_file
from ledger.views.answers import page_asked, said_no
from ledger.views.import_shown import found_import, shown

LIST, SHOW = "ledger/import_list.html", "ledger/import_show.html"


@member("viewer")
def import_list(request: MemberRequest) -> HttpResponse:
    return _desk(request, UploadForm())


def _desk(request: MemberRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    number = page_asked(request)
    uploads, has_more = uploads_page(number)
    steps = {"next_url": f"?page={number + 1}" if has_more else ""}
    steps["previous_url"] = f"?page={number - 1}" if number > 1 else ""
    samples = SAMPLES if request.household.expires_at or not uploads else ()
    context = {"form": form, "uploads": uploads, "samples": samples, **steps}
    return page(request, LIST, context, partial="uploads", status=status)


@member("editor", "POST")
def import_add(request: MemberRequest) -> HttpResponse:
    """Each file becomes an upload of its own, read by a job of its own."""
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        _see_that_there_is_room(request, form)
    if not form.is_valid():
        return _desk(request, form, status=422)
    frame: dict[str, Any] = {"household": request.household, "by": request.user}
    frame["target"] = form.cleaned_data["account"] or None
    files = form.cleaned_data["statements"]
    uploads = [receive_file(**frame, name=file.name or "", content=file.read()) for file in files]
    return go(request, "import_show", uploads[0].uid) if len(uploads) == 1 else go(request, "import_list")


def _see_that_there_is_room(request: MemberRequest, form: UploadForm) -> None:
    megabytes = settings.SANDBOX_IMPORTS_MB if request.household.expires_at else settings.IMPORTS_MB
    if bytes_kept() + sum(file.size for file in form.cleaned_data["statements"]) > megabytes * 1024 * 1024:
        words = _("This household keeps up to %(most)s MB of files here, and that is used up. Remove some first.")
        form.add_error("statements", words % {"most": megabytes})


@member("editor", "POST")
def import_sample(request: MemberRequest, name: str) -> HttpResponse:
    """A made-up file, as if it had been dropped."""
    if name not in {sample.key for sample in SAMPLES}:
        raise Http404
    today, currency = today_in(request.household.time_zone), request.household.base_currency
    file_name, content = sample_file(name, today, currency)
    upload = receive_file(household=request.household, by=request.user, name=file_name, content=content)
    return go(request, "import_show", upload.uid)


@member("viewer")
def import_show(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return page(request, SHOW, shown(request, found_import(uid)), partial="import")


@member("viewer")
def import_file(request: MemberRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The file as it came."""
    upload = found_import(uid)
    kind = "application/octet-stream"
    return send_kept(request, str(upload.file), name=upload.name, content_type=kind, inline=False)


@member("editor", "POST")
def import_read(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """From the beginning, as if nothing had been said about it."""
    try:
        read_again(upload=found_import(uid), by=request.user, mapping=None)
    except Refused as refusal:
        return said_no(request, refusal, "import_show", uid)
    return redirect("import_show", uid)


@member("editor", "POST")
def import_bring(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        start_bringing(upload=found_import(uid), by=request.user)
    except (Refused, ValidationError) as refusal:
        return said_no(request, refusal, "import_show", uid)
    return redirect("import_show", uid)


@member("editor", "POST")
def import_undo(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """All of it, as it was before; with `anyway` also where something was changed since."""
    anyway = request.POST.get("anyway") == "1"
    try:
        start_taking_back(upload=found_import(uid), by=request.membership, anyway=anyway)
    except (Refused, ValidationError) as refusal:
        return said_no(request, refusal, "import_show", uid)
    return redirect("import_show", uid)


@member("editor", "POST")
def import_remove(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    try:
        remove_import(upload=found_import(uid))
    except Refused as refusal:
        return said_no(request, refusal, "import_show", uid)
    return done(request, "import_list")
