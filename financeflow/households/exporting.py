"""Everything of a household in one ZIP that people and programs can read.

Each floor names its tables in a face of its own (`export.py`); settings.EXPORTS gathers them, each table after those
it refers to. Rows are JSON lines; they point at each other by public ids.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from financeflow import VERSION
from financeflow.households.models import Household
from financeflow.tenancy.models import HouseholdOwned
from financeflow.web.gathering import gathered

FORMAT = 1
HOUSEHOLD_FIELDS = ("name", "base_currency", "time_zone", "locale", "first_weekday", "month_start_day")
CHUNK = 1000
FILES = "files"


@dataclass(frozen=True)
class ExportTable:
    """One table of the export: which rows, which of their fields, and what they refer to.

    `references` maps a foreign key to the name of the table it leads to (its own name for a tree). What is
    told only is left alone when the export is restored.
    """

    name: str
    model: type[HouseholdOwned]
    fields: tuple[str, ...]
    references: dict[str, str] = field(default_factory=dict)
    rows: Callable[[], QuerySet[Any]] | None = None
    is_told_only: bool = False
    # Fields of JSON that name rows by their public ids, wherever in them.
    mentions: tuple[str, ...] = ()
    # A file field whose files go along, under files/ and the uid of their row; and who looks into one that comes back.
    file: str = ""
    keep_file: Callable[[Any, bytes], None] | None = None

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.rows() if self.rows else self.model._default_manager.all()
        return rows.order_by("pk")


class Step(Protocol):
    """Told how many rows of how many are written."""

    def __call__(self, done: int, total: int) -> None: ...


def export_tables() -> list[ExportTable]:
    """Every table of every floor, in the order in which they are read back."""
    return [table for tables in gathered("EXPORTS") for table in tables()]


def write_export(household: Household, path: Path, *, step: Step = lambda done, total: None) -> int:
    """Write the household in scope to `path`, whole; the number of rows in it.

    Every write raises the household's version: when it was raised meanwhile, all is read once more, so that
    the file shows one moment.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".part")
    for _ in range(3):
        before = _version(household)
        rows = _write(household, unfinished, step)
        if _version(household) == before:
            break
    unfinished.chmod(0o600)
    unfinished.replace(path)
    return rows


def _version(household: Household) -> int:
    return Household.objects.values_list("version", flat=True).get(pk=household.pk)


def _write(household: Household, path: Path, step: Step) -> int:
    tables = export_tables()
    total, done = sum(table.queryset().count() for table in tables), 0
    counts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
                written = 0
                for row in rows_of(table):
                    file.write(_line(row))
                    written += 1
                    step(done + written, total)
            _write_files(archive, table)
            counts[table.name] = written
            done += written
        manifest = _manifest(household, counts)
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
        archive.writestr("README.txt", render_to_string("households/export_readme.txt", {"manifest": manifest}))
    return done


def _write_files(archive: zipfile.ZipFile, table: ExportTable) -> None:
    """The files of a table as they are; one that is gone from the disk is left out."""
    if not table.file:
        return
    for uid, name in table.queryset().exclude(**{table.file: ""}).values_list("uid", table.file):
        path = Path(default_storage.path(name))
        if path.is_file():
            archive.write(path, f"{FILES}/{uid}{path.suffix}", zipfile.ZIP_STORED)


def _manifest(household: Household, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "application": "FinanceFlow",
        "version": VERSION,
        "exported_at": timezone.now().isoformat(timespec="seconds"),
        "household": {
            "uid": str(household.uid),
            **{name: getattr(household, name) for name in HOUSEHOLD_FIELDS},
        },
        "tables": counts,
    }


def rows_of(table: ExportTable) -> Iterator[dict[str, Any]]:
    """Each row as plain values: its public id, its fields, the public ids of what it refers to."""
    names = ["uid", *table.fields, *table.references]
    sources = ["uid", *table.fields, *(f"{name}__uid" for name in table.references)]
    for values in table.queryset().values_list(*sources).iterator(CHUNK):
        yield dict(zip(names, map(_plain, values), strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"
