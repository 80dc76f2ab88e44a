"""Actual: the ZIP of a whole budget with its database, and the table of transactions that it exports."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _

from ledger.importing.apps.actual_database import BudgetFile
from ledger.importing.apps.actual_table import HEAD, read_table
from ledger.importing.apps.books import Book
from ledger.importing.apps.tables import has, has_in_order, headings_of
from ledger.importing.damage import BROKEN_ARCHIVE
from ledger.importing.found import Found, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

LARGEST = 512 * 1024 * 1024
_SQLITE = b"SQLite format 3\0"
_NAMES = ("db.sqlite", "metadata.json")


# What stands in the rows of a table, where the line of the headings was lost.
_ALL = (*HEAD, "split_amount", "cleared")
_STATES = {"cleared", "not cleared", "reconciled"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Actual:
    """A ZIP with db.sqlite and metadata.json, that database alone, or a table of transactions."""

    key = "actual"
    title = "Actual"

    def knows(self, source: Source) -> bool:
        if source.content.startswith(b"PK"):
            return _database_name(source) != ""
        if source.content.startswith(_SQLITE):
            return b"CREATE TABLE" in source.content and b"category_groups" in source.content
        head = headings_of(source)
        if len(head) == len(HEAD) + 2 and head[-1] in _STATES and _DAY.fullmatch(head[1]):
            return True
        return has_in_order(head, _ALL) or has(head, HEAD, "cleared", "split_amount", damaged=1)

    def read(self, source: Source, how: How) -> Found:
        book = Book(how)
        if source.content.startswith(b"PK"):
            BudgetFile(book, _database(source)).read()
        elif source.content.startswith(_SQLITE):
            BudgetFile(book, source.content).read()
        else:
            read_table(book, source, how)
        return book.found(self.key)


def _database_name(source: Source) -> str:
    """The member that is the database; older exports put both files into a folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
            names = archive.namelist()
    except BROKEN_ARCHIVE:
        return ""
    found = [name for name in names if name.rpartition("/")[2] == _NAMES[0]]
    beside = {name.rpartition("/")[0] for name in names if name.rpartition("/")[2] == _NAMES[1]}
    return next((name for name in found if name.rpartition("/")[0] in beside), "")


def _database(source: Source) -> bytes:
    name = _database_name(source)
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as archive, archive.open(name) as file:
            content = file.read(LARGEST + 1)
    except BROKEN_ARCHIVE as error:
        raise Refused(_("This ZIP of Actual is damaged. Export the budget anew.")) from error
    if len(content) > LARGEST:
        raise Refused(_("The budget in this ZIP is too large to be read."))
    return content


FORMAT = Actual()
