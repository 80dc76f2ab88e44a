"""Every write to money that is owed back: expected of a line, come back, given up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.history.editing import locked
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import User
from financeflow.money.text import format_money
from ledger.actions.books import Books
from ledger.actions.lines import check_owed, follow_with_refunds
from ledger.actions.writing import writing
from ledger.models import Line, RefundLink, Transaction
from ledger.queries.refunds import room_in


@contextmanager
def _writing(
    line: Line, by: User | None, verb: str, words: str, amount: int, who: str = "", refund: Transaction | None = None
) -> Iterator[tuple[Recording, Books]]:
    spending = line.transaction
    household = spending.household
    told = {
        "money": format_money(amount, spending.currency, household.locale),
        "who": who or str(spending),
        "what": str(spending),
    }
    accounts = [spending.account, *([refund.account] if refund else [])]
    frame: dict[str, Any] = {"household": household, "by": by, "verb": f"refund.{verb}", "summary": words % told}
    with writing(**frame, accounts=accounts, settles=False) as found:
        yield found


def expect_refund(
    *, line: Line, expected: int, owed_by: str = "", by: User | None, since: date | None = None
) -> RefundLink:
    """Somebody owes so much of what was spent; it is not yet back."""
    with _writing(line, by, "expected", _("%(money)s are owed back by “%(who)s”"), expected, owed_by) as (
        record,
        _books,
    ):
        line = _spent(line)
        _refuse_more(line, expected)
        link = _link(line, expected, owed_by, since or line.date)
        record.add(link)
    return link


def _link(line: Line, expected: int, owed_by: str, since: date) -> RefundLink:
    return RefundLink(
        household=line.household,
        line=line,
        expected=expected,
        currency=line.transaction.currency,
        owed_by=owed_by,
        since=since,
    )


def _spent(line: Line) -> Line:
    """The line, held, if money can come back for it."""
    spending = line.transaction
    line = locked(line)
    line.transaction = spending
    if not line.is_kept:
        raise Refused(_("“%(what)s” is in the trash.") % {"what": spending})
    if line.is_transfer or line.amount >= 0:
        raise Refused(_("Money comes back for what was spent; this is no spending."))
    return line


def _refuse_more(line: Line, amount: int, *, but: RefundLink | None = None, name: str = "expected") -> None:
    room = room_in(line, but=but)
    if amount <= 0:
        raise ValidationError({name: _("Write how much, above zero.")})
    if amount > room:
        money = format_money(room, line.transaction.currency, line.transaction.household.locale)
        raise ValidationError({name: _("No more than %(money)s of this can still come back.") % {"money": money}})


def link_refund(*, link: RefundLink, refund: Transaction, by: User | None, covers: int | None = None) -> RefundLink:
    """What was expected came back, or a part of it: the rest stays expected.

    In another currency somebody has to say how much it `covers`.
    """
    words = _("%(money)s came back for “%(what)s”")
    amount = _covered(link.line, refund, covers)
    with _writing(link.line, by, "linked", words, amount, refund=refund) as (record, books):
        line = _spent(link.line)
        link = locked(link)
        _refuse_settled(link)
        _refuse_more(line, amount, but=link, name="covers")
        rest = link.expected - amount
        _settle(record, books, line, link, refund, amount)
        if rest > 0:
            record.add(_link(line, rest, link.owed_by, link.since))
        check_owed(line)
    return link


def link_money_back(
    *, line: Line, refund: Transaction, by: User | None, covers: int | None = None, owed_by: str = ""
) -> RefundLink:
    """Money in turns out to be money back for a line that nobody expected any for."""
    words = _("%(money)s came back for “%(what)s”")
    amount = _covered(line, refund, covers)
    with _writing(line, by, "linked", words, amount, refund=refund) as (record, books):
        line = _spent(line)
        _refuse_more(line, amount, name="covers")
        link = _link(line, amount, owed_by, line.date)
        record.add(link)
        _settle(record, books, line, link, refund, amount)
    return link


def _covered(line: Line, refund: Transaction, covers: int | None) -> int:
    """How much of what was spent the refund is, in the currency in which it was spent."""
    if refund.currency == line.transaction.currency:
        if covers not in (None, refund.amount):
            raise ValidationError({"covers": _("In one currency as much came back as was booked.")})
        return refund.amount
    if covers is None:
        words = _("Write how much of it that covers, in %(currency)s.")
        raise ValidationError({"covers": words % {"currency": line.transaction.currency}})
    return covers


def _settle(record: Recording, books: Books, line: Line, link: RefundLink, refund: Transaction, amount: int) -> None:
    """The refund is filed where the money was spent: by this every sum of that category is net."""
    refund = locked(refund)
    _refuse_refund(line, refund)
    books.open([refund.pk])
    record.change(link, refund=refund, expected=amount, given_up_on=None)
    follow_with_refunds(record, Line.objects.filter(pk=line.pk))


def _refuse_refund(line: Line, refund: Transaction) -> None:
    if refund.trashed_at:
        raise Refused(_("“%(what)s” is in the trash.") % {"what": refund})
    if refund.amount <= 0 or refund.transfer_id:
        raise Refused(_("Only money that came in can be money back."))
    if refund.lines.count() > 1:
        raise Refused(_("This money is split into parts. Make it one again, or add the parts apart."))
    if RefundLink.objects.filter(refund=refund).exists():
        raise Refused(_("This money is linked to something else already. Unlink that first."))


def unlink_refund(*, link: RefundLink, by: User | None) -> RefundLink:
    """It was not money back after all: it is expected again, and the money in has no category any more."""
    words = _("%(money)s did not come back for “%(what)s”")
    with _writing(link.line, by, "unlinked", words, link.expected, refund=link.refund) as (record, books):
        link = locked(link)
        if link.refund_id is None:
            raise Refused(_("Nothing came back for this yet."))
        books.open([link.refund_id])
        record.change_many(Line.objects.filter(transaction=link.refund_id), category=None, learned=0)
        rest = RefundLink.objects.filter(line=link.line_id, owed_by=link.owed_by, since=link.since, refund=None)
        more = sum(each.expected for each in rest.filter(given_up_on=None))
        for each in rest.filter(given_up_on=None):
            record.remove(each)
        record.change(link, refund=None, expected=link.expected + more)
    return link


def give_up_refund(*, link: RefundLink, by: User | None, on: date) -> RefundLink:
    """It will not come back; what was spent stays spent."""
    words = _("Gave up %(money)s owed by “%(who)s”")
    with _writing(link.line, by, "given_up", words, link.expected, link.owed_by) as (record, _books):
        link = locked(link)
        _refuse_settled(link)
        record.change(link, given_up_on=on)
    return link


def expect_again(*, link: RefundLink, by: User | None) -> RefundLink:
    """What was given up is expected once more."""
    words = _("%(money)s are owed back by “%(who)s” again")
    with _writing(link.line, by, "expected", words, link.expected, link.owed_by) as (record, _books):
        line, link = _spent(link.line), locked(link)
        _refuse_settled(link)
        record.change(link, given_up_on=None)
        check_owed(line)
    return link


def forget_refund(*, link: RefundLink, by: User | None) -> None:
    """Nobody owes it; that it was expected was a mistake."""
    words = _("%(money)s are not owed back by “%(who)s”")
    with _writing(link.line, by, "forgotten", words, link.expected, link.owed_by) as (record, _books):
        link = locked(link)
        _refuse_settled(link)
        record.remove(link)


def _refuse_settled(link: RefundLink) -> None:
    """Money in that lies in the trash did not come back."""
    if link.refund is not None and not link.refund.trashed_at:
        raise Refused(_("This came back already. Unlink the two first."))
