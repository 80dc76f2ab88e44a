"""The latest transactions of the month, as light as a list can be."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ledger.queries.shown import make_shown
from ledger.widgets.sheet import Sheet

SHOWN = 8


def recent(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.question.accounts:
        return None
    listed = sheet.question.listing().page(size=SHOWN, light=True)
    make_shown(listed.rows, sheet.household)
    icons = {(each.name, each.hue): each.icon for each in sheet.question.categories.values()}
    return {
        "days": [(day, [(row, _icon(row, icons)) for row in day.rows]) for day in listed.days],
        "today": sheet.look.today,
        "here": reverse("transaction_list"),
        # A viewer has nothing to change there.
        "end": "edit/" if sheet.may_edit else "",
        "base": sheet.currency,
        "url": sheet.door(),
        "month": sheet.day(sheet.month.period.first, "month"),
    }


def _icon(row: Any, icons: dict[tuple[str, int], str]) -> str:
    """The drawing beside a name, no more: of two categories alike in name and hue either will do."""
    if row.filed:
        return icons.get((row.filed.name, row.filed.hue), "tag")
    if row.transfer_id:
        return "swap"
    return "split" if len(row.parts) > 1 else "help"
