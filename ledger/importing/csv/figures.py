"""Amounts as banks write them: one decimal mark for a whole file, signs of every custom, and exact whole numbers."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.values import LARGEST
from financeflow.money.writing import HOME_MARKS, writing
from ledger.importing.amounts import known_currency

_PLAIN_SIGNS = {
    **dict.fromkeys(map(ord, "−–—﹣‐‑－"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u3000\t"), " "),
    **dict.fromkeys(map(ord, "’‘´`＇"), "'"),
    **dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2069\u202a\u202b\u202c\ufeff"), None),
    **{0xFF10 + n: str(n) for n in range(10)},
    **{0x0660 + n: str(n) for n in range(10)},
    ord("，"): ",",
    ord("．"): ".",
    ord("（"): "(",
    ord("）"): ")",
    ord("＋"): "+",
    ord("٫"): ".",
    ord("٬"): ",",
    ord("￥"): "¥",
}
_NAME = r"[^\W\d_]{1,4}\.?|[^\w\s.,'()+-]{1,2}|[A-Z]{1,3}\$|[^\W\d_]\$"
_FIGURE = re.compile(
    rf"(?P<open>\()?\s*(?P<first>[+-])?\s*(?P<before>{_NAME})?\s*(?P<second>[+-])?\s*(?P<inner>\()?\s*"
    rf"(?P<number>\d[\d.,' ]*|[.,]\d+)(?P<none>(?<=[.,])--?)?\s*(?P<last>[+-])?\s*(?P<after>{_NAME})?\s*"
    rf"(?P<end>[+-])?\s*(?P<side>[A-Za-z]{{1,2}}\.?)?\s*\)?",
)
_EMPTY = frozenset(["", "-", "--", "---", "n/a", "na", "null", "none", "nan", "."])
_OUT_SIDES = frozenset(["DR", "D", "S", "DB"])
_IN_SIDES = frozenset(["CR", "C", "H", "K"])


@dataclass(frozen=True, slots=True)
class Written:
    """One amount in parts: `number` is digits and separators alone, `side` −1 or 1 where a word or a mark says it."""

    number: str
    negative: bool
    currency: str
    side: int
    plus: bool = False


def is_empty(text: str) -> bool:
    return text.strip().casefold() in _EMPTY


def written(text: str) -> Written | None:
    """The parts of an amount; None where the text is none."""
    text = text.strip()
    if not text or len(text) > 60:
        return None
    if not text.isascii():
        text = text.translate(_PLAIN_SIGNS).strip()
    if text[-4:-3] == "(" and text[-3:-1].isalpha() and text.endswith(")"):
        text = f"{text[:-4]} {text[-3:-1]}"
    match = _FIGURE.fullmatch(text)
    if match is None or (text.startswith("(") or match["inner"] is not None) != text.endswith(")"):
        return None
    signs = [match[name] for name in ("first", "second", "last", "end") if match[name]]
    names, side = _names(match)
    bracketed = text.endswith(")")
    if len(signs) + bracketed > 1 or names is None:
        return None
    return Written(match["number"].strip(), bracketed or signs == ["-"], names, side, signs == ["+"])


def _names(match: re.Match[str]) -> tuple[str | None, int]:
    """The currency beside the number and the word for its direction; None where a word is neither."""
    side, currency = 0, ""
    for name in ("before", "after", "side"):
        text = match[name]
        if not text:
            continue
        word = text.strip(".").upper()
        if word in _OUT_SIDES or word in _IN_SIDES:
            side = -1 if word in _OUT_SIDES else 1
        elif is_currency(text):
            currency = text
        else:
            return None, 0
    return currency, side


@lru_cache(maxsize=1024)
def is_currency(mark: str) -> bool:
    return bool(currency_of(mark, ""))


@lru_cache(maxsize=1024)
def currency_of(mark: str, home: str) -> str:
    """Which currency a code or a sign means; one that several share means the household's own, or the best known."""
    if code := known_currency(mark):
        return code
    key = mark.casefold()
    if key == "€":
        return "EUR"
    codes = HOME_MARKS.get(key, HOME_MARKS.get(key.rstrip("."), "")).split()
    if not codes:
        codes = _SPELLED.get(key.rstrip("."), "").split()
    return home if home in codes else codes[0] if codes else ""


_SPELLED = {
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "mx$": "MXN",
    "nt$": "TWD",
    "sfr": "CHF",
    "eur": "EUR",
    "euro": "EUR",
    "tl": "TRY",
    "r": "ZAR",
    "k.d": "KWD",
    "kd": "KWD",
    "dhs": "AED",
    "лв": "BGN",
    "руб": "RUB",
    "nis": "ILS",
    "₦": "NGN",
    "฿": "THB",
    "₫": "VND",
    "₴": "UAH",
    "₱": "PHP",
    "rp": "IDR",
    "rm": "MYR",
    "₵": "GHS",
    "ден": "MKD",
    "ש״ח": "ILS",
}


@lru_cache(maxsize=8)
def _notation(point: str) -> re.Pattern[str]:
    group = re.escape("," if point == "." else ".")
    mark = re.escape(point)
    threes = "|".join(rf"\d{{1,3}}(?:{sign}\d{{3}})+" for sign in (group, "'", " "))
    return re.compile(
        rf"(\d+|{threes}|\d{{1,2}}(?:{group}\d{{2}})+{group}\d{{3}})(?:{mark}(\d*))?|{mark}(\d+)",
        re.ASCII,
    )


def _fits(number: str, point: str, digits: int) -> bool:
    match = _notation(point).fullmatch(number)
    if match is None or (number.startswith("0") and not (match[1] or "0").isdigit()):
        return False
    decimals = match[2] or match[3] or ""
    if len(decimals) == 3 != digits and (match[1] or "0").strip("0") and len(match[1]) <= 3:
        return False
    return not decimals[digits:].strip("0")


@dataclass(frozen=True, slots=True)
class Point:
    """The decimal mark of a file; `open` where both would fit, so that something else has to tell."""

    mark: str
    open: bool = False


def point_of(texts: Collection[str], currency: str, locale: str) -> Point:
    """What most amounts can only be read with; otherwise the household's own."""
    home = "," if writing(currency or "EUR", locale).point == "," else "."
    digits = minor_digits(currency) if currency else 2
    numbers = {found.number for text in texts if (found := written(text))}
    numbers = {number for number in numbers if not number.isdigit()}
    points = {number for number in numbers if _fits(number, ".", digits)}
    commas = {number for number in numbers if _fits(number, ",", digits)}
    only_points, only_commas = len(points - commas), len(commas - points)
    if only_points != only_commas:
        return Point("." if only_points > only_commas else ",")
    return Point(home, any("." in number or "," in number for number in numbers))


class Figures(dict[str, "int | str | None"]):
    """Amounts of one column and currency, each worked out once: minor units, None where nothing stands, or a reason."""

    def __init__(self, point: str, currency: str, *, short: bool = False, unmarked: int = 1) -> None:
        super().__init__()
        self._unmarked = unmarked
        self.currency = currency
        self._digits = minor_digits(currency)
        self._point = point
        self._full = _notation(point)
        group = "," if point == "." else "."
        whole = rf"-?(?:\d{{1,12}}|\d{{1,3}}(?:{re.escape(group)}\d{{3}}){{1,3}})"
        cents = rf"{re.escape(point)}\d{{{self._digits}}}" if self._digits else ""
        self._usual = re.compile(whole + cents, re.ASCII).fullmatch
        self._dropped = {ord(group): None, ord(point): None}
        # Whether three decimals are odd in this file, so that they may as well be thousands.
        self._short = short

    def __missing__(self, text: str) -> int | str | None:
        if len(self) > 200_000:
            self.clear()
        value = self[text] = self.read(text)
        return value

    def read(self, text: str) -> int | str | None:
        """Without keeping it, for texts that hardly come twice."""
        if self._usual(text):
            return self._unmarked * int(text.translate(self._dropped))
        return self._unusual(text)

    def _unusual(self, text: str) -> int | str | None:
        found = written(text)
        shown = text.strip()[:40]
        if found is None:
            return None if is_empty(text) else _("“%(text)s” is not an amount.") % {"text": shown}
        match = self._full.fullmatch(found.number)
        if match is None:
            return _("“%(text)s” is not written like the other amounts of this file.") % {"text": shown}
        if found.currency and currency_of(found.currency, self.currency) != self.currency:
            return _("“%(text)s” is in another currency than the other amounts.") % {"text": shown}
        decimals = match[2] or match[3] or ""
        if decimals[self._digits :].strip("0"):
            words = _("“%(text)s” has more decimals than %(currency)s keeps.")
            return words % {"text": shown, "currency": self.currency}
        if self._short and len(decimals) == 3 != self._digits and (match[1] or "0").strip("0"):
            return _("“%(text)s” can be read in two ways: as thousands or with three decimals.") % {"text": shown}
        whole = re.sub(r"\D", "", match[1] or "")
        if len(whole) > 18:
            return _("“%(text)s” is too large to keep.") % {"text": shown}
        value = int((whole + decimals[: self._digits].ljust(self._digits, "0")) or 0)
        if value > LARGEST:
            return _("“%(text)s” is too large to keep.") % {"text": shown}
        way = found.side or (1 if found.plus else self._unmarked)
        return -value * way if found.negative else value * way
