"""Under which category something probably belongs: what a suggester is, and the plain one that asks a payee's past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc.bands import Band, band_of
from ledger.models import Category, Line, Payee
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.payees import transactions_by_payee

# So many of the latest transactions of a payee are asked.
PAST = 20
MOST_SURE = 99
# A habit is one from so many times on.
HABIT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfiled:
    """What is known of something that wants a category; `words` are a payee's name or what the bank wrote.

    An amount of zero says nothing, not even which way the money goes.
    """

    amount: int
    currency: str
    payee: Payee | None = None
    words: str = ""
    account: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category, why, how sure that is (from 0 to 1), and what may be done with it."""

    category: Category
    reason: str
    confidence: float
    band: Band = Band.SUGGESTED

    @property
    def percent(self) -> int:
        """Never 100: that is what a person says."""
        return min(MOST_SURE, int(self.confidence * 100))


class CategorySuggester(Protocol):
    """Likely categories for each of what is asked, likeliest first; none where nothing is known."""

    def __call__(self, household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]: ...


def suggest_categories(household: Household, asked: Sequence[Unfiled]) -> list[list[Suggestion]]:
    """What whoever settings.CATEGORY_SUGGESTER names suggests; else what the payees' past says."""
    name = settings.CATEGORY_SUGGESTER
    suggester = cast(CategorySuggester, import_string(name)) if name else by_past_of_payee
    return suggester(household, asked)


def by_past_of_payee(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    """The payee's usual category, then what its latest transactions were filed under; one question for each payee."""
    pasts = {payee.pk: _past_of(payee) for payee in {each.payee for each in asked if each.payee}}
    return [_suggested(each.payee, each.amount, pasts[each.payee.pk]) if each.payee else [] for each in asked]


def _past_of(payee: Payee) -> list[Line]:
    """The filed lines of the payee's latest transactions, latest first."""
    return OF_PAYEE.objects(payee=payee.pk)


def _of_payee() -> QuerySet[Line]:
    latest = transactions_by_payee().filter(payee=Slot("payee"), trashed_at=None).order_by("-date", "-pk")[:PAST]
    lines = Line.objects.filter(transaction__in=latest.values("pk"), is_transfer=False, category__trashed_at=None)
    filed = lines.filter(category__isnull=False, category__archived_at=None)
    return filed.select_related("category").order_by("-date", "-transaction_id", "position")


OF_PAYEE = Prepared(_of_payee, OUT_OF_SIGHT)


def _suggested(payee: Payee, amount: int, past: Sequence[Line]) -> list[Suggestion]:
    """Money in tells little about money out: lines that went the same way count, the others only where none did."""
    lines = [line for line in past if line.amount * amount > 0] or past
    counted = Counter(line.category_id for line in lines)
    categories = {line.category_id: line.category for line in lines if line.category}
    usual = payee.default_category
    found = []
    if usual and not usual.trashed_at and not usual.archived_at:
        found.append(Suggestion(usual, _("the usual category"), 1.0, Band.FILED))
    for key, times in counted.most_common():
        if not found or key != found[0].category.pk:
            said = _("%(times)s of %(all)s times") % {"times": times, "all": len(lines)}
            band = band_of(times / len(lines)) if times >= HABIT else Band.SUGGESTED
            found.append(Suggestion(categories[key], said, times / len(lines), band))
    return found
