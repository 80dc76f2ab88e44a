"""What was taught, as rows: which lines teach something, and what of it is newer than what one remembers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from financeflow.tenancy.prepared import Keys, Prepared
from financeflow.tenancy.scope import whole_household
from insights.calc.asking import Asked, Taught
from insights.calc.naming import key_of, words_of
from insights.models import Lesson, School
from ledger.models import Line
from ledger.models.many import OneOf

LONGEST_KEY: Final = 160
_COLUMNS: Final = ("line_id", "words", "key", "amount", "currency", "account_id", "day", "category_id", "taught_at")


@dataclass(frozen=True, slots=True)
class Filed:
    """A line as it is filed now; `teaches` nothing where nobody said so, or where it is one part of several."""

    line: int
    # What it taught so far.
    lesson: int | None
    account: int
    payee: int | None
    # The category that the payee usually has.
    usual: int | None
    key: str
    words: str
    category: int | None
    amount: int
    currency: str
    day: date
    teaches: bool

    @property
    def asked(self) -> Asked:
        """What would be asked of it."""
        said: dict[str, Any] = {"amount": self.amount, "currency": self.currency, "account": self.account}
        return Asked(words=self.words, key=self.key, day=self.day.day, **said)


_FILED: Final = (
    *("pk", "lesson__pk", "account_id", "transaction__payee_id", "transaction__payee__default_category_id"),
    *("transaction__payee__key", "transaction__payee__name", "transaction__description", "category_id", "amount"),
    *("transaction__currency", "date", "is_kept", "is_transfer", "learned", "several"),
)


def named(payee_key: str, payee: str, description: str) -> tuple[str, str]:
    """What is alike for all that are the same, and all words that are said of it."""
    return key_of(payee_key, description)[:LONGEST_KEY], words_of(payee, description)


def filed_lines(lines: Collection[int]) -> list[Filed]:
    """The latest first, by their days."""
    with whole_household():
        return [_filed(row) for row in LINES.rows(lines=lines)] if lines else []


def _lines() -> QuerySet[Line, Any]:
    rows = Line.objects.filter(OneOf("pk", Keys("lines"))).annotate(several=_several())
    return rows.order_by("-date", "-pk").values_list(*_FILED)


LINES: Final = Prepared(_lines, whole=True)
LESSONS: Final = Prepared(lambda: Lesson.objects.filter(OneOf("pk", Keys("lessons"))).order_by(), whole=True)


def lessons_of(lines: Collection[Filed]) -> dict[int, Lesson]:
    """What they taught so far, by its key."""
    keys = [each.lesson for each in lines if each.lesson]
    with whole_household():
        return {each.pk: each for each in LESSONS.objects(lessons=keys)} if keys else {}


def latest_first(lines: Collection[int]) -> list[int]:
    """The same keys by their days, without those that are gone."""
    return list(Line.objects.filter(OneOf("pk", lines)).order_by("-date", "-pk").values_list("pk", flat=True))


def lines_that_teach() -> list[int]:
    """The keys of all of them, the latest first."""
    filed = Line.objects.filter(~_several(), is_kept=True, is_transfer=False, category__isnull=False, learned=0)
    return list(filed.order_by("-date", "-pk").values_list("pk", flat=True))


def has_more_lines(than: int) -> bool:
    return Line.objects.order_by()[than : than + 1].exists()


def _several() -> Exists:
    """Whether it is one part of several."""
    return Exists(Line.objects.filter(transaction=OuterRef("transaction")).exclude(pk=OuterRef("pk")))


def _filed(row: Sequence[Any]) -> Filed:
    (
        pk,
        lesson,
        account,
        payee,
        usual,
        payee_key,
        name,
        description,
        category,
        amount,
        currency,
        day,
        kept,
        moved,
        learned,
        several,
    ) = row
    key, words = named(payee_key or "", name or "", description)
    teaches = bool(category and kept and key and not (moved or learned or several))
    return Filed(pk, lesson, account, payee, usual, key, words, category, amount, currency, day, teaches)


def lessons_since(version: int) -> list[tuple[Taught, bool]]:
    """Those that are newer than what one remembers, the latest last, and whether each teaches anything still."""
    rows = Lesson.objects.filter(version__gt=version).order_by("taught_at", "day", "line_id")
    found = rows.values_list(*_COLUMNS, "forgotten__at")
    return [(_taught(row[:-1]), row[7] is not None and row[-1] is None) for row in found]


def _taught(row: tuple[Any, ...]) -> Taught:
    line, words, key, amount, currency, account, day, category, at = row
    asked = Asked(words=words, key=key, amount=amount, currency=currency, account=account, day=day.day)
    return Taught(line=line, asked=asked, ref=category, at=at.timestamp())


def school() -> School | None:
    """The one of the household in scope; none before anything was learned."""
    return next(iter(SCHOOL.objects()), None)


SCHOOL: Final = Prepared(School.objects.all)


def schools_behind() -> Iterable[int]:
    """Households whose history is not learned yet, or that wait with something."""
    behind = School.objects.filter(Q(is_new=True) | ~Q(waiting=[]))
    return behind.values_list("household_id", flat=True)
