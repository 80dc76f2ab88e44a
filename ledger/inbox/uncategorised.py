"""Transactions without a category, asked for by payee, each with what is likely."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.history.refusal import Refused
from financeflow.inbox.sources import ACCEPT, MOST, Asking, Choice, Deciding, Door, InboxItem, InboxKind, Source
from financeflow.money.values import Money
from ledger.actions.bulk import file_transactions
from ledger.calc.bands import Band
from ledger.calc.terms import Term
from ledger.models import Category, Payee, Transaction
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories
from ledger.queries.unfiled import Heap, count_unfiled, unfiled
from ledger.reporting.doors import list_url

FURTHER = 2


def _count(asking: Asking) -> int:
    return count_unfiled(asking.household, asking.gone)


def _items(asking: Asking) -> list[InboxItem]:
    heaps = unfiled(asking.household, asking.gone).heaps[:MOST]
    return [_item(heap, found) for heap, found in zip(heaps, _likely(asking, heaps), strict=True)]


def _likely(asking: Asking, heaps: Sequence[Heap]) -> list[list[Suggestion]]:
    keys = {heap.latest.payee for heap in heaps if heap.latest.payee}
    payees = Payee.objects.select_related("default_category").in_bulk(keys)
    asked = [
        Unfiled(
            amount=heap.latest.amount,
            currency=heap.latest.currency,
            payee=payees.get(heap.latest.payee or 0),
            words=heap.latest.words,
            account=heap.latest.account,
            day=heap.latest.day,
        )
        for heap in heaps
    ]
    return suggest_categories(asking.household, asked) if asked else []


def _item(heap: Heap, found: Sequence[Suggestion]) -> InboxItem:
    row = heap.latest
    if heap.is_part:
        return _part(heap)
    uids = tuple(str(each.uid) for each in heap.rows)
    best = next((each for each in found if each.band != Band.OPEN), None)
    further = [each for each in found if each is not best][:FURTHER]
    return InboxItem(
        key=f"{row.payee or 'words'}.{row.currency}.{'in' if row.amount > 0 else 'out'}.{uids[-1]}",
        title=heap.title or _("No payee"),
        keys=uids,
        below=row.account_name if len(uids) == 1 else _many(heap),
        money=Money(heap.total, row.currency),
        day=row.day,
        reason=best.reason if best else _("nothing like it was filed before"),
        confidence=best.percent if best else None,
        suggested=best.category.name if best else "",
        hue=best.category.hue if best else None,
        icon=best.category.icon if best else "",
        choices=(
            *([Choice(ACCEPT, _file_words(len(uids), best.category), str(best.category.uid))] if best else []),
            *(
                Choice(f"other-{place}", str(each.category), str(each.category.uid))
                for place, each in enumerate(further)
            ),
        ),
        change=Door(_("Choose a category"), reverse("transaction_bulk", args=["file"]), (("pick", ",".join(uids)),)),
        url=_address(heap),
        dismiss=_("Leave without a category"),
    )


def _file_words(count: int, category: Category) -> str:
    words = ngettext("File under “%(category)s”", "File all %(count)s under “%(category)s”", count)
    return words % {"count": count, "category": category}


def _many(heap: Heap) -> str:
    accounts = list(dict.fromkeys(row.account_name for row in heap.rows))
    where = accounts[0] if len(accounts) == 1 else _("several accounts")
    return _("%(count)s like this, %(where)s") % {"count": len(heap.rows), "where": where}


def _address(heap: Heap) -> str:
    row = heap.latest
    if len(heap.rows) == 1 or not row.name:
        return reverse("transaction_show", args=[row.uid])
    return list_url(f"{Term('payee', row.name)} {Term('is', 'uncategorised')}")


def _part(heap: Heap) -> InboxItem:
    row = heap.latest
    return InboxItem(
        key=f"part.{row.uid}",
        title=heap.title or _("No payee"),
        keys=(str(row.uid),),
        below=row.account_name,
        money=Money(row.amount, row.currency),
        day=row.day,
        reason=_("a part of a split has no category"),
        change=Door(_("Look at the split"), reverse("transaction_split", args=[row.uid])),
        url=reverse("transaction_show", args=[row.uid]),
        dismiss=_("Leave without a category"),
    )


def _decide(deciding: Deciding) -> None:
    category = Category.objects.filter(uid=deciding.choice.value, trashed_at=None).first()
    if category is None:
        raise Refused(_("This category is gone."))
    rows = Transaction.objects.filter(uid__in=deciding.item.keys, trashed_at=None)
    outcome = file_transactions(household=deciding.household, by=deciding.by, rows=rows, category=category)
    if not outcome.changed:
        raise Refused(outcome.why_left or _("This is not waiting any more."))


KIND = InboxKind("uncategorised", gettext_lazy("Without a category"), "tag", 50)
SOURCE = Source(KIND, _count, _items, _decide)
