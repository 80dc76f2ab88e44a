"""Every write to the ledger, one verb each."""

from __future__ import annotations

from financeflow.households.models import Household, User


def add_default_categories(*, household: Household, by: User | None) -> None:
    """The groups and categories a new household starts with."""
