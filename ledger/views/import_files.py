"""What of a file stayed out, as a file of its own."""

from __future__ import annotations

import uuid
from pathlib import Path, PurePath

from django.http import HttpResponseBase

from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.files import send_file, written_first
from ledger.exporting.rejected import write_rejected
from ledger.queries.imports.listed import rejected_rows
from ledger.views.import_shown import found_import


@member("viewer")
def import_rejected(request: MemberRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Written first: what goes wrong is told, and never half sent."""
    upload = found_import(uid)

    def write(path: Path) -> int:
        return write_rejected(path, upload, rejected_rows(upload))

    name = f"{PurePath(upload.name).stem}-stayed-out.csv"
    return send_file(
        request, written_first(".csv", write), name=name, content_type="text/csv; charset=utf-8", passing=True
    )
