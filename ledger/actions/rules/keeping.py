"""Every write to rules themselves: what they ask and do, their order, whether they are in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import Recording, recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger.actions.ordering import move_beside
from ledger.actions.tags import tags_named
from ledger.calc.rules import Condition, Deed, Problem, RuleProblems, as_json, check_rule
from ledger.models import Account, Category, Rule, Tag
from ledger.queries.rules import rules

TOPIC: Final = "ledger.changed"
MOST_RULES: Final = 500
_TAGS: Final = ("add_tags", "remove_tags")


def add_rule(
    *, household: Household, by: User | None, conditions: Sequence[Condition], deeds: Sequence[Deed], **values: Any
) -> Rule:
    """A new rule, last in order. Tags may be said by name: (`add_tags` of “work”)."""
    rule = Rule(household=household, **values)
    summary = _("Added the rule “%(name)s”") % {"name": rule.name}
    with recording(household=household, by=by, verb="rule.added", summary=summary, topic=TOPIC) as record:
        insert_rule(record, rule, conditions, deeds)
    return rule


def insert_rule(record: Recording, rule: Rule, conditions: Sequence[Condition], deeds: Sequence[Deed]) -> None:
    """The same within an open write."""
    if rules().count() >= MOST_RULES:
        raise Refused(_("There are %(most)s rules already. Delete one first.") % {"most": MOST_RULES})
    told = _told(record, rule.household, conditions, deeds)
    rule.conditions, rule.deeds = told["conditions"], told["deeds"]
    rule.position = 1 + (rules().aggregate(last=Max("position"))["last"] or 0)
    record.add(rule)


def change_rule(*, rule: Rule, by: User | None, edit_version: int, **values: Any) -> Rule:
    """Other values for a rule, if it still is what the person saw; conditions and deeds as add_rule takes them."""
    summary = _("Changed the rule “%(name)s”") % {"name": rule.name}
    frame: dict[str, Any] = {"household": rule.household, "by": by, "verb": "rule.changed", "summary": summary}
    with recording(**frame, topic=TOPIC) as record:
        rule = claimed(_there(rule), edit_version=edit_version)
        if "conditions" in values or "deeds" in values:
            values |= _told(record, rule.household, values["conditions"], values["deeds"])
        record.change(rule, **values)
    return rule


def delete_rule(*, rule: Rule, by: User | None) -> None:
    """To the trash, for thirty days; what it did stays done."""
    summary = _("Deleted the rule “%(name)s”") % {"name": rule.name}
    frame: dict[str, Any] = {"household": rule.household, "by": by, "verb": "rule.deleted", "summary": summary}
    with recording(**frame, topic=TOPIC) as record:
        record.change(_there(rule), trashed_at=timezone.now())


def switch_rule(*, rule: Rule, by: User | None, on: bool) -> None:
    words = _("Switched on the rule “%(name)s”") if on else _("Switched off the rule “%(name)s”")
    frame: dict[str, Any] = {"household": rule.household, "by": by, "verb": "rule.switched"}
    with recording(**frame, summary=words % {"name": rule.name}, topic=TOPIC) as record:
        record.change(_there(rule), is_active=on)


def move_rule(*, rule: Rule, by: User | None, step: int) -> None:
    """One place up (-1) or down (1)."""
    summary = _("Moved the rule “%(name)s”") % {"name": rule.name}
    frame: dict[str, Any] = {"household": rule.household, "by": by, "verb": "rule.moved", "summary": summary}
    with recording(**frame, topic=TOPIC) as record:
        move_beside(record, list(rules().select_for_update()), rule, step)


def order_rules(*, household: Household, by: User | None, order: Sequence[UUID]) -> None:
    """The rules in this order; one that is not named stays behind those it stood behind."""
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "rule.moved"}
    with recording(**frame, summary=_("Put the rules in another order"), topic=TOPIC) as record:
        here = list(rules().select_for_update())
        wanted = {uid: place for place, uid in enumerate(dict.fromkeys(order))}
        named = sorted((rule for rule in here if rule.uid in wanted), key=lambda rule: wanted[rule.uid])
        fresh = iter(named)
        for place, rule in enumerate([next(fresh) if rule.uid in wanted else rule for rule in here], start=1):
            record.change(rule, position=place)


def _there(rule: Rule) -> Rule:
    rule = locked(rule)
    if rule.trashed_at:
        raise Refused(_("“%(name)s” is in the trash already.") % {"name": rule})
    return rule


def _told(
    record: Recording, household: Household, conditions: Sequence[Condition], deeds: Sequence[Deed]
) -> dict[str, Any]:
    """Both as JSON, checked: all they name is there, and tags said by name are tags."""
    said = [_with_tags(record, household, deed) for deed in deeds]
    check_rule(conditions, said)
    _check_rows(conditions, said)
    return {"conditions": [as_json(each) for each in conditions], "deeds": [as_json(each) for each in said]}


def _with_tags(record: Recording, household: Household, deed: Deed) -> Deed:
    """Tags by their public ids; a name that no tag has becomes one."""
    if deed.do not in _TAGS:
        return deed
    known = {str(uid) for uid in Tag.objects.filter(trashed_at=None).values_list("uid", flat=True)}
    fresh = tags_named(record, household, [value for value in deed.values if value not in known])
    uids = [value if value in known else str(fresh[value.strip()].uid) for value in deed.values if value.strip()]
    return replace(deed, values=tuple(dict.fromkeys(uids)))


def _check_rows(conditions: Sequence[Condition], deeds: Sequence[Deed]) -> None:
    known = {str(uid) for model in (Account, Category, Tag) for uid in _uids(model)}
    problems = []
    for at, condition in enumerate(conditions):
        if condition.field in ("account", "category", "tag") and not known.issuperset(condition.values):
            problems.append(Problem(_("Choose one from the list."), "conditions", at))
    for at, deed in enumerate(deeds):
        named = {*deed.values, *(uid for uid, _share, _memo in deed.parts if uid)}
        if deed.do in ("category", "transfer", "split", *_TAGS) and not known.issuperset(named):
            problems.append(Problem(_("Choose one from the list."), "deeds", at))
    if problems:
        raise RuleProblems(problems)


def _uids(model: Any) -> Any:
    return model.objects.filter(trashed_at=None).values_list("uid", flat=True)
