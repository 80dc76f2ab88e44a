"""The ZIP of everything that FinanceFlow writes: its tables as JSON lines, row by row, without trusting them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ledger.importing.damage import BROKEN_ARCHIVE
from ledger.importing.found import Refused

FORMAT = 1
LONGEST_LINE = 1024 * 1024
LARGEST = 1024 * 1024 * 1024
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One row of a table, or the reason why it is none."""

    number: int
    original: str
    row: dict[str, Any]
    problem: str = ""


def manifest_of(content: bytes) -> dict[str, Any] | None:
    """What an export says of itself; none where this is no export."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(MANIFEST).file_size > LONGEST_LINE:
                return None
            manifest = json.loads(archive.read(MANIFEST))
    except (*BROKEN_ARCHIVE, RecursionError):
        return None
    fits = isinstance(manifest, dict) and manifest.get("application") == "FinanceFlow"
    return manifest if fits and isinstance(manifest.get("tables"), dict) else None


def table_of(content: bytes, name: str) -> Iterator[JsonLine]:
    """The rows of a table, in their order; none where the table is not in the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if f"{name}.jsonl" not in archive.namelist():
                return
            with archive.open(f"{name}.jsonl") as file:
                number = size = 0
                while line := file.readline(LONGEST_LINE):
                    number, size = number + 1, size + len(line)
                    if size > LARGEST:
                        raise Refused(_("%(name)s in this export is too large to be read.") % {"name": f"{name}.jsonl"})
                    yield _line(number, line.decode("utf-8", "replace").rstrip("\n"))
    except BROKEN_ARCHIVE as error:
        raise Refused(_("This export is damaged: its ZIP cannot be read to the end. Export anew.")) from error


def _line(number: int, text: str) -> JsonLine:
    try:
        row = json.loads(text)
        if isinstance(row, dict) and isinstance(row.get("uid"), str):
            return JsonLine(number, text, row)
    except (ValueError, RecursionError):
        pass
    return JsonLine(number, text, {}, _("This is no row of an export."))
