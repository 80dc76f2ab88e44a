"""Rules for what is about to be added: they fill in what was left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from financeflow.history.recording import Recording
from financeflow.households.models import Household, User
from financeflow.money.currencies import minor_digits
from ledger.actions.lines import Part
from ledger.actions.rules.applying import count_hits
from ledger.actions.rules.carrying_out import move_money
from ledger.actions.transactions import NewTransaction, add_transactions
from ledger.calc.rules import Compiled, Decision, Facts, decide
from ledger.calc.rules.facts import amounts_of
from ledger.calc.words import name_key
from ledger.models import Category, Payee, Tag, Transaction
from ledger.queries.payees import payees_by_key, tags_by_key
from ledger.queries.rules.known import active_rules, compiled

# What a bank or file said of a payee is its words: a rule may say who that is. What a person wrote stays.
_SAID_BY_MACHINES: Final = frozenset({Transaction.Source.IMPORTED, Transaction.Source.SYNCED})


def rules_for_new(household: Household, rows: Sequence[NewTransaction]) -> Sequence[NewTransaction]:
    """The same rows with category, parts, payee, tags and notes as the rules in force say, where that was open."""
    return _filled(_decided(rows), rows)


def add_by_rules(
    *, household: Household, by: User | None, rows: Sequence[NewTransaction], summary: str = ""
) -> list[Transaction]:
    """Add them with what the rules say of them, as one change; transfers are linked with their other sides."""
    decided = _decided(rows)

    def finish(record: Recording, books: Any, added: Sequence[Transaction | None]) -> None:
        pairs = zip(added, decided, strict=True)
        targets = {row.pk: each.after.transfer for row, each in pairs if row and each and each.after.transfer}
        move_money(record, books, by, targets)
        count_hits(each.rules for row, each in zip(added, decided, strict=True) if row and each)

    return add_transactions(household=household, by=by, rows=_filled(decided, rows), summary=summary, then=finish)


def _decided(rows: Sequence[NewTransaction]) -> list[Decision | None]:
    """For each row what the rules make of it; nothing where they leave it as it is."""
    ready, _known = compiled(active_rules())
    if not ready:
        return [None] * len(rows)
    named = [row.payee for row in rows if isinstance(row.payee, str)]
    payees = payees_by_key({name_key(name) for name in named if name.strip()})
    tags = tags_by_key({name_key(tag) for row in rows for tag in row.tags if isinstance(tag, str)})
    return [_decide(ready, row, payees, tags) for row in rows]


def _decide(
    ready: Sequence[Compiled], row: NewTransaction, payees: dict[str, Payee], tags: dict[str, Tag]
) -> Decision | None:
    if row.transfer is not None:
        return None
    source = row.values.get("source", Transaction.Source.TYPED)
    found = decide(ready, _facts(row, payees, tags), renames=source in _SAID_BY_MACHINES)
    return found if found else None


def _facts(row: NewTransaction, payees: dict[str, Payee], tags: dict[str, Tag]) -> Facts:
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
        row.values.get("description", ""),
        row.values.get("notes", ""),
        tuple(part.category.pk if part.category else None for part in row.parts) or (None,),
        frozenset(tag.pk for tag in here if tag),
        row.date.day,
        row.date.isoweekday(),
        str(row.values.get("source", Transaction.Source.TYPED)),
    )


def _filled(decided: Sequence[Decision | None], rows: Sequence[NewTransaction]) -> list[NewTransaction]:
    told = [each for each in decided if each]
    categories = Category.objects.in_bulk({key for each in told for key in each.after.categories if key})
    tags = Tag.objects.in_bulk({key for each in told for key in each.before.tags | each.after.tags})
    return [_made(row, each, categories, tags) if each else row for row, each in zip(rows, decided, strict=True)]


def _made(
    row: NewTransaction, decision: Decision, categories: dict[int, Category], tags: dict[int, Tag]
) -> NewTransaction:
    before, after = decision.before, decision.after
    said: dict[str, Any] = {}
    if after.payee_key != before.payee_key:
        said["payee"] = after.payee
    if after.parts:
        amounts = amounts_of(after.parts, row.amount)
        said["parts"] = [
            Part(amount, categories.get(part.category or 0), part.memo)
            for part, amount in zip(after.parts, amounts, strict=True)
        ]
    elif len(after.categories) == 1 and after.categories != before.categories:
        memo = row.parts[0].memo if row.parts else ""
        said["parts"] = [Part(row.amount, categories.get(after.categories[0] or 0), memo)]
    if after.tags != before.tags:
        known = {tag.key for tag in tags.values()}
        fresh = [tag for tag in row.tags if isinstance(tag, str) and name_key(tag) not in known]
        said["tags"] = [*(tags[key] for key in sorted(after.tags)), *fresh]
    if after.notes != before.notes:
        said["values"] = {**row.values, "notes": after.notes}
    return replace(row, **said)
