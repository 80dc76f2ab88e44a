"""Uploads for tests: what a file says, put onto the desk and brought in without the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from financeflow.households.models import Household
from financeflow.testing import owner_of
from ledger.actions.imports import Brought, bring_in
from ledger.actions.imports.reading import stage_and_judge
from ledger.importing.found import Found, FoundCategory, FoundRow, FoundStatement
from ledger.models import Account, Import, ImportRow

DAY = date(2026, 3, 14)


def found_row(amount: int, payee: str = "Lidl", *, day: int = 14, **said: Any) -> FoundRow:
    line = said.pop("line", 0)
    original = f"2026-03-{day:02};{amount};{payee}"
    return FoundRow(
        line=line, original=original, date=DAY.replace(day=day), amount=amount, currency="EUR", payee=payee, **said
    )


def statement(*rows: FoundRow, **said: Any) -> FoundStatement:
    for line, row in enumerate(rows, start=2):
        row.line = row.line or line
    return FoundStatement(**{"currency": "EUR", "rows": list(rows), **said})


def put_on_desk(
    household: Household,
    *statements: FoundStatement,
    target: Account | None = None,
    name: str = "march.csv",
    is_a_book: bool = False,
    categories: Sequence[FoundCategory] = (),
) -> Import:
    """An upload that has been read and looked through."""
    upload = Import.objects.create(
        household=household, by=owner_of(household), name=name, size=1, digest="0", target=target
    )
    found = Found(format="csv", statements=list(statements), is_a_book=is_a_book, categories=list(categories))
    stage_and_judge(upload, found, lambda done, total: None)
    return upload


def brought_in(upload: Import) -> Brought:
    brought = bring_in(upload=upload, by=upload.by)
    upload.refresh_from_db()
    return brought


def rows_of(upload: Import) -> list[ImportRow]:
    return list(ImportRow.objects.filter(sheet__upload=upload).order_by("sheet__position", "position"))


def decide(row: ImportRow, deed: str, **values: Any) -> None:
    ImportRow.objects.filter(pk=row.pk).update(deed=deed, is_decided=True, **values)
