"""The page that shows how a table is read, and changes it; and the short way, answering one question."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import go, page
from ledger.actions.imports import read_again
from ledger.actions.imports.profiles import forget_profile, keep_profile
from ledger.forms.table_mapping import MappingForm, layout_in
from ledger.models import Account, Import
from ledger.queries.imports.table_look import TableLook, look_at
from ledger.views.answers import said_no
from ledger.views.import_shown import found_import

PAGE = "ledger/import_mapping.html"


@member("editor", "GET", "POST")
def import_mapping(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """What was posted is shown as it would be read; by its button it is read so."""
    upload = found_import(uid)
    if request.method == "POST":
        return _posted(request, upload)
    look = _look(request, upload, upload.mapping)
    return _page(request, upload, _form(upload, look), look)


def _posted(request: MemberRequest, upload: Import) -> HttpResponse:
    drawn = _look(request, upload, {**_before(upload, request), **layout_in(request.POST.get("layout", ""))})
    form = _form(upload, drawn, request.POST)
    if not form.is_valid():
        return _page(request, upload, form, drawn, status=422)
    mapping = form.mapping(drawn.mapping)
    if "read" in request.POST and form.keeps_layout:
        return _read(request, upload, form, mapping)
    look = _look(request, upload, mapping)
    shown = {name: form.cleaned_data[name] for name in ("keep", "name")}
    return _page(request, upload, _form(upload, look, also=shown), look)


def _look(request: MemberRequest, upload: Import, mapping: dict[str, object] | None) -> TableLook:
    return look_at(upload, mapping, today=today_in(request.household.time_zone))


def _before(upload: Import, request: MemberRequest) -> dict[str, Any]:
    """What is known of the same columns: as they were read, if they are still parted in the same way."""
    known = dict(upload.mapping or {})
    layout = layout_in(request.POST.get("layout", ""))
    return known if all(known.get(name, "") == value for name, value in layout.items()) else {}


def _form(upload: Import, look: TableLook, sent: Any = None, also: dict[str, Any] | None = None) -> MappingForm:
    name = upload.profile.name if upload.profile else ""
    form = MappingForm(sent, look=look, name=name, is_text=not look.mapping.get("sheet"))
    form.initial.update(also or {})
    return form


def _page(
    request: MemberRequest, upload: Import, form: MappingForm, look: TableLook, status: int = 200
) -> HttpResponse:
    context = {"upload": upload, "form": form, "look": look}
    return page(request, PAGE, context, partial="mapping", status=status)


def _read(request: MemberRequest, upload: Import, form: MappingForm, mapping: dict[str, object]) -> HttpResponse:
    try:
        read_again(upload=upload, by=request.user, mapping=mapping)
    except Refused as refusal:
        return said_no(request, refusal, "import_show", upload.uid)
    if form.cleaned_data["keep"]:
        keep_profile(upload=upload, name=form.cleaned_data["name"], mapping=mapping, account=_only_account(upload))
    return go(request, "import_show", upload.uid)


def _only_account(upload: Import) -> Account | None:
    """Where the bank's next file goes by itself."""
    if upload.target:
        return upload.target
    sheets = list(upload.sheets.select_related("account")[:2])
    return sheets[0].account if len(sheets) == 1 else None


@member("editor", "POST")
def import_profile_forget(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """The bank's next files are understood by themselves again; this one stays as it was read."""
    upload = found_import(uid)
    if upload.profile:
        messages.info(request, _("“%(name)s” is forgotten.") % {"name": upload.profile})
        forget_profile(profile=upload.profile)
    return go(request, "import_mapping", uid)


@member("editor", "POST")
def import_answer(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    """Both readings fit: this one is meant, and the file is read again."""
    upload = found_import(uid)
    key, value = request.POST.get("key", ""), request.POST.get("value", "")
    question = next((each for each in upload.questions if each["key"] == key), None)
    if question is None or value not in [choice[0] for choice in question["choices"]]:
        raise BadRequest("This is no answer to a question.")
    try:
        read_again(upload=upload, by=request.user, mapping={**(upload.mapping or {}), key: value})
    except Refused as refusal:
        return said_no(request, refusal, "import_show", uid)
    return redirect("import_show", uid)
