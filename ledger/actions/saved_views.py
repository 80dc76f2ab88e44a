"""Every write to saved views: searches that a member keeps under a name, and that no other member hears of."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.db.models import Max
from django.utils.translation import gettext as _

from financeflow.history.editing import locked
from financeflow.history.recording import Recording, recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger.actions.ordering import move_beside
from ledger.models import SavedView
from ledger.queries.saved_views import MOST_VIEWS, saved_views

TOPIC = "views.changed"


def _writing(household: Household, by: User, verb: str, summary: str) -> AbstractContextManager[Recording]:
    return recording(household=household, by=by, verb=verb, summary=summary, topic=TOPIC, private_to=by)


def add_saved_view(*, household: Household, by: User, name: str, query: str) -> SavedView:
    """Keep a search under a name, last in order."""
    view = SavedView(household=household, member=by, name=name, query=query)
    summary = _("Saved the view “%(name)s”") % {"name": name}
    with _writing(household, by, "view.added", summary) as record:
        mine = saved_views(by)
        if mine.count() >= MOST_VIEWS:
            raise Refused(_("You have %(most)s views already. Delete one first.") % {"most": MOST_VIEWS})
        view.position = 1 + (mine.aggregate(last=Max("position"))["last"] or 0)
        record.add(view)
    return view


def change_saved_view(*, view: SavedView, by: User, name: str, query: str) -> None:
    summary = _("Changed the view “%(name)s”") % {"name": view.name}
    with _writing(view.household, by, "view.changed", summary) as record:
        record.change(locked(view), name=name, query=query)


def delete_saved_view(*, view: SavedView, by: User) -> None:
    summary = _("Deleted the view “%(name)s”") % {"name": view.name}
    with _writing(view.household, by, "view.deleted", summary) as record:
        record.remove(locked(view))


def move_saved_view(*, view: SavedView, by: User, step: int) -> None:
    """One place forward (-1) or back (1)."""
    summary = _("Moved the view “%(name)s”") % {"name": view.name}
    with _writing(view.household, by, "view.moved", summary) as record:
        move_beside(record, list(saved_views(by).select_for_update()), view, step)
