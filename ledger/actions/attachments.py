"""Every write to attachments: receipts and papers put with a transaction, and taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.editing import locked
from financeflow.households.models import User
from ledger.actions.attaching import attach
from ledger.actions.writing import writing
from ledger.models import Attachment, Transaction
from ledger.papers import Paper


def add_attachments(*, transaction: Transaction, by: User | None, papers: Sequence[Paper]) -> list[Attachment]:
    """All of these papers with the transaction, or none."""
    names = ", ".join(f"“{paper.name}”" for paper in papers)
    words = ngettext("Attached %(names)s", "Attached %(count)s papers", len(papers))
    frame: dict[str, Any] = {"household": transaction.household, "by": by, "verb": "attachment.added"}
    summary = words % {"names": names, "count": len(papers)}
    with writing(**frame, summary=summary, accounts=[transaction.account], settles=False) as (record, _books):
        return attach(record, locked(transaction), papers)


def trash_attachment(*, attachment: Attachment, by: User | None) -> None:
    """To the trash for thirty days; its file waits there with it."""
    transaction = attachment.transaction
    frame: dict[str, Any] = {"household": attachment.household, "by": by, "verb": "attachment.deleted"}
    summary = _("Deleted the paper “%(name)s”") % {"name": attachment.name}
    with writing(**frame, summary=summary, accounts=[transaction.account], settles=False) as (record, _books):
        record.change(locked(attachment), trashed_at=timezone.now())
