"""Putting papers with a transaction, within an open write, as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.history.recording import Recording
from financeflow.households.models import Household
from ledger.models import Attachment, Transaction
from ledger.papers import MOST_PAPERS, Paper
from ledger.queries.attachments import bytes_kept, papers_of

MEGABYTE = 1024 * 1024


def attach(record: Recording, transaction: Transaction, papers: Sequence[Paper]) -> list[Attachment]:
    """Put papers with a transaction; within an open write."""
    _check_room(transaction, papers)
    added = [_kept(transaction, paper) for paper in papers]
    for each in added:
        record.add(each)
    return added


def _kept(transaction: Transaction, paper: Paper) -> Attachment:
    fresh = Attachment(
        household=transaction.household,
        transaction=transaction,
        name=paper.name,
        content_type=paper.content_type,
        size=len(paper.content),
        digest=paper.digest,
        file=paper.file,
    )
    if small := paper.small_file:
        fresh.thumbnail = small
    return fresh


def _check_room(transaction: Transaction, papers: Sequence[Paper]) -> None:
    here = papers_of(transaction)
    if here.count() + len(papers) > MOST_PAPERS:
        words = _("A transaction holds up to %(most)s papers.")
        raise ValidationError({"papers": words % {"most": MOST_PAPERS}})
    known = set(here.values_list("digest", flat=True))
    for paper in papers:
        if paper.digest in known:
            raise ValidationError({"papers": _("%(name)s: this paper is attached already.") % {"name": paper.name}})
        known.add(paper.digest)
    most = _most_bytes(transaction.household)
    if bytes_kept() + sum(len(paper.content) for paper in papers) > most:
        words = _("This household keeps up to %(most)s MB of papers, and that is used up.")
        raise ValidationError({"papers": words % {"most": most // MEGABYTE}})


def _most_bytes(household: Household) -> int:
    megabytes: int = settings.SANDBOX_PAPERS_MB if household.expires_at else settings.PAPERS_MB
    return megabytes * MEGABYTE
