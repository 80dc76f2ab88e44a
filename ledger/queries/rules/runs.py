"""The log of what rules did to what was already there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from financeflow.history import activity
from financeflow.history.models import ChangeSet
from financeflow.history.queries import change_sets
from ledger.models import RuleRun

ON_A_PAGE = 50


@dataclass(frozen=True)
class Run:
    """One time that rules were applied; its change where this member may know of it."""

    run: RuleRun
    deed: Any


def runs() -> QuerySet[RuleRun]:
    """The latest first, each with its rule and who had it run; but for those that changed what others keep private."""
    told = Q(change_set=None) | Q(change_set__in=ChangeSet.objects.all())
    return RuleRun.objects.filter(told).select_related("rule", "by").order_by("-pk")


def run_page(membership: Any, number: int) -> tuple[list[Run], bool]:
    """A page of the log, and whether there are earlier runs."""
    start = (number - 1) * ON_A_PAGE
    found = list(runs()[start : start + ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    keys = [run.change_set_id for run in shown if run.change_set_id]
    made: list[ChangeSet] = list(change_sets().filter(pk__in=keys)) if keys else []
    for each in made:
        each.first_changes, each.untold = [], 0  # type: ignore[attr-defined]
    deeds = zip(made, activity.told(made, membership=membership), strict=True)
    by_key = {each.pk: deed for each, deed in deeds}
    return [Run(run, by_key.get(run.change_set_id or 0)) for run in shown], len(found) > ON_A_PAGE
