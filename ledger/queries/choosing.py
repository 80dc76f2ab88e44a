"""What one chooses from while writing a transaction: categories, payees, tags; the likeliest first, never too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from financeflow.households.models import Household
from ledger.calc.words import plain_words
from ledger.models import Category, Payee, Tag, Transaction, TransactionTag
from ledger.queries.categories import CategoryGroup, category_groups
from ledger.queries.payees import payees, tags
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories

MOST_PAYEES = 40
MOST_TAGS = 200
# Whoever stands in so many of the latest transactions is a recent payee.
RECENT = 300


@dataclass(frozen=True)
class CategoryChoices:
    """The categories to choose from: those that are likely, and all in their groups, the fitting kind first."""

    likely: list[Suggestion]
    groups: list[CategoryGroup]


def category_choices(household: Household, asked: Unfiled) -> CategoryChoices:
    [likely] = suggest_categories(household, [asked])
    return CategoryChoices(likely[:3], kept_groups(is_in=asked.amount > 0))


def kept_groups(*, is_in: bool) -> list[CategoryGroup]:
    """All categories in their groups but for the archived, those first that fit money in, or out."""
    fitting = Category.Kind.INCOME if is_in else Category.Kind.EXPENSE
    kept = [_without_archived(group) for group in category_groups() if group.category.archived_at is None]
    return sorted(kept, key=lambda group: group.category.kind != fitting)


def _without_archived(group: CategoryGroup) -> CategoryGroup:
    return CategoryGroup(group.category, [child for child in group.children if child.archived_at is None])


def payee_choices(words: str = "") -> list[Payee]:
    """The payees whose names or other spellings hold these words; without any, those of late and then the first."""
    key = plain_words(words)
    if not key:
        return _recent_payees()
    found = payees().filter(Q(key__contains=key) | Q(aliases__key__contains=key)).distinct()[: MOST_PAYEES * 5]
    return sorted(found, key=lambda payee: (not payee.key.startswith(key), f" {key}" not in payee.key))[:MOST_PAYEES]


def _recent_payees() -> list[Payee]:
    recent = [key for key, _times in Counter(_latest("payee_id")).most_common(MOST_PAYEES) if key]
    known = payees().in_bulk(recent)
    found = [known[key] for key in recent if key in known]
    more = payees().exclude(pk__in=recent)[: MOST_PAYEES - len(found)] if len(found) < MOST_PAYEES else []
    return [*found, *more]


def tag_choices(chosen: Collection[int] = ()) -> list[Tag]:
    """The tags: those already chosen, then those of late, then the others by name."""
    of_late = Counter(TransactionTag.objects.filter(transaction__in=_latest("pk")).values_list("tag_id", flat=True))
    found = {tag.pk: tag for tag in [*tags()[:MOST_TAGS], *tags().filter(pk__in={*chosen, *of_late})]}
    return sorted(found.values(), key=lambda tag: (tag.pk not in chosen, -of_late[tag.pk], tag.name.casefold()))


def _latest(column: str) -> list[int | None]:
    rows = Transaction.objects.filter(trashed_at=None).order_by("-date", "-pk")
    return list(rows.values_list(column, flat=True)[:RECENT])
