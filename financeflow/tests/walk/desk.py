"""A file on the import desk of the household that is walked through."""

from __future__ import annotations

from django.core.files.base import ContentFile

from financeflow.households.models import Household
from ledger.models import Account, ImportRow
from ledger.tests.imports.uploads import found_row, put_on_desk, statement


def row_of_a_file(household: Household, account: Account, secret: str) -> ImportRow:
    """Its only row, with the file around it; every word that somebody could read has the secret in it."""
    row = found_row(-100, f"{secret} kiosk", description=f"{secret} newspaper")
    row.original = f"2026-03-14;-1,00;{secret} kiosk"
    upload = put_on_desk(household, statement(row, name=f"{secret} bank"), target=account, name=f"{secret}.csv")
    upload.file.save("walked", ContentFile(f"Date;Amount;Payee\n{row.original}".encode()))
    return ImportRow.objects.select_related("sheet__upload").get(sheet__upload=upload)
