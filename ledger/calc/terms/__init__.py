"""The search language of the transaction list: amount>50 -tag:work category:none before:2026-03."""

from ledger.calc.terms.operators import OPERATORS, Operator
from ledger.calc.terms.parts import AmountRange, DayRange, Search, Term, Text, Value
from ledger.calc.terms.reading import LONGEST, MOST_TERMS, read_search

__all__ = [
    "LONGEST",
    "MOST_TERMS",
    "OPERATORS",
    "AmountRange",
    "DayRange",
    "Operator",
    "Search",
    "Term",
    "Text",
    "Value",
    "read_search",
]
