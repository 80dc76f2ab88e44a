"""All formats, and which of them reads a file: the first that knows it."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from django.utils.module_loading import import_string

from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.source import Source


class Format(Protocol):
    """One way of writing statements into a file. A module has one, as FORMAT."""

    # A short word that is kept with imports, and what people call it.
    key: str
    title: str

    def knows(self, source: Source) -> bool:
        """Whether the file is written this way, by what is in it; its name is a hint. Cheap, and raises nothing."""
        ...

    def read(self, source: Source, how: How) -> Found:
        """All it says; raises found.Refused where it cannot be read, and nothing else, whatever the bytes are."""
        ...


# The surest first: what is told by its first bytes, then other apps by their headings, then any table.
_MODULES = (
    "apps.own",
    "apps.actual",
    "excel",
    "camt",
    "ofx",
    "mt940",
    "qif",
    "apps.firefly",
    "apps.ynab",
    "apps.mint",
    "apps.monarch",
    "apps.sure",
    "apps.gnucash",
    "apps.beancount",
    "apps.ledger_cli",
    "csv",
)


@cache
def formats() -> tuple[Format, ...]:
    return tuple(import_string(f"ledger.importing.{module}.FORMAT") for module in _MODULES)


def format_called(key: str) -> Format:
    return next(each for each in formats() if each.key == key)
