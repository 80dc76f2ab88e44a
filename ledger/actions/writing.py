"""The frame of every write to transactions: recorded in history, kept in the books, private where its account is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import QuerySet

from financeflow.history.recording import Recording, recording
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import whole_household
from ledger.actions.books import Books, books_of
from ledger.models import Account, Transaction


@contextmanager
def writing(
    *,
    household: Household,
    by: User | None,
    verb: str,
    summary: str,
    accounts: Iterable[Account] = (),
    settles: bool = True,
) -> Iterator[tuple[Recording, Books]]:
    """One change to transactions in these accounts; all of it or nothing."""
    keepers = {account.private_to for account in accounts}
    private_to = keepers.pop() if len(keepers) == 1 else None
    with (
        recording(household=household, by=by, verb=verb, summary=summary, private_to=private_to) as record,
        books_of(household, settles=settles) as books,
    ):
        yield record, books


def accounts_of(rows: QuerySet[Transaction]) -> list[Account]:
    """All accounts that these stand in, or stood in before they were thrown away, for `writing`: in sight or not."""
    with whole_household():
        for some in (rows.filter(trashed_at=None), rows.exclude(trashed_at=None)):
            standing = Account.objects.filter(pk__in=some.order_by().values("account").distinct())
            if found := list(standing.select_related("private_to")):
                return found
    return []
