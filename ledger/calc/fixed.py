"""Which values of a transaction cannot be changed where they stand, and why."""

from __future__ import annotations

from django.utils.translation import gettext as _


def why_fixed(cell: str, *, reconciled: bool, parts: int, transfer: bool) -> str:
    """Why this value stays as it is, in a sentence; empty where it may be changed."""
    if reconciled and cell in ("amount", "date"):
        return _("This is reconciled: it keeps its amount and date. Unlock it first.")
    if transfer and cell == "category":
        return _("A transfer has no category: the money only moved.")
    if transfer and cell == "payee":
        return _("A transfer has no payee: the money only moved.")
    if parts > 1 and cell == "category":
        return _("This is split into parts. Each of them has a category of its own.")
    if parts > 1 and cell == "amount":
        return _("This is split into parts that add up to it. Change the parts.")
    return ""
