"""Rows of a file become transactions, some thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from financeflow.history.recording import Recording
from financeflow.households.models import Household, User
from ledger.actions.books import Books
from ledger.actions.imports.swift import Swift, accounts_with_days, is_plain
from ledger.actions.indexing import indexed_at_once
from ledger.actions.lines import MOST_PARTS, Part
from ledger.actions.payees import payees_named
from ledger.actions.rules.arriving import Ruled, ruled
from ledger.actions.transactions import NewTransaction, check_account, insert
from ledger.actions.transfers import may_be_paired, pair
from ledger.calc.certainty import is_suggested, learned_of
from ledger.calc.texts import LONGEST_TAG, MOST_TAGS
from ledger.models import Account, Category, Import, ImportedAccount, ImportRow, Payee, Transaction, Transfer
from ledger.models.many import OneOf
from ledger.queries.imports.category_names import KnownCategories
from ledger.queries.imports.waiting import came_of, still_out

AT_ONCE: Final = 2000
Step = Callable[[int, int], None]


class Coming(NamedTuple):
    """What is needed of a row to bring it in."""

    pk: int
    sheet: int
    date: Any
    posted_on: Any
    amount: int
    description: str
    reference: str
    bank_id: str
    is_pending: bool
    original_amount: int | None
    original_currency: str
    notes: str
    more: dict[str, Any] | None
    payee_name: str
    category: int | None
    confidence: int
    other: int | None
    other_row: int | None


@dataclass
class Adding:
    """One file on its way in: what its rows may need, and the transfers whose other half is still to come."""

    household: Household
    accounts: dict[int, Account]
    names: KnownCategories
    categories: dict[int, Category] = field(default_factory=dict)
    payees: dict[str, Payee] = field(default_factory=dict)
    halves: dict[int, Transfer] = field(default_factory=dict)
    # Added transactions whose other side was there before, or came with another deed: by the row it came with.
    to_pair: list[tuple[int, int | None, int | None]] = field(default_factory=list)


def add_rows(
    record: Recording,
    books: Books,
    household: Household,
    by: User | None,
    upload: Import,
    sheets: Iterable[ImportedAccount],
    names: KnownCategories,
    step: Step,
) -> None:
    """All rows that are to be added, and the transfers they are sides of."""
    accounts = {sheet.pk: sheet.account for sheet in sheets if sheet.account}
    adding = Adding(household, accounts, names)
    rows = still_out(upload).filter(deed=ImportRow.Deed.ADD)
    total, done = rows.count(), 0
    pairs = _pairs_within(rows)
    here = set(came_of(upload).values_list("import_row", flat=True))
    with indexed_at_once():
        for some in _in_parts(accounts, here):
            _know_categories(adding, some)
            _open_transfers(record, adding, some, pairs)
            _add(record, books, by, adding, some)
            done += len(some)
            step(done, total)
    _pair(record, books, household, adding)


def _add(record: Recording, books: Books, by: User | None, adding: Adding, some: list[Coming]) -> None:
    """Most rows need only to be written; the others go the way that every transaction goes."""
    found = ruled([_new(adding, row) for row in some])
    base = adding.household.base_currency
    swift = [place for place, row in enumerate(found.rows) if is_plain(row, base) and not found.decided[place]]
    slow = sorted(set(range(len(some))) - set(swift))
    keys = dict(zip(swift, _swiftly(record, by, adding, [found.rows[place] for place in swift]), strict=True))
    added = insert(record, adding.household, by, [found.rows[place] for place in slow]) if slow else []
    books.note_new([*keys.values(), *(each.pk for each in added)])
    Ruled([], [found.decided[place] for place in slow]).finish(record, books, by, added)
    parted = {place: each for place, each in zip(slow, added, strict=True) if each.transfer_id is None}
    keys |= {place: each.pk for place, each in parted.items()}
    waiting = ((keys.get(place), row) for place, row in enumerate(some) if row.other or row.other_row)
    adding.to_pair += [(key, row.other, row.other_row) for key, row in waiting if key]


def _swiftly(record: Recording, by: User | None, adding: Adding, rows: list[NewTransaction]) -> list[int]:
    if not rows:
        return []
    for account, day in accounts_with_days(rows).items():
        check_account(account, day)
    names = {row.payee.strip() for row in rows if isinstance(row.payee, str)} - adding.payees.keys()
    adding.payees |= payees_named(record, adding.household, sorted(names)) if names else {}
    return Swift(record, adding.household, by, adding.payees).insert(rows)


def _in_parts(sheets: Iterable[int], here: set[int]) -> Iterator[list[Coming]]:
    """In the order of the file, each part asked for once the one before it is written; without those that are `here`.

    Which those are is asked once before: of a table that grows meanwhile, PostgreSQL has no idea how to ask well.
    """
    for sheet in sheets:
        last = -1
        rows = ImportRow.objects.filter(sheet=sheet, deed=ImportRow.Deed.ADD).order_by("position")
        columns = rows.values_list("position", *Coming._fields)
        while found := list(columns.filter(position__gt=last)[:AT_ONCE]):
            last = found[-1][0]
            if some := [row for _position, *values in found if (row := Coming(*values)).pk not in here]:
                yield some


def _pairs_within(rows: Any) -> set[int]:
    """The rows of which both sides are to be added, and fit together."""
    columns = ("pk", "other_row", "amount", "sheet__account", "sheet__currency")
    sides = {pk: rest for pk, *rest in rows.filter(other_row__isnull=False).order_by().values_list(*columns)}
    return {pk for pk, side in sides.items() if side[0] in sides and _fit(pk, side, sides[side[0]])}


def _fit(pk: int, one: list[Any], two: list[Any]) -> bool:
    """Each points at the other, between two accounts, out of one and into the other; in one currency as much."""
    opposite = one[1] == -two[1] if one[3] == two[3] else one[1] * two[1] < 0
    return bool(two[0] == pk and one[2] != two[2] and opposite and one[1])


def _know_categories(adding: Adding, some: list[Coming]) -> None:
    wanted = {
        row.category for row in some if row.category and not is_suggested(row.confidence)
    } - adding.categories.keys()
    kept = Category.objects.filter(trashed_at=None)
    adding.categories.update(kept.in_bulk(wanted))


def _open_transfers(record: Recording, adding: Adding, some: list[Coming], pairs: set[int]) -> None:
    """One for each two rows of the file that are its sides."""
    fresh = []
    for row in some:
        if row.pk in pairs and row.other_row and row.pk not in adding.halves:
            transfer = Transfer(household=adding.household)
            adding.halves[row.pk] = adding.halves[row.other_row] = transfer
            fresh.append(transfer)
    record.add_many(fresh)


def _new(adding: Adding, row: Coming) -> NewTransaction:
    more = row.more or {}
    transfer = adding.halves.get(row.pk)
    return NewTransaction(
        account=adding.accounts[row.sheet],
        date=row.date,
        amount=row.amount,
        payee=row.payee_name or None,
        parts=() if transfer else _parts(adding, row, more),
        tags=tags_of(more),
        transfer=transfer,
        values={
            "posted_on": row.posted_on,
            "description": described(row.description, row.reference),
            "notes": row.notes,
            "status": Transaction.Status.PENDING if row.is_pending else Transaction.Status.CLEARED,
            "source": Transaction.Source.IMPORTED,
            "external_id": row.bank_id,
            "original_amount": row.original_amount if row.original_currency else None,
            "original_currency": row.original_currency if row.original_amount is not None else "",
            "import_row_id": row.pk,
        },
    )


def _parts(adding: Adding, row: Coming, more: dict[str, Any]) -> list[Part]:
    """As the file splits it, where that adds up; a part without a category of its own has the row's."""
    whole = None if is_suggested(row.confidence) else adding.categories.get(row.category or 0)
    learned = learned_of(row.confidence)
    said = more.get("parts", ())
    if 2 <= len(said) <= MOST_PARTS and sum(amount for amount, _name, _memo in said) == row.amount:
        named = [(amount, adding.names.named(name) if name else None, memo) for amount, name, memo in said]
        return [
            Part(amount, category or whole, memo[:200], None if category else learned)
            for amount, category, memo in named
        ]
    return [Part(row.amount, whole, learned=learned)]


def tags_of(more: dict[str, Any]) -> list[str]:
    """The file's tags as tags may be written."""
    if "tags" not in more:
        return []
    words = (" ".join(tag.replace(",", " ").replace("#", " ").split())[:LONGEST_TAG] for tag in more.get("tags", ()))
    return list(dict.fromkeys(word for word in words if word))[:MOST_TAGS]


def described(description: str, reference: str) -> str:
    """The bank's words with the reference, by which people look for what they paid."""
    if not reference or reference in description:
        return description
    return f"{description} {reference}".strip()[:500]


def _pair(record: Recording, books: Books, household: Household, adding: Adding) -> None:
    """Link what came with its other side that is in the books: found there before, or completed by this file."""
    rows = [other_row for _pk, _other, other_row in adding.to_pair if other_row]
    came = dict(Transaction.objects.filter(OneOf("import_row", rows)).values_list("import_row", "pk"))
    matched = dict(ImportRow.objects.filter(OneOf("pk", rows), match__isnull=False).values_list("pk", "match"))
    for pk, other, other_row in adding.to_pair:
        key = other or came.get(other_row or 0) or matched.get(other_row or 0)
        sides = list(Transaction.objects.filter(pk__in=[pk, key or 0]).select_related("account").order_by("amount"))
        if len(sides) == 2 and may_be_paired(*sides):
            pair(record, books, household, *sides)
