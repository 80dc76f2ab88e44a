"""Likely categories of what somebody tells in words alone, and the payees that are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from financeflow.households.models import Household
from ledger.calc.payee_names import readable_name
from ledger.calc.words import name_key
from ledger.queries.payees import payees_by_key
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories


@dataclass(frozen=True, slots=True)
class Told:
    """Who was paid, where that is said, and what else is known."""

    payee: str
    description: str
    amount: int
    currency: str
    account: int | None
    day: date | None

    @property
    def keys(self) -> list[str]:
        """What the payee may be known by, the surest first."""
        names = (self.payee,) if self.payee.strip() else (readable_name(self.description), self.description)
        return [key for name in names if (key := name_key(name))]


def guesses_told(household: Household, told: Sequence[Told]) -> list[list[Suggestion]]:
    known = payees_by_key({key for each in told for key in each.keys})
    asked = [
        Unfiled(
            amount=each.amount,
            currency=each.currency,
            payee=next((known[key] for key in each.keys if key in known), None),
            words=each.description if each.payee in each.description else f"{each.payee} {each.description}",
            account=each.account,
            day=each.day,
        )
        for each in told
    ]
    return suggest_categories(household, asked)
