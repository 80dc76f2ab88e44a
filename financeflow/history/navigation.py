"""What history hangs into the frame: activity and the trash."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem


def items(request: HttpRequest) -> list[NavigationItem]:
    return [
        NavigationItem("activity_list", _("Activity"), "history", ("rail_end", "more"), key="g h", order=70),
        NavigationItem("trash_list", _("Trash"), "trash", ("rail_end", "more"), key="g x", order=80),
    ]
