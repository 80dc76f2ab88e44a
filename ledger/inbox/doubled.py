"""Transactions that may be in the books twice."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.inbox.sources import ACCEPT, MOST, Asking, Choice, Deciding, Door, InboxItem, InboxKind, Source
from financeflow.money.values import Money
from financeflow.web.dates import day_text
from ledger.actions.bulk import trash_transactions
from ledger.models import Transaction
from ledger.queries.doubles import RECONCILED, Double, Entry, doubles


def _left(asking: Asking) -> list[Double]:
    return [each for each in doubles(asking.household, asking.today) if each.key not in asking.gone]


def _count(asking: Asking) -> int:
    return len(_left(asking))


def _items(asking: Asking) -> list[InboxItem]:
    return [_item(each, asking.household.locale) for each in _left(asking)[:MOST]]


def _item(double: Double, locale: str) -> InboxItem:
    later, first = double.later, double.first
    goes = first if later.status == RECONCILED else later
    return InboxItem(
        key=double.key,
        title=later.title or first.title or _("No payee"),
        keys=(double.key,),
        below=f"{later.account_name}: {_both(first, later, locale)}",
        money=Money(later.amount, later.currency),
        day=later.day,
        reason=", ".join(double.reasons),
        confidence=double.confidence,
        suggested=_("Twice"),
        icon="copy",
        choices=(Choice(ACCEPT, _("Throw the later one away"), str(goes.uid)),),
        change=Door(_("Look at the other one"), reverse("transaction_show", args=[first.uid]), whole=True),
        url=reverse("transaction_show", args=[later.uid]),
        dismiss=_("Both are right"),
    )


def _both(first: Entry, later: Entry, locale: str) -> str:
    """Their days; and their words where these differ."""
    days = {"one": _day(first, locale), "other": _day(later, locale)}
    if first.words == later.words:
        return _("%(one)s and %(other)s") % days
    said = {"said": first.words or first.title, "also": later.words or later.title}
    return _("“%(said)s” of %(one)s and “%(also)s” of %(other)s") % {**days, **said}


def _day(entry: Entry, locale: str) -> str:
    return day_text(entry.day, "day", language=get_language() or "en", locale=locale)


def _decide(deciding: Deciding) -> None:
    rows = Transaction.objects.filter(uid=deciding.choice.value, trashed_at=None)
    if not rows.exists():
        raise Refused(_("This is not waiting any more."))
    outcome = trash_transactions(household=deciding.household, by=deciding.by, rows=rows)
    if not outcome.changed:
        raise Refused(outcome.why_left)


KIND = InboxKind("duplicate", gettext_lazy("Possible duplicates"), "copy", 30)
SOURCE = Source(KIND, _count, _items, _decide)
