"""Chores of the ledger that nobody asks for: beat sends them."""

from ledger.tasks.papers import remove_lost_papers
from ledger.tasks.rates import refresh_rates

__all__ = ["refresh_rates", "remove_lost_papers"]
