"""Taking things back: undo, undo of an undo, the trash."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from financeflow.history import editing, queries
from financeflow.history.models import Change, ChangeSet
from financeflow.history.recording import Recording, State, recording, set_state, state_of
from financeflow.history.refusal import Refused, UndoRefused
from financeflow.tenancy.guards import RANKS
from financeflow.tenancy.scope import every_household

if TYPE_CHECKING:
    from financeflow.households.models import Household, Membership


@transaction.atomic
def undo_change(change_set: ChangeSet, *, by: Membership) -> ChangeSet:
    """Put every row back to what it was before; undoing an undo does the thing again."""
    change_set = (
        ChangeSet.objects.select_for_update(of=("self",)).select_related("household", "undoes").get(pk=change_set.pk)
    )
    _may_undo(change_set, by)
    chain = _chain(change_set)
    again = len(chain) % 2 == 0
    words = _("Did again: %(what)s") if again else _("Undid: %(what)s")
    with recording(
        household=change_set.household,
        by=by.user,
        verb="history.redone" if again else "history.undone",
        summary=words % {"what": chain[-1].summary},
        topic=change_set.topic,
        needs=change_set.needs,
        undoes=change_set,
    ) as record:
        for change in reversed(list(change_set.changes.all())):
            try:
                _take_back(record, change)
            except ValidationError as error:
                raise UndoRefused(" ".join(error.messages)) from error
    _mark(chain, record.change_set.at)
    return record.change_set


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


def _may_undo(change_set: ChangeSet, by: Membership) -> None:
    if not change_set.is_undoable:
        raise UndoRefused(_("This cannot be undone here: %(what)s") % {"what": change_set.summary})
    if change_set.undone_at:
        raise UndoRefused(_("This was undone already: %(what)s") % {"what": change_set.summary})
    if RANKS[by.role] < RANKS[change_set.needs]:
        raise UndoRefused(_("Only an owner of the household may undo this."))


def _take_back(record: Recording, change: Change) -> None:
    model = apps.get_model(change.model)
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=change.row_id).first()
    if change.before is None:
        _remove_added(record, change, row)
    elif change.after is None:
        _add_removed(record, change, model, row)
    else:
        _change_back(record, change, row)


def _remove_added(record: Recording, change: Change, row: models.Model | None) -> None:
    differing = _differing(row, change.after or {})
    if row is None or differing:
        raise _conflict(change, differing)
    try:
        record.remove(row)
    except models.ProtectedError as error:
        raise UndoRefused(_("“%(label)s” is in use and cannot go.") % {"label": change.label}) from error


def _add_removed(record: Recording, change: Change, model: type[models.Model], row: models.Model | None) -> None:
    if row is not None:
        raise _conflict(change, set(change.before or {}))
    fresh = model()
    set_state(fresh, change.before or {})
    try:
        with transaction.atomic():
            record.add(fresh)
    except (IntegrityError, models.ObjectDoesNotExist) as error:
        raise UndoRefused(_("What “%(label)s” belonged to is gone.") % {"label": change.label}) from error


def _change_back(record: Recording, change: Change, row: models.Model | None) -> None:
    differing = _differing(row, change.after or {})
    if row is None or differing:
        raise _conflict(change, differing)
    target = type(row)()
    set_state(target, change.before or {})
    record.change(row, **{name: getattr(target, name) for name in change.before or {}})


def _differing(row: models.Model | None, expected: State) -> set[str]:
    """The fields that are no longer as the change left them; all of them when the row is gone."""
    if row is None:
        return set(expected)
    now = state_of(row)
    return {name for name, value in expected.items() if name in now and now[name] != value}


def _conflict(change: Change, differing: set[str]) -> UndoRefused:
    blocker = queries.change_after(change, differing)
    if blocker is None:
        return UndoRefused(_("“%(label)s” is gone for good, so this cannot be undone.") % {"label": change.label})
    return UndoRefused(_("“%(label)s” was changed since. Undo that first:") % {"label": change.label}, blocker)


def restore_from_trash(row: Any, *, household: Household, by: Membership) -> None:
    """Take one thing out of the trash."""
    summary = _("Took “%(label)s” out of the trash") % {"label": row}
    with recording(household=household, by=by.user, verb="trash.restored", summary=summary) as record:
        try:
            record.change(editing.locked(row), trashed_at=None)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error


def empty_trash(*, before: datetime) -> int:
    """Delete for good what was thrown away before then; what is still in use waits for the next time."""
    gone = 0
    with every_household("the trash of all households is emptied together"):
        for model in queries.trashable_models():
            rows: Any = model._default_manager
            for row in rows.filter(trashed_at__lt=before).iterator():
                try:
                    gone += row.delete()[0]
                except models.ProtectedError:
                    continue
    return gone
