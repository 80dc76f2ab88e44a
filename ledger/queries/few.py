"""Ways to the keys of transactions that may be few: each is told how many to bring at most."""

from __future__ import annotations

from ledger.models import Line, Transaction


class OfCategories:
    """A way to transactions by their categories."""

    def __init__(self, categories: set[int]) -> None:
        self.categories = categories

    def __call__(self, most: int) -> list[int]:
        lines = Line.objects.filter(category__in=self.categories, is_kept=True).order_by()
        return list(lines.values_list("transaction_id", flat=True)[:most])


class OfPayees:
    """A way to transactions by their payees."""

    def __init__(self, payees: set[int]) -> None:
        self.payees = payees

    def __call__(self, most: int) -> list[int]:
        rows = Transaction.objects.filter(payee__in=self.payees, trashed_at=None).order_by()
        return list(rows.values_list("pk", flat=True)[:most])


def first_learned(most: int) -> list[int]:
    """Of transactions that the app filed by itself."""
    lines = Line.objects.filter(learned__gt=0, is_kept=True).order_by()
    return list(lines.values_list("transaction_id", flat=True)[:most])


def first_unfiled(most: int) -> list[int]:
    """Of transactions without a category."""
    lines = Line.objects.filter(category=None, is_transfer=False, is_kept=True).order_by()
    return list(lines.values_list("transaction_id", flat=True)[:most])
