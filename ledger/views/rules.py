"""Pages of rules: which there are, in which order, and how one is written."""

from __future__ import annotations

import uuid

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page, posted
from ledger.actions import rules as actions
from ledger.calc.rules import RuleProblems
from ledger.forms.rules import RuleForm, rule_desk
from ledger.models import Rule
from ledger.queries.rules import rule_sheet, rules, told_of
from ledger.views.answers import conflict_page, step_asked
from ledger.views.rule_pages import EDIT, asked_from, looked, looked_at, rule_page
from ledger.views.rule_runs import applied


@member("viewer")
def rule_list(request: MemberRequest) -> HttpResponse:
    return page(request, "ledger/rule_list.html", {"sheet": rule_sheet(request.household)}, partial="rules")


@member("editor", "GET", "POST")
def rule_add(request: MemberRequest) -> HttpResponse:
    start = None if request.method == "POST" else asked_from(request)
    form = RuleForm(posted(request), desk=rule_desk(request.household), told=start.told if start else None)
    if button := request.POST.get("do", ""):
        return looked(request, form, button)
    if form.is_valid() and (answer := _save(request, form)):
        return answer
    return rule_page(request, form, start=start)


@member("editor", "GET", "POST")
def rule_edit(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    rule = _rule(uid)
    form = RuleForm(posted(request), desk=rule_desk(request.household), rule=rule, told=told_of(rule))
    if button := request.POST.get("do", ""):
        return looked(request, form, button)
    if form.is_valid() and (answer := _save(request, form)):
        return answer
    return rule_page(request, form)


def _save(request: MemberRequest, form: RuleForm) -> HttpResponse | None:
    """The answer to a rule that was saved, or none where something stood against it and the form must say so."""
    try:
        rule = _saved(request, form)
    except EditConflict as conflict:
        return conflict_page(request, EDIT, form, conflict, **looked_at(request, form))
    except RuleProblems as wrong:
        form.blame(wrong.problems)
        return None
    except Refused as refusal:
        form.errors.append(str(refusal))
        return None
    answer = done(request, "rule_list")
    return applied(request, rule, answer) if form.head.cleaned_data["apply"] else answer


def _saved(request: MemberRequest, form: RuleForm) -> Rule:
    if form.rule is None:
        return actions.add_rule(household=request.household, by=request.user, **form.values())
    return actions.change_rule(rule=form.rule, by=request.user, edit_version=form.edit_version, **form.values())


@member("editor", "POST")
def rule_delete(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.delete_rule(rule=_rule(uid), by=request.user)
    return _on_the_list(request)


@member("editor", "POST")
def rule_switch(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.switch_rule(rule=_rule(uid), by=request.user, on=request.POST.get("on") == "1")
    return _on_the_list(request)


@member("editor", "POST")
def rule_move(request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
    actions.move_rule(rule=_rule(uid), by=request.user, step=step_asked(request.POST))
    return _on_the_list(request)


@member("editor", "POST")
def rule_order(request: MemberRequest) -> HttpResponse:
    try:
        order = [uuid.UUID(text) for text in request.POST.getlist("rule")[:1000]]
    except ValueError as error:
        raise BadRequest("This is not the id of a rule.") from error
    actions.order_rules(household=request.household, by=request.user, order=order)
    return _on_the_list(request)


def _on_the_list(request: MemberRequest) -> HttpResponse:
    """The list refreshes itself where it stands."""
    return HttpResponse(status=204) if is_htmx(request) else redirect("rule_list")


def _rule(uid: uuid.UUID) -> Rule:
    return get_object_or_404(rules(), uid=uid)
