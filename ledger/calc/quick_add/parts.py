"""What a line of quick add said, each part with the places it stands at, and the line with one part changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from ledger.calc.typed import Problem, Span, quoted, worded, words_of

T = TypeVar("T")


class Known(NamedTuple):
    """An account, payee or category by name; a payee that is new has no id yet, only accounts have a currency."""

    id: int | None
    name: str
    key: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One thing the line said; no spans where it follows from the rest and was not written."""

    value: T
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class QuickAdd:
    """A line of quick add, understood as far as it can be.

    `amount` is in minor units of `currency`: negative for money out; in a transfer what leaves `account`, above zero,
    and `to_amount` what arrives at `to_account` where that was written. `arrow` is where the “>” of a transfer stands.
    """

    line: str
    currency: Part[str]
    amount: Part[int] | None = None
    day: Part[date] | None = None
    account: Part[Known] | None = None
    to_account: Part[Known] | None = None
    to_amount: Part[int] | None = None
    to_currency: Part[str] | None = None
    tags: tuple[Part[str], ...] = ()
    payee: Part[Known] | None = None
    category: Part[Known] | None = None
    note: Part[str] | None = None
    arrow: Span | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_transfer(self) -> bool:
        return self.arrow is not None

    def with_part(self, name: str, value: Any) -> str:
        """The line with this part said anew, ready to be read again; None takes the part out.

        amount and to_amount: as typed, with + for money in. currency and to_currency: a code. day: a date. account,
        to_account, payee, category, note: a name or text. tags: all of their names.
        """
        parts = self.tags if name == "tags" else (getattr(self, name),)
        spans = sorted(span for part in parts if part for span in part.spans)
        place = spans[0][0] if spans else self._place_of(name)
        words = "" if value is None else _spelled(name, value)
        if words and name == "day" and self.line[place : place + 3].casefold() == "on:":
            words = f"on:{words}"
        if not spans:
            words = f" {words} "
        rest, at = "", place
        for start, end in spans:
            rest += self.line[at:start]
            at = end
        return re.sub(" {2,}", " ", f"{self.line[:place]}{words}{rest}{self.line[at:]}").strip()

    def _place_of(self, name: str) -> int:
        """Where a part goes that is not in the line yet: beside what it belongs to, else at the end."""
        end = len(self.line)
        if name == "amount":
            return 0
        amount = {"currency": self.amount, "to_currency": self.to_amount}.get(name)
        if amount:
            return max(span[1] for span in amount.spans)
        if name in ("account", "to_amount") and self.arrow:
            return self.arrow[name == "to_amount"]
        return end


def _spelled(name: str, value: Any) -> str:
    if name == "day":
        return str(value.isoformat())
    if name == "tags":
        return _spelled_tags(value)
    prefix = {"account": "@", "to_account": "@", "category": "category:", "note": "note:"}.get(name)
    if name == "payee":
        return quoted(words_of(value))
    return f"{prefix}{worded(words_of(value))}" if prefix else str(value)


def _spelled_tags(names: Iterable[str]) -> str:
    return " ".join(f"#{worded(words_of(name))}" for name in names)
