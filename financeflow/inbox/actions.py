"""Every write of the inbox: an answer is carried out by whoever asked, and what is dismissed is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.recording import recording
from financeflow.history.refusal import Refused
from financeflow.inbox import queries
from financeflow.inbox.models import Dismissal
from financeflow.inbox.sources import ACCEPT, Choice, Deciding, InboxItem, Source

if TYPE_CHECKING:
    from financeflow.households.models import Household, User


def decide_item(
    *, household: Household, by: User | None, kind: str, key: str, choice: str = ACCEPT, stamp: str | None = None
) -> None:
    """Do what was chosen, if the question still is the one that was seen."""
    source, item = _waiting(household, kind, key, stamp)
    chosen = item.choice(choice)
    if chosen is None:
        raise Refused(_("“%(what)s” cannot be answered like this.") % {"what": item.title})
    deciding = Deciding(queries.asking(household, kind), item, chosen, by)
    if source.decide is None:
        _dismiss(source, deciding)
    else:
        source.decide(deciding)


def dismiss_item(*, household: Household, by: User | None, kind: str, key: str, stamp: str | None = None) -> None:
    """It is not asked again; nothing else is changed."""
    source, item = _waiting(household, kind, key, stamp)
    if not item.dismiss:
        raise Refused(_("“%(what)s” has to be answered.") % {"what": item.title})
    deciding = Deciding(queries.asking(household, kind), item, Choice("dismiss", item.dismiss), by)
    if source.dismiss is None:
        _dismiss(source, deciding)
    else:
        source.dismiss(deciding)


def _waiting(household: Household, kind: str, key: str, stamp: str | None) -> tuple[Source, InboxItem]:
    source = queries.source_of(kind)
    item = queries.find_item(household, kind, key)
    if source is None or item is None:
        raise Refused(_("This is not waiting any more."))
    if stamp is not None and stamp != item.stamp:
        raise Refused(_("“%(what)s” has changed meanwhile. Look again.") % {"what": item.title})
    return source, item


def _dismiss(source: Source, deciding: Deciding) -> None:
    """Told without a name: what it is about may be private, now or later."""
    fresh = _fresh(source.kind.key, deciding.item.keys)
    words = ngettext(
        "Left %(count)s out of the inbox: %(kind)s", "Left %(count)s out of the inbox: %(kind)s", len(fresh)
    )
    summary = words % {"count": len(fresh), "kind": source.kind.label}
    household = deciding.household
    with recording(household=household, by=deciding.by, verb="inbox.dismissed", summary=summary) as record:
        rows = [Dismissal(household=household, kind=source.kind.key, key=key, by=deciding.by) for key in fresh]
        record.add_many(rows)


def _fresh(kind: str, keys: Iterable[str]) -> list[str]:
    here = set(Dismissal.objects.filter(kind=kind).values_list("key", flat=True))
    return [key for key in keys if key not in here]
