"""Messages of MT940: one statement each, or one page of it; pages are put together here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.balances import turn_reversals
from ledger.importing.found import FoundRow, FoundStatement, Remark

_CURRENCY_AT_END = re.compile(r"[/\s]?([A-Z]{3})$")


@dataclass(slots=True)
class Message:
    """One statement, or one page of it."""

    statement: FoundStatement
    line: int
    reversals: list[FoundRow] = field(default_factory=list)
    # Rows by the number of the account that the money came from or went to.
    by_counter: list[tuple[str, FoundRow]] = field(default_factory=list)
    currency_is_told: bool = False
    is_interim: bool = False
    begins_a_page: bool = False
    ends_a_page: bool = False
    announced: int = 0
    is_closed: bool = False


def set_account(message: Message, text: str) -> None:
    """An IBAN, or bank and number; some banks write the currency behind it."""
    number = " ".join(text.split()).lstrip("/")
    behind = _CURRENCY_AT_END.search(number)
    if behind and known_currency(behind[1]) and any(sign.isdigit() for sign in number[: behind.start()]):
        set_currency(message, behind[1])
        number = number[: behind.start()].rstrip()
    message.statement.account = number.replace(" ", "")


def set_currency(message: Message, code: str) -> None:
    if known_currency(code) and not message.currency_is_told:
        message.statement.currency, message.currency_is_told = known_currency(code), True


def joined(messages: list[Message]) -> list[Message]:
    """Pages of one statement as one; then what its balances and counts say about it."""
    whole: list[Message] = []
    for message in messages:
        if whole and _is_next_page(whole[-1], message):
            _add_page(whole[-1], message)
        else:
            whole.append(message)
    for message in whole:
        if message.ends_a_page:
            words = _("The statement goes on on another page that is not in this file. Hand in that file as well.")
            message.statement.remarks.append(Remark(words, message.line))
        turn_reversals(message.statement, message.reversals)
        _tell_faults(message)
    _mark_transfers(whole)
    return whole


def _is_next_page(before: Message, after: Message) -> bool:
    same = before.statement.account == after.statement.account and before.statement.currency == after.statement.currency
    fits = before.statement.closing_balance == after.statement.opening_balance
    return same and fits and before.ends_a_page and after.begins_a_page


def _add_page(first: Message, page: Message) -> None:
    mine, its = first.statement, page.statement
    mine.closing_balance, mine.closing_on = its.closing_balance, its.closing_on
    mine.rows += its.rows
    mine.unread += its.unread
    mine.remarks += its.remarks
    first.reversals += page.reversals
    first.by_counter += page.by_counter
    first.ends_a_page, first.is_closed = page.ends_a_page, page.is_closed


def _tell_faults(message: Message) -> None:
    statement = message.statement
    count = len(statement.rows) + len(statement.unread)
    if message.announced and message.announced != count:
        words = _("The statement says to have %(told)s entries, but there are %(count)s.")
        statement.remarks.append(Remark(words % {"told": message.announced, "count": count}, message.line))
    if not message.currency_is_told and count:
        words = _("The statement names no currency; %(currency)s was taken.")
        statement.remarks.append(Remark(words % {"currency": statement.currency}, message.line))


def _mark_transfers(messages: list[Message]) -> None:
    """Between two accounts of the same file."""
    own = {message.statement.account for message in messages} - {""}
    for message in messages:
        for number, row in message.by_counter:
            if number in own and number != message.statement.account:
                row.transfer = number
