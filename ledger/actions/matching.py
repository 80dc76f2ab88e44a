"""Every write to suggested transfers: the two are linked, or said to be none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from financeflow.money.text import format_money
from ledger.actions.transfers import pair
from ledger.actions.writing import writing
from ledger.models import NoPair, Transaction, Transfer

Two = tuple[Transaction, Transaction]


def pair_transfers(*, household: Household, by: User | None, pairs: Sequence[Two]) -> list[Transfer]:
    """Each of these pairs becomes a transfer, as one change."""
    count = {"count": len(pairs)}
    summary = ngettext("Linked %(count)s transfer", "Linked %(count)s transfers", len(pairs)) % count
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "transfer.paired", "summary": summary}
    with writing(**frame, accounts=[side.account for two in pairs for side in two]) as (record, books):
        return [pair(record, books, household, out, into) for out, into in pairs]


def dismiss_pair(*, out: Transaction, into: Transaction, by: User | None) -> None:
    """Somebody says that the two do not belong together: they are not proposed again."""
    household = out.household
    if out.pk == into.pk or out.amount >= 0 or into.amount <= 0:
        raise Refused(_("Money goes out of one account and into the other."))
    what = {"money": format_money(into.amount, into.currency, household.locale), "out": out, "in": into}
    summary = _("“%(out)s” and “%(in)s” (%(money)s) do not belong together") % what
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "pair.dismissed", "summary": summary}
    with writing(**frame, accounts=[out.account, into.account], settles=False) as (record, _books):
        if not NoPair.objects.filter(outgoing=out, incoming=into).exists():
            record.add(NoPair(household=household, outgoing=out, incoming=into))
