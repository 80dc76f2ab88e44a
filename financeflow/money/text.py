"""Amounts in and out of text: the one place where a number of minor units becomes words, and the other way round."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from financeflow.money.arithmetic import NotArithmetic, Token, evaluate
from financeflow.money.currencies import CODES
from financeflow.money.numerals import NUMBER, Numeral, read_number
from financeflow.money.values import LARGEST, half_even
from financeflow.money.writing import HOME_MARKS, MINUS, Writing, marks_of, writing

LONGEST = 120
_MINUSES = "-−–—﹣-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
SIGNS = {
    **dict.fromkeys(_MINUSES, "-"),
    "×": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "＋": "+",
    "．": ".",
    "，": ",",
    "（": "(",
    "）": ")",
}
_KNOWN_CODES = frozenset(CODES) | frozenset(list_currencies())


class AmountError(ValueError):
    """Why a text is not an amount, in words for whoever typed it."""


@dataclass(frozen=True, slots=True)
class MoneyText:
    """An amount in parts, in the order they are read, so that a page can mark sign, currency and cents."""

    sign: str
    currency: str
    gap: str
    whole: str
    cents: str
    before: bool
    minus_inside: bool
    isolated: bool

    def __str__(self) -> str:
        number = self.whole + self.cents
        if not self.before:
            text = f"{self.sign}{number}{self.gap}{self.currency}"
        elif self.minus_inside and self.sign:
            text = f"{self.currency}{self.gap}{self.sign}{number}"
        else:
            text = f"{self.sign}{self.currency}{self.gap}{number}"
        # Among right-to-left words an amount keeps its own direction.
        return f"\u2066{text}\u2069" if self.isolated else text


def format_money(minor: int, currency: str, locale: str, *, plus: bool = False) -> MoneyText:
    """The amount as the locale writes it, with a true minus, and a plus where it is asked for."""
    style = writing(currency, locale)
    whole, cents = _cut(minor, style)
    sign = MINUS if minor < 0 else "+" if plus and minor > 0 else ""
    return MoneyText(sign, style.symbol, style.gap, whole, cents, style.before, style.minus_inside, style.isolated)


def format_plain(minor: int, currency: str, locale: str) -> str:
    """The amount as one would type it: no symbol, no groups, a plain hyphen; for the inside of a field."""
    style = writing(currency, locale)
    sign = "-" if minor < 0 else ""
    whole, cents = divmod(abs(minor), 10**style.digits)
    return f"{sign}{whole}{style.point}{cents:0{style.digits}d}" if style.digits else f"{sign}{whole}"


def decimal_text(minor: int, digits: int) -> str:
    """The amount for machines: 1234.50, with a point and a hyphen everywhere."""
    sign = "-" if minor < 0 else ""
    whole, cents = divmod(abs(minor), 10**digits)
    return f"{sign}{whole}.{cents:0{digits}d}" if digits else f"{sign}{whole}"


def _cut(minor: int, style: Writing) -> tuple[str, str]:
    whole, cents = divmod(abs(minor), 10**style.digits)
    return style.whole_text(whole), f"{style.point}{cents:0{style.digits}d}" if style.digits else ""


def parse_amount(text: str, currency: str, locale: str) -> int:
    """The minor units that the text means; raises AmountError, in words, for anything that is not plainly an amount."""
    style = writing(currency, locale)
    tokens, numerals = _tokens(_cleaned(text), currency, locale, style)
    if not numerals:
        raise AmountError(_("Write an amount, like %(example)s.") % {"example": format_plain(1250, currency, locale)})
    tokens, negative = _bookkeepers_minus(tokens)
    lone = len(numerals) == 1
    if lone and numerals[0].decimals > style.digits:
        raise AmountError(_too_many_decimals(currency, style.digits))
    try:
        value = evaluate(tokens)
    except NotArithmetic as error:
        raise AmountError(_("“%(text)s” is not an amount.") % {"text": _shown(text)}) from error
    minor = half_even(value.numerator * 10**style.digits, value.denominator) * (-1 if negative else 1)
    if abs(minor) > LARGEST:
        raise AmountError(_("This amount is too large to keep."))
    return minor


def _too_many_decimals(currency: str, digits: int) -> str:
    if not digits:
        return _("%(currency)s has no decimals.") % {"currency": currency}
    return _("%(currency)s has no more than %(digits)s decimals.") % {"currency": currency, "digits": digits}


def _cleaned(text: str) -> str:
    """One spelling of digits and signs, and none of the marks that only steer direction."""
    if len(text) > LONGEST:
        raise AmountError(_("This is too long for an amount."))
    chars = []
    for char in text.strip():
        kind = unicodedata.category(char)
        if kind == "Nd":
            chars.append(str(unicodedata.decimal(char)))
        elif kind != "Cf":
            chars.append(SIGNS.get(char, char))
    return "".join(chars).strip()


def _tokens(text: str, currency: str, locale: str, style: Writing) -> tuple[list[Token], list[Numeral]]:
    tokens: list[Token] = []
    numerals: list[Numeral] = []
    text = _without_shop_dash(text)
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] in "+-*/()":
            tokens.append(text[at])
            at += 1
        elif found := NUMBER.match(text, at):
            numeral = read_number(found.group(), point=style.point, group=style.group)
            if numeral is None:
                raise AmountError(_("“%(text)s” does not read as one number.") % {"text": found.group()})
            tokens.append(numeral.value)
            numerals.append(numeral)
            at = found.end()
        else:
            at += _mark_length(text, at, currency, locale)
    return tokens, numerals


def _without_shop_dash(text: str) -> str:
    """In shops 12.- means 12.00 and not minus twelve."""
    bare = text.rstrip("-")
    return bare[:-1] if bare != text and bare[-1:] in (".", ",") else text


def _mark_length(text: str, at: int, currency: str, locale: str) -> int:
    """How long the currency's mark here is; another currency's, or any other word, is refused."""
    rest = text[at:].casefold()
    for mark in marks_of(currency, locale):
        after = rest[len(mark) : len(mark) + 1]
        if rest.startswith(mark) and not (mark[-1].isalpha() and after.isalpha()):
            return len(mark)
    word = _word(text[at:])
    if word.upper() in _KNOWN_CODES or word.casefold() in HOME_MARKS or unicodedata.category(text[at]) == "Sc":
        raise AmountError(
            _("This amount is kept in %(currency)s, not in “%(word)s”.") % {"currency": currency, "word": word}
        )
    raise AmountError(_("“%(text)s” is not an amount.") % {"text": _shown(text)})


def _word(text: str) -> str:
    length = next((index for index, char in enumerate(text) if char.isdigit() or char.isspace()), len(text))
    return text[: max(1, length)]


def _shown(text: str) -> str:
    clean = "".join(char for char in text.strip() if char.isprintable())
    return clean if len(clean) <= 30 else f"{clean[:29]}…"


def _bookkeepers_minus(tokens: list[Token]) -> tuple[list[Token], bool]:
    """(12.00) and 12- are how books write money out."""
    if len(tokens) == 3 and tokens[0] == "(" and tokens[2] == ")" and not isinstance(tokens[1], str):
        return [tokens[1]], True
    if len(tokens) == 2 and tokens[1] == "-" and not isinstance(tokens[0], str):
        return [tokens[0]], True
    return tokens, False
