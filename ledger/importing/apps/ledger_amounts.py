"""Amounts as ledger and hledger write them: the commodity on either side, and marks that the whole file explains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from ledger.importing.amounts import NotAnAmount, known_currency
from ledger.importing.apps.plain_amounts import exact_amount

_COMMODITY = r"\"[^\"]+\"|[^\s\d;@={}()\[\]\"+\-*/.,&|!?<>:'−]+"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d*)?|\d[\d.,'’]*|[.,]\d+"
AMOUNT = re.compile(
    rf"([-+−]?)[ \t]*({_COMMODITY})?[ \t\u00a0]*([-+−]?)[ \t]*({_NUMBER})[ \t\u00a0]*({_COMMODITY})?", re.ASCII
)
_SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "₪": "ILS",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₴": "UAH",
    "₫": "VND",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "R$": "BRL",
    "US$": "USD",
    "C$": "CAD",
    "A$": "AUD",
    "NZ$": "NZD",
    "Fr.": "CHF",
    "SFr": "CHF",
    "Euro": "EUR",
    "euro": "EUR",
    "eur": "EUR",
    "usd": "USD",
}
# What several currencies are written with: the household's own, if it is one of them, or else the first.
_SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "ARS", "CLP", "COP", "TWD"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}


_GAPS = r"[ '’\u00a0\u202f]"
_SEPARATORS = r"[ '’.,\u00a0\u202f]"
# Hundreds of thousands may be parted by two digits, as in India, but the last group has three.
_GROUPED = re.compile(rf"\d*|\d{{1,3}}(?:{_SEPARATORS}\d{{2,3}})*{_SEPARATORS}\d{{3}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Raw:
    """A number and a commodity as they stand there."""

    number: str
    commodity: str


def raw_amount(text: str) -> tuple[Raw, str] | None:
    """The amount at the beginning of a text and what follows it; none where there is none."""
    match = AMOUNT.match(text)
    if match is None or (match[1] and match[3]) or (match[2] and match[5]):
        return None
    sign = "-" if "-" in (match[1], match[3]) or "−" in (match[1], match[3]) else ""
    return Raw(sign + match[4], (match[2] or match[5] or "").strip('"')), text[match.end() :].strip()


@dataclass(slots=True)
class Marks:
    """Which mark stands before the decimals: as a directive says, or as other numbers of the file show."""

    home: str
    declared: str = ""
    default: str = ""
    by_commodity: dict[str, str] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    _read: dict[Raw, tuple[str, int, str]] = field(default_factory=dict)

    def see(self, raw: Raw) -> None:
        if raw in self._read:
            return
        self._read[raw] = ("", 0, "")
        if mark := own_mark(raw.number):
            self.seen.setdefault(raw.commodity, set()).add(mark)

    def declare(self, raw: Raw) -> None:
        """A commodity's way of being written, by a directive."""
        if mark := own_mark(raw.number):
            self.by_commodity[raw.commodity] = mark

    def read(self, raw: Raw) -> tuple[str, int, str]:
        """The currency (empty where it is no money), the minor units, and the number with a point for its decimals."""
        known = self._read.get(raw)
        if known is None or not known[2]:
            number = self.plain(raw)
            currency = self.currency_of(raw.commodity)
            found, amount = exact_amount(number, currency) if currency else ("", 0)
            known = self._read[raw] = (found, amount, number)
        return known

    def read_price(self, raw: Raw) -> tuple[str, str]:
        """The currency and the number of a price, which may have more decimals than an amount."""
        return self.currency_of(raw.commodity), self.plain(raw)

    def currency_of(self, commodity: str) -> str:
        if not commodity:
            return self.currency_of(self.default) if self.default else self.home
        if commodity in _SHARED:
            code = self.home if self.home in _SHARED[commodity] else _SHARED[commodity][0]
            self.symbols[commodity] = code
            return code
        return _SYMBOLS.get(commodity) or (known_currency(commodity) if commodity.isupper() else "")

    def plain(self, raw: Raw) -> str:
        """The number with a point for its decimals."""
        if not ("." in raw.number or "," in raw.number):
            return re.sub(_GAPS, "", raw.number)
        mark = own_mark(raw.number) or self._mark_for(raw)
        told = self.by_commodity.get(raw.commodity) or self.declared
        whole, _mark, decimals = raw.number.lstrip("-").partition(mark)
        if (told and told != mark) or not _GROUPED.fullmatch(whole) or not (decimals + "0").isdigit():
            raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": raw.number})
        sign = "-" if raw.number[0] == "-" else ""
        return f"{sign}{re.sub(_SEPARATORS, '', whole)}.{decimals}"

    def _mark_for(self, raw: Raw) -> str:
        """For a number such as “1,000”, which says nothing itself."""
        there = "," if "," in raw.number else "."
        if told := self.by_commodity.get(raw.commodity) or self.declared:
            return told
        every = set().union(*self.seen.values()) if self.seen else set()
        shown = self.seen.get(raw.commodity) or every
        if len(shown) == 1:
            return next(iter(shown))
        currency = self.currency_of(raw.commodity)
        if not shown and currency and minor_digits(currency) < 3:
            # Three decimals are no cents: it parts the thousands.
            return "." if there == "," else ","
        raise NotAnAmount(
            _("“%(text)s” can be read in two ways. Say which with a line “decimal-mark .” or “decimal-mark ,”.")
            % {"text": raw.number}
        )


def own_mark(number: str) -> str:
    """The decimal mark that a number itself shows, empty where both readings fit."""
    plain = re.sub(r"[ '’+\-\u00a0\u202f]", "", number)
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        return "." if plain.rfind(".") > plain.rfind(",") else ","
    if points > 1 or commas > 1:
        return "," if points else "."
    if points + commas == 0:
        return ""
    mark = "." if points else ","
    whole, _mark, decimals = plain.partition(mark)
    grouped = len(decimals) == 3 and 1 <= len(whole) <= 3 and whole.strip("0")
    spaced = re.search(r"\d[ '’\u00a0\u202f]\d{3}", number)
    return mark if not grouped or spaced else ""
