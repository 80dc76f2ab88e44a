"""What the inbox hangs into the frame: its door, with how much wants a decision."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from financeflow.inbox import queries
from financeflow.web.frame import NavigationItem


def items(request: Any) -> list[NavigationItem]:
    """The count is written where it is known already; else the frame asks for it once the page is there."""
    if getattr(request, "membership", None) is None:
        return []
    count = queries.count_known(request.household)
    address = reverse("inbox_count")
    places = ("rail_end", "more")
    return [
        NavigationItem("inbox_list", _("Inbox"), "inbox", places, key="g b", order=55, badge=count, counts_at=address)
    ]
