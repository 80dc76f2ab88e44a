"""Rules as they are kept, and the rows that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from financeflow.tenancy.prepared import Prepared
from ledger.calc.rules import Compiled, Known, RuleProblems, Told, compile_rule, read_conditions, read_deeds
from ledger.calc.words import name_key
from ledger.models import Account, Category, Rule, Tag
from ledger.queries.payees import payees_by_key


def rules() -> QuerySet[Rule]:
    """The household's rules in their order, those switched off too."""
    return Rule.objects.filter(trashed_at=None)


def active_rules() -> list[Rule]:
    return ACTIVE.objects()


ACTIVE = Prepared(lambda: rules().filter(is_active=True))


def told_of(rule: Rule) -> Told:
    """What the rule says; one that cannot be read any more asks and does nothing."""
    try:
        conditions, deeds = read_conditions(rule.conditions), read_deeds(rule.deeds)
    except RuleProblems:
        conditions, deeds = (), ()
    return Told(rule.pk, rule.name, rule.match == Rule.Match.ANY, conditions, deeds, rule.stops)


def known_rows(told: Iterable[Told]) -> Known:
    """Everything that these rules may name, as far as it is there and in sight."""
    accounts = list(Account.objects.filter(trashed_at=None).only("uid", "currency", "closed_on"))
    categories = list(Category.objects.filter(trashed_at=None).only("uid", "parent_id"))
    within: dict[int, set[int]] = defaultdict(set)
    for category in categories:
        if category.parent_id:
            within[category.parent_id].add(category.pk)
    return Known(
        accounts={str(account.uid): account.pk for account in accounts},
        open_accounts={str(account.uid): account.currency for account in accounts if account.closed_on is None},
        categories={str(category.uid): category.pk for category in categories},
        within={key: frozenset(keys) for key, keys in within.items()},
        tags={str(uid): key for uid, key in Tag.objects.filter(trashed_at=None).values_list("uid", "pk")},
        payee_keys=_payee_keys(told),
    )


def _payee_keys(told: Iterable[Told]) -> dict[str, str]:
    """Where the names of payees lead to: a payee that was renamed or merged is found by its other spellings."""
    asked = [value for rule in told for each in rule.conditions if each.field == "payee" for value in each.values]
    made = [value for rule in told for each in rule.deeds if each.do == "payee" for value in each.values]
    keys = {name_key(name) for name in (*asked, *made)}
    return {key: payee.key for key, payee in payees_by_key(keys).items()} if keys else {}


def compiled(rows: Sequence[Rule]) -> tuple[list[Compiled], Known]:
    """These rules, ready to be asked, and what they were made ready with."""
    told = [told_of(row) for row in rows]
    known = known_rows(told)
    return [compile_rule(each, known) for each in told], known


@dataclass(frozen=True)
class Names:
    """What rows that a rule names are called, by public id and by key."""

    by_uid: dict[str, str] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    accounts: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)


def names_of() -> Names:
    tables = [
        list(model.objects.filter(trashed_at=None).values_list("uid", "pk", "name"))
        for model in (Category, Account, Tag)
    ]
    by_uid = {str(uid): name for rows in tables for uid, _key, name in rows}
    categories, accounts, tags = ({key: name for _uid, key, name in rows} for rows in tables)
    return Names(by_uid, categories, accounts, tags)
