"""What is forgotten: which lessons a forgetting reaches, and which lines teach no more because of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from financeflow.tenancy.scope import whole_household
from insights.models import Forgotten, Lesson
from insights.queries.lessons import Filed
from ledger.models import Account, Line


def lessons_in_force() -> QuerySet[Lesson]:
    """Those that teach something, as far as one may see; the row that forgets a lesson may have been taken back."""
    return Lesson.objects.filter(category__isnull=False, forgotten__at__isnull=True)


def last_line() -> int:
    """The line of the whole household that was written last."""
    with whole_household():
        return Line.objects.aggregate(last=Max("pk"))["last"] or 0


def accounts_reached(forgotten: Forgotten) -> QuerySet[Account]:
    """Those whoever forgot could see: the shared ones and their own, or their own alone."""
    own = Q(private_to=forgotten.by_id) if forgotten.by_id else Q(pk=None)
    shared = Q(pk=None) if forgotten.in_private else Q(private_to=None)
    return Account.objects.filter(own | shared, sealed_at=None)


def lessons_reached(forgotten: Forgotten) -> QuerySet[Lesson]:
    """What was said of the name by then, in whichever account it could see; for a scope of the whole household."""
    said = Lesson.objects.filter(line_id__lte=forgotten.last_line, taught_at__lte=forgotten.at)
    named = said.filter(key=forgotten.key) if forgotten.key else said
    return named.filter(account__in=accounts_reached(forgotten).values("pk"))


def forgotten_by(lines: Sequence[Filed]) -> dict[int, Forgotten]:
    """Lines that were there when something was forgotten which they would teach, each with what forgot it."""
    first = min((each.line for each in lines), default=0)
    rows = list(Forgotten.objects.filter(last_line__gte=first).order_by("pk")) if lines else []
    reached = {row.pk: set(accounts_reached(row).values_list("pk", flat=True)) for row in rows}
    return {each.line: row for row in rows for each in lines if _is_of(row, each, reached[row.pk])}


def _is_of(row: Forgotten, each: Filed, accounts: set[Any]) -> bool:
    return each.line <= row.last_line and row.key in ("", each.key[:160]) and each.account in accounts


def lessons_let_go() -> QuerySet[Lesson]:
    """Those whose forgetting was taken back."""
    standing = Forgotten.objects.filter(pk=OuterRef("forgotten_id"))
    return Lesson.objects.filter(~Exists(standing), forgotten_id__isnull=False)
