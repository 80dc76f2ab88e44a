"""When a rule says no: the reason, in words for the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from financeflow.history.models import Change, ChangeSet
    from financeflow.tenancy.models import HouseholdOwned


class Refused(Exception):
    """A write that was not done, and why."""


class UndoRefused(Refused):
    """Why a change cannot be taken back, and the later change that stands in the way."""

    def __init__(self, message: str, in_the_way: ChangeSet | None = None) -> None:
        super().__init__(f"{message} {in_the_way.summary}" if in_the_way else message)
        self.message = message
        self.in_the_way = in_the_way


class EditConflict(Refused):
    """Somebody changed the row after this person had opened it; nothing was overwritten."""

    def __init__(self, row: HouseholdOwned, changes: list[Change]) -> None:
        super().__init__(_("“%(label)s” was changed while you had it open.") % {"label": row})
        self.row = row
        self.changes = changes
