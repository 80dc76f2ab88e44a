"""What a process remembers of households it was asked for: as fresh as their latest lesson, each apart from others."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from time import monotonic
from typing import Final

from django.db import connection
from django.db.models import Q

from financeflow.households.models import Household
from financeflow.tenancy.prepared import Prepared
from financeflow.tenancy.scope import current_viewer, whole_household
from insights.calc.answering import Answering
from insights.calc.asking import Answer, Asked, Ref
from insights.calc.shared import shared_model
from insights.models import School
from insights.queries.lessons import lessons_since
from insights.queries.lessons import school as school_there
from ledger.models import Account, Category
from ledger.models.sight import hidden_accounts
from ledger.opening import DEFAULT_CATEGORIES
from ledger.queries.categories import offered_categories

# So many are remembered at once: a household once for everybody, and once for each member who does not see all of it.
MOST: Final = 64
# Seconds after which one begins anew: rows that were let go of for good tell nobody.
LASTS: Final = 24 * 3600
INCOME_KEYS: Final = tuple(child.key for top in DEFAULT_CATEGORIES if top.kind == "income" for child in top.children)
Hidden = frozenset[int]
Usable = Mapping[Ref, Category]


class Knowledge:
    """What is known of one household by whoever may not look into these accounts: nothing of them is in it."""

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self._lock = Lock()
        self._epoch, self._version, self._begun = -1, -1, 0.0
        self._answering: Answering | None = None
        self._usable: Usable = {}

    def answers(self, school: School | None, asked: Sequence[Asked]) -> tuple[list[Answer], Usable]:
        """With the categories that are meant."""
        with self._lock:
            return self._fresh(school).answer(asked), self._usable

    def learned(self, school: School | None) -> tuple[Answering, Usable]:
        """All of it, for whoever asks this one alone and may teach it more."""
        with self._lock:
            return self._fresh(school), self._usable

    def _fresh(self, school: School | None) -> Answering:
        """Whoever read the school a moment ago gets what others brought here since: it is fresher."""
        epoch, version = (school.epoch, school.version) if school else (0, 0)
        if self._answering is None or epoch > self._epoch or monotonic() - self._begun > LASTS:
            self._answering, self._usable = _unlearned()
            self._epoch, self._version, self._begun = epoch, -1, monotonic()
        if version > self._version:
            self._learn(self._answering)
            self._version = version
        return self._answering

    def _learn(self, answering: Answering) -> None:
        with whole_household():
            found = lessons_since(self._version)
        taught = [each for each, teaches in found if teaches and self._counts(each.ref, each.asked.account)]
        counting = {each.line for each in taught}
        answering.forget([each.line for each, _teaches in found if each.line not in counting])
        answering.teach(taught)

    def _counts(self, category: Ref, account: int | None) -> bool:
        return category in self._usable and account not in self.hidden


def _unlearned() -> tuple[Answering, Usable]:
    """Who knows the household's categories, and nothing yet of what it files under them."""
    usable: Usable = {each.pk: each for each in offered_categories()}
    answering = Answering(
        shared_model(),
        {each.key: pk for pk, each in usable.items() if each.key},
        income=[pk for pk, each in usable.items() if each.kind == Category.Kind.INCOME],
        income_keys=INCOME_KEYS,
    )
    return answering, usable


_known: OrderedDict[tuple[uuid.UUID, Hidden], Knowledge] = OrderedDict()
_lock = Lock()


def knowledge_of(household: Household, hidden: Hidden) -> Knowledge:
    """Those asked for least lately are let go."""
    with _lock:
        found = _known.pop((household.uid, hidden), None) or Knowledge(hidden)
        _known[household.uid, hidden] = found
        while len(_known) > MOST:
            _known.popitem(last=False)
    return found


def answers_for(
    household: Household, asked: Sequence[Asked], *, hidden: Hidden | None = None
) -> tuple[School | None, list[Answer], Usable]:
    """What is made of each, with the school that says how far one goes with it, and the categories meant.

    It is asked with the eyes of whoever looks, unless it is said which accounts are `hidden`.
    """
    school = school_there()
    knowledge = knowledge_of(household, out_of_sight() if hidden is None else hidden)
    return school, *knowledge.answers(school, asked)


def out_of_sight() -> Hidden:
    """What the member who looks may not see; where nobody does, what not all members may."""
    return frozenset(hidden_accounts(connection) if current_viewer() else kept_private())


def out_of_sight_of(account: int) -> Hidden:
    """What not all may see who see this account."""
    kept = kept_private()
    keeper = kept.get(account)
    return frozenset(pk for pk, other in kept.items() if pk != account and (other is None or other != keeper))


def kept_private() -> dict[int, int | None]:
    """The accounts that a member keeps private, with who does; those whose keeper has left are nobody's."""
    return {pk: None if sealed else keeper for pk, keeper, sealed in PRIVATE.rows()}


PRIVATE = Prepared(
    lambda: (
        Account.objects.filter(Q(private_to__isnull=False) | Q(sealed_at__isnull=False))
        .order_by()
        .values_list("pk", "private_to_id", "sealed_at")
    ),
    whole=True,
)
