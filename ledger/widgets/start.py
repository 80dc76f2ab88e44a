"""Doors for who begins: by hand, or a look at sample books first."""

from __future__ import annotations

from typing import Any

from ledger.models import MonthTotal
from ledger.widgets.sheet import Sheet


def doors(sheet: Sheet) -> dict[str, Any] | None:
    """Until the first transaction; those who may only look are told that it is empty."""
    if sheet.month.begins or _has_entries(sheet):
        return None
    has_accounts = bool(sheet.question.accounts)
    if has_accounts and not sheet.may_edit:
        return None
    return {"has_accounts": has_accounts, "may_edit": sheet.may_edit, "is_sandbox": bool(sheet.household.expires_at)}


def _has_entries(sheet: Sheet) -> bool:
    return MonthTotal.objects.exists()
