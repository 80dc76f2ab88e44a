"""Every write to saved reports: addresses of reports that a member keeps under a name, for themselves or for all."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.db.models import Max
from django.utils.translation import gettext as _

from financeflow.history.editing import locked
from financeflow.history.recording import Recording, recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger.actions.ordering import move_beside
from ledger.models import SavedReport
from ledger.queries.saved_reports import MOST_REPORTS, saved_reports

TOPIC = "reports.changed"


def _writing(
    household: Household, by: User, verb: str, summary: str, *, shared: bool
) -> AbstractContextManager[Recording]:
    """Of what is not shared no other member hears."""
    private_to = None if shared else by
    return recording(household=household, by=by, verb=verb, summary=summary, topic=TOPIC, private_to=private_to)


def add_saved_report(
    *, household: Household, by: User, name: str, report: str, query: str, is_shared: bool = False
) -> SavedReport:
    """Keep a report under a name, last in order."""
    values = {"name": name, "report": report, "query": query, "is_shared": is_shared}
    saved = SavedReport(household=household, member=by, **values)
    summary = _("Saved the report “%(name)s”") % {"name": name}
    with _writing(household, by, "report.added", summary, shared=is_shared) as record:
        mine = saved_reports(by)
        if mine.count() >= MOST_REPORTS:
            raise Refused(_("You have %(most)s reports already. Delete one first.") % {"most": MOST_REPORTS})
        saved.position = 1 + (mine.aggregate(last=Max("position"))["last"] or 0)
        record.add(saved)
    return saved


def change_saved_report(*, saved: SavedReport, by: User, name: str, is_shared: bool) -> None:
    """Call it something else, share it, or share it no more."""
    summary = _("Changed the report “%(name)s”") % {"name": saved.name}
    was_shared = saved.is_shared
    with _writing(saved.household, by, "report.changed", summary, shared=is_shared or was_shared) as record:
        record.change(locked(saved), name=name, is_shared=is_shared)


def delete_saved_report(*, saved: SavedReport, by: User) -> None:
    summary = _("Deleted the report “%(name)s”") % {"name": saved.name}
    with _writing(saved.household, by, "report.deleted", summary, shared=saved.is_shared) as record:
        record.remove(locked(saved))


def move_saved_report(*, saved: SavedReport, by: User, step: int) -> None:
    """One place forward (-1) or back (1), among one's own."""
    summary = _("Moved the report “%(name)s”") % {"name": saved.name}
    with _writing(saved.household, by, "report.moved", summary, shared=False) as record:
        move_beside(record, list(saved_reports(by).select_for_update()), saved, step)
