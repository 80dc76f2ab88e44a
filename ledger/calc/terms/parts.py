"""A search as it was understood: terms that all have to hold, each one thing to look for or to leave out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ledger.calc.terms.operators import NONE, OPERATORS
from ledger.calc.typed import Problem, Span, quoted, worded
from ledger.calc.words import plain_words


@dataclass(frozen=True, slots=True)
class Text:
    """Words to look for in payee, description and notes; a word that reads as an amount means that amount as well."""

    text: str
    is_phrase: bool = False
    amount: Decimal | None = None

    @property
    def words(self) -> str:
        """The words as transactions are found by them."""
        return plain_words(self.text)

    @property
    def amount_word(self) -> str:
        """The amount as the one word by which transactions are found by it; empty where this is no amount."""
        return "" if self.amount is None else f"a{self.amount.normalize():f}".replace(".", "p")

    def __str__(self) -> str:
        return quoted(self.text) if self.is_phrase else self.text


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Amounts from `low` to `high`, in or out; None is no end, `over` and `under` leave the end out."""

    low: Decimal | None
    high: Decimal | None
    over: bool = False
    under: bool = False

    def minor(self, digits: int) -> tuple[int | None, int | None]:
        """The least and the most minor units, both included, in a currency of so many decimals."""
        low = None if self.low is None else _whole(self.low, digits, ROUND_CEILING, past=self.over)
        high = None if self.high is None else _whole(self.high, digits, ROUND_FLOOR, past=self.under)
        return low, high

    def __str__(self) -> str:
        if self.low is not None and self.high is not None:
            one, two = _figures(self.low), _figures(self.high)
            return f"={one}" if self.low == self.high else f":{one}..{two}"
        if self.low is not None:
            return f"{'>' if self.over else '>='}{_figures(self.low)}"
        return f"{'<' if self.under else '<='}{_figures(self.high or Decimal(0))}"


def _whole(value: Decimal, digits: int, rounding: str, *, past: bool) -> int:
    units = value.scaleb(digits)
    nearest = int(units.to_integral_value(rounding))
    step = 1 if rounding == ROUND_CEILING else -1
    return nearest + step if past and nearest == units else nearest


def _figures(value: Decimal) -> str:
    """With a point in every locale; three decimals get a fourth, lest the point be read as parting thousands."""
    text = f"{value:f}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from `first` to `last`, both included; None is no end."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        if self.first is None:
            return str(self.last + timedelta(days=1)) if self.last else ""
        if self.last is None:
            return str(self.first - timedelta(days=1))
        if self.first == self.last:
            return str(self.first)
        return str(self.first)[:4] if self.first.month != self.last.month else str(self.first)[:7]


Value = Text | AmountRange | DayRange | str | None


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `name` is “text” or the name of an operator; a value of None asks for what has none."""

    name: str
    value: Value
    negated: bool = False
    span: Span = field(default=(0, 0), compare=False)

    def __str__(self) -> str:
        """The term as one would type it."""
        sign = "-" if self.negated else ""
        if isinstance(self.value, Text):
            return f"{sign}{self.value}"
        if isinstance(self.value, AmountRange):
            return f"{sign}{self.name}{self.value}"
        return f"{sign}{self.name}:{self._named()}"

    def _named(self) -> str:
        if self.value is None:
            return NONE
        if not isinstance(self.value, str):
            return str(self.value)
        operator = OPERATORS[self.name]
        return quoted(self.value) if operator.may_be_none and self.value.casefold() == NONE else worded(self.value)


@dataclass(frozen=True, slots=True)
class Search:
    """What a text asks for; `line` is the text itself, relative days and all, and what of it was not understood."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    line: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def text(self) -> str:
        """All that was understood, in a spelling that means the same in every locale and on every day."""
        return " ".join(str(term) for term in self.terms)

    def with_term(self, term: Term) -> str:
        """The line asking for this too."""
        return " ".join([*self.line.split(), str(term)])

    def without(self, unwanted: Callable[[Term], bool]) -> str:
        """The line with these terms taken out, all else as it was typed."""
        line = self.line
        for term in reversed(self.terms):
            if unwanted(term):
                line = f"{line[: term.span[0]]} {line[term.span[1] :]}"
        return " ".join(line.split())
