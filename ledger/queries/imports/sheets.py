"""The accounts of all files of a household, seen as a whole: of which file each is, and how that file is written."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from ledger.importing.csv.mapping import signature
from ledger.models import Import, ImportedAccount


def past_sight(model: Any) -> QuerySet[Any]:
    """Rows that the viewer may not see count as well: of what came into one's own account, whoever brought it."""
    return QuerySet(model)


def as_text(name: str) -> Cast:
    """A day as it is written, which is quicker than a date for each of a hundred thousand rows."""
    return Cast(name, TextField())


def tongue_of(upload: Import) -> str:
    """Files with the same say the same of a movement, word for word."""
    return _tongue(upload.format, upload.mapping)


def _tongue(key: str, mapping: Any) -> str:
    if not mapping:
        return key
    return f"{key} {signature(mapping)} {json.dumps(mapping.get('columns'), sort_keys=True)}"


class Sheets:
    """Of which upload and account each sheet of the household is, and how its file is written."""

    def __init__(self, upload: Import) -> None:
        self.own = upload.pk
        sheets = past_sight(ImportedAccount).filter(household=upload.household_id)
        columns = ("pk", "upload", "account", "upload__state", "is_left_out")
        rows = list(sheets.values_list(*columns))
        self.uploads: dict[int, int] = {row[0]: row[1] for row in rows}
        self.accounts: dict[int, int | None] = {row[0]: row[2] for row in rows}
        self.done: dict[int, list[int]] = defaultdict(list)
        for pk, owner, account, state, is_left_out in rows:
            if state == Import.State.DONE and not is_left_out and owner != upload.pk:
                self.done[account].append(pk)
        every = past_sight(Import).filter(household=upload.household_id)
        self.written = {pk: _tongue(key, mapping) for pk, key, mapping in every.values_list("pk", "format", "mapping")}

    def upload_of(self, sheet: int | None) -> int:
        return self.uploads.get(sheet or 0, 0)

    def tongue_of(self, sheet: int | None) -> str:
        return self.written.get(self.upload_of(sheet), "")
