"""Which money in is probably money back for which spending: how likely, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, NamedTuple

from ledger.calc.matching import NEAR

Because = Literal["person", "payee", "amount", "expected", "share", "wording", "days", "several"]

DAYS_BACK: Final = 120
LOW: Final = 50
_SHARES: Final = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4))
# What shops and friends write when they give money back, as plain words.
_REFUND_WORDS = """
refund refunded return returned returns reimbursement reversal chargeback cashback credit erstattung ruckerstattung
rueckerstattung ruckzahlung rueckzahlung gutschrift storno retoure remboursement avoir reembolso devolucion rimborso
storno terugbetaling retour zwrot החזר זיכוי
"""
REFUND_WORDS: Final = frozenset(_REFUND_WORDS.split())


class Spent(NamedTuple):
    """A line that may get money back; `room` is what is not yet owed back of it.

    Where somebody owes it: the key of that `link`, what is `expected`, and the words of who it is `owed_by`.
    """

    key: int
    payee: int | None
    room: int
    currency: str
    day: date
    link: int = 0
    expected: int = 0
    owed_by: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[int, int]:
        return self.key, self.link


class Came(NamedTuple):
    """Money in that nobody filed."""

    key: int
    payee: int | None
    amount: int
    currency: str
    day: date
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MoneyBack:
    spent: Spent
    came: Came
    confidence: int
    reasons: tuple[tuple[Because, int], ...] = ()


def fits(spent: Spent, came: Came) -> bool:
    """Whether the one can be money back for the other: later, not too late, and not more than was spent."""
    days = (came.day - spent.day).days
    return 0 <= days <= DAYS_BACK and came.currency == spent.currency and came.amount <= spent.room


def weighed(spent: Spent, came: Came) -> MoneyBack:
    """How likely the one is money back for the other, by themselves."""
    days = (came.day - spent.day).days
    points, reasons = _by_who(spent, came)
    more, because = _by_amount(spent, came)
    points += more + (12 if days <= 14 else 8 if days <= 45 else 3)
    reasons += because
    if came.words & REFUND_WORDS:
        points += 14
        reasons.append(("wording", 0))
    reasons.append(("days", days))
    return MoneyBack(spent, came, max(1, min(99, points)), tuple(reasons))


def _by_who(spent: Spent, came: Came) -> tuple[int, list[tuple[Because, int]]]:
    if spent.owed_by and spent.owed_by <= came.words:
        return 50, [("person", 0)]
    if spent.payee is not None and spent.payee == came.payee:
        return 36, [("payee", 0)]
    return 0, []


def _by_amount(spent: Spent, came: Came) -> tuple[int, list[tuple[Because, int]]]:
    if spent.expected and came.amount == spent.expected:
        return 36, [("expected", 0)]
    if came.amount == spent.room:
        return 34, [("amount", 0)]
    for part, whole in _SHARES:
        if abs(came.amount * whole - spent.room * part) < whole:
            return 12, [("share", 10 * part + whole)]
    return 2, []


def likeliest(found: Iterable[MoneyBack], *, least: int = LOW) -> list[MoneyBack]:
    """The likeliest of all, each money in once; where others would fit about as well, it is less sure."""
    by_came: dict[int, list[MoneyBack]] = {}
    for each in sorted(found, key=lambda each: (-each.confidence, -each.spent.day.toordinal(), each.spent.key)):
        by_came.setdefault(each.came.key, []).append(each)
    taken: set[tuple[int, int]] = set()
    chosen: list[MoneyBack] = []
    for options in sorted(by_came.values(), key=lambda options: (-options[0].confidence, options[0].came.key)):
        free = [each for each in options if each.spent.place not in taken]
        if free:
            taken.add(free[0].spent.place)
            chosen.append(_among(free))
    return [each for each in chosen if each.confidence >= least]


def _among(options: list[MoneyBack]) -> MoneyBack:
    best = options[0]
    near = sum(each.confidence >= best.confidence - NEAR for each in options[1:])
    if not near:
        return best
    less = min(24, 8 + 4 * near)
    return replace(best, confidence=max(1, best.confidence - less), reasons=(*best.reasons, ("several", near)))
