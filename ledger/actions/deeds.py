"""What can be done to many transactions at once, each deed by its name and by what is said of it in plain JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from financeflow.jobs import actions as jobs
from financeflow.jobs.models import Job
from ledger.actions import bulk
from ledger.actions.bulk import Outcome, Rows
from ledger.models import Account, Category

BULK: Final = "ledger.bulk"
# So many are changed while somebody waits; more become a job.
AT_ONCE: Final = 2000


def do_deed(deed: str, *, household: Household, by: User | None, rows: Rows, said: dict[str, Any]) -> Outcome:
    """Do it to all these transactions, as one change."""
    return DEEDS[deed](household=household, by=by, rows=rows, **said)


def _file(*, category: str | None, **frame: Any) -> Outcome:
    found = Category.objects.filter(uid=category, trashed_at=None).first() if category else None
    if category and found is None:
        raise Refused(_("This category is no longer there."))
    return bulk.file_transactions(category=found, **frame)


def _move(*, account: str, **frame: Any) -> Outcome:
    found = Account.objects.filter(uid=account, trashed_at=None).first()
    if found is None:
        raise Refused(_("This account is no longer there."))
    return bulk.move_transactions(account=found, **frame)


DEEDS: Final[dict[str, Callable[..., Outcome]]] = {
    "file": _file,
    "payee": bulk.set_payee,
    "tag": bulk.tag_transactions,
    "move": _move,
    "shift": bulk.shift_transactions,
    "mark": bulk.mark_transactions,
    "trash": bulk.trash_transactions,
}


def start_deed(deed: str, *, household: Household, by: User, said: dict[str, Any], chosen: dict[str, Any]) -> Job:
    """The same as a job; `chosen` says which transactions, in the words of an address."""
    return jobs.start_job(household=household, by=by, kind=BULK, deed=deed, said=said, chosen=chosen)


def left_words(outcome: Outcome) -> str:
    """How many were left alone and why; nothing where none was."""
    if not outcome.left:
        return ""
    left = ngettext("%(count)s left as it is", "%(count)s left as they are", outcome.left) % {"count": outcome.left}
    return f"{left}: {outcome.why_left}"
