"""What follows from a transaction: copies on its lines, amounts in the base currency, words it is found by."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from ledger.actions.converting import convert_amounts
from ledger.calc.words import plain_words, search_words
from ledger.models import Transaction
from ledger.models.many import OneOf, one_of

_COPY = """
    UPDATE ledger_line SET account_id = t.account_id, date = t.date,
        is_transfer = (t.transfer_id IS NOT NULL), is_kept = (t.trashed_at IS NULL)
    FROM ledger_transaction AS t WHERE t.id = ledger_line.transaction_id AND {}
"""


def settle(household: Household, ids: Sequence[int]) -> None:
    """Work out anew what follows from these transactions, wherever it differs."""
    condition, parameter = one_of("ledger_line.transaction_id", ids, connection)
    with connection.cursor() as cursor:
        cursor.execute(_COPY.format(condition), [parameter])
    convert_amounts(household, ids)
    _find_words(ids)


def _find_words(ids: Sequence[int]) -> None:
    rows = Transaction.objects.filter(OneOf("pk", ids)).values_list(
        "pk", "description", "notes", "amount", "currency", "payee__name", "payee_words", "words"
    )
    changed = []
    for key, description, notes, amount, currency, payee, *known in rows:
        words = words_of(payee, description, notes, amount, currency)
        if list(words) != known:
            changed.append((*words, key))
    if changed:
        statement = "UPDATE ledger_transaction SET payee_words = %s, words = %s WHERE id = %s"
        with connection.cursor() as cursor:
            cursor.executemany(statement, changed)


def words_of(payee: str | None, description: str, notes: str, amount: int, currency: str) -> tuple[str, str]:
    digits = minor_digits(currency)
    return plain_words(payee or "")[:160], search_words(
        description=description, notes=notes, amount=amount, digits=digits
    )
