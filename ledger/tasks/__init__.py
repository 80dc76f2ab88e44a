"""Chores of the ledger that nobody asks for: beat sends them."""

from ledger.tasks.dashboards import refresh_dashboards
from ledger.tasks.papers import remove_lost_papers
from ledger.tasks.rates import refresh_rates
from ledger.tasks.summaries import summarise_months, tell_month

__all__ = ["refresh_dashboards", "refresh_rates", "remove_lost_papers", "summarise_months", "tell_month"]
