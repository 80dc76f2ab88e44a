"""How a locale writes an amount of a currency: digits, groups, sign and symbol, from CLDR; looked up once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from financeflow.money.currencies import minor_digits

FALLBACK = "en-GB"
MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
# Marks by which people write a currency at home, beside its code and what CLDR calls it.
HOME_MARKS = {
    "$": "USD AUD BBD BMD BND BSD BZD CAD COP CLP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD XCD",
    "£": "GBP EGP FKP GIP SDG SHP SSP SYP",
    "¥": "JPY CNY",
    "kr": "SEK NOK DKK ISK",
    "kr.": "DKK",
    "fr": "CHF",
    "fr.": "CHF",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "lei": "RON",
    "₽": "RUB",
    "₹": "INR",
    "rs": "INR PKR LKR NPR MUR",
    "r$": "BRL",
    "₺": "TRY",
    "₪": "ILS",
    "₩": "KRW",
    "元": "CNY",
    "円": "JPY",
}
_PATTERN = re.compile(r"[#0,.]+")


@cache
def locale_of(name: str) -> Locale:
    """The CLDR locale of a household's or a person's, or English where it is not known."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK.replace("-", "_"))


@dataclass(frozen=True)
class Writing:
    """What one amount of one currency looks like in one locale."""

    digits: int
    symbol: str
    before: bool
    gap: str
    minus_inside: bool
    point: str
    group: str
    first_group: int
    next_group: int
    isolated: bool

    def whole_text(self, whole: int) -> str:
        if whole < 1000:
            return str(whole)
        if self.next_group == 3:
            return f"{whole:,}".replace(",", self.group)
        text = str(whole)
        head, groups = text[: -self.first_group], [text[-self.first_group :]]
        while head:
            groups.insert(0, head[-self.next_group :])
            head = head[: -self.next_group]
        return self.group.join(groups)


@lru_cache(maxsize=2048)
def writing(currency: str, locale: str) -> Writing:
    known = locale_of(locale)
    pattern = known.currency_formats["standard"]
    plain = _without_marks(pattern.pattern)
    positive, _, negative = plain.partition(";")
    before = positive.index("¤") < positive.index("0")
    symbol = _without_marks(get_currency_symbol(currency, known))
    symbols = known.number_symbols["latn"]
    return Writing(
        digits=minor_digits(currency),
        symbol=symbol,
        before=before,
        gap=_gap(positive, symbol, before),
        minus_inside=before and "-" in negative and negative.index("-") > negative.index("¤"),
        point=symbols["decimal"],
        group=symbols["group"],
        first_group=pattern.grouping[0],
        next_group=pattern.grouping[1],
        isolated=known.character_order == "right-to-left",
    )


def _gap(pattern: str, symbol: str, before: bool) -> str:
    """The space between symbol and digits: the pattern's own, or one where letters would touch digits."""
    bare = _PATTERN.sub("", pattern).replace("¤", "")
    touching = symbol[-1] if before else symbol[0]
    return bare or ("" if unicodedata.category(touching).startswith("S") else NO_BREAK)


def _without_marks(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


@lru_cache(maxsize=2048)
def marks_of(currency: str, locale: str) -> tuple[str, ...]:
    """Every way to name the currency beside an amount, casefolded, longest first."""
    marks = {currency, writing(currency, locale).symbol, writing(currency, FALLBACK).symbol}
    marks |= {mark for mark, codes in HOME_MARKS.items() if currency in codes.split()}
    return tuple(sorted({mark.casefold() for mark in marks}, key=len, reverse=True))
