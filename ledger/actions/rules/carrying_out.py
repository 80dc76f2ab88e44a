"""What rules decided about many transactions, carried out by set-based SQL within one open write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from financeflow.history.recording import Recording
from financeflow.households.models import Household, User
from ledger.actions.lines import file_lines, follow_with_refunds, refunds_of
from ledger.actions.payees import payees_named
from ledger.actions.transfers import make, pair
from ledger.calc.rules import Decision, Facts
from ledger.calc.rules.facts import amounts_of
from ledger.models import Account, Category, Line, Transaction, TransactionTag
from ledger.models.many import OneOf

Decided = Mapping[int, Decision]
# The other side of a transfer may be booked so many days before or after.
DAYS_APART: Final = 4


def carry_out(record: Recording, books: Any, household: Household, by: User | None, decided: Decided) -> None:
    """Change these transactions as decided."""
    keys = list(decided)
    books.open(keys)
    filed = _those(keys_where(decided, lambda before, after: before.categories != after.categories))
    books.open(refunds_of(filed).values_list("refund_id", flat=True))
    _file(record, decided)
    _split(record, household, decided)
    _set_payees(record, household, decided)
    _set_notes(record, decided)
    _set_tags(record, household, decided)
    move_money(record, books, by, {key: each.after.transfer for key, each in decided.items() if each.after.transfer})


def keys_where(decided: Decided, differs: Any) -> list[int]:
    return [key for key, each in decided.items() if differs(each.before, each.after)]


def _those(keys: Iterable[int]) -> Any:
    return Transaction.objects.filter(OneOf("pk", list(keys)))


def _is_filed(before: Facts, after: Facts) -> bool:
    return len(after.categories) == 1 and after.categories != before.categories


def _file(record: Recording, decided: Decided) -> None:
    alike: dict[int | None, list[int]] = defaultdict(list)
    for key in keys_where(decided, _is_filed):
        alike[decided[key].after.categories[0]].append(key)
    categories = Category.objects.in_bulk([key for key in alike if key])
    for category, keys in alike.items():
        file_lines(record, Line.objects.filter(OneOf("transaction_id", keys)), categories[category or 0])


def _split(record: Recording, household: Household, decided: Decided) -> None:
    """The line there is becomes the first part; the others are added behind it."""
    keys = keys_where(decided, lambda _before, after: bool(after.parts))
    if not keys:
        return
    first, more = [], []
    for line in Line.objects.filter(OneOf("transaction_id", keys)).select_for_update(of=("self",)):
        parts = decided[line.transaction_id].after.parts
        amounts = amounts_of(parts, line.amount)
        said = {"category_id": parts[0].category, "amount": amounts[0], "memo": parts[0].memo or line.memo}
        said["learned"] = 0
        first.append((line, said))
        for place, (part, amount) in enumerate(zip(parts[1:], amounts[1:], strict=True), start=1):
            values = {"category_id": part.category, "amount": amount, "memo": part.memo, "position": place}
            more.append(Line(household=household, transaction_id=line.transaction_id, **values))
    record.change_each(_by_category(first))
    record.add_many(more)
    follow_with_refunds(record, Line.objects.filter(OneOf("transaction_id", keys)))


def _by_category(changes: list[tuple[Line, dict[str, Any]]]) -> list[tuple[Line, dict[str, Any]]]:
    """The same with the categories themselves."""
    categories = Category.objects.in_bulk({said["category_id"] for _line, said in changes if said["category_id"]})
    return [(line, {**said, "category": categories.get(said.pop("category_id"))}) for line, said in changes]


def _set_payees(record: Recording, household: Household, decided: Decided) -> None:
    alike: dict[str, list[int]] = defaultdict(list)
    for key in keys_where(decided, lambda before, after: before.payee_key != after.payee_key):
        alike[decided[key].after.payee].append(key)
    payees = payees_named(record, household, alike)
    for name, keys in alike.items():
        record.change_many(_those(keys), payee=payees[name])


def _set_notes(record: Recording, decided: Decided) -> None:
    keys = keys_where(decided, lambda before, after: before.notes != after.notes)
    if keys:
        rows = _those(keys).order_by("pk").select_for_update(of=("self",))
        record.change_each((row, {"notes": decided[row.pk].after.notes}) for row in rows)


def _set_tags(record: Recording, household: Household, decided: Decided) -> None:
    gone: dict[int, list[int]] = defaultdict(list)
    for key, each in decided.items():
        for tag in each.before.tags - each.after.tags:
            gone[tag].append(key)
    for tag, keys in gone.items():
        record.remove_many(TransactionTag.objects.filter(OneOf("transaction_id", keys), tag=tag))
    fresh = [(key, tag) for key, each in decided.items() for tag in each.after.tags - each.before.tags]
    record.add_many([TransactionTag(household=household, transaction_id=key, tag_id=tag) for key, tag in fresh])


def move_money(record: Recording, books: Any, by: User | None, targets: Mapping[int, int | None]) -> None:
    """Make each of these transactions a transfer with that account: linked with its other side, or given one."""
    if not targets:
        return
    accounts = Account.objects.in_bulk({key for key in targets.values() if key})
    for row in _those(targets).select_related("account", "household").order_by("date", "pk"):
        row.refresh_from_db(fields=["transfer"])
        other = accounts.get(targets[row.pk] or 0)
        if other is None or row.transfer_id:
            continue
        if (twin := _other_side(row, other)) is None:
            make(record, books, by, row, other, None)
        else:
            out, into = (row, twin) if row.amount < 0 else (twin, row)
            pair(record, books, row.household, out, into)


def _other_side(row: Transaction, other: Account) -> Transaction | None:
    """The transaction there that is the same movement, where there is no doubt which one it is."""
    near = timedelta(days=DAYS_APART)
    there = Transaction.objects.filter(
        account=other,
        amount=-row.amount,
        transfer=None,
        trashed_at=None,
        date__range=(row.date - near, row.date + near),
    )
    whole = there.exclude(lines__position__gte=1).exclude(refund_of__isnull=False)
    found = list(whole.select_related("account")[:2])
    return found[0] if len(found) == 1 else None
