"""Why something is filed as it is, or suggested: what the app knows of it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ledger.calc.bands import how_sure
from ledger.calc.payee_names import readable_name
from ledger.calc.terms import Term
from ledger.calc.terms.parts import Text
from ledger.models import Category, Line, Transaction
from ledger.queries.guessing import is_open, unfiled
from ledger.queries.suggesting import Suggestion, suggest_categories

# So many more are told.
OTHERS = 3


@dataclass(frozen=True)
class Why:
    """A category, how sure it is, why, what else was likely, and the search for the earlier ones it goes by."""

    category: Category
    percent: int
    reason: str
    others: list[Suggestion]
    alike: str
    is_learned: bool

    @property
    def sure(self) -> str:
        return how_sure(self.percent)


def why_of(row: Any) -> Why | None:
    """Of a transaction made shown: why it was filed by itself, or what is likely; None where a person said so."""
    if not (row.learned or is_open(row)):
        return None
    [found] = suggest_categories(row.household, [unfiled(row)])
    if not row.learned:
        first = found[0] if found else None
        return (
            Why(first.category, first.percent, first.reason, found[1 : 1 + OTHERS], _alike(row), False)
            if first
            else None
        )
    same = next((each for each in found if each.category.pk == row.filed.pk), None)
    reason = same.reason if same else _("it was the likeliest when it was filed; you have taught the app since")
    others = [each for each in found if each is not same][:OTHERS]
    return Why(row.filed, row.learned, reason, others, _alike(row), True)


def is_guessed(row: Transaction) -> bool:
    """Whether there is anything to tell: it was filed by itself, or not at all."""
    guessed = Q(learned__gt=0) | Q(category=None, is_transfer=False)
    return Line.objects.filter(guessed, transaction=row).exists()


def _alike(row: Any) -> str:
    """The search for what has the same payee, else the same name in the bank's words."""
    if row.payee:
        return str(Term("payee", row.payee.name))
    name = readable_name(row.description)
    return str(Text(name, is_phrase=True)) if name else ""
