"""Taking things back: undo, undo of an undo, the trash."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from financeflow.history import editing, queries
from financeflow.history.keeping import Touched, kept, touched_by
from financeflow.history.keys import rows_at
from financeflow.history.models import ChangeSet
from financeflow.history.recording import Recording, recording
from financeflow.history.refusal import Refused, UndoRefused
from financeflow.history.states import state_of
from financeflow.history.taking_back import Step, quietly, take_back
from financeflow.tenancy.guards import RANKS
from financeflow.tenancy.scope import every_household, whole_household

if TYPE_CHECKING:
    from financeflow.households.models import Household, Membership


@transaction.atomic
def undo_change(change_set: ChangeSet, *, by: Membership, step: Step = quietly) -> ChangeSet:
    """Put every row back to what it was before; undoing an undo does the thing again.

    `step` is told how many of how many changes are taken back.
    """
    change_set = ChangeSet.objects.select_for_update(of=("self",)).select_related("household").get(pk=change_set.pk)
    see_that_it_may_be_undone(change_set, by)
    # What the change touched may have become private since, to another member: it is put back all the same.
    with whole_household():
        chain = _chain(change_set)
        with _in_words(), _undoing(chain, by) as record:
            take_back(record, change_set, step=step)
        _mark(chain, record.change_set.at)
    return record.change_set


@contextmanager
def _in_words() -> Iterator[None]:
    """Whatever says no to an undo, the person reads why."""
    try:
        yield
    except UndoRefused:
        raise
    except Refused as refusal:
        raise UndoRefused(str(refusal)) from refusal
    except ValidationError as error:
        raise UndoRefused(" ".join(error.messages)) from error
    except IntegrityError as error:
        raise UndoRefused(_("This does not go together with what was done since.")) from error


@contextmanager
def _undoing(chain: list[ChangeSet], by: Membership) -> Iterator[Recording]:
    """A recording of the undo, with everybody around it who keeps something."""
    undone, again = chain[0], len(chain) % 2 == 0
    words = _("Did again: %(what)s") if again else _("Undid: %(what)s")
    with (
        recording(
            household=undone.household,
            by=by.user,
            verb="history.redone" if again else "history.undone",
            summary=words % {"what": chain[-1].summary},
            topic=undone.topic,
            needs=undone.needs,
            undoes=undone,
            private_to=undone.private_to,
        ) as record,
        kept(household=undone.household, touched=lambda: touched_by(undone)),
    ):
        yield record


def _chain(change_set: ChangeSet) -> list[ChangeSet]:
    """The change, the change it undid, and so on down to what was done first."""
    chain = [change_set]
    while chain[-1].undoes:
        chain.append(chain[-1].undoes)
    return chain


def _mark(chain: list[ChangeSet], at: datetime) -> None:
    """Every second one, from the one just undone, is out of force; those between are in force again."""
    ChangeSet.objects.filter(pk__in=[each.pk for each in chain[::2]]).update(undone_at=at)
    ChangeSet.objects.filter(pk__in=[each.pk for each in chain[1::2]]).update(undone_at=None)


def see_that_it_may_be_undone(change_set: ChangeSet, by: Membership) -> None:
    """UndoRefused when it never may, was undone already, or is not for this member to undo."""
    if not change_set.is_undoable:
        raise UndoRefused(_("This cannot be undone here: %(what)s") % {"what": change_set.summary})
    if change_set.undone_at:
        raise UndoRefused(_("This was undone already: %(what)s") % {"what": change_set.summary})
    if RANKS[by.role] < RANKS[change_set.needs]:
        raise UndoRefused(_("Only an owner of the household may undo this."))


def restore_from_trash(row: Any, *, household: Household, by: Membership) -> None:
    """Take one thing out of the trash, with what went there together with it."""
    summary = _("Took “%(label)s” out of the trash") % {"label": row}
    # The other side of a transfer may stand in an account that another member keeps private.
    with whole_household(), transaction.atomic():
        rows = [each for each in (row, *row.trashed_with()) if each.trashed_at]
        with (
            recording(
                household=household,
                by=by.user,
                verb="trash.restored",
                summary=summary,
                private_to=queries.told_alone_to(row),
            ) as record,
            kept(household=household, touched=lambda: _out_of_the_trash(rows)),
        ):
            try:
                for each in sorted(rows, key=lambda each: each.pk):
                    record.change(editing.locked(each), trashed_at=None)
            except ValidationError as error:
                raise Refused(" ".join(error.messages)) from error


def _out_of_the_trash(rows: list[Any]) -> Iterator[Touched]:
    for row in rows:
        state = state_of(row)
        yield row._meta.label_lower, row.pk, state
        yield row._meta.label_lower, row.pk, {**state, "trashed_at": None}


def empty_trash(*, before: datetime) -> int:
    """Delete for good what was thrown away before then; what is still in use waits for the next time."""
    gone = 0
    with every_household("the trash of all households is emptied together"):
        for model in queries.trashable_models():
            for pks in queries.vanishing(model, before=before):
                gone += _vanish(model, pks)
    return gone


def _vanish(model: Any, pks: list[int]) -> int:
    """Together if they can go together, else one by one."""
    try:
        with transaction.atomic():
            rows = rows_at(model, pks)
            model.about_to_vanish(rows)
            return int(rows.delete()[0])
    except models.ProtectedError:
        return sum(_vanish(model, [pk]) for pk in pks) if len(pks) > 1 else 0
