"""The learning page: each of its parts is asked for when it is first looked at."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Final

from insights.queries.faring import CANDIDATES, Confusing, Fared, Lately, confusing_names, fared_by_month, fared_lately
from insights.queries.learned import Overview, overview
from insights.queries.schooling import Bounds, ByItself, Model, bounds, filed_by_itself, model_tried
from ledger.models import Account, Transaction

# So many of the names that were said last are tried on the model that ships.
NAMES_TRIED: Final = 200


class LearningSheet:
    """What was learned in the household in scope, as far as whoever looks may see."""

    def __init__(self, today: date) -> None:
        self.today = today

    @cached_property
    def bounds(self) -> Bounds:
        return bounds()

    @cached_property
    def overview(self) -> Overview:
        return overview(NAMES_TRIED, CANDIDATES)

    @property
    def count(self) -> int:
        return self.overview.count

    @cached_property
    def months(self) -> list[Fared]:
        return fared_by_month(self.today)

    @cached_property
    def lately(self) -> Lately:
        return fared_lately()

    @cached_property
    def confusing(self) -> list[Confusing]:
        return confusing_names(self.overview.in_turns)

    @cached_property
    def by_itself(self) -> ByItself:
        return filed_by_itself(self.today)

    @cached_property
    def model(self) -> Model:
        return model_tried(self.overview.said_last, self.bounds.suggested_from)

    @cached_property
    def has_transactions(self) -> bool:
        return Transaction.objects.filter(trashed_at=None).exists()


def has_private(member: int) -> bool:
    """Whether the member keeps an account private."""
    return Account.objects.filter(private_to=member, trashed_at=None).exists()
