"""What history hangs on the dashboard: what was done last."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from financeflow.history import activity, queries
from financeflow.history.models import ChangeSet
from financeflow.tenancy.prepared import Prepared
from financeflow.web.widgets import Context, Look, Widget

SHOWN = 6


def _latest() -> QuerySet[ChangeSet]:
    return queries.change_sets()[:SHOWN]


LATEST = Prepared(_latest)


def widgets(look: Look) -> list[Widget]:
    if look.is_comparison:
        return []
    return [Widget("activity", _("Lately"), "history/_recent.html", partial(_recent, look), order=80)]


def _recent(look: Look) -> Context | None:
    # A line each: what changed is told on the page that it leads to.
    latest: list[Any] = queries.without_changes(LATEST.objects())
    deeds = activity.told(latest, membership=look.request.membership)
    return {"deeds": deeds} if len(deeds) > 1 else None
