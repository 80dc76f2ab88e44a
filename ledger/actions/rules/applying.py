"""Rules applied to what is already in the books: one change, whatever the number, and a line in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.households.models import Household, User
from financeflow.jobs import actions as jobs
from financeflow.jobs.models import Job
from ledger.actions.rules.carrying_out import carry_out
from ledger.actions.writing import writing
from ledger.calc.rules import Decision
from ledger.models import Account, Rule, RuleRun, Transaction
from ledger.models.many import OneOf
from ledger.queries.rules.finding import candidates
from ledger.queries.rules.known import active_rules, compiled
from ledger.queries.rules.preview import decisions

APPLY: Final = "ledger.apply_rules"
# So many are looked at while somebody waits; more become a job.
AT_ONCE: Final = 2000
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Applied:
    """What came of it: how many were looked at and changed, and how many were left since rules go round."""

    looked_at: int
    changed: int
    went_round: int
    run: RuleRun


def apply_rules(
    *,
    household: Household,
    by: User | None,
    rows: QuerySet[Transaction] | None = None,
    rules: Sequence[Rule] | None = None,
    also_filed: bool = False,
    tell: Tell | None = None,
) -> Applied:
    """Apply these rules, or all in force, to these rows, or to all that this member may see; done twice it does once.

    Transfers, parts and money back stay what they are, and so does what somebody filed, unless `also_filed`.
    """
    with transaction.atomic():
        # One writer at a time, from here on: what is decided is what is done.
        Household.objects.select_for_update().values_list("pk").get(pk=household.pk)
        chosen = list(active_rules() if rules is None else rules)
        ready, known = compiled(chosen)
        found = candidates(ready, known, rows, also_filed=also_filed).order_by("-date", "-pk")
        keys = list(found.values_list("pk", flat=True))
        decided: dict[int, Decision] = {}
        went_round = 0
        for at, (key, each) in enumerate(decisions(ready, keys, also_filed=also_filed), start=1):
            went_round += each.goes_round
            if each:
                decided[key] = each
            if tell and at % 500 == 0:
                tell(at, len(keys))
        run = RuleRun(household=household, by=by, looked_at=len(keys), changed=len(decided))
        run.rule = chosen[0] if rules is not None and len(chosen) == 1 else None
        if decided:
            run.change_set = _carried_out(household, by, decided, run.rule)
            count_hits({key: each.rules for key, each in decided.items()})
        run.save()
    return Applied(len(keys), len(decided), went_round, run)


def _carried_out(household: Household, by: User | None, decided: dict[int, Decision], rule: Rule | None) -> Any:
    what = ngettext("%(count)s transaction", "%(count)s transactions", len(decided)) % {"count": len(decided)}
    words = _("Applied the rule “%(rule)s” to %(what)s") if rule else _("Applied the rules to %(what)s")
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "rules.applied"}
    concerned = Transaction.objects.filter(OneOf("pk", list(decided))).order_by().values("account").distinct()
    accounts = list(Account.objects.filter(pk__in=concerned).select_related("private_to"))
    with writing(**frame, summary=words % {"rule": rule, "what": what}, accounts=accounts) as (record, books):
        carry_out(record, books, household, by, decided)
    return record.change_set if record.touched else None


def count_hits(used: Mapping[int, Sequence[int]]) -> None:
    """Count how often each rule did something, by transaction; what somebody keeps private is not counted for all."""
    shared = Transaction.objects.filter(OneOf("pk", list(used)), account__private_to=None).order_by()
    times = Counter(rule for key in shared.values_list("pk", flat=True) for rule in used[key])
    if not times:
        return
    more = Case(*(When(pk=key, then=Value(count)) for key, count in times.items()), default=Value(0))
    Rule.objects.filter(pk__in=times).update(hits=F("hits") + more, last_hit_at=timezone.now())


def start_rules(*, household: Household, by: User, rule: Rule | None, also_filed: bool) -> Job:
    """The same as a job, for one rule or for all in force."""
    said = {"rule": str(rule.uid) if rule else "", "also_filed": also_filed}
    return jobs.start_job(household=household, by=by, kind=APPLY, **said)
