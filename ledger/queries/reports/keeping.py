"""What a report worked out, kept until the books change; apart for who may see less, for each language and day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.utils.translation import get_language

from financeflow.events.remembering import remember
from financeflow.households.models import Household
from ledger.models.sight import hidden_accounts
from ledger.queries.reports.asked import Question

T = TypeVar("T")


def kept(
    asked: Question | Household, name: str, build: Callable[[], T], *, version: int | None = None, **params: Any
) -> T:
    """What `build` gives, kept until the household changes; `params` tell apart what is kept under one name.

    A question brings all that was asked with it. Who asks for much at once may read the household's version first and
    pass it on; nobody who has just written may. What comes back may be shared: read it, and change nothing in it.
    """
    household = asked.household if isinstance(asked, Question) else asked
    if isinstance(asked, Question):
        params |= {
            "period": (asked.period.first, asked.period.last, asked.period.kind),
            "line": asked.search.text(),
            "problems": [problem.sentence for problem in asked.search.problems],
            "compared": asked.compared,
            "choices": asked.choices,
            "today": asked.today,
        }
    params |= {"hidden": sorted(hidden_accounts(connection)), "language": get_language()}
    return remember(name, household_id=household.pk, version=version, build=build, **params)
