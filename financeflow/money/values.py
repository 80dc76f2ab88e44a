"""An amount and its currency, and the arithmetic that neither invents nor loses a cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Beyond this many minor units nothing is accepted: it leaves room for sums of thousands in 64 bits.
LARGEST = 10**15


class CurrencyMismatch(TypeError):
    """Amounts of two currencies met without a rate between them."""


@dataclass(frozen=True, slots=True)
class Money:
    """A whole number of minor units of one currency. Money out is negative."""

    minor: int
    currency: str

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not mix without a rate.")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def times(self, numerator: int, denominator: int = 1) -> Money:
        """A fraction of the amount, rounded once, half to even."""
        return Money(half_even(self.minor * numerator, denominator), self.currency)

    def shared(self, weights: Sequence[int]) -> list[Money]:
        """The amount shared out by weights; the shares add up to it exactly."""
        return [Money(part, self.currency) for part in share_out(self.minor, weights)]


def half_even(numerator: int, denominator: int) -> int:
    """The nearest whole number to the fraction; a half goes to the even neighbour."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return whole + (twice > denominator or (twice == denominator and whole % 2 == 1))


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` by weights; what is left over goes one by one to where most was cut off, the first where equal."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights must not be negative, and not all zero.")
    sign = -1 if total < 0 else 1
    cut = [divmod(abs(total) * weight, whole) for weight in weights]
    parts = [part for part, _ in cut]
    by_rest = sorted(range(len(cut)), key=lambda index: -cut[index][1])
    for index in by_rest[: abs(total) - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def sums_by_currency(amounts: Iterable[Money], *, first: str = "") -> list[Money]:
    """One sum for each currency, `first` first, then as they were met: they are never added up without a rate."""
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return [Money(sums[currency], currency) for currency in sorted(sums, key=lambda currency: currency != first)]
