"""Amounts in and out of text, as many people write them."""

import pytest
from babel import Locale
from hypothesis import example, given, settings
from hypothesis import strategies as st

from financeflow.households.choices import LOCALES
from financeflow.money.currencies import CODES, minor_digits
from financeflow.money.text import AmountError, decimal_text, format_money, format_plain, parse_amount
from financeflow.money.values import LARGEST

MORE_LOCALES = """
ar bg-BG bn-IN cs-CZ da-DK de-AT en-AU en-ZA es-MX et-EE fa-IR fi-FI hi-IN hu-HU it-CH ko-KR nb-NO
pl-PL pt-BR pt-PT ru-RU th-TH tr-TR uk-UA vi-VN zh-CN
"""
locales = st.sampled_from([code for code, _ in LOCALES] + MORE_LOCALES.split())
currencies = st.sampled_from(CODES)
amounts = st.integers(-LARGEST, LARGEST)


@settings(max_examples=500)
@given(amounts, currencies, locales, st.booleans())
@example(-1, "EUR", "de-CH", True)
@example(-123456789, "AED", "ar", False)
def test_what_is_written_is_read_back(minor: int, currency: str, locale: str, plus: bool) -> None:
    assert parse_amount(str(format_money(minor, currency, locale, plus=plus)), currency, locale) == minor
    assert parse_amount(format_plain(minor, currency, locale), currency, locale) == minor


@given(amounts, currencies)
def test_text_for_machines_is_exact(minor: int, currency: str) -> None:
    text = decimal_text(minor, minor_digits(currency))
    assert int(text.replace(".", "")) == minor
    assert ("." in text) == bool(minor_digits(currency))


def answer(text: str, currency: str, locale: str) -> int | str:
    try:
        return parse_amount(text, currency, locale)
    except AmountError as error:
        return str(error)


@settings(max_examples=400)
@given(st.text(max_size=30), currencies, locales)
def test_any_text_is_an_amount_or_a_clear_refusal(text: str, currency: str, locale: str) -> None:
    assert answer(text, currency, locale) != ""


@settings(max_examples=300)
@given(st.text("0123456789.,-+*/()' €", max_size=25), locales)
def test_anything_made_of_signs_and_digits_is_answered(text: str, locale: str) -> None:
    said = answer(text, "EUR", locale)
    assert isinstance(said, str) or abs(said) <= LARGEST


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,234.56", 123456),
        ("1.234,56", 123456),
        ("1 234,56", 123456),
        ("1\u202f234,56", 123456),
        ("1’234.56", 123456),
        ("1'234.56", 123456),
        ("1,234,567.89", 123456789),
        ("1.234.567,89", 123456789),
        ("12,34,567.89", 123456789),
        ("1234567.89", 123456789),
        ("12", 1200),
        ("12.5", 1250),
        ("12,5", 1250),
        (".5", 50),
        ("12.", 1200),
        ("0", 0),
        ("-0", 0),
        ("(12.00)", -1200),
        ("(€12.00)", -1200),
        ("12-", -1200),
        ("12.00 -", -1200),
        ("12.-", 1200),
        ("€12", 1200),
        ("12 €", 1200),
        ("EUR 12", 1200),
        ("12eur", 1200),
        ("-€12", -1200),
        ("€-12", -1200),
        ("−12", -1200),
        ("–12", -1200),
        ("+12", 1200),
        ("16.99*2+5", 3898),
        ("16,99 × 2 + 5", 3898),
        ("45.20/2", 2260),
        ("10/3", 333),
        ("20/3", 667),
        ("0.125*1", 12),
        ("0.375*1", 38),
        ("(1+2)*3", 900),
        ("-(1+2)", -300),
        ("100-7.50", 9250),
        ("2*(3+(4-1))", 1200),
        ("١٢٫٥٠", 1250),
        ("\u200f12\u200e", 1200),
        ("１２．５", 1250),
    ],
)
def test_the_ways_people_write_amounts(text: str, minor: int) -> None:
    assert parse_amount(text, "EUR", "en-GB") == minor


@pytest.mark.parametrize(
    ("text", "currency", "locale", "minor"),
    [
        ("1.234", "EUR", "de-DE", 123400),
        ("1,234", "EUR", "en-GB", 123400),
        ("1,23", "EUR", "en-GB", 123),
        ("1.23", "EUR", "de-DE", 123),
        ("1.234", "KWD", "en-GB", 1234),
        ("1,234", "JPY", "ja-JP", 1234),
        ("¥500", "JPY", "ja-JP", 500),
        ("-$12", "USD", "en-GB", -1200),
        ("$12", "CAD", "en-US", 1200),
        ("₪12", "ILS", "he-IL", 1200),
        ("12 kr", "SEK", "sv-SE", 1200),
        ("Fr. 12.50", "CHF", "de-CH", 1250),
        ("1’234.50", "CHF", "de-CH", 123450),
        ("R$ 12", "BRL", "pt-BR", 1200),
        ("12,34,567.5", "INR", "en-IN", 123456750),
    ],
)
def test_the_locale_and_the_currency_decide_what_is_open(text: str, currency: str, locale: str, minor: int) -> None:
    assert parse_amount(text, currency, locale) == minor


WORDS = """
abc nan inf -inf NaN 1e9 1e-2 0x10 --5 5-- +-5 5+
*5 5** 1/0 ( ) () (5 5) 12€5 1,23,45 1.2.3,4 ² ½ 1_000 EUROS5 5% (1+2)*-3
"""
LINES = [
    "",
    "   ",
    "€",
    "12 5",
    "1 23",
    "1,234.56.78",
    "9" * 200,
    "1\n+\x002",
    "12;5",
    "=1+1",
    "__import__('os')",
    "5 6 7",
]


@pytest.mark.parametrize("text", [*WORDS.split(), *LINES])
def test_what_is_not_plainly_an_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text, "EUR", "en-GB")


@pytest.mark.parametrize(
    ("text", "currency", "words"),
    [
        ("12.345", "EUR", "no more than 2 decimals"),
        ("1.5", "JPY", "no decimals"),
        ("1.2345", "KWD", "no more than 3 decimals"),
        ("$12", "EUR", "kept in EUR"),
        ("12 USD", "EUR", "kept in EUR"),
        ("10000000000000.01", "EUR", "too large"),
        ("9999999999*9999999999", "EUR", "too large"),
        ("", "EUR", "like 12.50"),
        ("", "JPY", "like 1250"),
    ],
)
def test_a_refusal_says_why(text: str, currency: str, words: str) -> None:
    with pytest.raises(AmountError, match=words):
        parse_amount(text, currency, "en-GB")


def test_the_largest_amount_is_the_last_that_is_kept() -> None:
    assert parse_amount("10000000000000", "EUR", "en-GB") == LARGEST


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "text"),
    [
        (123456, "EUR", "en-GB", "€1,234.56"),
        (-123456, "EUR", "en-GB", "−€1,234.56"),
        (-123456, "EUR", "de-DE", "−1.234,56\xa0€"),
        (642055, "USD", "en-GB", "US$6,420.55"),
        (-123456, "CHF", "de-CH", "CHF\xa0−1’234.56"),
        (123456, "CHF", "en-GB", "CHF\xa01,234.56"),
        (123456789, "INR", "en-IN", "₹12,34,567.89"),
        (123456, "JPY", "ja-JP", "￥123,456"),
        (1234567, "KWD", "en-US", "KWD\xa01,234.567"),
        (123456, "EUR", "fr-FR", "1\u202f234,56\xa0€"),
        (-123456, "ILS", "he-IL", "\u2066−1,234.56\xa0₪\u2069"),
    ],
)
def test_amounts_are_written_as_the_locale_does(minor: int, currency: str, locale: str, text: str) -> None:
    assert str(format_money(minor, currency, locale)) == text


def test_every_locale_offered_is_one_that_is_known() -> None:
    for code, _ in LOCALES:
        assert Locale.parse(code.replace("-", "_"))


def test_an_unknown_locale_is_written_as_english() -> None:
    assert str(format_money(100, "EUR", "xx-YY")) == "€1.00"
