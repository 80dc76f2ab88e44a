"""Synthetic ledgers: the same for the same seed, with the habits of a real household."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

ACCOUNTS = [
    *[("EUR", "checking")] * 3,
    ("EUR", "savings"),
    ("EUR", "credit_card"),
    ("EUR", "cash"),
    *[("USD", "checking")] * 2,
]
CATEGORIES, PAYEES, YEARS = 40, 2000, 10
LAST = date(2026, 10, 31)
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeio"]
WORDS = ["invoice", "order", "card", "purchase", "online", "monthly", "ticket", "lunch", "repair", "gift", "parking"]


@dataclass(frozen=True, slots=True)
class Row:
    """One transaction: where, when, how much, who, what for; `target` makes it a transfer, `second` a split."""

    account: int
    day: date
    amount: int
    payee: int
    category: int
    description: str
    target: int | None = None
    second: int | None = None


def payee_names(seed: int = 1) -> list[str]:
    chance = random.Random(f"payees {seed}")
    names: set[str] = set()
    while len(names) < PAYEES:
        names.add("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title())
    return sorted(names)


def rows(count: int, seed: int = 1) -> Iterator[Row]:
    """`count` transactions over ten years, oldest first; a transfer counts as two."""
    chance = random.Random(f"rows {seed}")
    weights = list(accumulate(1 / (rank + 1) for rank in range(PAYEES)))
    first = LAST - timedelta(days=365 * YEARS)
    made = 0
    while made < count:
        day = first + timedelta(days=int(365 * YEARS * made / count))
        account = chance.choices(range(8), (40, 10, 5, 5, 30, 5, 3, 2))[0]
        payee = bisect(weights, chance.random() * weights[-1])
        amount = -int(chance.lognormvariate(7.6, 1.1)) - 50
        if chance.random() < 0.06:
            amount = -amount * 12
        words = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.randint(1000, 99999)}"
        if chance.random() < 0.025 and made + 2 <= count:
            same = [place for place in range(8) if place != account and ACCOUNTS[place][0] == ACCOUNTS[account][0]]
            yield Row(account, day, -abs(amount), payee, 0, words, target=chance.choice(same))
            made += 2
            continue
        second = chance.randrange(CATEGORIES) if chance.random() < 0.03 else None
        yield Row(account, day, amount, payee, payee % CATEGORIES, words, second=second)
        made += 1
