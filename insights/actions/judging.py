"""How guesses fared: what would have been said of something, before a person said what it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from insights.models import Lesson, Outcome
from insights.queries.knowledge import Hidden, out_of_sight_of
from insights.queries.lessons import Filed
from insights.queries.suggesting import suggested_for
from insights.queries.telling import State
from ledger.calc.bands import Band
from ledger.models.many import OneOf

# So many names that one act files are looked at.
MOST: Final = 50
# Acts by which a person files what they look at; rules, files, merged categories and refunds are none.
_BY_HAND: Final = ("transaction.", "inbox.")


def judge(household: Household, act: ChangeSet, lines: Sequence[Filed], before: Mapping[int, State]) -> None:
    """One for each name, as it would have been guessed before; only of what nobody had filed yet."""
    if not (act.by_id and act.undoes_id is None and act.verb.startswith(_BY_HAND)):
        return
    names: dict[str, Filed] = {}
    for each in lines:
        if each.teaches and _was_open(before[each.line]):
            names.setdefault(each.key, each)
    if names and not _is_judged(act, before):
        Outcome.objects.bulk_create(_outcomes(household, act, list(islice(names.values(), MOST)), before))


def _was_open(state: State) -> bool:
    return bool(state.get("learned")) or state.get("category_id", ...) is None


def _is_judged(act: ChangeSet, before: Mapping[int, State]) -> bool:
    """Whether what it taught is known: then somebody was here before, and came to the end."""
    return Lesson.objects.filter(OneOf("line_id", before), taught_at__gte=act.at).exists()


def _outcomes(
    household: Household, act: ChangeSet, lines: Sequence[Filed], before: Mapping[int, State]
) -> list[Outcome]:
    """Guessed by what all may know who see the account: what comes of it is shown to them."""
    seen: dict[Hidden, list[Filed]] = defaultdict(list)
    hidden = {account: out_of_sight_of(account) for account in {each.account for each in lines}}
    for each in lines:
        seen[hidden[each.account]].append(each)
    found = []
    for eyes, some in seen.items():
        suggested = suggested_for(household, [(each.asked, each.usual) for each in some], hidden=eyes)
        for each, likely in zip(some, suggested, strict=True):
            guess = _guess(each, before[each.line]) or _likeliest(likely)
            found.append(_outcome(household, act, each, *guess))
    return found


def _guess(each: Filed, state: State) -> tuple[int | None, int, Band] | None:
    """What had been filed by itself is judged as it was; where it was let stand, only that was written down."""
    if not state.get("learned"):
        return None
    return state.get("category_id", each.category), state["learned"], Band.FILED


def _likeliest(suggested: Sequence[Any]) -> tuple[int | None, int, Band]:
    if not suggested:
        return None, 0, Band.OPEN
    return suggested[0].category.pk, suggested[0].percent, suggested[0].band


def _outcome(household: Household, act: ChangeSet, each: Filed, guess: int | None, percent: int, band: Band) -> Outcome:
    said: dict[str, Any] = {"guess_id": guess, "percent": percent, "band": band.value}
    of = {"key": each.key, "words": each.words, "account_id": each.account, "category_id": each.category}
    return Outcome(household=household, at=act.at, is_right=guess == each.category, **of, **said)
