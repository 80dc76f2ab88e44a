"""Money out and money in that may be one transfer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.history.refusal import Refused
from financeflow.inbox.sources import ACCEPT, ALL, Asking, Choice, Deciding, Door, InboxItem, InboxKind, Source
from ledger.actions.matching import dismiss_pair, pair_transfers
from ledger.models import Transaction
from ledger.queries.matching import TransferPair, transfer_suggestions
from ledger.queries.reports.keeping import kept
from ledger.queries.transactions import transactions

Two = tuple[Transaction, Transaction]


def _pairs(asking: Asking) -> list[TransferPair]:
    """Slow where there is much: the two sides are looked for among all that moved within a year."""
    household, today = asking.household, asking.today
    return kept(household, "inbox_transfers", lambda: transfer_suggestions(household, today=today), on=today)


def _count(asking: Asking) -> int:
    return len(_pairs(asking))


def _items(asking: Asking) -> list[InboxItem]:
    pairs = _pairs(asking)
    sure = " ".join(_key(pair) for pair in pairs if pair.is_sure)
    return [_item(pair, sure) for pair in pairs]


def _key(pair: TransferPair) -> str:
    return f"{pair.out.uid}.{pair.into.uid}"


def _item(pair: TransferPair, sure: str) -> InboxItem:
    count = len(sure.split())
    every = ngettext("Link the %(count)s that is sure", "Link all %(count)s that are sure", count) % {"count": count}
    return InboxItem(
        key=_key(pair),
        title=_("%(out)s to %(in)s") % {"out": pair.out.account, "in": pair.into.account},
        keys=(_key(pair),),
        below=" · ".join(dict.fromkeys(str(side) for side in (pair.out, pair.into))),
        money=pair.into.money,
        day=pair.out.date,
        reason=", ".join(pair.reasons),
        confidence=pair.confidence,
        suggested=_("Transfer"),
        icon="swap",
        choices=(
            Choice(ACCEPT, _("Link as a transfer"), _key(pair)),
            *([Choice(ALL, every, sure)] if pair.is_sure and count > 1 else []),
        ),
        change=Door(_("Choose the other side"), reverse("transfer_pair", args=[pair.out.uid])),
        url=reverse("transaction_show", args=[pair.out.uid]),
        dismiss=_("Not a transfer"),
    )


def _decide(deciding: Deciding) -> None:
    pairs = _two(deciding.choice.value)
    pair_transfers(household=deciding.household, by=deciding.by, pairs=pairs)


def _dismiss(deciding: Deciding) -> None:
    [(out, into)] = _two(deciding.item.key)
    dismiss_pair(out=out, into=into, by=deciding.by)


def _two(said: str) -> list[Two]:
    """Pairs of public ids, apart by spaces."""
    named = [each.split(".") for each in said.split()]
    rows = transactions().select_related("account__private_to", "account__household", "household", "payee")
    found = {str(row.uid): row for row in rows.filter(uid__in=[uid for pair in named for uid in pair])}
    if not all(uid in found for pair in named for uid in pair):
        raise Refused(_("This is not waiting any more."))
    return [(found[out], found[into]) for out, into in named]


KIND = InboxKind("transfer", gettext_lazy("Possible transfers"), "swap", 20)
SOURCE = Source(KIND, _count, _items, _decide, _dismiss)
