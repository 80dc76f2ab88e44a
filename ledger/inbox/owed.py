"""Money in that may have come back for something that was spent."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.history.refusal import Refused
from financeflow.inbox.sources import ACCEPT, Asking, Choice, Deciding, Door, InboxItem, InboxKind, Source
from ledger.actions.matching import dismiss_pair
from ledger.actions.refunds import link_money_back, link_refund
from ledger.models import Line, RefundLink, Transaction
from ledger.queries.refunds import RefundPair, refund_suggestions
from ledger.queries.reports.keeping import kept

_JOINED = ("transaction__account__private_to", "transaction__account__household", "transaction__household")


def _pairs(asking: Asking) -> list[RefundPair]:
    household, today = asking.household, asking.today
    return kept(household, "inbox_refunds", lambda: refund_suggestions(household, today=today), on=today)


def _count(asking: Asking) -> int:
    return len(_pairs(asking))


def _items(asking: Asking) -> list[InboxItem]:
    return [_item(pair) for pair in _pairs(asking)]


def _item(pair: RefundPair) -> InboxItem:
    refund, spent = pair.refund, pair.line.transaction
    key = f"{pair.line.uid}.{refund.uid}"
    # In another currency somebody has to say how much of it came back: the dialog asks for that.
    is_plain = refund.currency == spent.currency
    value = f"{key}.{pair.link.uid}" if pair.link else key
    return InboxItem(
        key=key,
        title=str(refund),
        keys=(key,),
        below=_("money back for “%(what)s”?") % {"what": spent},
        money=refund.money,
        day=refund.date,
        reason=", ".join(pair.reasons),
        confidence=pair.confidence,
        suggested=pair.line.category.name if pair.line.category else _("Money back"),
        hue=pair.line.category.hue if pair.line.category else None,
        icon=pair.line.category.icon if pair.line.category else "undo",
        choices=(Choice(ACCEPT, _("Link as money back"), value),) if is_plain else (),
        change=Door(_("Choose what it is for"), reverse("refund_link", args=[refund.uid])),
        url=reverse("transaction_show", args=[refund.uid]),
        dismiss=_("Not money back"),
    )


def _decide(deciding: Deciding) -> None:
    uid, came, *rest = deciding.choice.value.split(".")
    line, refund = _line(uid), _refund(came)
    if rest:
        link = RefundLink.objects.filter(uid=rest[0], line=line).first()
        if link is None:
            raise Refused(_("This is not waiting any more."))
        link.line = line
        link_refund(link=link, refund=refund, by=deciding.by)
    else:
        link_money_back(line=line, refund=refund, by=deciding.by)


def _dismiss(deciding: Deciding) -> None:
    uid, came = deciding.item.key.split(".")
    dismiss_pair(out=_line(uid).transaction, into=_refund(came), by=deciding.by)


def _line(uid: str) -> Line:
    found = Line.objects.select_related(*_JOINED, "transaction__payee").filter(uid=uid, is_kept=True).first()
    if found is None:
        raise Refused(_("This is not waiting any more."))
    return found


def _refund(uid: str) -> Transaction:
    rows = Transaction.objects.select_related("account__private_to", "account__household", "household", "payee")
    found = rows.filter(uid=uid, trashed_at=None).first()
    if found is None:
        raise Refused(_("This is not waiting any more."))
    return found


KIND = InboxKind("refund", gettext_lazy("Money back"), "undo", 40)
SOURCE = Source(KIND, _count, _items, _decide, _dismiss)
