"""Rules for what is about to be added: they fill in what was left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from financeflow.history.recording import Recording
from financeflow.households.models import Household, User
from ledger.actions.lines import Part
from ledger.actions.rules.applying import count_hits
from ledger.actions.rules.carrying_out import move_money
from ledger.actions.telling import added_words
from ledger.actions.transactions import NewTransaction, add_transactions
from ledger.calc.rules import Decision
from ledger.calc.rules.facts import amounts_of
from ledger.calc.words import name_key
from ledger.models import Category, Tag, Transaction
from ledger.queries.rules import active_rules
from ledger.queries.rules.fresh import Fresh, decide_fresh


@dataclass(frozen=True)
class Ruled:
    """Rows that are about to be added, with what the rules in force filled in, and what the rules said of each."""

    rows: Sequence[NewTransaction]
    decided: Sequence[Decision | None]

    def finish(self, record: Recording, books: Any, by: User | None, added: Sequence[Transaction | None]) -> None:
        """Once they are added: transfers are linked with their other sides, and hits are counted."""
        ruled = [(row, each) for row, each in zip(added, self.decided, strict=True) if row and each]
        move_money(record, books, by, {row.pk: each.after.transfer for row, each in ruled if each.after.transfer})
        if ruled:
            count_hits({row.pk: each.rules for row, each in ruled})


def ruled(rows: Sequence[NewTransaction]) -> Ruled:
    """The same rows with category, parts, payee, tags and notes as the rules in force say, where that was open."""
    decided = _decided(rows)
    return Ruled(_filled(decided, rows), decided)


def add_by_rules(
    *, household: Household, by: User | None, rows: Sequence[NewTransaction], summary: str = ""
) -> list[Transaction]:
    """Add them with what the rules say of them, as one change."""
    found = ruled(rows)

    def finish(record: Recording, books: Any, added: Sequence[Transaction | None]) -> None:
        found.finish(record, books, by, added)

    return add_transactions(household=household, by=by, rows=found.rows, summary=summary, then=finish)


def enter_transaction(*, household: Household, by: User | None, **said: Any) -> Transaction:
    """One as somebody enters it, with what the rules in force fill in; `said` is what NewTransaction takes."""
    new = NewTransaction(**said)
    return add_by_rules(
        household=household,
        by=by,
        rows=[new],
        summary=added_words(household, new.amount, new.account.currency, new.payee),
    )[0]


def _decided(rows: Sequence[NewTransaction]) -> list[Decision | None]:
    """For each row what the rules make of it; nothing of the sides of transfers."""
    if not active_rules():
        return [None] * len(rows)
    plain = [row for row in rows if row.transfer is None]
    decided = iter(decide_fresh([_fresh(row) for row in plain]))
    return [next(decided) if row.transfer is None else None for row in rows]


def _fresh(row: NewTransaction) -> Fresh:
    values = row.values
    return Fresh(
        account=row.account,
        date=row.date,
        amount=row.amount,
        payee=row.payee,
        categories=tuple(part.category.pk if part.category else None for part in row.parts) or (None,),
        tags=row.tags,
        **{name: values[name] for name in ("description", "notes", "source") if name in values},
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
