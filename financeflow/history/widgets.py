"""What history hangs on the dashboard: what was done last."""

from __future__ import annotations

from financeflow.history import activity, queries
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.widgets import Widget

SHOWN = 6


def widgets(request: MemberRequest) -> list[Widget]:
    latest = queries.with_changes(queries.change_sets()[:SHOWN])
    deeds = activity.told(latest, membership=request.membership)
    return [Widget("history/_recent.html", {"deeds": deeds}, span=7, order=80)] if len(deeds) > 1 else []
