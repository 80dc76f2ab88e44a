"""Words that stand in so many rows that an index had better not be asked for them: told by the rows of late.

An index brings together all that a word stands in before it gives the first: tens of milliseconds for one row in ten of
a million. Walking from the newest finds a page of such a word at once. A guess from a sample decides which is done, and
never what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from financeflow.events.remembering import remember
from financeflow.households.models import Household
from financeflow.tenancy.scope import current_viewer
from ledger.models import MonthTotal, Transaction

LOOKED_AT = 1000
# A word that stands in so many of those is met soon enough by walking.
OFTEN = 40
KEPT_SECONDS = 600
Choices = Sequence[str]


@dataclass(frozen=True)
class Sample:
    """The words of the latest rows, and how many rows there are in all."""

    lines: tuple[str, ...]
    total: int

    def rows_with(self, texts: Iterable[Choices]) -> int:
        """About how many rows hold one of each of these texts; none where walking would not find them soon."""
        lines = self.lines
        for choices in texts:
            begun = [f" {text}" for text in choices]
            lines = tuple(line for line in lines if any(text in line for text in begun))
        return self.total * len(lines) // len(self.lines) if len(lines) >= OFTEN else 0


def sample_of(household: Household) -> Sample:
    """As it was some minutes ago at most: whether it still holds changes nothing but how long a page takes."""
    viewer = current_viewer()
    lines, total = remember(
        "words_of_late",
        household_id=household.pk,
        version=0,
        seconds=KEPT_SECONDS,
        build=_look,
        viewer=viewer.user_id if viewer else None,
    )
    return Sample(lines, total)


def _look() -> tuple[tuple[str, ...], int]:
    latest = Transaction.objects.filter(trashed_at=None).order_by("-date", "-pk")
    lines = tuple(f" {payee} {words}" for payee, words in latest.values_list("payee_words", "words")[:LOOKED_AT])
    if len(lines) < LOOKED_AT:
        return lines, len(lines)
    return lines, int(MonthTotal.objects.aggregate(rows=Sum("transactions", default=0))["rows"])
