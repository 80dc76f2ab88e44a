"""The ledger's part in leaving a household: what one keeps private stays closed to the others."""

from __future__ import annotations

from financeflow.households.models import User
from ledger import queries


def kept_private(member: User) -> list[str]:
    """The accounts of the household in scope that this member keeps private."""
    return list(queries.accounts().filter(private_to=member).values_list("name", flat=True))
