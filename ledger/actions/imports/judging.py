"""Every row of an upload gets its verdict: what it is, why, and what shall become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from financeflow.households.models import Household
from ledger.actions.imports.verdict_writing import FILING, SETTLED, VERDICT, write_columns
from ledger.calc.certainty import A_PERSON, TOLD
from ledger.models import Account, Import, ImportedAccount
from ledger.queries.imports.bills import Paid, has_bills, match_bills
from ledger.queries.imports.comparing import Comparison, Outcome
from ledger.queries.imports.counterparts import Counterparts, Side, said_of_transfers
from ledger.queries.imports.filing import Filed, Filing, Unnamed
from ledger.queries.imports.reasons import came_before, transfer_reason
from ledger.queries.imports.same_again import Settled
from ledger.queries.imports.standing import LONGEST_NAME, Part, Standing, payments, standing_rows
from ledger.queries.matching import reasons_of

Step = Callable[[int, int], None]
AT_ONCE: Final = 5000
_NEW: Final = Outcome()
# What is or may be brought in has a payee and a category.
_FILED: Final = frozenset({"new", "possible", "transfer", "thrown", "bill"})


def _quiet(done: int, total: int) -> None:
    return None


def judge(upload: Import, step: Step = _quiet) -> None:
    """Find the verdicts of all rows that no person decided, with the eyes of the viewer in scope.

    Done anew it comes to the same, and writes only what has changed since.
    """
    household = Household.objects.get(pk=upload.household_id)
    _Judging(upload, household, step).run()
    upload.judged_at = household.version
    Import.objects.filter(pk=upload.pk).update(judged_at=household.version)


class _Judging:
    def __init__(self, upload: Import, household: Household, step: Step) -> None:
        self.upload, self.household, self.step = upload, household, step
        self.sheets = list(upload.sheets.filter(is_left_out=False).select_related("account").order_by("position"))
        self.comparison = Comparison(upload, household, self.sheets)
        self.outcomes = self.comparison.outcomes
        self.done = 0

    def run(self) -> None:
        total = 0
        for sheet in self.sheets:
            total += self.comparison.compare(sheet)
            self.step(0, 0)
        self._find_transfers()
        filing = Filing(self.household, rows=total, is_a_book=self.upload.is_a_book)
        for sheet in self.sheets:
            if again := self.comparison.again.get(sheet.pk):
                self._write_again(again.settled, total)
                for part in standing_rows(self.upload, sheet, filing.asks, AT_ONCE, again.open_rows):
                    self._write(sheet, part, filing)
                    self._stepped(len(part.keys), total)

    def _stepped(self, count: int, total: int) -> None:
        self.done += count
        self.step(min(self.done, total), total)

    def _write_again(self, settled: Sequence[Settled], total: int) -> None:
        """What came in before: all say so in the same words, and few columns tell it."""
        sheets, files = self.comparison.known.sheets, dict(Import.objects.values_list("pk", "name"))
        came = {sheet for _key, _transaction, sheet, _is_written in settled}
        reasons = {sheet: came_before(files.get(sheets.upload_of(sheet), "")) for sheet in came}
        for start in range(0, len(settled), AT_ONCE):
            some = settled[start : start + AT_ONCE]
            lines = [
                ("here", reasons[sheet], pk, "leave", key) for key, pk, sheet, is_written in some if not is_written
            ]
            write_columns(SETTLED, lines)
            self._stepped(len(some), total)

    def _find_transfers(self) -> None:
        counterparts = Counterparts(self.comparison.loose, self.sheets)
        for key, side in counterparts.find(said_of_transfers(self.sheets), self.comparison.matched).items():
            reason = self._transfer_reason(side)
            self.outcomes[key] = Outcome("transfer", reason, None, side.transaction, side.row, "add")

    def _transfer_reason(self, side: Side) -> str:
        why = ", ".join(reasons_of(side.pair)) if side.pair else ""
        return transfer_reason(side.account, side.day, self.household, why)

    def _write(self, sheet: ImportedAccount, part: Part, filing: Filing) -> None:
        """Only what differs from what stands there; most rows are new, and stand as they were staged."""
        in_sight = sheet.pk in self.comparison.accounts
        account = sheet.account if sheet.account and in_sight else Account(currency=sheet.currency)
        filed = filing.of(account, part.kinds)
        special = self._special(part, everything=has_bills() and in_sight)
        fresh = [_differing(each, kind.payee) for each, kind in zip(filed, part.kinds, strict=True)]
        rows = enumerate(zip(part.keys, part.kind_of, strict=True))
        lines = [(*each, key) for at, (key, kind) in rows if (each := fresh[kind]) and at not in special]
        if special:
            lines += self._write_special(account, part, sorted(special), filing)
        write_columns(FILING, lines)

    def _special(self, part: Part, *, everything: bool) -> set[int]:
        """Places of rows that are not new, or were changed since they were staged."""
        if everything:
            return set(range(len(part.keys)))
        if not self.outcomes and not part.changed:
            return set()
        return {at for at, key in enumerate(part.keys) if key in self.outcomes or key in part.changed}

    def _write_special(
        self, account: Account, part: Part, places: Sequence[int], filing: Filing
    ) -> list[tuple[Any, ...]]:
        """Their verdicts; gives what is still to be written of their payees and categories."""
        found = {part.keys[at]: self.outcomes.get(part.keys[at], _NEW) for at in places}
        wanted = [at for at in places if found[part.keys[at]].verdict in _FILED]
        filed_as = filing.of(account, [_asked(part, at) for at in wanted])
        filed = {part.keys[at]: each for at, each in zip(wanted, filed_as, strict=True)}
        if has_bills() and account.pk:
            self._match_bills(account, found, filed)
        write_columns(VERDICT, [(*each, key) for key, each in found.items() if _differs(part, key, each)])
        return list(_newly_filed(part, places, found, filed))

    def _match_bills(self, account: Account, found: dict[int, Outcome], filed: dict[int, Filed]) -> None:
        """New money out may pay a bill, whose category then is the row's."""
        rows = payments([pk for pk, each in found.items() if each.verdict == "new"])
        asked = [_paid(account, row, filed[row[0]].payee) for row in rows]
        for (pk, *_rest), bill in zip(rows, match_bills(self.household, asked), strict=True):
            if bill is None:
                continue
            found[pk] = _NEW._replace(verdict="bill", reason=bill.reason[:250])
            if bill.category:
                filed[pk] = Filed(filed[pk].payee, bill.category.pk, bill.reason[:120], TOLD)


def _paid(account: Account, row: tuple[Any, ...], payee: str) -> Paid:
    _pk, day, amount, words = row
    return Paid(account=account.pk, date=day, amount=amount, currency=account.currency, payee=payee, words=words)


def _asked(part: Part, at: int) -> Unnamed:
    """What a person called the payee goes before what the file says."""
    unnamed = part.kinds[part.kind_of[at]]
    standing = part.changed.get(part.keys[at])
    name = standing.own_name(unnamed.payee) if standing else ""
    return unnamed._replace(payee=name) if name else unnamed


def _differs(part: Part, key: int, outcome: Outcome) -> bool:
    standing = part.changed.get(key)
    return outcome != standing.outcome if standing else outcome is not _NEW


def _differing(filed: Filed, payee: str) -> Filed | None:
    """None where a row stands that way since it was staged."""
    return None if filed.payee in ("", payee[:LONGEST_NAME]) and not filed.category else filed


def _newly_filed(
    part: Part, places: Sequence[int], found: dict[int, Outcome], filed: dict[int, Filed]
) -> Iterator[tuple[Any, ...]]:
    for at in places:
        key, payee = part.keys[at], part.kinds[part.kind_of[at]].payee
        standing = part.changed.get(key) or Standing(_NEW, Filed(payee[:LONGEST_NAME]))
        kept = _kept(standing, payee, found[key], filed.get(key))
        if kept != standing.filed:
            yield *kept, key


def _kept(standing: Standing, payee: str, outcome: Outcome, new: Filed | None) -> Filed:
    """What a person said stays: a name of their own, and a category or none."""
    name = standing.own_name(payee) or (new.payee if new else "") or standing.filed.payee
    if standing.filed.confidence == A_PERSON:
        return standing.filed._replace(payee=name)
    if new is None or outcome.verdict == "transfer":
        return Filed(name)
    return new if new.payee == name else new._replace(payee=name)
