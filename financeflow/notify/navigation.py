"""What notices hang into the frame: the bell with how many are new, and a page of the settings."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem


def items(request: Any) -> list[NavigationItem]:
    """The count comes with who one is: no page asks for it apart."""
    unread = request.membership.unread_notices if request.membership else 0
    bell = NavigationItem(
        "notification_list",
        _("Notifications"),
        "bell",
        ("bell", "more"),
        key="g n",
        order=80,
        badge=unread or None,
        counts_at=reverse("notification_count"),
    )
    return [bell, NavigationItem("settings_notifications", _("What to be told"), "bell", ("settings",), order=97)]
