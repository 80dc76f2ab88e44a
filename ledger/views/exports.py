"""A list of transactions as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.files import send_file, written_first
from ledger.exporting import TooManyLines, sheet_lines, write_csv, write_workbook
from ledger.views.asking import Asked, asked, list_url

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@member("viewer")
def transaction_export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """Exactly what is listed, written to a file first: what goes wrong is told, and never half sent."""
    if kind not in TYPES:
        raise Http404
    found = asked(request, request.GET)
    try:
        path = _written(request, found, kind)
    except TooManyLines:
        messages.warning(request, _("That is more than a workbook holds. Take the text, or narrow the list down."))
        return redirect(list_url(found.search.line, found.months))
    name = f"{_('transactions')}-{today_in(request.household.time_zone)}.{kind}"
    return send_file(request, path, name=name, content_type=TYPES[kind], passing=True)


def _written(request: MemberRequest, found: Asked, kind: str) -> Path:
    household, lines = request.household, sheet_lines(found.listing)
    writers: dict[str, Callable[[Path], int]] = {
        "csv": lambda path: write_csv(path, lines, base=household.base_currency, locale=household.locale),
        "xlsx": lambda path: write_workbook(path, lines, base=household.base_currency, title=household.name),
    }
    return written_first(f".{kind}", writers[kind])
