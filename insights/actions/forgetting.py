"""Every write that forgets: one name, all of them, or what one's private accounts taught; and what undo brings back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.recording import recording
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import whole_household
from insights.actions.learning import school_held
from insights.models import Forgotten, Lesson
from insights.queries.forgetting import forgotten_by, last_line, lessons_in_force, lessons_let_go, lessons_reached
from insights.queries.lessons import filed_lines
from ledger.models.many import OneOf

# So many lessons at once are looked at again when a forgetting is taken back.
CHUNK = 1000


def forget_name(*, household: Household, by: User | None, key: str, name: str) -> int:
    """What was taught of a name counts no more; how many lessons that were."""
    return _forget(household, by, Forgotten(household=household, by=by, key=key), _("Forgot “%s”") % name)


def forget_all(*, household: Household, by: User | None) -> int:
    """All that was taught where this member may look."""
    return _forget(household, by, Forgotten(household=household, by=by), _("Forgot all that was learned"))


def forget_private(*, household: Household, by: User) -> int:
    """All that this member's private accounts taught, and nothing else."""
    words = _("Forgot what your private accounts taught")
    return _forget(household, by, Forgotten(household=household, by=by, in_private=True), words)


@transaction.atomic
def _forget(household: Household, by: User | None, forgotten: Forgotten, words: str) -> int:
    """Nothing is recorded where nothing was known."""
    school = school_held(household)
    forgotten.at, forgotten.last_line = timezone.now(), last_line()
    with whole_household():
        lessons = lessons_reached(forgotten).filter(pk__in=lessons_in_force().values("pk"))
        count = lessons.count()
        if not count:
            return 0
        is_shared = lessons.filter(account__private_to=None).exists()
    private_to = None if is_shared else by
    with recording(
        household=household, by=by, verb="learning.forgotten", summary=words, private_to=private_to
    ) as record:
        record.add(forgotten)
        with whole_household():
            lessons.update(forgotten=forgotten)
        school.epoch += 1
        school.save(update_fields=["epoch"])
    return count


@transaction.atomic
def forgetting_changed(*, household: Household) -> None:
    """A forgetting was taken back or done again: what another one still reaches stays forgotten, the rest counts."""
    school = school_held(household)
    last = 0
    while some := list(lessons_let_go().filter(pk__gt=last).order_by("pk").values_list("pk", "line_id")[:CHUNK]):
        last = some[-1][0]
        found = forgotten_by(filed_lines([line for _lesson, line in some]))
        for row in {each.pk: each for each in found.values()}.values():
            lines = [line for line, by in found.items() if by == row]
            Lesson.objects.filter(OneOf("line_id", lines), taught_at__lte=row.at).update(forgotten=row)
    school.epoch += 1
    school.save(update_fields=["epoch"])


def reach_restored_lines() -> None:
    """The lines of restored books have other keys: those that were there then are all of them, by their days."""
    with whole_household():
        Forgotten.objects.update(last_line=last_line())
