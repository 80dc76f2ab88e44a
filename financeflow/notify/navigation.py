"""What notices hang into the frame: the list, with how many are new, and a page of the settings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem


def items(request: Any) -> list[NavigationItem]:
    unread = request.membership.unread_notices if request.membership else 0
    return [
        NavigationItem(
            "notification_list",
            _("Notifications"),
            "bell",
            ("rail_end", "more"),
            key="g n",
            order=80,
            badge=unread or None,
        ),
        NavigationItem("settings_notifications", _("What to be told"), "bell", ("settings",), order=97),
    ]
