"""Which words of a line are its amount, and which currency that is in."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from financeflow.money.spotting import Spotted, spot_amount
from financeflow.money.text import AmountError, format_plain, parse_amount
from ledger.calc.quick_add.days import DayReader, is_iso
from ledger.calc.quick_add.draft import Draft
from ledger.calc.quick_add.parts import Known
from ledger.calc.typed import plain_line

_POWER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)


def read_amounts(draft: Draft, days: DayReader, base_currency: str, locale: str) -> None:
    """The first amount of the line; in a transfer one on each side of the arrow, where both were written."""
    account, to_account = draft.value("account"), draft.value("to_account")
    currencies = [account.currency if account else "", base_currency, *(known.currency for known in draft.accounts)]
    every = _spotted(draft, tuple(dict.fromkeys(filter(None, currencies))), locale)
    spotted = _without_dates(every, draft, days)
    middle = draft.arrow[0] if draft.arrow else len(draft.line)
    before = [found for found in spotted if found.span[0] < middle]
    behind = [found for found in spotted if found.span[0] > middle]
    first = next(iter(before or behind), None)
    if _refuse_botched(draft, every, first.span[0] if first else len(draft.line)):
        return
    if first is None:
        example = format_plain(1250, _currency(None, account, base_currency), locale)
        draft.refuse((), _("Write an amount, like %(example)s.") % {"example": example})
        return
    _read(draft, "amount", first, _currency(first, account, base_currency), locale)
    if before and behind:
        _read(draft, "to_amount", behind[0], _currency(behind[0], to_account, base_currency), locale)


def _currency(spotted: Spotted | None, account: Known | None, base_currency: str) -> str:
    return (spotted.currency if spotted else "") or (account.currency if account else "") or base_currency


def _spotted(draft: Draft, homes: tuple[str, ...], locale: str) -> dict[int, Spotted]:
    """Every amount by the place of its first token, in order."""
    plain = plain_line(draft.line)
    spotted: dict[int, Spotted] = {}
    end = 0
    for place in draft.places("word"):
        token = draft.left[place]
        if token is None or token.span[0] < end or is_iso(token.plain):
            continue
        if found := spot_amount(plain, token.span[0], homes=homes, locale=locale):
            spotted[place] = found
            end = found.span[1]
    return spotted


def _without_dates(spotted: dict[int, Spotted], draft: Draft, days: DayReader) -> list[Spotted]:
    """The figures of a date are no amounts, as long as an amount is left without them."""
    words = [token if token and token.kind == "word" else None for token in draft.left]
    end = 0
    for date in days.dates(words):
        others = {place: found for place, found in spotted.items() if not date.first <= place < date.end}
        if date.first >= end and others and len(others) < len(spotted):
            spotted, end = others, date.end
    return list(spotted.values())


def _refuse_botched(draft: Draft, spotted: dict[int, Spotted], before: int) -> bool:
    """A word up to there that was meant for an amount and is none: --5, 1e9, 10^16."""
    for place in draft.places("word"):
        token = draft.left[place]
        if token and token.span[0] < before and place not in spotted and _is_botched(token.plain):
            sentence = _("“%(text)s” is not an amount.") % {"text": token.text[:30]}
            draft.refuse(draft.take([place]), sentence)
            return True
    return False


def _is_botched(word: str) -> bool:
    if is_iso(word) or not any(char.isdigit() for char in word):
        return False
    return _POWER.fullmatch(word) is not None or not any(char.isalpha() for char in word)


def _read(draft: Draft, part: str, spotted: Spotted, currency: str, locale: str) -> None:
    """Money out is what has no sign; in a transfer no sign says anything."""
    sign = draft.line[slice(*spotted.sign)] if spotted.sign else ""
    draft.take_span(spotted.span)
    try:
        minor = parse_amount(f"{sign}{draft.line[slice(*spotted.sum)]}", currency, locale)
    except AmountError as error:
        draft.refuse((spotted.span,), str(error))
        return
    if not minor:
        draft.refuse((spotted.span,), _("Write an amount other than zero."))
        return
    if draft.arrow:
        minor = abs(minor)
    elif not sign:
        minor = -abs(minor)
    draft.say(part, minor, tuple(sorted(span for span in (spotted.sign, spotted.sum) if span)))
    named = (spotted.mark,) if spotted.mark else ()
    draft.say("currency" if part == "amount" else "to_currency", currency, named)


def check_transfer(draft: Draft) -> None:
    """What leaves is in the one account's currency and what arrives in the other's; nobody guesses a rate."""
    one, two = draft.value("account"), draft.value("to_account")
    if draft.problems or one is None or two is None or draft.arrow is None:
        return
    if one.currency != two.currency and "to_amount" not in draft.said:
        names = {"one": one.name, "its": one.currency, "two": two.name, "other": two.currency}
        sentence = _("%(one)s is kept in %(its)s and %(two)s in %(other)s: write an amount on both sides of the >.")
        draft.refuse((draft.arrow,), sentence % names)
        return
    for account, part in ((one, draft.said.get("currency")), (two, draft.said.get("to_currency"))):
        if part and part.value != account.currency:
            names = {"account": account.name, "currency": account.currency, "other": part.value}
            draft.refuse(part.spans, _("%(account)s is kept in %(currency)s, not in %(other)s.") % names)
    if one.currency == two.currency and draft.value("to_amount") not in (None, draft.value("amount")):
        spans = draft.said["to_amount"].spans
        draft.refuse(
            spans, _("Both accounts are kept in %(currency)s: one amount is enough.") % {"currency": one.currency}
        )
