"""Every write to lessons: what a change of the books teaches, and how guesses fared that were made before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from insights.calc.asking import Asked, Guess
from insights.calc.memory import MOST_OF_A_NAME
from insights.models import Forgotten, Lesson, Outcome, School
from insights.queries.forgetting import forgotten_by
from insights.queries.knowledge import answers_for
from insights.queries.lessons import Filed, all_filed_lines, filed_lines, refiled, touched_lines
from ledger.calc.bands import Band, band_of
from ledger.models.many import OneOf

T = TypeVar("T")
# A change of more rows is learned by a task: whoever made it does not wait for that.
AT_ONCE: Final = 200
CHUNK: Final = 1000
# So many things that one change files are looked at for how guesses fared.
MOST_JUDGED: Final = 50
OUTCOMES_KEPT: Final = timedelta(days=550)
_NEW: Final = ("account_id", "payee_id", "key", "words", "category_id", "amount", "currency", "day")
_KEPT: Final = ("taught_at", "version", "forgotten")


def school_held(household: Household) -> School:
    """The household's school, held until the write is over; opened when there is none."""
    School.objects.get_or_create(household=household)
    return School.objects.select_for_update().get()


@transaction.atomic
def learn_change(*, household: Household, change_set: int) -> int:
    """What one committed change-set teaches; done twice it comes to the same. How many lessons it made or ended."""
    found = ChangeSet.objects.filter(pk=change_set).first()
    if found is None:
        return 0
    school = school_held(household)
    lines = filed_lines(touched_lines(change_set))
    before = refiled(change_set)
    if found.by_id and not found.undoes_id:
        _judge(household, school, {each.line: each for each in lines}, before)
    # What is taken back was not said anew: where it was forgotten, it is again.
    said, taken_back = (set(), set(before)) if found.undoes_id else (set(before), set())
    changed = _keep(household, school, lines, said=said, taken_back=taken_back)
    if change_set in school.waiting:
        school.waiting = [each for each in school.waiting if each != change_set]
        school.save(update_fields=["waiting"])
    return changed


def categories_changed(*, household: Household) -> None:
    """Whoever remembers categories looks again."""
    school = school_held(household)
    school.epoch += 1
    school.save(update_fields=["epoch"])


@transaction.atomic
def put_off(*, household: Household, change_set: int) -> None:
    """A change that is too large to be learned at once is noted, so that it is not lost."""
    school = school_held(household)
    if change_set not in school.waiting:
        school.waiting = [*school.waiting, change_set]
        school.save(update_fields=["waiting"])


@transaction.atomic
def learn_history(*, household: Household) -> int:
    """What the books hold already: of each name what was filed last."""
    school = school_held(household)
    seen: Counter[tuple[str, bool]] = Counter()
    changed = 0
    for some in _in_parts(_latest_of_each_name(seen)):
        changed += _keep(household, school, some)
    school.is_new = False
    school.save(update_fields=["is_new"])
    return changed


def _in_parts(every: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(every)
    while some := list(islice(rest, CHUNK)):
        yield some


def _latest_of_each_name(seen: Counter[tuple[str, bool]]) -> Iterable[Filed]:
    for each in all_filed_lines():
        if each.teaches and seen[each.key, each.amount > 0] < MOST_OF_A_NAME:
            seen[each.key, each.amount > 0] += 1
            yield each


def _keep(
    household: Household,
    school: School,
    lines: Sequence[Filed],
    *,
    said: Collection[int] = (),
    taken_back: Collection[int] = (),
) -> int:
    """The lessons of these lines as they are now. One that says the same as before was not said anew."""
    known = {each.line_id: each for each in Lesson.objects.filter(OneOf("line_id", [each.line for each in lines]))}
    refiled_now, spared = {*said, *taken_back}, {*known, *said}.difference(taken_back)
    gone = forgotten_by([each for each in lines if each.line not in spared])
    now, fresh, changed = timezone.now(), [], []
    for each in lines:
        lesson = known.get(each.line)
        if lesson is None and each.teaches:
            fresh.append(_lesson(household, each, now, is_said=each.line in refiled_now))
            fresh[-1].forgotten = gone.get(each.line)
        elif lesson is not None and _became(lesson, each, gone if each.line in refiled_now else None):
            lesson.taught_at = now
            changed.append(lesson)
    if fresh or changed:
        school.version += 1
        school.save(update_fields=["version"])
    for lesson in (*fresh, *changed):
        lesson.version = school.version
    Lesson.objects.bulk_create(fresh)
    Lesson.objects.bulk_update(changed, [*(name.removesuffix("_id") for name in _NEW), *_KEPT], CHUNK)
    return len(fresh) + len(changed)


def _lesson(household: Household, each: Filed, now: datetime, *, is_said: bool) -> Lesson:
    """What came already filed was said on its day, as far as that is past; what a person files now is said now."""
    then = datetime.combine(each.day, time(12), tzinfo=UTC)
    return Lesson(household=household, line_id=each.line, taught_at=now if is_said else min(now, then), **_values(each))


def _values(each: Filed) -> dict[str, Any]:
    return {
        "account_id": each.account,
        "payee_id": each.payee,
        "key": each.key[:160],
        "words": each.words,
        "category_id": each.category if each.teaches else None,
        "amount": each.amount,
        "currency": each.currency,
        "day": each.day,
    }


def _became(lesson: Lesson, each: Filed, gone: Mapping[int, Forgotten] | None) -> bool:
    """Whether it teaches something else now, which it is given; said anew, it is forgotten no more."""
    values = _values(each)
    if gone is not None:
        by = gone.get(each.line)
        values["forgotten_id"] = by.pk if by else None
    differs = any(getattr(lesson, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(lesson, name, value)
    return differs


def _judge(household: Household, school: School, lines: dict[int, Filed], before: dict[int, dict[str, Any]]) -> None:
    """How the guesses fared for what a person filed now: one for each name, as it would have been guessed before."""
    asked: dict[str, Filed] = {}
    for line in before:
        each = lines.get(line)
        if each is not None and each.teaches:
            asked.setdefault(each.key, each)
    some = list(islice(asked.values(), MOST_JUDGED))
    if not some:
        return
    _school, _knowledge, answers = answers_for(household, [_asked(each) for each in some])
    Outcome.objects.bulk_create(
        _outcome(household, school, each, before[each.line], answer.guesses[:1])
        for each, answer in zip(some, answers, strict=True)
    )


def _asked(each: Filed) -> Asked:
    return Asked(
        words=each.words,
        key=each.key,
        amount=each.amount,
        currency=each.currency,
        account=each.account,
        day=each.day.day,
    )


def _outcome(
    household: Household, school: School, each: Filed, before: dict[str, Any], guesses: Sequence[Guess]
) -> Outcome:
    """What had been filed by itself is judged as it was; else what would have been said."""
    if percent := before.get("learned"):
        guess, band = before.get("category_id"), Band.FILED
    elif guesses:
        confidence = guesses[0].confidence
        guess, percent = guesses[0].ref, int(confidence * 100)
        band = band_of(confidence, filed_from=school.filed_from, suggested_from=school.suggested_from)
    else:
        guess, percent, band = None, 0, Band.OPEN
    is_right = guess == each.category
    said: dict[str, Any] = {"guess_id": guess, "percent": percent, "band": band.value, "is_right": is_right}
    words = {"key": each.key, "words": each.words, "account_id": each.account}
    return Outcome(household=household, category_id=each.category, **words, **said)


@transaction.atomic
def forget_old(*, household: Household) -> int:
    """Lessons that teach nothing any more, those that newer ones of their name stand before, and old outcomes."""
    old = Outcome.objects.filter(at__lt=timezone.now() - OUTCOMES_KEPT)
    count = old.delete()[0] + Lesson.objects.filter(category=None).delete()[0]
    many: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for pk, key, amount in Lesson.objects.order_by("-taught_at", "-pk").values_list("pk", "key", "amount"):
        many[key, amount > 0].append(pk)
    gone = [pk for keys in many.values() for pk in keys[MOST_OF_A_NAME:]]
    for some in _in_parts(gone):
        count += Lesson.objects.filter(OneOf("pk", some)).delete()[0]
    return count
