"""Where rules are at odds: with another rule, with themselves, or with what is no longer there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.events.remembering import remember
from financeflow.households.models import Household
from financeflow.tenancy.scope import current_viewer
from ledger.calc.rules import Compiled, Facts, Told, compile_rule
from ledger.calc.rules.clashes import clash, impossible
from ledger.models import Transaction
from ledger.queries.rules.finding import facts_of
from ledger.queries.rules.known import active_rules, compiled, known_rows

# What rules have in common is looked for among so many of the latest transactions.
LATEST: Final = 1000


@dataclass(frozen=True)
class Warned:
    """What somebody should know of a rule, in a sentence; `serious` where it does nothing."""

    sentence: str
    serious: bool = False


def warnings_of(household: Household) -> dict[int, list[Warned]]:
    """For each rule in force what it is at odds with, by its key; worked out anew after each change."""
    eyes = current_viewer()

    def build() -> dict[int, list[tuple[str, bool]]]:
        rules, _known = compiled(active_rules())
        facts = _latest_facts()
        found = {rule.key: _against(rule, rules, facts) for rule in rules}
        return {key: [(each.sentence, each.serious) for each in some] for key, some in found.items() if some}

    told = remember("rule_warnings", household_id=household.pk, build=build, viewer=eyes and eyes.user_id)
    return {key: [Warned(*each) for each in some] for key, some in told.items()}


def warnings_while_writing(told: Told, matched: Mapping[int, Facts], position: int | None) -> list[Warned]:
    """The same for a rule that is being written: with what it matches, and where it stands among the others."""
    others = [rule for rule in active_rules() if rule.pk != told.key]
    above = {rule.pk for rule in others if position is None or rule.position < position}
    known = known_rows([told])
    ready, _known = compiled(others)
    mine = compile_rule(told, known)
    in_order = [*(rule for rule in ready if rule.key in above), mine, *(r for r in ready if r.key not in above)]
    return _against(mine, in_order, list(matched.values()))


def _latest_facts() -> list[Facts]:
    rows = Transaction.objects.filter(trashed_at=None).order_by("-date", "-pk")
    return list(facts_of(list(rows.values_list("pk", flat=True)[:LATEST])).values())


def _against(rule: Compiled, in_order: Sequence[Compiled], facts: Iterable[Facts]) -> list[Warned]:
    if rule.is_broken or not rule.told.conditions:
        return [Warned(_("It names something that is no longer there, so it does nothing."), serious=True)]
    if impossible(rule.told):
        return [Warned(_("Nothing can meet all of its conditions."), serious=True)]
    mine = [each for each in facts if rule.matches(each)]
    if not mine:
        return []
    here = next(place for place, each in enumerate(in_order) if each is rule)
    return _shadows(rule, in_order[:here], mine) or _clashes(rule, in_order, mine)


def _shadows(rule: Compiled, above: Sequence[Compiled], mine: list[Facts]) -> list[Warned]:
    """A rule above that stops, and takes all that this one matches."""
    for other in above:
        if other.told.stops and all(other.matches(each) for each in mine):
            words = _("It never gets its turn: “%(name)s” above it matches the same and lets no later rule follow.")
            return [Warned(words % {"name": other.told.name}, serious=True)]
    return []


def _clashes(rule: Compiled, in_order: Sequence[Compiled], mine: list[Facts]) -> list[Warned]:
    found = []
    for other in in_order:
        if other is rule or not clash(rule.actions, other.actions):
            continue
        if count := sum(other.matches(each) for each in mine):
            words = ngettext(
                "“%(name)s” says something else about %(count)s of the same transactions. The one further up counts.",
                "“%(name)s” says something else about %(count)s of the same transactions. The one further up counts.",
                count,
            )
            found.append(Warned(words % {"name": other.told.name, "count": count}))
    return found
