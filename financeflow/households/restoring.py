"""Reading an export back: a new household with everything in it, or one clear sentence about why not."""

from __future__ import annotations

import json
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from financeflow.history.recording import unannounced
from financeflow.households import actions
from financeflow.households.exporting import FILES, FORMAT, HOUSEHOLD_FIELDS, ExportTable, export_tables
from financeflow.households.models import Household, User
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.web.gathering import gathered

BATCH = 1000
LONGEST_LINE = 1024 * 1024
LARGEST_FILE = 32 * 1024 * 1024
Row = dict[str, Any]


class NotAnExport(Exception):
    """Why a file cannot be restored, in words for the person at the command line."""


@transaction.atomic
def restore_household(path: Path, *, owner: User) -> Household:
    """Open a household for `owner` and fill it with what the file holds; all of it or nothing."""
    try:
        with zipfile.ZipFile(path) as archive, unannounced():
            manifest = _manifest(archive)
            household = _open(manifest, owner)
            with household_scope(household.pk):
                _fill(archive, manifest, household)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        raise NotAnExport(_("This file cannot be read as a ZIP: %(why)s") % {"why": error}) from error
    return household


def _manifest(archive: zipfile.ZipFile) -> Row:
    try:
        if archive.getinfo("manifest.json").file_size > LONGEST_LINE:
            raise ValueError
        manifest = json.loads(archive.read("manifest.json"))
        if manifest["format"] > FORMAT:
            raise NotAnExport(_("This export was written by a newer FinanceFlow. Upgrade first."))
        if not (isinstance(manifest["tables"], dict) and isinstance(manifest["household"], dict)):
            raise TypeError
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnExport(_("This ZIP is no export of FinanceFlow: its manifest.json is missing or broken.")) from error
    return dict(manifest)


def _open(manifest: Row, owner: User) -> Household:
    told = manifest["household"]
    try:
        return actions.open_household(
            by=owner, furnished=False, **{name: told[name] for name in HOUSEHOLD_FIELDS if name in told}
        )
    except (ValidationError, TypeError) as error:
        raise NotAnExport(_("The household in manifest.json is broken: %(why)s") % {"why": _words(error)}) from error


def _fill(archive: zipfile.ZipFile, manifest: Row, household: Household) -> None:
    known: dict[str, dict[str, int]] = {}
    renamed: dict[str, str] = {}
    files = FilesOf(archive)
    for table in export_tables():
        if table.is_told_only or table.name not in manifest["tables"]:
            continue
        reader = TableReader(table, household, known, renamed, files)
        for number, row in _rows(archive, table.name):
            reader.read(number, row)
        known[table.name] = reader.finish()
        if len(known[table.name]) != manifest["tables"][table.name]:
            raise NotAnExport(_("%(table)s holds fewer or more rows than it should.") % {"table": table.name})
    for work_out in gathered("AFTER_RESTORE"):
        work_out(household=household)


def _rows(archive: zipfile.ZipFile, table: str) -> Iterator[tuple[int, Row]]:
    try:
        file = archive.open(f"{table}.jsonl")
    except KeyError as error:
        raise NotAnExport(_("%(table)s.jsonl is missing.") % {"table": table}) from error
    with file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            try:
                row = json.loads(line)
                uuid.UUID(row["uid"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise _broken(table, number, _("this is no row")) from error
            yield number, row


class FilesOf:
    """The files that an archive holds beside its tables, by the public ids of their rows."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        named = (PurePosixPath(name) for name in archive.namelist())
        self.names = {path.stem: str(path) for path in named if path.parent == PurePosixPath(FILES)}

    def content(self, uid: str) -> bytes | None:
        if uid not in self.names:
            return None
        with self.archive.open(self.names[uid]) as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise ValidationError(_("its file is too large"))
        return content


@dataclass
class TableReader:
    """Rows of one table on their way in: public ids kept where they are free, references by what was read before."""

    table: ExportTable
    household: Household
    known: dict[str, dict[str, int]]
    renamed: dict[str, str]
    files: FilesOf
    waiting: list[tuple[int, Row]] = field(default_factory=list)
    batch: list[HouseholdOwned] = field(default_factory=list)
    read_in: dict[str, HouseholdOwned] = field(default_factory=dict)

    def read(self, number: int, row: Row) -> None:
        """Take one row; a branch of a tree waits until its stem is there."""
        if not all(isinstance(row.get(name), str | None) for name in self.table.references):
            raise _broken(self.table.name, number, _("it refers to something that is no uid"))
        if self._stems_missing(row):
            self.waiting.append((number, row))
            return
        self._add(number, row)

    def finish(self) -> dict[str, int]:
        """Insert what is left; the keys of all rows by the public ids they had in the file."""
        while self.waiting:
            turn, self.waiting = self.waiting, []
            for number, row in turn:
                self.read(number, row)
            if len(self.waiting) == len(turn):
                raise _broken(self.table.name, turn[0][0], _("it belongs to a row that is not in the file"))
        self._insert()
        return {uid: row.pk for uid, row in self.read_in.items()}

    def _stems_missing(self, row: Row) -> bool:
        own = [name for name, table in self.table.references.items() if table == self.table.name]
        return any(row.get(name) is not None and row[name] not in self.read_in for name in own)

    def _add(self, number: int, row: Row) -> None:
        fresh = self.table.model(household=self.household)
        try:
            fresh.uid = uuid.UUID(row["uid"])
            for name in self.table.fields:
                if name in row:
                    told = _followed(row[name], self.renamed) if name in self.table.mentions else row[name]
                    setattr(fresh, name, self._field(name).clean(told, fresh))
            for name, table in self.table.references.items():
                self._refer(fresh, name, table, row.get(name))
            self._bring_file(fresh, row)
        except (ValidationError, KeyError, TypeError, ValueError) as error:
            raise _broken(self.table.name, number, _words(error)) from error
        if row["uid"] in self.read_in:
            raise _broken(self.table.name, number, _("its uid stands there twice"))
        self.read_in[row["uid"]] = fresh
        self.batch.append(fresh)
        if len(self.batch) >= BATCH:
            self._insert()

    def _bring_file(self, fresh: HouseholdOwned, row: Row) -> None:
        """The row's file, if it has one, looked into as if somebody had sent it now."""
        content = self.files.content(row["uid"]) if self.table.file else None
        if content is not None and self.table.keep_file is not None:
            self.table.keep_file(fresh, content)

    def _field(self, name: str) -> models.Field[Any, Any]:
        return cast("models.Field[Any, Any]", self.table.model._meta.get_field(name))

    def _refer(self, fresh: HouseholdOwned, name: str, table: str, uid: str | None) -> None:
        if uid is None:
            return
        if table != self.table.name:
            setattr(fresh, f"{name}_id", self.known[table][uid])
            return
        if self.read_in[uid].pk is None:
            self._insert()
        setattr(fresh, f"{name}_id", self.read_in[uid].pk)

    def _insert(self) -> None:
        """Rows keep their public ids, but for those that are in use on this server: they get new ones."""
        rows: Any = self.table.model._default_manager
        with every_household("public ids are unique over all households"):
            taken = set(rows.filter(uid__in=[row.uid for row in self.batch]).values_list("uid", flat=True))
        for row in self.batch:
            if row.uid in taken:
                before, row.uid = str(row.uid), uuid.uuid4()
                self.renamed[before] = str(row.uid)
        try:
            rows.bulk_create(self.batch)
        except (DatabaseError, ValueError, OverflowError) as error:
            raise NotAnExport(
                _("%(table)s does not fit together: %(why)s") % {"table": self.table.name, "why": error}
            ) from error
        self.batch = []


def _followed(told: Any, renamed: dict[str, str]) -> Any:
    """The same with new public ids in place of those that were in use here."""
    if isinstance(told, dict):
        return {name: _followed(each, renamed) for name, each in told.items()}
    if isinstance(told, list):
        return [_followed(each, renamed) for each in told]
    return renamed.get(told, told) if isinstance(told, str) else told


def _broken(table: str, number: int, why: str) -> NotAnExport:
    return NotAnExport(_("%(table)s.jsonl, line %(number)s: %(why)s") % {"table": table, "number": number, "why": why})


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return f"{type(error).__name__} {error}"
