"""Pages on which rules are applied to what is there already, and the log of that."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, go, page
from ledger.actions.rules.applying import AT_ONCE, apply_rules, start_rules
from ledger.models import Rule
from ledger.queries.rules import AT_LENGTH, active_rules, candidates, compiled, preview, rules, run_page, told_of
from ledger.views.answers import page_asked

APPLY = "ledger/rule_apply.html"


@member("editor", "GET", "POST")
def rule_apply(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    return _apply_page(request, get_object_or_404(rules(), uid=uid))


@member("editor", "GET", "POST")
def rule_apply_all(request: MemberRequest) -> HttpResponse:
    return _apply_page(request, None)


def _apply_page(request: MemberRequest, rule: Rule | None) -> HttpResponse:
    """What applying would change, and the button that does it."""
    sent = request.POST if request.method == "POST" else request.GET
    also_filed = sent.get("also_filed") == "1"
    if request.method == "POST":
        return applied(request, rule, done(request, "rule_list"), also_filed=also_filed)
    told = [told_of(each) for each in _chosen(rule)]
    seen = preview(told, request.household, also_filed=also_filed, look_at=AT_LENGTH)
    return page(request, APPLY, {"rule": rule, "seen": seen, "also_filed": also_filed}, partial="ask")


def applied(
    request: MemberRequest, rule: Rule | None, answer: HttpResponse, *, also_filed: bool = False
) -> HttpResponse:
    """Apply it, or all, and answer; many are a job, whose page tells how far it is."""
    chosen = _chosen(rule)
    frame: dict[str, Any] = {"household": request.household, "by": request.user, "also_filed": also_filed}
    ready, known = compiled(chosen)
    if candidates(ready, known, also_filed=also_filed)[: AT_ONCE + 1].count() > AT_ONCE:
        return go(request, "job_show", start_rules(rule=rule, **frame).uid)
    if not apply_rules(rules=chosen if rule else None, **frame).changed:
        messages.info(request, _("Nothing had to be changed."))
    return answer


def _chosen(rule: Rule | None) -> list[Rule]:
    return active_rules() if rule is None else [rule]


@member("viewer")
def rule_runs(request: MemberRequest) -> HttpResponse:
    number = page_asked(request)
    found, has_more = run_page(request.membership, number)
    steps = {"next_url": f"?page={number + 1}" if has_more else ""}
    steps["previous_url"] = f"?page={number - 1}" if number > 1 else ""
    return page(request, "ledger/rule_runs.html", {"runs": found, **steps}, partial="runs")
