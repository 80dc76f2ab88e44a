"""What insights hangs into the frame: one door."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem


def items(request: HttpRequest) -> list[NavigationItem]:
    return [NavigationItem("insight_list", _("Insights"), "bulb", ("rail", "more"), key="g l", order=28)]
