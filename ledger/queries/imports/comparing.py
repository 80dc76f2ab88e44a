"""The rows of an upload beside what their accounts know: which are here, which may be, and which are new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from financeflow.households.models import Household
from ledger.calc.verdicts import Compared, Face, Fact, Match, Row, Words, compare, span_of, wording
from ledger.models import Import, ImportedAccount, ImportRow, Transaction
from ledger.models.many import OneOf
from ledger.queries.imports.counterparts import Loose, place_of
from ledger.queries.imports.facts import ordinal
from ledger.queries.imports.known_movements import KnownMovements, as_text
from ledger.queries.imports.reasons import Reasons
from ledger.queries.imports.sheets import past_sight, tongue_of

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
        # Rows that are transactions, and rows that would be added: what transfers are looked for among.
        self.matched: dict[int, int] = {}
        self.loose: list[Loose] = []

    def compare(self, sheet: ImportedAccount) -> None:
        rows, decided = self._rows(sheet)
        account = self.accounts.get(sheet.pk)
        matches: Compared = {}
        if account and (every := rows + [each.row for each in decided]):
            span = span_of(every, self.tongue)
            facts = self._facts(account, every, decided)
            matches = compare(rows, facts, span, _said_by_rows, lambda places: _said_by_facts(facts, places))
            self._conclude(facts, matches)
            if self.times[account] > 1:
                self._know(account, facts, rows, decided, matches)
        self.matched |= {each.row.key: each.match for each in decided if each.match and each.deed != Deed.ADD}
        place, currency = place_of(sheet), sheet.currency
        fresh = (row for row in rows if row.key not in matches)
        self.loose += [Loose(row.key, sheet.pk, place, currency, row.day, row.amount) for row in fresh]

    def _rows(self, sheet: ImportedAccount) -> tuple[list[Row], list[_Decided]]:
        found = unjudged(self.upload, sheet).annotate(day=as_text("date"), posted=as_text("posted_on"))
        columns = ("pk", "day", "posted", "amount", "print", "bank_id", "is_pending")
        open_rows = found.filter(is_decided=False).values_list(*columns)
        said = found.filter(is_decided=True).values_list(*columns, "match", "verdict", "deed")
        return (
            [Row(pk, ordinal(day), ordinal(posted), *rest) for pk, day, posted, *rest in open_rows],
            [
                _Decided(Row(pk, ordinal(day), ordinal(posted), *rest), match, verdict, deed)
                for pk, day, posted, *rest, match, verdict, deed in said
            ],
        )

    def _facts(self, account: int, rows: Sequence[Row], decided: Iterable[_Decided]) -> list[Fact]:
        """Without what a person said to be one of the rows."""
        facts = self.known.of(account, min(row.day for row in rows), max(row.day for row in rows))
        facts += self.beside[account]
        said = list(decided)
        taken = {each.match for each in said if each.match}
        gone = Counter(each.row.print for each in said if each.verdict == Verdict.THROWN and not each.match)
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

    def _know(
        self, account: int, facts: Sequence[Fact], rows: Sequence[Row], decided: Sequence[_Decided], matches: Compared
    ) -> None:
        """What this sheet brings, the next sheet of the account finds."""
        coming = [row for row in rows if row.key not in matches or _comes(matches[row.key])]
        coming += [each.row for each in decided if each.deed in (Deed.ADD, Deed.MERGE)]
        for row in coming:
            face = Face(row.day, row.posted, row.amount, row.print, row.bank_id, self.tongue, row.key, self.upload.pk)
            self.beside[account].append(Fact((face,), is_pending=row.is_pending, is_beside=True))


def _comes(match: Match) -> bool:
    return match.verdict in ("typed", "posted", "possible")


def unjudged(upload: Import, sheet: ImportedAccount) -> QuerySet[ImportRow]:
    """The rows of which something can be found out: what could not be read cannot be, what came in stays as it was."""
    rows = past_sight(ImportRow).filter(sheet=sheet, date__isnull=False).order_by("position")
    if upload.state == Import.State.DONE:
        rows = rows.filter(~Exists(Transaction.objects.filter(import_row=OuterRef("pk"))))
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
