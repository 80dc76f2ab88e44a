"""Rules as JSON."""

from __future__ import annotations

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.responses import Status

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.api_door import PROBLEMS, editor
from ledger.actions import rules as actions
from ledger.actions.rules.applying import AT_ONCE, start_rules
from ledger.calc.rules import read_conditions
from ledger.calc.rules.reading import read_deeds_said
from ledger.models import Rule
from ledger.queries.rules import AT_LENGTH, Preview, active_rules, candidates, compiled, preview, told_of
from ledger.queries.rules import rules as kept_rules
from ledger.schemas.accounts import Paging
from ledger.schemas.rules import AppliedOut, ApplyIn, PreviewIn, PreviewOut, RuleChange, RuleIn, RuleOut, RulePage

rules = Router(tags=["rules"])


@rules.get("", response={200: RulePage, **PROBLEMS}, summary="All rules, in order, those switched off too")
def rule_list(request: MemberRequest, paging: Query[Paging]) -> dict[str, Any]:
    rows = kept_rules()
    return {"items": list(rows[paging.offset : paging.offset + paging.limit]), "total": rows.count()}


@rules.post("", response={201: RuleOut, **PROBLEMS}, auth=editor, summary="Add a rule, last in order")
def rule_add(request: MemberRequest, sent: RuleIn) -> Any:
    said = _read(sent.model_dump(mode="json"))
    return Status(201, actions.add_rule(household=request.household, by=request.user, **said))


@rules.post("/apply", response={200: AppliedOut, 202: AppliedOut, **PROBLEMS}, auth=editor, summary="Apply rules")
def rule_apply(request: MemberRequest, sent: ApplyIn) -> Any:
    rule = get_object_or_404(kept_rules(), uid=sent.rule) if sent.rule else None
    frame: dict[str, Any] = {"household": request.household, "by": request.user, "also_filed": sent.also_filed}
    ready, known = compiled([rule] if rule else active_rules())
    if candidates(ready, known, also_filed=sent.also_filed)[: AT_ONCE + 1].count() > AT_ONCE:
        return Status(202, {"job": start_rules(rule=rule, **frame).uid})
    done = actions.apply_rules(rules=[rule] if rule else None, **frame)
    change = done.run.change_set.uid if done.run.change_set else None
    return Status(200, {"looked_at": done.looked_at, "changed": done.changed, "change": change})


@rules.get("/{uuid:uid}", response={200: RuleOut, **PROBLEMS}, summary="One rule")
def rule_show(request: MemberRequest, uid: uuid.UUID) -> Rule:
    return _rule(uid)


@rules.patch("/{uuid:uid}", response={200: RuleOut, **PROBLEMS}, auth=editor, summary="Change a rule")
def rule_edit(request: MemberRequest, uid: uuid.UUID, sent: RuleChange) -> Rule:
    rule, said = _rule(uid), sent.values()
    if "conditions" in said or "deeds" in said:
        said = {"conditions": rule.conditions, "deeds": rule.deeds, **said}
    return actions.change_rule(rule=rule, by=request.user, **_read(said))


@rules.delete("/{uuid:uid}", response={204: None, **PROBLEMS}, auth=editor, summary="Put a rule in the trash")
def rule_delete(request: MemberRequest, uid: uuid.UUID) -> Any:
    actions.delete_rule(rule=_rule(uid), by=request.user)
    return Status(204, None)


@rules.post("/{uuid:uid}/preview", response={200: PreviewOut, **PROBLEMS}, summary="What a rule would change")
def rule_preview(request: MemberRequest, uid: uuid.UUID, sent: PreviewIn) -> Preview:
    return preview(told_of(_rule(uid)), request.household, also_filed=sent.also_filed, look_at=AT_LENGTH)


def _rule(uid: uuid.UUID) -> Rule:
    return get_object_or_404(kept_rules(), uid=uid)


def _read(said: dict[str, Any]) -> dict[str, Any]:
    """Conditions and deeds as the actions take them; what is wrong with them is told."""
    read: dict[str, Any] = dict(said)
    if "conditions" in said:
        read["conditions"] = read_conditions(said["conditions"])
        read["deeds"] = read_deeds_said(said["deeds"])
    return read
