"""Field 61: the day, the direction, the amount and the references of a movement; and balances, written likewise."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount, known_currency, minor_units

# Day of value, day of booking, direction, amount, references, and what stands on the lines below.
_LINE = re.compile(
    r"\s*(\d{6}) *(\d{4})? *(E?[CD]|R[CD])[A-Z]?\s?(\d[\d.,]*)[NSFX][A-Z0-9]{0,3}([^\n]*)((?:\n.*)?)", re.S
)
_BALANCE = re.compile(r"\s*(?P<mark>[CD])(?P<on>\d{6})(?P<currency>[A-Z]{3})(?P<amount>\d[\d.,]*)\s*")
# A reversed credit takes money out and a reversed debit brings it back.
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
_NO_REFERENCE = "NONREF NOREF NOTPROVIDED NONE EREF KREF MARF PREF KREF+ EREF+ MREF+"
NOTHING = frozenset(["", "NOT PROVIDED", *_NO_REFERENCE.split()])
_CODES_BEHIND = re.compile(r"/(?:TRCD|OCMT|CHGS|EXCH)/")


class NotRead(Exception):
    """Its text says what is wrong with a field."""


@dataclass(slots=True)
class StatementLine:
    """`more` are the lines after the first, which mean something else with every bank."""

    valued: dt.date
    booked: dt.date | None
    amount: int
    is_reversal: bool
    is_expected: bool
    reference: str
    bank_id: str
    more: str


@dataclass(slots=True)
class Balance:
    """What the account held at the end of a day."""

    amount: int
    currency: str
    on: dt.date


def statement_line(text: str, currency: str, today: dt.date) -> StatementLine:
    """Raises NotRead where it is not whole: an amount that ends with the field may have been cut off."""
    found = _LINE.fullmatch(text)
    if found is None:
        raise NotRead(_("This line is not whole: it must have a date, C or D, an amount and a kind such as NTRF."))
    written, month_and_day, mark, amount, rest, more = found.groups()
    valued = date_of(written, today)
    reference, __, bank_id = rest.partition("//")
    if "/" in bank_id:
        bank_id = _CODES_BEHIND.split(bank_id)[0]
    return StatementLine(
        valued=valued,
        booked=_booked(month_and_day, valued),
        amount=SIGNS[mark] * amount_of(amount, currency),
        is_reversal=mark[0] == "R",
        is_expected=mark[0] == "E",
        reference=reference_in(reference),
        bank_id=reference_in(bank_id),
        more=more.strip("\n"),
    )


def reference_in(text: str) -> str:
    """Without the words that mean there is none, or that it stands elsewhere."""
    if text in NOTHING:
        return ""
    text = " ".join(text.split())
    return "" if text.upper() in NOTHING else text


def balance(text: str, today: dt.date) -> Balance:
    found = _BALANCE.fullmatch(text)
    if found is None:
        raise NotRead(_("This balance is not whole: it must have C or D, a date, a currency and an amount."))
    currency = known_currency(found["currency"])
    if not currency:
        raise NotRead(_("“%(code)s” is no currency in use.") % {"code": found["currency"]})
    sign = SIGNS[found["mark"]]
    return Balance(sign * amount_of(found["amount"], currency), currency, date_of(found["on"], today))


def amount_of(text: str, currency: str) -> int:
    """With a decimal comma, as SWIFT wants it; a point is taken as well, thousands marks are not."""
    try:
        return minor_units(text, currency)
    except NotAnAmount as wrong:
        raise NotRead(str(wrong)) from wrong


@lru_cache(maxsize=4096)
def date_of(text: str, today: dt.date) -> dt.date:
    """Year, month and day. No statement is more than a few years ahead: what would be is of the last century."""
    year = 2000 + int(text[:2])
    found = _day(year - 100 if year > today.year + 5 else year, int(text[2:4]), int(text[4:6]))
    if found is None:
        raise NotRead(_("“%(text)s” is not a date.") % {"text": text})
    return found


@lru_cache(maxsize=4096)
def _booked(text: str | None, valued: dt.date) -> dt.date | None:
    """Month and day; the year is the one that puts it nearest to the day of value, before or after New Year."""
    if not text or text == "0000":
        return None
    near = [day for year in (-1, 0, 1) if (day := _day(valued.year + year, int(text[:2]), int(text[2:])))]
    if not near:
        raise NotRead(_("“%(text)s” is not a month and a day.") % {"text": text})
    return min(near, key=lambda day: abs(day - valued))


def _day(year: int, month: int, day: int) -> dt.date | None:
    """Banks that count interest by months of thirty days write a 30 February: its last day is meant."""
    if month == 2 and day in {29, 30}:
        day = min(day, calendar.monthrange(year, 2)[1])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
