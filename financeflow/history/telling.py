"""Who is told of what was done: what becomes private takes its past along, and brings it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from financeflow.history.models import Change, ChangeSet

if TYPE_CHECKING:
    from financeflow.households.models import User


def tell_only(member: User, *, touched: Mapping[str, Any]) -> None:
    """Tell one alone of the changes that touched these rows (keys by the label of their table) and none beside them."""
    ChangeSet.objects.filter(pk__in=_of_these_alone(touched), private_to=None).update(private_to=member)


def tell_everybody(member: User, *, touched: Mapping[str, Any]) -> None:
    """Tell of them to all the household again."""
    ChangeSet.objects.filter(pk__in=_of_these_alone(touched), private_to=member).update(private_to=None)


def _of_these_alone(touched: Mapping[str, Any]) -> list[int]:
    inside, beside = Q(pk__in=[]), Q(pk__in=[])
    for label, keys in touched.items():
        inside |= Q(model=label, row_id__in=keys)
        beside |= Q(model=label) & ~Q(row_id__in=keys)
    found = list(Change.objects.filter(inside).order_by().values_list("change_set", flat=True).distinct())
    others: set[int] = set()
    for start in range(0, len(found), 500):
        some = Change.objects.filter(beside, change_set__in=found[start : start + 500])
        others.update(some.order_by().values_list("change_set", flat=True).distinct())
    return [key for key in found if key not in others]
