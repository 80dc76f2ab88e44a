"""What the rules in force make of something that is not in the books yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from financeflow.money.currencies import minor_digits
from ledger.calc.rules import Compiled, Decision, Facts, decide
from ledger.calc.words import name_key
from ledger.models import Account, Payee, Tag, Transaction
from ledger.queries.payees import payees_by_key, tags_by_key
from ledger.queries.rules.known import active_rules, compiled

# What a bank or file said of a payee is its words: a rule may say who that is. What a person wrote stays.
_SAID_BY_MACHINES: Final = frozenset({Transaction.Source.IMPORTED, Transaction.Source.SYNCED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """Money out or in as it would be added; payee and tags are rows, or names that may be known."""

    account: Account
    date: date
    amount: int
    payee: Payee | str | None = None
    categories: tuple[int | None, ...] = (None,)
    tags: Sequence[Tag | str] = ()
    description: str = ""
    notes: str = ""
    source: str = Transaction.Source.TYPED


def decide_fresh(rows: Sequence[Fresh]) -> list[Decision | None]:
    """For each row what the rules make of it; nothing where they leave it as it is."""
    in_force = active_rules()
    if not in_force:
        return [None] * len(rows)
    ready, _known = compiled(in_force)
    named = [row.payee for row in rows if isinstance(row.payee, str)]
    payees = payees_by_key({name_key(name) for name in named if name.strip()})
    tags = tags_by_key({name_key(tag) for row in rows for tag in row.tags if isinstance(tag, str)})
    return [_decide(ready, row, payees, tags) for row in rows]


def _decide(ready: Sequence[Compiled], row: Fresh, payees: dict[str, Payee], tags: dict[str, Tag]) -> Decision | None:
    found = decide(ready, _facts(row, payees, tags), renames=row.source in _SAID_BY_MACHINES)
    return found if found else None


def _facts(row: Fresh, payees: dict[str, Payee], tags: dict[str, Tag]) -> Facts:
    payee = payees.get(name_key(row.payee), row.payee) if isinstance(row.payee, str) and row.payee else row.payee
    name = payee.name if isinstance(payee, Payee) else payee or ""
    here = [tags.get(name_key(tag)) if isinstance(tag, str) else tag for tag in row.tags]
    currency = row.account.currency
    return Facts(
        row.amount,
        minor_digits(currency),
        currency,
        row.account.pk,
        name.strip(),
        name_key(name) if name.strip() else "",
        row.description,
        row.notes,
        row.categories,
        frozenset(tag.pk for tag in here if tag),
        row.date.day,
        row.date.isoweekday(),
        str(row.source),
    )
