"""What a process remembers of households it was asked for: as fresh as their latest lesson, each apart from others."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Sequence
from threading import RLock
from typing import Final

from django.db import connection

from financeflow.households.models import Household
from financeflow.tenancy.prepared import Prepared
from financeflow.tenancy.scope import current_viewer, whole_household
from insights.calc.answering import Answering
from insights.calc.asking import Answer, Asked
from insights.calc.shared import shared_model
from insights.models import School
from insights.queries.lessons import lessons_since
from ledger.models import Category
from ledger.models.sight import hidden_accounts
from ledger.opening import DEFAULT_CATEGORIES

# So many households are remembered at once.
MOST: Final = 64
INCOME_KEYS: Final = tuple(child.key for top in DEFAULT_CATEGORIES if top.kind == "income" for child in top.children)
SCHOOL = Prepared(School.objects.all)


class Knowledge:
    """What is known of one household."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.epoch, self.version = -1, -1
        self.answering: Answering | None = None
        self.usable: dict[int, Category] = {}

    def answers(self, school: School | None, asked: Sequence[Asked]) -> list[Answer]:
        """With the eyes of whoever looks."""
        hidden = frozenset(hidden_accounts(connection)) if current_viewer() else frozenset()
        with self.lock:
            return self._fresh(school).answer(asked, hidden=hidden)

    def _fresh(self, school: School | None) -> Answering:
        epoch, version = (school.epoch, school.version) if school else (0, 0)
        if self.answering is None or epoch != self.epoch or version < self.version:
            self._begin()
            self.epoch, self.version = epoch, -1
        assert self.answering is not None
        if version > self.version:
            self._learn(self.answering)
            self.version = version
        return self.answering

    def _begin(self) -> None:
        rows = Category.objects.filter(trashed_at=None, archived_at=None).select_related("parent")
        self.usable = {each.pk: each for each in rows}
        self.answering = Answering(
            shared_model(),
            {each.key: each.pk for each in self.usable.values() if each.key},
            income=[pk for pk, each in self.usable.items() if each.kind == Category.Kind.INCOME],
            income_keys=INCOME_KEYS,
        )

    def _learn(self, answering: Answering) -> None:
        with whole_household():
            found = lessons_since(self.version)
        answering.forget([line for taught, line in found if taught is None or taught.ref not in self.usable])
        answering.teach([taught for taught, _line in found if taught is not None and taught.ref in self.usable])


_known: OrderedDict[uuid.UUID, Knowledge] = OrderedDict()
_lock = RLock()


def knowledge_of(household: Household) -> Knowledge:
    """Those asked for least lately are let go."""
    with _lock:
        found = _known.pop(household.uid, None) or Knowledge()
        _known[household.uid] = found
        while len(_known) > MOST:
            _known.popitem(last=False)
    return found


def answers_for(household: Household, asked: Sequence[Asked]) -> tuple[School | None, Knowledge, list[Answer]]:
    """What is made of each, with the school that says how far one goes with it."""
    school = next(iter(SCHOOL.objects()), None)
    knowledge = knowledge_of(household)
    return school, knowledge, knowledge.answers(school, asked)
