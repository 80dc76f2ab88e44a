"""Rates in and out of text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ledger.calc.rate_text import exact_text, rate_text, read_rate


@pytest.mark.parametrize(
    ("value", "locale", "expected"),
    [
        ("1.08531", "en-GB", "1.0853"),
        ("1.08531", "de-DE", "1,0853"),
        ("0.0056922", "en-GB", "0.0056922"),
        ("0.000018912", "en-GB", "0.000018912"),
        ("19214.37", "en-GB", "19,214"),
        ("160", "en-GB", "160.00"),
        ("1", "en-GB", "1.0000"),
    ],
)
def test_a_rate_is_shown_with_the_digits_that_count(value: str, locale: str, expected: str) -> None:
    assert rate_text(Fraction(value), locale) == expected


@pytest.mark.parametrize(
    ("text", "locale", "billionths"),
    [
        ("0.9", "en-GB", 900_000_000),
        ("0,9", "de-DE", 900_000_000),
        (" 1.234,5 ", "de-DE", 1234_500_000_000),
        ("1,234.5", "en-GB", 1234_500_000_000),
        ("0.000000001", "en-GB", 1),
        ("١٫٥", "ar-EG", 1_500_000_000),
        ("0.0000000001", "en-GB", None),
        ("0", "en-GB", None),
        ("-1", "en-GB", None),
        ("abc", "en-GB", None),
        ("nan", "en-GB", None),
        ("inf", "en-GB", None),
        ("1e9", "en-GB", None),
        ("", "en-GB", None),
        ("1000000000000", "en-GB", None),
        ("9" * 200, "en-GB", None),
    ],
)
def test_a_rate_is_read_as_people_write_it_or_not_at_all(text: str, locale: str, billionths: int | None) -> None:
    assert read_rate(text, locale) == billionths
    if billionths:
        assert read_rate(exact_text(billionths, locale), locale) == billionths
