"""Which money out and which money in are one movement between two accounts: how likely, and why."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from ledger.calc.words import plain_words

Because = Literal["amount", "rate", "day", "wording", "name", "reference", "filed", "several"]

DAYS_APART: Final = 5
# Across currencies, what was earned on the way and what the bank's own rate took: at most so many thousandths.
RATE_PERMILLE: Final = 30
# What is as sure as this may be linked together with others like it, on one click.
HIGH: Final = 95
# What is less sure than this is not worth a person's time.
LOW: Final = 45
# So many rows of one amount are compared with each other, the nearest first.
MOST_ALIKE: Final = 12
# A rival that comes this near makes it a matter of luck which of the two is right.
NEAR: Final = 15

_BY_DAYS: Final = {0: 20, 1: 16, 2: 12, 3: 8, 4: 4, 5: 1}
# What banks write when money moves between accounts, as plain words.
_TRANSFER_WORDS = """
transfer transfers transferred xfer tfr trf internal umbuchung ubertrag uebertrag uberweisung ueberweisung
dauerauftrag kontoubertrag sparen virement retrait transferencia traspaso bonifico giroconto prelievo overboeking
overforing overforsel przelew topup withdrawal withdraw deposit atm cash abhebung barabhebung einzahlung
auszahlung geldautomat bargeld autopay repayment savings העברה הפקדה משיכה
"""
_GENERIC_WORDS = "account konto compte cuenta conto the and und der die das my mein our bank card karte"
TRANSFER_WORDS: Final = frozenset(_TRANSFER_WORDS.split())
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())
_TOKEN: Final = re.compile(r"[a-z0-9]+")


class Movement(NamedTuple):
    """A transaction that is no part of a transfer, as far as matching goes; `worth` is its base amount, if known."""

    key: int
    account: int
    amount: int
    currency: str
    day: date
    worth: int | None = None


class Wording(NamedTuple):
    """What is said of a movement: its words, and whether somebody filed it under a category."""

    words: frozenset[str] = frozenset()
    is_filed: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two movements that may be one; confidence is in percent, and every reason comes with a number."""

    out: Movement
    into: Movement
    confidence: int
    reasons: tuple[tuple[Because, int], ...] = ()
    rivals: int = 0

    @property
    def keys(self) -> tuple[int, int]:
        return self.out.key, self.into.key

    @property
    def days(self) -> int:
        return abs((self.into.day - self.out.day).days)


def words_of(*texts: str) -> frozenset[str]:
    return frozenset(plain_words(" ".join(texts)).split())


def naming(name: str) -> frozenset[str]:
    """The words by which an account is recognised; none where its name is too general for that."""
    return frozenset(word for word in words_of(name) if len(word) > 2) - _GENERIC


def same_amounts(outs: Iterable[Movement], ins: Iterable[Movement]) -> Iterator[tuple[Movement, Movement]]:
    """Pairs of one currency and one amount on two accounts, not more than a few days apart."""
    alike: dict[tuple[str, int], list[Movement]] = defaultdict(list)
    for into in ins:
        alike[into.currency, into.amount].append(into)
    for rows in alike.values():
        rows.sort(key=lambda row: row.day)
    for out in outs:
        yield from _nearest(out, alike.get((out.currency, -out.amount), ()))


def _nearest(out: Movement, rows: Sequence[Movement]) -> Iterator[tuple[Movement, Movement]]:
    window = timedelta(days=DAYS_APART)
    first = bisect_left(rows, out.day - window, key=lambda row: row.day)
    last = bisect_right(rows, out.day + window, key=lambda row: row.day)
    near = [row for row in rows[first : min(last, first + 10 * MOST_ALIKE)] if row.account != out.account]
    near.sort(key=lambda row: abs((row.day - out.day).days))
    yield from ((out, into) for into in near[:MOST_ALIKE])


def across_currencies(outs: Iterable[Movement], ins: Iterable[Movement]) -> Iterator[tuple[Movement, Movement]]:
    """Pairs of two currencies that were worth about the same on the day, and not more than a few days apart."""
    by_day: dict[date, list[tuple[int, Movement]]] = defaultdict(list)
    for out in outs:
        if out.worth is not None:
            by_day[out.day].append((-out.worth, out))
    for rows in by_day.values():
        rows.sort(key=lambda row: row[0])
    for into in ins:
        if into.worth is not None:
            yield from _about_as_much(into, into.worth, by_day)


def _about_as_much(
    into: Movement, worth: int, by_day: Mapping[date, list[tuple[int, Movement]]]
) -> Iterator[tuple[Movement, Movement]]:
    found: list[tuple[int, Movement]] = []
    for apart in range(-DAYS_APART, DAYS_APART + 1):
        rows = by_day.get(into.day + timedelta(days=apart), [])
        first = bisect_left(rows, worth * (1000 - RATE_PERMILLE) // 1000, key=lambda row: row[0])
        for value, out in rows[first : first + 4 * MOST_ALIKE]:
            if permille_off(value, worth) > RATE_PERMILLE:
                break
            if out.currency != into.currency and out.account != into.account:
                found.append((abs(value - worth), out))
    found.sort(key=lambda row: (row[0], row[1].key))
    yield from ((out, into) for _off, out in found[:MOST_ALIKE])


def permille_off(one: int, other: int) -> int:
    """By how many thousandths of the other the one differs, rounded up."""
    return -(-abs(one - other) * 1000 // abs(other)) if other else 1000


def weighed(out: Movement, into: Movement, said: Mapping[int, Wording], names: Mapping[int, frozenset[str]]) -> Pair:
    """How likely the two are one movement, by themselves."""
    points, reasons = _by_amount(out, into)
    apart = abs((into.day - out.day).days)
    points += _BY_DAYS.get(apart, 0) - (4 if into.day < out.day else 0)
    reasons.append(("day", apart))
    one, other = said.get(out.key, Wording()), said.get(into.key, Wording())
    told = _by_wording(one, other, names.get(out.account, frozenset()), names.get(into.account, frozenset()))
    points += min(24, sum(weight for weight, _reason in told))
    reasons += [reason for _weight, reason in told]
    if filed := one.is_filed + other.is_filed:
        points -= 22 * filed
        reasons.append(("filed", filed))
    return Pair(out, into, max(1, min(99, points)), tuple(reasons))


def _by_amount(out: Movement, into: Movement) -> tuple[int, list[tuple[Because, int]]]:
    if out.currency == into.currency:
        # An amount like 1,234.57 is seldom met twice by accident.
        is_odd = bool(out.amount % 1000)
        return 60 + 4 * is_odd, [("amount", 0)]
    off = permille_off(-(out.worth or 0), into.worth or 0)
    return 46 + (14 if off <= 5 else 10 if off <= 10 else 5 if off <= 20 else 0), [("rate", off)]


def _by_wording(
    one: Wording, other: Wording, of_out: frozenset[str], of_into: frozenset[str]
) -> list[tuple[int, tuple[Because, int]]]:
    found: list[tuple[int, tuple[Because, int]]] = []
    worded = bool(one.words & TRANSFER_WORDS) + bool(other.words & TRANSFER_WORDS)
    if worded:
        found.append((9 if worded == 1 else 15, ("wording", worded)))
    named = (bool(of_into) and of_into <= one.words) + (bool(of_out) and of_out <= other.words)
    if named:
        found.append((13 if named == 1 else 16, ("name", named)))
    if any(_is_reference(word) for word in one.words & other.words):
        found.append((14, ("reference", 1)))
    return found


def _is_reference(word: str) -> bool:
    """A long token with digits, as banks put into the purpose of both bookings."""
    return len(word) >= 6 and any(char.isdigit() for char in word) and bool(_TOKEN.fullmatch(word))


def likeliest(pairs: Iterable[Pair], *, least: int = LOW) -> list[Pair]:
    """The likeliest of all, each movement in one of them alone; where others would fit too, a pair is less sure."""
    every = [pair for pair in pairs if pair.confidence >= least]
    every.sort(key=lambda pair: (-pair.confidence, pair.days, pair.keys))
    sides = _by_side(every)
    taken: set[int] = set()
    found: list[Pair] = []
    for pair in every:
        if taken.isdisjoint(pair.keys):
            taken.update(pair.keys)
            found.append(_among_rivals(pair, sides))
    found = [pair for pair in found if pair.confidence >= least]
    return sorted(found, key=lambda pair: (-pair.confidence, -pair.out.day.toordinal(), pair.keys))


def _by_side(pairs: Iterable[Pair]) -> dict[int, list[Pair]]:
    sides: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        for key in pair.keys:
            sides[key].append(pair)
    return sides


def _among_rivals(pair: Pair, sides: Mapping[int, list[Pair]]) -> Pair:
    rivals = {other.keys: other for key in pair.keys for other in sides[key] if other.keys != pair.keys}
    if not rivals:
        return pair
    near = Counter(other.confidence >= pair.confidence - NEAR for other in rivals.values())
    less = min(30, 10 + 6 * near[True]) if near[True] else 2
    sure = min(pair.confidence - less, HIGH - 1) if near[True] else pair.confidence - less
    return replace(pair, confidence=max(1, sure), reasons=(*pair.reasons, ("several", len(rivals))), rivals=len(rivals))
