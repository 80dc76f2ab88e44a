"""Every write to lessons: what a change of the books teaches. What a lesson says follows from its line and history."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from insights.actions.judging import judge
from insights.calc.memory import MOST_OF_A_NAME
from insights.models import Forgotten, Lesson, Outcome, School
from insights.queries.forgetting import forgotten_by
from insights.queries.lessons import Filed, filed_lines, has_more_lines, latest_first, lessons_of, lines_that_teach
from insights.queries.lessons import school as school_there
from insights.queries.telling import CATEGORY, Said, Told, said_of, told_by
from ledger.models.many import OneOf

T = TypeVar("T")
# A change of more rows is learned by a task: whoever made it does not wait for that.
AT_ONCE: Final = 200
CHUNK: Final = 1000
# Up to so many rows are quicker written one by one.
FEW: Final = 10
OUTCOMES_KEPT: Final = timedelta(days=550)
_NEW: Final = (
    *("account", "payee", "key", "words", "category", "amount", "currency", "day", "taught_at", "forgotten", "version"),
)
# Lessons of one name and way of money in one account: more of them change nothing.
Name = tuple[int, str, bool]
log = logging.getLogger(__name__)


def school_held(household: Household) -> School:
    """The household's school, held until the write is over; opened when there is none."""
    school = School.objects.select_for_update().first()
    if school is None:
        School.objects.get_or_create(household=household)
        school = School.objects.select_for_update().get()
    return school


def hear(*, household: Household, change_set: int, touched: int, models: Collection[str]) -> bool:
    """Learn from what was committed now; false where that is left to a task, which shall be sent."""
    school = school_there()
    if school is None or school.is_new:
        if touched > AT_ONCE or has_more_lines(AT_ONCE):
            return put_off(household=household, change_set=change_set, models=models)
        learn_history(household=household)
        return True
    if touched > AT_ONCE:
        return put_off(household=household, change_set=change_set, models=models)
    try:
        learn_change(household=household, change_set=change_set)
    except Exception:
        log.exception("A change was not learned at once.")
        return put_off(household=household, change_set=change_set, models=models)
    return True


@transaction.atomic
def put_off(*, household: Household, change_set: int, models: Collection[str] = ()) -> bool:
    """Note a change for a task, so that it is not lost; true where one is on its way already."""
    school = school_held(household)
    is_sent = school.is_new and bool(school.waiting)
    if CATEGORY in models:
        school.epoch += 1
    if change_set not in school.waiting:
        school.waiting = [*school.waiting, change_set]
    school.save(update_fields=["waiting", "epoch"])
    return is_sent


def learn_all(*, household: Household) -> int:
    """The history that was there first, then what waits; what cannot be learned stays, and holds up nothing else."""
    school = school_there()
    changed = learn_history(household=household) if school is None or school.is_new else 0
    failed: set[int] = set()
    while waiting := [each for each in _waiting() if each not in failed]:
        for change_set in waiting:
            try:
                changed += learn_change(household=household, change_set=change_set)
            except Exception:
                log.exception("A change cannot be learned.")
                failed.add(change_set)
    return changed


def _waiting() -> list[int]:
    school = school_there()
    return list(school.waiting) if school else []


def learn_change(*, household: Household, change_set: int) -> int:
    """What one committed act teaches; done twice it comes to the same. How many lessons it made or ended."""
    found = ChangeSet.objects.filter(pk=change_set).first()
    told = told_by(found) if found else Told()
    parts = [list(told.lines)] if len(told.lines) <= CHUNK else list(_in_parts(latest_first(told.lines)))
    seen: Counter[Name] = Counter()
    with transaction.atomic():
        school = school_held(household)
        lines = filed_lines(parts[0] if parts else ())
        if found:
            judge(household, found, [each for each in lines if each.line in told.refiled], told.refiled)
        changed = _keep(household, school, lines, seen)
        if told.begins_anew:
            school.epoch += 1
            school.save(update_fields=["epoch"])
        if len(parts) <= 1:
            _is_done(school, {change_set})
    for some in parts[1:]:
        changed += _learn_lines(household, some, seen)
    if len(parts) > 1:
        with transaction.atomic():
            _is_done(school_held(household), {change_set})
    return changed


def learn_history(*, household: Household) -> int:
    """What the books hold already: of each name what was filed last. What waits is in the books."""
    with transaction.atomic():
        waiting = set(school_held(household).waiting)
    seen: Counter[Name] = Counter()
    changed = sum(_learn_lines(household, some, seen) for some in _in_parts(lines_that_teach()))
    with transaction.atomic():
        school = school_held(household)
        school.is_new = False
        school.save(update_fields=["is_new"])
        _is_done(school, waiting)
    return changed


def _is_done(school: School, change_sets: Collection[int]) -> None:
    if any(each in change_sets for each in school.waiting):
        school.waiting = [each for each in school.waiting if each not in change_sets]
        school.save(update_fields=["waiting"])


def _in_parts(every: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(every)
    while some := list(islice(rest, CHUNK)):
        yield some


@transaction.atomic
def _learn_lines(household: Household, lines: Collection[int], seen: Counter[Name]) -> int:
    """As they are filed now, whatever they were when somebody found them: the school is held first."""
    school = school_held(household)
    return _keep(household, school, filed_lines(lines), seen)


def _keep(household: Household, school: School, lines: Sequence[Filed], seen: Counter[Name]) -> int:
    """The lessons of these lines as they are now; of each name the latest."""
    known = lessons_of(lines)
    wanted = [each for each in lines if each.lesson or _is_wanted(each, seen)]
    teaching = [each for each in wanted if each.teaches]
    said, forgotten = said_of([each.line for each in teaching]), forgotten_by(teaching)
    fresh: list[Lesson] = []
    changed: list[Lesson] = []
    for each in wanted:
        lesson = known[each.lesson] if each.lesson else Lesson(household=household, line_id=each.line)
        if _became(lesson, each, said.get(each.line), forgotten.get(each.line)):
            (changed if each.lesson else fresh).append(lesson)
    if fresh or changed:
        school.version += 1
        school.save(update_fields=["version"])
    for lesson in (*fresh, *changed):
        lesson.version = school.version
    if fresh:
        Lesson.objects.bulk_create(fresh)
    if len(changed) > FEW:
        Lesson.objects.bulk_update(changed, _NEW, CHUNK)
    else:
        for lesson in changed:
            lesson.save(update_fields=_NEW)
    return len(fresh) + len(changed)


def _is_wanted(each: Filed, seen: Counter[Name]) -> bool:
    if each.teaches:
        seen[each.account, each.key, each.amount > 0] += 1
    return each.teaches and seen[each.account, each.key, each.amount > 0] <= MOST_OF_A_NAME


def _became(lesson: Lesson, each: Filed, said: Said | None, forgotten: Forgotten | None) -> bool:
    """Whether it teaches something else now, which it is given. What history does not know was said on its day."""
    values: dict[str, Any] = {
        "account_id": each.account,
        "payee_id": each.payee,
        "key": each.key,
        "words": each.words,
        "category_id": each.category if each.teaches else None,
        "amount": each.amount,
        "currency": each.currency,
        "day": each.day,
    }
    if said is None and lesson._state.adding:
        said = Said(timezone.now(), came_filed=True)
    if said is not None:
        values["taught_at"] = said.moment(each.day)
    at = values.get("taught_at", lesson.taught_at)
    if lesson._state.adding or at != lesson.taught_at:  # what was said before it was forgotten stays so
        values["forgotten_id"] = forgotten.pk if forgotten and at <= forgotten.at else None
    differs = any(getattr(lesson, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(lesson, name, value)
    return differs


@transaction.atomic
def forget_old(*, household: Household) -> int:
    """Lessons that teach nothing any more, those that newer ones of their name stand before, and old outcomes."""
    school = school_held(household)
    gone = list(Lesson.objects.filter(category=None).values_list("pk", flat=True))
    many: dict[Name, list[int]] = defaultdict(list)
    lessons = Lesson.objects.exclude(category=None).order_by("-taught_at", "-day", "-line_id")
    for pk, account, key, amount in lessons.values_list("pk", "account_id", "key", "amount"):
        many[account, key, amount > 0].append(pk)
    gone += [pk for pks in many.values() for pk in pks[MOST_OF_A_NAME:]]
    for some in _in_parts(gone):
        Lesson.objects.filter(OneOf("pk", some)).delete()
    if gone:  # whoever did not hear yet that they teach nothing begins anew
        school.epoch += 1
        school.save(update_fields=["epoch"])
    old = Outcome.objects.filter(at__lt=timezone.now() - OUTCOMES_KEPT)
    return len(gone) + old.delete()[0]
