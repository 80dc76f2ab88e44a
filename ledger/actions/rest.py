"""Filing a group of what was uncategorised, with a rule for those to come where somebody wants that."""

from __future__ import annotations

from django.utils.translation import gettext as _

from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger.actions.bulk import Outcome, file_transactions
from ledger.actions.rules.keeping import insert_rule
from ledger.calc.rules import Condition, Deed
from ledger.models import Category, Rule
from ledger.queries.rest import Group, keys_of, rest_groups, transactions_at


def file_group(
    *, household: Household, by: User | None, group: Group, category: Category, seen: int, with_rule: bool = False
) -> Outcome:
    """All of the group under one category, as one change; only what somebody saw (`seen` of them) is filed."""
    keys = keys_of(group)
    if len(keys) != seen:
        raise Refused(_("There are %(count)s now. Look at them again.") % {"count": len(keys)})

    def also(record: Recording) -> None:
        name = _("%(name)s → %(category)s") % {"name": group.name[:50], "category": category.name[:40]}
        rule = Rule(household=household, name=name)
        insert_rule(record, rule, rule_conditions(group), [Deed("category", (str(category.uid),))])

    rows = transactions_at(keys)
    then = also if with_rule else None
    return file_transactions(household=household, by=by, rows=rows, category=category, then=then)


def rule_conditions(group: Group) -> list[Condition]:
    """What is in the group, and what comes later like it; the same name the other way is asked for by itself."""
    named = Condition("payee", "is", (group.name,)) if group.payee else None
    named = named or Condition("description", "contains", (group.name,))
    other = any(each.name == group.name and each.is_in != group.is_in for each in rest_groups())
    return [named, Condition("sign", "is", ("in" if group.is_in else "out",))] if other else [named]
