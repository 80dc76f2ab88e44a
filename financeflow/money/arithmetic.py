"""A very small calculator: numbers, + − × ÷ and brackets, nothing else, in exact fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

Token = Fraction | str
DEEPEST = 8


class NotArithmetic(ValueError):
    """The tokens do not make a sum one could do by hand."""


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> Token | None:
        token = self.peek()
        self.at += 1
        return token

    def total(self) -> Fraction:
        """Terms added and taken away; one sign may stand in front."""
        sign = -1 if self.peek() == "-" else 1
        if self.peek() in ("+", "-"):
            self.take()
        return self._chain(sign * self._product(), "+-", self._product)

    def _product(self) -> Fraction:
        return self._chain(self._number(), "*/", self._number)

    def _chain(self, left: Fraction, signs: str, part: Callable[[], Fraction]) -> Fraction:
        while (sign := self.peek()) is not None and sign in tuple(signs):
            self.take()
            left = _apply(str(sign), left, part())
        return left

    def _number(self) -> Fraction:
        taken = self.take()
        if isinstance(taken, Fraction):
            return taken
        if taken != "(" or self.depth >= DEEPEST:
            raise NotArithmetic("A number is missing.")
        self.depth += 1
        inner = self.total()
        self.depth -= 1
        if self.take() != ")":
            raise NotArithmetic("A bracket is left open.")
        return inner


def _apply(sign: str, left: Fraction, right: Fraction) -> Fraction:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if not right:
        raise NotArithmetic("Nothing can be divided by zero.")
    return left / right


def evaluate(tokens: list[Token]) -> Fraction:
    """The value of the sum that the tokens write."""
    reader = _Reader(tokens)
    value = reader.total()
    if reader.peek() is not None:
        raise NotArithmetic("Something is left over.")
    return value
