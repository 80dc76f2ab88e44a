"""The frame of every write to transactions: recorded in history, kept in the books, private where its account is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from financeflow.history.recording import Recording, recording
from financeflow.households.models import Household, User
from ledger.actions.books import Books, books_of
from ledger.models import Account


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
