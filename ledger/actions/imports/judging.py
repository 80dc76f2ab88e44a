"""Every row of an upload gets its verdict: what it is, why, and what shall become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from financeflow.households.models import Household
from ledger.actions.imports.verdict_writing import FILING, VERDICT, write_columns
from ledger.models import Account, Import, ImportedAccount, ImportRow
from ledger.queries.imports.bills import Paid, has_bills, match_bills
from ledger.queries.imports.comparing import Comparison, Outcome, unjudged
from ledger.queries.imports.counterparts import Counterparts, Side, said_of_transfers
from ledger.queries.imports.filing import Filed, Filing, Unnamed
from ledger.queries.imports.reasons import transfer_reason
from ledger.queries.matching import reasons_of

Step = Callable[[int, int], None]
Deed, Verdict = ImportRow.Deed, ImportRow.Verdict
AT_ONCE: Final = 5000
# A person's own category is as sure as this, and stays.
SAID: Final = 100
_COLUMNS: Final = (
    *("pk", "position", "date", "amount", "payee", "description", "notes", "category_name", "more"),
    *("verdict", "reason", "match", "other", "other_row", "deed"),
    *("payee_name", "category", "category_reason", "confidence"),
)


class _Standing(NamedTuple):
    """A row as it stands on the desk."""

    pk: int
    position: int
    date: Any
    amount: int
    payee: str
    description: str
    notes: str
    category_name: str
    more: dict[str, Any] | None
    verdict: str
    reason: str
    match: int | None
    other: int | None
    other_row: int | None
    deed: str
    payee_name: str
    category: int | None
    category_reason: str
    confidence: int

    @property
    def outcome(self) -> Outcome:
        return Outcome(*self[9:15])

    @property
    def filed(self) -> Filed:
        return Filed(*self[15:])


def _quiet(done: int, total: int) -> None:
    return None


def judge(upload: Import, step: Step = _quiet) -> None:
    """Find the verdicts of all rows that no person decided, with the eyes of the viewer in scope.

    Done anew it comes to the same, and writes only what has changed since.
    """
    household = Household.objects.get(pk=upload.household_id)
    version = household.version
    _Judging(upload, household, step).run()
    upload.judged_at = version
    Import.objects.filter(pk=upload.pk).update(judged_at=version)


class _Judging:
    def __init__(self, upload: Import, household: Household, step: Step) -> None:
        self.upload, self.household = upload, household
        self.sheets = list(upload.sheets.filter(is_left_out=False).select_related("account").order_by("position"))
        self.rows = {sheet.pk: unjudged(upload, sheet).count() for sheet in self.sheets}
        self.total, self.done, self.step = 2 * sum(self.rows.values()), 0, step

    def run(self) -> None:
        comparison = Comparison(self.upload, self.household, self.sheets)
        for sheet in self.sheets:
            comparison.compare(sheet)
            self._stepped(self.rows[sheet.pk])
        self._find_transfers(comparison)
        filing = Filing(self.household, rows=self.total // 2, is_a_book=self.upload.is_a_book)
        for sheet in self.sheets:
            self._write(sheet, comparison.outcomes, filing)

    def _stepped(self, count: int) -> None:
        self.done += count
        self.step(min(self.done, self.total), self.total)

    def _find_transfers(self, comparison: Comparison) -> None:
        counterparts = Counterparts(comparison.loose, self.sheets)
        for key, side in counterparts.find(said_of_transfers(self.sheets), comparison.matched).items():
            reason = self._transfer_reason(side)
            comparison.outcomes[key] = Outcome("transfer", reason, None, side.transaction, side.row, "add")

    def _transfer_reason(self, side: Side) -> str:
        why = ", ".join(reasons_of(side.pair)) if side.pair else ""
        return transfer_reason(side.account, side.day, self.household, why)

    def _write(self, sheet: ImportedAccount, outcomes: dict[int, Outcome], filing: Filing) -> None:
        account = sheet.account or Account(household=self.household, currency=sheet.currency)
        for some in self._in_parts(sheet):
            found = [outcomes.get(row.pk, _NEW) for row in some]
            wanted = [at for at, outcome in enumerate(found) if outcome.deed in _FILED or outcome.verdict == "thrown"]
            filed = dict(zip(wanted, filing.of([_unnamed(account, some[at]) for at in wanted]), strict=True))
            if has_bills() and sheet.account:
                self._match_bills(sheet.account, some, found, filed)
            _write(some, found, [filed.get(at, Filed()) for at in range(len(some))])
            self._stepped(len(some))

    def _in_parts(self, sheet: ImportedAccount) -> Iterator[list[_Standing]]:
        rows = unjudged(self.upload, sheet).filter(is_decided=False)
        after = -1
        while some := [_Standing(*row) for row in rows.filter(position__gt=after).values_list(*_COLUMNS)[:AT_ONCE]]:
            yield some
            after = some[-1].position

    def _match_bills(
        self, account: Account, rows: Sequence[_Standing], found: list[Outcome], filed: dict[int, Filed]
    ) -> None:
        """New money out may pay a bill, whose category then is the row's."""
        wanted = [at for at, each in enumerate(found) if each.verdict == "new" and rows[at].amount < 0]
        asked = [_paid(account, rows[at], filed[at]) for at in wanted]
        for at, bill in zip(wanted, match_bills(self.household, asked), strict=True):
            if bill is None:
                continue
            found[at] = found[at]._replace(verdict="bill", reason=bill.reason[:250])
            if bill.category:
                filed[at] = Filed(filed[at].payee, bill.category.pk, bill.reason[:120], SAID - 1)


_NEW: Final = Outcome()
_FILED: Final = frozenset({Deed.ADD, Deed.ASK})


def _unnamed(account: Account, row: _Standing) -> Unnamed:
    payee = row.payee if row.payee_name in ("", row.payee[:120]) else row.payee_name
    is_split = bool(row.more and row.more.get("parts"))
    return Unnamed(account, row.date, row.amount, payee, row.description, row.notes, row.category_name, is_split)


def _paid(account: Account, row: _Standing, filed: Filed) -> Paid:
    said = {"payee": filed.payee, "words": row.description}
    return Paid(account=account.pk, date=row.date, amount=row.amount, currency=account.currency, **said)


def _write(rows: Sequence[_Standing], found: Sequence[Outcome], filed: Sequence[Filed]) -> None:
    """Only what differs from what stands there."""
    verdicts = [(*new, row.pk) for row, new in zip(rows, found, strict=True) if new != row[9:15]]
    names = []
    for row, outcome, new in zip(rows, found, filed, strict=True):
        kept = _kept(row, outcome, new)
        if kept != row[15:]:
            names.append((*kept, row.pk))
    write_columns(VERDICT, verdicts)
    write_columns(FILING, names)


def _kept(row: _Standing, outcome: Outcome, new: Filed) -> Filed:
    """What a person said stays: a name of their own, and a category or none."""
    name = new.payee if row.payee_name in ("", row.payee[:120]) and new.payee else row.payee_name
    if row.confidence == SAID:
        return Filed(name, row.category, row.category_reason, row.confidence)
    if outcome.verdict == "transfer":
        return Filed(name)
    return new._replace(payee=name)
