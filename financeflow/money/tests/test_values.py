"""Arithmetic of amounts: nothing invented, nothing lost."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financeflow.money.values import LARGEST, CurrencyMismatch, Money, half_even, share_out, sums_by_currency

amounts = st.integers(-LARGEST, LARGEST)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)


def test_amounts_of_one_currency_add_subtract_and_compare() -> None:
    ten, four = Money(1000, "EUR"), Money(400, "EUR")
    assert ten + four == Money(1400, "EUR")
    assert ten - four == Money(600, "EUR")
    assert -ten == Money(-1000, "EUR")
    assert abs(-ten) == ten
    assert four < ten
    assert four <= ten
    assert ten > four
    assert ten >= ten
    assert not Money(0, "EUR")


def test_currencies_do_not_mix() -> None:
    euro, dollar = Money(1, "EUR"), Money(1, "USD")
    assert euro != dollar
    for mixing in (
        lambda: euro + dollar,
        lambda: euro - dollar,
        lambda: euro < dollar,
        lambda: euro <= dollar,
        lambda: euro > dollar,
        lambda: euro >= dollar,
    ):
        with pytest.raises(CurrencyMismatch):
            mixing()


def test_a_number_is_no_amount() -> None:
    with pytest.raises((TypeError, AttributeError)):
        Money(1, "EUR") + 1  # type: ignore[operator]


@given(amounts, st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_rounding_happens_once_and_half_goes_to_even(minor: int, numerator: int, denominator: int) -> None:
    assert Money(minor, "EUR").times(numerator, denominator).minor == round(Fraction(minor * numerator, denominator))


@given(st.integers(), st.integers().filter(bool))
def test_half_even_agrees_with_the_exact_fraction(numerator: int, denominator: int) -> None:
    assert half_even(numerator, denominator) == round(Fraction(numerator, denominator))


@given(amounts, weights)
def test_shares_add_up_and_none_is_a_cent_from_its_due(total: int, parts: list[int]) -> None:
    shares = share_out(total, parts)
    assert sum(shares) == total
    for share, weight in zip(shares, parts, strict=True):
        assert abs(Fraction(total * weight, sum(parts)) - share) < 1
        assert share == 0 or (share > 0) == (total > 0)


def test_leftover_cents_go_one_by_one_to_the_first() -> None:
    assert share_out(1000, [1, 1, 1]) == [334, 333, 333]
    assert share_out(-1001, [1, 1, 1]) == [-334, -334, -333]
    assert [part.minor for part in Money(5, "JPY").shared([1, 1])] == [3, 2]


@pytest.mark.parametrize("parts", [[], [0, 0], [2, -1]])
def test_weights_must_make_sense(parts: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        share_out(100, parts)


def test_each_currency_has_its_own_sum() -> None:
    met = [Money(1, "EUR"), Money(5, "USD"), Money(2, "EUR")]
    assert sums_by_currency(met) == [Money(3, "EUR"), Money(5, "USD")]
    assert sums_by_currency(met, first="USD") == [Money(5, "USD"), Money(3, "EUR")]
