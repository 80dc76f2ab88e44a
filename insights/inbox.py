"""What insights offers to the inbox: what was filed by itself, and amounts that are unusual."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.history.refusal import Refused
from financeflow.inbox.sources import ACCEPT, MOST, Asking, Choice, Deciding, Door, InboxItem, InboxKind, Source
from financeflow.money.text import decimal_text, format_money
from financeflow.money.values import Money
from insights.queries.filed import FiledAlike, filed_by_itself
from insights.queries.unusual import UnusualPayment, unusual_payments
from ledger.actions.bulk import file_transactions
from ledger.models import Category, Transaction

FILED: Final = InboxKind("filed", gettext_lazy("Filed by itself"), "spark", 60)
UNUSUAL: Final = InboxKind("unusual", gettext_lazy("Unusual amounts"), "bulb", 35)


def sources() -> list[Source]:
    return [
        Source(UNUSUAL, lambda asking: len(_unusual(asking)), _unusual_items),
        Source(FILED, _count_filed, _filed_items, _confirm),
    ]


def _count_filed(asking: Asking) -> int:
    return sum(len(each.rows) for each in filed_by_itself(asking.household, asking.today, asking.gone))


def _filed_items(asking: Asking) -> list[InboxItem]:
    return [_filed_item(each) for each in filed_by_itself(asking.household, asking.today, asking.gone)[:MOST]]


def _filed_item(alike: FiledAlike) -> InboxItem:
    row, count = alike.latest, len(alike.rows)
    uids = tuple(str(each.uid) for each in alike.rows)
    words = ngettext("That is right", "All %(count)s are right", count) % {"count": count}
    many = _("%(count)s like this") % {"count": count}
    return InboxItem(
        key=f"{row.payee or 'words'}.{row.category}.{uids[-1]}",
        title=row.name or row.words or _("No payee"),
        keys=uids,
        below=row.account_name if count == 1 else many,
        money=Money(alike.total, row.currency),
        day=row.day,
        reason=_("filed by itself, nobody has looked at it yet"),
        confidence=alike.confidence,
        suggested=row.category_name,
        hue=row.hue,
        icon=row.icon,
        choices=(Choice(ACCEPT, words, str(row.category)),),
        change=Door(_("Choose a category"), reverse("transaction_bulk", args=["file"]), (("pick", ",".join(uids)),)),
        url=reverse("transaction_show", args=[row.uid]),
        dismiss=_("Do not ask"),
    )


def _confirm(deciding: Deciding) -> None:
    """Filed where it is, by a person: from this it is learned."""
    category = Category.objects.filter(uid=deciding.choice.value, trashed_at=None).first()
    rows = Transaction.objects.filter(uid__in=deciding.item.keys, trashed_at=None)
    if category is None or not rows.exists():
        raise Refused(_("This is not waiting any more."))
    file_transactions(household=deciding.household, by=deciding.by, rows=rows, category=category)


def _unusual(asking: Asking) -> list[UnusualPayment]:
    found = unusual_payments(asking.household, asking.today)
    return [each for each in found if str(each.paid.uid) not in asking.gone]


def _unusual_items(asking: Asking) -> list[InboxItem]:
    return [_unusual_item(each, asking.household.locale) for each in _unusual(asking)[:MOST]]


def _unusual_item(payment: UnusualPayment, locale: str) -> InboxItem:
    paid, found = payment.paid, payment.found
    uid = str(paid.uid)
    tenths = found.tenths // 10 * 10 if found.is_round else found.tenths
    words = {
        "times": decimal_text(tenths, 1).removesuffix(".0"),
        "who": paid.name,
        "usual": format_money(found.usual, paid.currency, locale),
    }
    return InboxItem(
        key=uid,
        title=paid.name,
        keys=(uid,),
        below=paid.account_name,
        money=Money(-paid.amount, paid.currency),
        day=paid.day,
        reason=_("%(times)s times what “%(who)s” usually costs, which is %(usual)s") % words,
        choices=(Choice(ACCEPT, _("That is right")),),
        change=Door(_("Mend it"), reverse("transaction_edit", args=[uid])),
        url=reverse("transaction_show", args=[uid]),
        dismiss=_("Do not ask"),
    )
