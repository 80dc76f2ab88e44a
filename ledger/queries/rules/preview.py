"""What rules would change among what is already there, seen before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from financeflow.money.text import format_money
from ledger.calc.rules import Compiled, Decision, Facts, Known, Told, compile_rule, decide
from ledger.calc.rules.checking import is_uid
from ledger.calc.rules.facts import amounts_of
from ledger.models import Transaction
from ledger.models.many import OneOf
from ledger.queries.listing import attach_other_sides, with_all_shown
from ledger.queries.rules.finding import candidates, facts_of
from ledger.queries.rules.known import Names, known_rows, names_of
from ledger.queries.shown import make_shown

# So many of the latest are looked at while somebody writes a rule; more before it is applied.
AT_A_GLANCE: Final = 1000
AT_LENGTH: Final = 20_000
AT_ONCE: Final = 2000
SHOWN: Final = 20


@dataclass(frozen=True)
class Step:
    """One thing that changes about a transaction, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """A transaction that would change, as a row of a list shows it, and what would."""

    row: Transaction
    steps: list[Step]


@dataclass(frozen=True)
class Preview:
    """How many would change, the first of them; `is_partial` where only the latest `looked_at` were gone through."""

    count: int = 0
    matching: int = 0
    looked_at: int = 0
    is_partial: bool = False
    going_round: int = 0
    rows: list[Changed] = field(default_factory=list)
    matched: dict[int, Facts] = field(default_factory=dict, repr=False)

    @property
    def staying(self) -> int:
        """Those that match and stay as they are."""
        return self.matching - self.count


def decisions(
    rules: Sequence[Compiled], keys: Sequence[int], *, also_filed: bool = False
) -> Iterator[tuple[int, Decision]]:
    """What the rules make of each of these transactions, thousands at a time."""
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        facts = facts_of(some)
        for key in some:
            if key in facts:
                yield key, decide(rules, facts[key], also_filed=also_filed)


def preview(
    told: Told | Sequence[Told],
    household: Household,
    *,
    rows: QuerySet[Transaction] | None = None,
    also_filed: bool = False,
    look_at: int | None = AT_A_GLANCE,
    shown: int = SHOWN,
) -> Preview:
    """What a rule, or several in their order, would make of these rows or of all, the latest first."""
    asked = [told] if isinstance(told, Told) else list(told)
    fresh = fresh_tags(asked)
    known = known_rows(asked)
    known = replace(known, tags={**known.tags, **{name: key for key, name in fresh.items()}})
    rules = [compile_rule(each, known) for each in asked]
    keys, is_partial = _latest(rules, known, rows, also_filed, look_at)
    changed: dict[int, Decision] = {}
    matched: dict[int, Facts] = {}
    going_round = 0
    for key, decision in decisions(rules, keys, also_filed=also_filed):
        if decision or any(rule.matches(decision.before) for rule in rules):
            matched[key] = decision.before
        going_round += decision.goes_round
        if decision:
            changed[key] = decision
    first = dict(list(changed.items())[:shown])
    return Preview(
        len(changed), len(matched), len(keys), is_partial, going_round, told_rows(first, household, fresh), matched
    )


def _latest(
    rules: Sequence[Compiled], known: Known, rows: QuerySet[Transaction] | None, also_filed: bool, most: int | None
) -> tuple[list[int], bool]:
    found = candidates(rules, known, rows, also_filed=also_filed).order_by("-date", "-pk").values_list("pk", flat=True)
    if most is None:
        return list(found), False
    keys = list(found[: most + 1])
    return keys[:most], len(keys) > most


def fresh_tags(told: Iterable[Told]) -> dict[int, str]:
    """Tags that a rule which is being written names and nobody has yet, by keys that no tag has."""
    said = [value for rule in told for deed in rule.deeds if deed.do.endswith("tags") for value in deed.values]
    return {-place: name for place, name in enumerate((each for each in said if not is_uid(each)), start=1)}


def told_rows(decided: dict[int, Decision], household: Household, fresh: dict[int, str]) -> list[Changed]:
    """These transactions as a list shows them, each with what would change."""
    if not decided:
        return []
    found = {row.pk: row for row in with_all_shown(Transaction.objects.filter(OneOf("pk", list(decided))))}
    rows = [found[key] for key in decided if key in found]
    attach_other_sides(rows)
    make_shown(rows, household)
    names = names_of()
    names.tags.update(fresh)
    return [Changed(row, _steps(decided[row.pk], row, names, household)) for row in rows]


def _steps(decision: Decision, row: Any, names: Names, household: Household) -> list[Step]:
    before, after = decision.before, decision.after
    steps = []
    if after.transfer is not None:
        steps.append(Step(_("Category"), _filed(before, names), _transfer(after, names)))
    elif after.parts:
        steps.append(Step(_("Category"), _filed(before, names), _parts(after, row, names, household)))
    elif after.categories != before.categories:
        steps.append(Step(_("Category"), _filed(before, names), _filed(after, names)))
    if after.payee_key != before.payee_key:
        steps.append(Step(_("Payee"), before.payee or _("No payee"), after.payee))
    if after.tags != before.tags:
        steps.append(Step(_("Tags"), _tags(before, names), _tags(after, names)))
    if after.notes != before.notes:
        steps.append(Step(_("Notes"), before.notes or _("No notes"), after.notes))
    return steps


def _filed(facts: Facts, names: Names) -> str:
    known = [names.categories.get(key, "") for key in facts.categories if key]
    return ", ".join(filter(None, known)) or _("Uncategorised")


def _transfer(facts: Facts, names: Names) -> str:
    return _("Transfer: %(account)s") % {"account": names.accounts.get(facts.transfer or 0, "")}


def _parts(facts: Facts, row: Any, names: Names, household: Household) -> str:
    amounts = amounts_of(facts.parts, facts.amount)
    called = [names.categories.get(part.category or 0) or _("Uncategorised") for part in facts.parts]
    told = [
        f"{name} {format_money(amount, row.currency, household.locale)}"
        for name, amount in zip(called, amounts, strict=True)
    ]
    return ", ".join(told)


def _tags(facts: Facts, names: Names) -> str:
    return ", ".join(sorted(names.tags.get(key, "") for key in facts.tags)) or _("No tags")
