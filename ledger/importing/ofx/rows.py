"""One record of a statement as a row: when, how much, who with, and by which references."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.found import FoundRow
from ledger.importing.ofx.tags import cleaned, pairs
from ledger.importing.ofx.values import NotADay, NotAnAmount, amount_of, day_of, rate_of, times

# The longest name there may be: one of this length is probably cut, and goes on in the memo.
_LONGEST_NAME = 32
_JOINED = frozenset(("MEMO", "NAME", "EXTDNAME"))
_ONCE = frozenset(("TRNTYPE", "TRNAMT", "DTPOSTED"))
_LONGEST_DELAY = dt.timedelta(days=366)
_GOES_ON = frozenset(".,;:/-&'’*)+_")


class NotARow(ValueError):
    """Its text is a sentence for a person."""


@dataclass(slots=True)
class Beside:
    """What was noticed while rows were read, for one remark about all of them: the lines on which it was."""

    odd_signs: list[int] = field(default_factory=list)
    odd_days: list[int] = field(default_factory=list)
    own_remarks: list[tuple[int, str]] = field(default_factory=list)


def row_of(text: str, *, line: int, original: str, currency: str, is_pending: bool, beside: Beside) -> FoundRow:
    """Raises NotARow where a day or an amount cannot be read: nothing is guessed."""
    fields = _fields(text)
    if fields.get("CORRECTACTION", "").strip().upper() == "DELETE":
        words = _(
            "The bank takes back its row %(id)s with this. Throw that row away by hand where it is in your books."
        )
        raise NotARow(words % {"id": cleaned(fields.get("CORRECTFITID", ""))})
    done, posted = _days(fields, line, beside)
    try:
        amount, original_amount, original_currency = _worth(fields, currency, line, beside)
    except NotAnAmount as no:
        raise NotARow(str(no)) from no
    payee, description = _words(fields)
    row = FoundRow(
        line=line,
        original=original,
        date=done,
        amount=amount,
        currency=currency,
        payee=payee,
        description=description,
        reference=_reference(fields),
        bank_id=_number(fields.get("FITID", "")),
        posted_on=posted,
        is_pending=is_pending,
        original_amount=original_amount,
        original_currency=original_currency,
        transfer=cleaned(fields.get("ACCTID", "")) if "ACCTID" in fields else "",
    )
    if "CORRECTFITID" in fields:
        _tell_correction(row, fields, beside)
    _look_at_sign(row, fields.get("TRNTYPE", ""), beside)
    return row


def _fields(text: str) -> dict[str, str]:
    found = pairs(text)
    fields = dict(found)
    if len(fields) == len(found):
        return fields
    fields = {}
    seen: set[str] = set()
    for name, value in found:
        first = fields.setdefault(name, value)
        if name in _ONCE and name in seen:
            raise NotARow(_("Two rows run into each other here, so that neither can be read."))
        if name in _JOINED and cleaned(value) not in cleaned(first):
            fields[name] = f"{first.strip()} {value.strip()}"
        seen.add(name)
    return fields


def _days(fields: dict[str, str], line: int, beside: Beside) -> tuple[dt.date, dt.date | None]:
    """When it was done, and when it was posted where that is later; nothing is posted before it is done."""
    told = fields.get("DTPOSTED") or fields.get("DTTRAN") or ""
    done = _done(fields.get("DTUSER", ""))
    if not told.strip():
        if done is None:
            raise NotARow(_("There is no date in this row."))
        return done, None
    try:
        posted = day_of(told)
    except NotADay as no:
        raise NotARow(str(no)) from no
    if done is None or done >= posted:
        return posted, None
    if posted - done > _LONGEST_DELAY:
        beside.odd_days.append(line)
        return posted, None
    return done, posted


def _done(text: str) -> dt.date | None:
    """It is told besides: where it is unreadable, as all zeros are, the day of posting is enough."""
    if not text or not text.strip():
        return None
    try:
        return day_of(text)
    except NotADay:
        return None


def _amount(fields: dict[str, str], currency: str) -> int:
    text = fields.get("TRNAMT", "")
    if not text.strip():
        raise NotARow(_("There is no amount in this row."))
    return amount_of(text, currency)


def _worth(fields: dict[str, str], currency: str, line: int, beside: Beside) -> tuple[int, int | None, str]:
    """The amount in the currency of the account, and in the other one: CURRENCY says that it is written in that."""
    told = cleaned(fields.get("CURSYM", ""))
    code = known_currency(told)
    if not told or code == currency:
        return _amount(fields, currency), None, ""
    rate = rate_of(fields.get("CURRATE", ""))
    if "CURRENCY" not in fields:
        amount = _amount(fields, currency)
        return (amount, times(amount, currency, 1 / rate, code), code) if code and rate else (amount, None, "")
    if not code or rate is None:
        words = _("The amount is in “%(code)s”, and there is no rate by which to have it in %(currency)s.")
        raise NotARow(words % {"code": told[:10], "currency": currency})
    original = _amount(fields, code)
    words = _("The amount was worked out of %(code)s at the rate %(rate)s: compare it with your statement.")
    beside.own_remarks.append((line, words % {"code": code, "rate": rate}))
    return times(original, code, rate, currency), original, code


def _tell_correction(row: FoundRow, fields: dict[str, str], beside: Beside) -> None:
    words = _(
        "This row takes the place of the bank's earlier row %(id)s. Where that one is in your books, throw it away."
    )
    beside.own_remarks.append((row.line, words % {"id": cleaned(fields["CORRECTFITID"])}))


def _look_at_sign(row: FoundRow, kind: str, beside: Beside) -> None:
    kind = kind.strip().upper()
    if (kind == "DEBIT" and row.amount > 0) or (kind == "CREDIT" and row.amount < 0):
        beside.odd_signs.append(row.line)


def _words(fields: dict[str, str]) -> tuple[str, str]:
    """Who, and the bank's own words. A name that was cut is made whole from the memo that goes on with it."""
    raw = fields.get("NAME", "")
    name, memo, longer = cleaned(raw), cleaned(fields.get("MEMO", "")), cleaned(fields.get("EXTDNAME", ""))
    if longer and (not name or longer.casefold().startswith(name.casefold())):
        name = longer
    elif longer and longer != memo:
        memo = f"{longer} {memo}".strip()
    if memo == name:
        return name, ""
    if len(name) >= _LONGEST_NAME - 1 and memo:
        return _joined(name, memo, has_gap=len(name) == _LONGEST_NAME - 1 and raw[:_LONGEST_NAME].endswith(" "))
    return name, memo


def _joined(name: str, memo: str, *, has_gap: bool) -> tuple[str, str]:
    if len(memo) > len(name) and memo.startswith(name):
        return memo, ""
    if len(name) != _LONGEST_NAME and not has_gap:
        return name, memo
    if name[-1].isalnum() and (memo[0].islower() or memo[0] in _GOES_ON):
        return f"{name} {memo}" if has_gap else f"{name}{memo}", ""
    return name, memo


def _reference(fields: dict[str, str]) -> str:
    """The number of a cheque and the bank's reference; a number of zeros is none."""
    cheque = _number(fields.get("CHECKNUM") or fields.get("CHKNUM") or "")
    reference = _number(fields.get("REFNUM", ""))
    return f"{cheque} {reference}" if cheque and reference and cheque != reference else cheque or reference


def _number(text: str) -> str:
    number = cleaned(text) if text else ""
    return number if number.strip("0-./ ") else ""
