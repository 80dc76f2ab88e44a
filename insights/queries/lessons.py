"""What was taught, as rows: which lines teach something, and what of it is newer than what one remembers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from financeflow.history.models import Change
from insights.calc.asking import Asked, Taught
from insights.calc.naming import key_of, words_of
from insights.models import Lesson, School
from ledger.models import Line
from ledger.models.many import OneOf

_LINE, _TRANSACTION, _PAYEE, _CATEGORY = "ledger.line", "ledger.transaction", "ledger.payee", "ledger.category"
# Changes of other tables teach nothing.
TELLING = frozenset((_LINE, _TRANSACTION, _PAYEE, _CATEGORY))
_COLUMNS = (
    *("line_id", "words", "key", "amount", "currency", "account_id", "day", "category_id", "taught_at"),
    "forgotten__at",
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A line as it is filed now; `teaches` nothing where nobody said so, or where it is one part of several."""

    line: int
    account: int
    payee: int | None
    key: str
    words: str
    category: int | None
    amount: int
    currency: str
    day: Any
    teaches: bool


def touched_lines(change_set: int) -> set[int]:
    """The lines that a change-set may have made teach something else: their own changes, those of what they are in."""
    changes = Change.objects.filter(change_set=change_set)
    rows: dict[str, set[int]] = {_LINE: set(), _TRANSACTION: set(), _PAYEE: set()}
    for model, row in changes.filter(model__in=list(rows)).values_list("model", "row_id"):
        rows[model].add(row)
    found = rows[_LINE]
    if rows[_TRANSACTION]:
        of_them = Line.objects.filter(OneOf("transaction_id", rows[_TRANSACTION]))
        found |= set(of_them.values_list("pk", flat=True))
    if rows[_PAYEE]:
        found |= set(Lesson.objects.filter(OneOf("payee_id", rows[_PAYEE])).values_list("line_id", flat=True))
    return found


def refiled(change_set: int) -> dict[int, dict[str, Any]]:
    """The lines that were there and got another category: what they were before."""
    changes = Change.objects.filter(change_set=change_set, model=_LINE, before__isnull=False, after__isnull=False)
    rows: Iterable[tuple[int, Any, Any]] = changes.values_list("row_id", "before", "after")
    return {row: before for row, before, after in rows if after.get("category_id") or _is_confirmed(before, after)}


def _is_confirmed(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Filed by itself before, and now by somebody under the same."""
    return bool(before.get("learned")) and after.get("learned") == 0


def filed_lines(lines: Collection[int]) -> list[Filed]:
    return [_filed(row) for row in _lines().filter(OneOf("pk", lines)).values_list(*_FILED, "several")]


def all_filed_lines() -> Iterator[Filed]:
    """Every line that teaches something, the latest first."""
    filed = _lines().filter(~_several(), is_kept=True, is_transfer=False, category__isnull=False, learned=0)
    for row in filed.order_by("-date", "-transaction_id", "-pk").values_list(*_FILED, "several").iterator(2000):
        yield _filed(row)


_FILED = (
    *("pk", "account_id", "transaction__payee_id", "transaction__payee__key", "transaction__payee__name"),
    *("transaction__description", "category_id", "amount", "transaction__currency", "date", "is_kept", "is_transfer"),
    "learned",
)


def _lines() -> QuerySet[Line]:
    return Line.objects.annotate(several=_several())


def _several() -> Exists:
    """Whether it is one part of several."""
    return Exists(Line.objects.filter(transaction=OuterRef("transaction")).exclude(pk=OuterRef("pk")))


def _filed(row: tuple[Any, ...]) -> Filed:
    pk, account, payee, payee_key, name, description, category, amount, currency, day, kept, moved, learned, many = row
    key, words = key_of(payee_key or "", description), words_of(name or "", description)
    teaches = bool(category and kept and key and not (moved or learned or many))
    return Filed(pk, account, payee, key, words, category, amount, currency, day, teaches)


def lessons_since(version: int) -> list[tuple[Taught | None, int]]:
    """Those that are newer than what one remembers, each with its line; none where it teaches nothing any more."""
    rows = Lesson.objects.filter(version__gt=version).order_by("taught_at", "pk").values_list(*_COLUMNS)
    return [(_taught(row), row[0]) for row in rows]


def _taught(row: tuple[Any, ...]) -> Taught | None:
    line, words, key, amount, currency, account, day, category, at, forgotten_at = row
    if category is None or forgotten_at is not None:
        return None
    asked = Asked(words=words, key=key, amount=amount, currency=currency, account=account, day=day.day)
    return Taught(line=line, asked=asked, ref=category, at=at.timestamp())


def school() -> School | None:
    """The one of the household in scope; none before anything was learned."""
    return School.objects.first()


def schools_behind() -> Iterable[int]:
    """Households whose history is not learned yet, or that wait with something."""
    behind = School.objects.filter(Q(is_new=True) | ~Q(waiting=[]))
    return behind.values_list("household_id", flat=True)
