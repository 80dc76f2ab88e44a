"""One posting of Beancount: an account, an amount with its commodity, what it cost, at which price."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount, known_currency
from ledger.importing.apps.entries import Posting
from ledger.importing.apps.plain_amounts import exact_amount, worth_of

NUMBER = r"[-+]?[ ]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)"
_CODE = r"[A-Z][A-Z0-9'._-]*"
_POSTING = re.compile(
    rf"""(?:[*!&\#?%PSTCURM][ \t]+)?
    (?P<account>[^\W\d_a-z][\w-]*(?::[^\W_a-z][\w-]*)+)
    (?:[ \t]+(?P<number>{NUMBER})[ \t]*(?P<code>{_CODE})
       (?:[ \t]*(?P<cost>\{{[^}}]*\}}\}}?))?
       (?:[ \t]*(?P<at>@@?)[ \t]*(?:(?P<price>{NUMBER})[ \t]*(?P<priced>{_CODE}))?)?
    )?[ \t]*(?:;(?P<memo>.*))?$""",
    re.VERBOSE,
)
_COST = re.compile(rf"({NUMBER})[ \t]*({_CODE})")


def posting_of(line: str, number: int) -> Posting:
    """The posting of a stripped line; raises NotAnAmount where it cannot be understood."""
    match = _POSTING.match(line)
    if match is None:
        raise NotAnAmount(_("“%(text)s” is not understood.") % {"text": line[:60]})
    account, quantity, code, cost, at, price, priced, memo = match.groups()
    posting = Posting(account, number, memo=memo.strip() if memo else "")
    if quantity is None:
        posting.is_missing = True
        return posting
    currency, amount = exact_amount(quantity, code)
    if cost is None:
        posting.currency, posting.amount = currency, amount
    if cost is not None or not currency:
        posting.said = line[len(account) :].partition(";")[0].strip()
    if cost is not None and (told := _COST.search(cost)):
        _value(posting, quantity, told[1], told[2], is_total=cost.startswith("{{"))
    elif cost is None and at and price is not None:
        _value(posting, quantity, price, priced, is_total=at == "@@")
    return posting


def _value(posting: Posting, quantity: str, price: str, commodity: str, *, is_total: bool) -> None:
    if currency := known_currency(commodity):
        posting.worth = worth_of(quantity, price, currency, is_total=is_total)
        posting.worth_currency = currency
