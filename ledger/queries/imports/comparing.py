"""The rows of an upload beside what their accounts know: which are here, which may be, and which are new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from django.db.models import Case, Count, Exists, Max, Min, QuerySet, TextField, Value, When

from financeflow.households.models import Household
from ledger.calc.verdicts import Compared, Face, Fact, Match, Row, Span, Words, compare, wording
from ledger.models import Import, ImportedAccount, ImportRow, Transaction
from ledger.models.many import OneOf
from ledger.queries.imports.counterparts import Loose, opposite_amounts, place_of
from ledger.queries.imports.facts import ordinal
from ledger.queries.imports.known_movements import KnownMovements
from ledger.queries.imports.reasons import Reasons
from ledger.queries.imports.same_again import Again, same_again
from ledger.queries.imports.sheets import as_text, past_sight, tongue_of
from ledger.queries.imports.waiting import became

Deed, Verdict = ImportRow.Deed, ImportRow.Verdict
DEEDS: Final = {
    "new": "add",
    "here": "leave",
    "possible": "ask",
    "typed": "merge",
    "posted": "merge",
    "thrown": "leave",
}


class Outcome(NamedTuple):
    """What is written with a row, in the order of the columns."""

    verdict: str = "new"
    reason: str = ""
    match: int | None = None
    other: int | None = None
    other_row: int | None = None
    deed: str = "add"


class _Decided(NamedTuple):
    """A row of which a person said what becomes of it."""

    row: Row
    match: int | None
    verdict: str
    deed: str


class Comparison:
    """Sheet by sheet, for each is a file of its own; those of one account know of each other."""

    def __init__(self, upload: Import, household: Household, sheets: Sequence[ImportedAccount]) -> None:
        self.upload, self.household = upload, household
        self.tongue = tongue_of(upload)
        self.known = KnownMovements(upload)
        # An account that went out of the viewer's sight is none.
        in_sight = self.known.in_sight
        self.accounts = {each.pk: each.account_id for each in sheets if each.account_id in in_sight}
        self.times = Counter(self.accounts.values())
        self.beside: dict[int, list[Fact]] = defaultdict(list)
        self.outcomes: dict[int, Outcome] = {}
        # Of each sheet what is the very same as came in before: apart, for it is most of a file or nothing.
        self.again: dict[int, Again] = {}
        self.has_transfers = past_sight(ImportRow).filter(sheet__upload=upload, more__isnull=False).exists()
        # The amounts of rows that may be sides of transfers; None where any may be.
        several = self.has_transfers or len({place_of(sheet) for sheet in sheets}) > 1
        self.moved = None if several else opposite_amounts(sheets)
        # Rows that are transactions, and rows that would be added: what transfers are looked for among.
        self.matched: dict[int, int] = {}
        self.loose: list[Loose] = []

    def compare(self, sheet: ImportedAccount) -> int:
        """How many rows it has."""
        rows = unjudged(self.upload, sheet)
        ends = rows.aggregate(first=Min("date"), last=Max("date"), count=Count("pk"))
        if not ends["count"]:
            return 0
        span = Span(ends["first"].toordinal(), ends["last"].toordinal(), self.tongue)
        decided = _decided(rows)
        account = self.accounts.get(sheet.pk)
        again = self.again[sheet.pk] = self._again(rows, account, span, decided)
        facts = self._facts(account, span, decided, again) if account and again.open_rows != [] else []
        fresh = self._fresh(rows, again, moved_only=not facts and not (account and self.times[account] > 1))
        matches: Compared = {}
        if account:
            said = {"numbered": again.numbered}
            matches = compare(fresh, facts, span, _said_by_rows, lambda some: _said_by_facts(facts, some), **said)
            self._conclude(facts, matches)
            if self.times[account] > 1:
                self._know(account, fresh, decided, matches)
        self.matched |= {each.row.key: each.match for each in decided if each.match and each.deed != Deed.ADD}
        place = place_of(sheet)
        new = (row for row in fresh if row.key not in matches and (self.moved is None or row.amount in self.moved))
        self.loose += [Loose(row.key, sheet.pk, place, sheet.currency, row.day, row.amount) for row in new]
        return int(ends["count"])

    def _fresh(self, rows: QuerySet[ImportRow], again: Again, *, moved_only: bool) -> list[Row]:
        """Rows that are to be looked at: where nothing is known of the account, those that may be transfers alone."""
        if again.open_rows == [] or (moved_only and not self.moved and self.moved is not None):
            return []
        found = rows.filter(is_decided=False).order_by("position")
        if again.open_rows is not None:
            found = found.filter(OneOf("pk", again.open_rows))
        if moved_only and self.moved is not None:
            found = found.filter(OneOf("amount", sorted(self.moved)))
        return [_row(*values) for values in found.values_list(*_COLUMNS)]

    def _again(self, rows: QuerySet[ImportRow], account: int | None, span: Span, decided: Sequence[_Decided]) -> Again:
        """Sheets of one account have to know of each other's rows, so that these are compared one by one."""
        if not account or self.times[account] > 1:
            return Again()
        taken = {each.match for each in decided if each.match}
        again = same_again(rows.filter(is_decided=False), account, self.known.sheets, span, taken)
        if self.has_transfers:
            self.matched |= {key: transaction for key, transaction, _sheet, _is_written in again.settled}
        return again

    def _facts(self, account: int, span: Span, decided: Sequence[_Decided], again: Again) -> list[Fact]:
        """Without what a person said to be one of the rows."""
        facts = self.known.of(account, span, again.spent)
        facts += self.beside[account]
        taken = {each.match for each in decided if each.match}
        gone = Counter(each.row.print for each in decided if each.verdict == Verdict.THROWN and not each.match)
        kept = []
        for fact in facts:
            name = next((face.print for face in fact.faces if gone and gone[face.print]), "") if fact.is_out else ""
            if name:
                gone[name] -= 1
            elif not fact.transaction or fact.transaction not in taken:
                kept.append(fact)
        return kept

    def _conclude(self, facts: Sequence[Fact], matches: Compared) -> None:
        reasons = Reasons(self.household, facts, matches.values())
        for key, match in matches.items():
            fact = facts[match.fact]
            # What lies in the trash cannot be completed: a question names it, and points at nothing.
            is_named = fact.transaction and (match.verdict != "possible" or not fact.is_out)
            transaction = fact.transaction if is_named else None
            self.outcomes[key] = Outcome(
                match.verdict, reasons.of(match), transaction, None, None, DEEDS[match.verdict]
            )
            if transaction and match.verdict in ("here", "typed", "posted"):
                self.matched[key] = transaction

    def _know(self, account: int, rows: Sequence[Row], decided: Sequence[_Decided], matches: Compared) -> None:
        """What this sheet brings, the next sheet of the account finds."""
        coming = [row for row in rows if row.key not in matches or _comes(matches[row.key])]
        coming += [each.row for each in decided if each.deed in (Deed.ADD, Deed.MERGE)]
        for row in coming:
            face = Face(row.day, row.posted, row.amount, row.print, row.bank_id, self.tongue, row.key, self.upload.pk)
            self.beside[account].append(Fact((face,), is_pending=row.is_pending, is_beside=True))


# A letter, for truths would be made of what the database says one by one.
_PENDING: Final = Case(When(is_pending=True, then=Value("x")), default=Value(""), output_field=TextField())


_COLUMNS: Final = ("pk", as_text("date"), as_text("posted_on"), "amount", "print", "bank_id", _PENDING)


def _decided(rows: QuerySet[ImportRow]) -> list[_Decided]:
    said = rows.filter(is_decided=True).order_by("position").values_list(*_COLUMNS, "match", "verdict", "deed")
    return [_Decided(_row(*values[:7]), *values[7:]) for values in said]


def _row(key: int, day: str, posted: str | None, amount: int, name: str, bank_id: str, is_pending: str) -> Row:
    return Row(key, ordinal(day), ordinal(posted) if posted else 0, amount, name, bank_id, bool(is_pending))


def _comes(match: Match) -> bool:
    return match.verdict in ("typed", "posted", "possible")


def unjudged(upload: Import, sheet: ImportedAccount) -> QuerySet[ImportRow]:
    """The rows of which something can be found out: what could not be read cannot be, what came in stays as it was."""
    rows = past_sight(ImportRow).filter(sheet=sheet, date__isnull=False)
    if upload.state == Import.State.DONE:
        rows = rows.filter(~Exists(became()))
    return rows


def _said_by_rows(rows: Sequence[Row]) -> dict[int, Words]:
    return _words_of([row.key for row in rows])


def _words_of(keys: Sequence[int]) -> dict[int, Words]:
    rows = past_sight(ImportRow).filter(OneOf("pk", keys)).order_by()
    return {pk: wording(payee, words) for pk, payee, words in rows.values_list("pk", "payee", "description")}


def _said_by_facts(facts: Sequence[Fact], places: Sequence[int]) -> dict[int, list[Words]]:
    """As it stands in the books, and as every file had it."""
    some = {place: facts[place] for place in places}
    in_files = _words_of([face.row for fact in some.values() for face in fact.faces if face.row])
    in_books = _words_in_books([fact for fact in some.values() if fact.transaction])
    said: dict[int, list[Words]] = {}
    for place, fact in some.items():
        words = [in_files[face.row] for face in fact.faces if face.row in in_files]
        said[place] = words + in_books.get(fact.transaction, [])
    return said


def _words_in_books(facts: Sequence[Fact]) -> dict[int, list[Words]]:
    """Of transfers also the name of the other account, which banks write where others have a payee."""
    keys = [fact.transaction for fact in facts]
    rows = Transaction.objects.filter(OneOf("pk", keys)).order_by()
    columns = ("pk", "payee__name", "description", "notes")
    said = {pk: [wording(payee or "", words or notes)] for pk, payee, words, notes in rows.values_list(*columns)}
    if any(fact.is_transfer for fact in facts):
        moved = dict(rows.filter(transfer__isnull=False).values_list("transfer", "pk"))
        sides = Transaction.objects.filter(OneOf("transfer_id", list(moved))).order_by()
        for transfer, pk, name in sides.values_list("transfer", "pk", "account__name"):
            if pk not in said and moved[transfer] in said:
                said[moved[transfer]].append(wording(name))
    return said
