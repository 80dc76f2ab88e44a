"""What an account knows already around some days: its transactions, also in the trash, and rows that came in before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.calc.verdicts import WINDOW, Fact, Span
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.models.many import OneOf
from ledger.queries.imports.facts import Booked, Came, Facts
from ledger.queries.imports.sheets import Sheets, as_text, past_sight

Deed, Verdict = ImportRow.Deed, ImportRow.Verdict
_COLUMNS: Final = (
    *("pk", "day", "posted", "amount", "external_id", "status", "source", "trashed_at", "transfer", "account"),
    *("import_row", "row_day", "row_posted", "import_row__amount", "import_row__print", "import_row__bank_id"),
    *("import_row__sheet", "import_row__deed"),
)


class KnownMovements:
    """Asked for each account of an upload; of what the viewer may not see it tells nothing but that it is here."""

    def __init__(self, upload: Import) -> None:
        self.household = upload.household_id
        self.sheets = Sheets(upload)
        self.in_sight = set(Account.objects.values_list("pk", flat=True))

    def of(self, account: int, span: Span, spent: Mapping[int, int]) -> list[Fact]:
        """What it knows in these days and some around them, in the order in which it came.

        Without transactions that are `spent`, which come with the rows that they came with.
        """
        days = (date.fromordinal(max(1, span.first - WINDOW)), date.fromordinal(span.last + WINDOW))
        booked = {each.pk: each for each in self._booked(account, days, spent)}
        came = [each for each in self._came(account, days) if each.match not in spent]
        rows = set(spent.values())
        booked |= {each.pk: each for each in self._moved([each for each in came if each.pk not in rows], booked)}
        return list(Facts(account, self.sheets, self.in_sight).of(booked, came, rows))

    def _booked(self, account: int, days: tuple[date, date], spent: Collection[int]) -> Iterator[Booked]:
        rows = past_sight(Transaction).filter(household=self.household, account=account, date__range=days)
        if spent:
            rows = rows.filter(~Q(OneOf("pk", list(spent))))
        yield from self._as_booked(rows.filter(trashed_at=None))
        yield from self._as_booked(rows.filter(trashed_at__isnull=False))

    def _as_booked(self, rows: QuerySet[Any]) -> Iterator[Booked]:
        days = {"day": "date", "posted": "posted_on", "row_day": "import_row__date"}
        days["row_posted"] = "import_row__posted_on"
        rows = rows.order_by().annotate(**{name: as_text(column) for name, column in days.items()})
        # What came of this very upload is not compared with what is left of it.
        uploads, own = self.sheets.uploads, self.sheets.own
        return (Booked._make(values) for values in rows.values_list(*_COLUMNS) if uploads.get(values[-2]) != own)

    def _came(self, account: int, days: tuple[date, date]) -> list[Came]:
        sheets = self.sheets.done[account]
        if not sheets:
            return []
        here = past_sight(Transaction).filter(import_row=OuterRef("pk"), account=account, date__range=days)
        said = Q(deed=Deed.MERGE) | Q(deed=Deed.LEAVE, is_decided=True) | Q(deed=Deed.ADD, verdict=Verdict.THROWN)
        rows = past_sight(ImportRow).filter(OneOf("sheet_id", sheets), date__range=days)
        rows = rows.filter(said | (Q(deed=Deed.ADD) & ~Exists(here)))
        rows = rows.annotate(day=as_text("date"), posted=as_text("posted_on")).order_by("pk")
        columns = ("pk", "day", "posted", "amount", "print", "bank_id", "sheet", "deed", "verdict", "match")
        return [Came(*values) for values in rows.values_list(*columns, "is_pending")]

    def _moved(self, came: Iterable[Came], booked: dict[int, Booked]) -> Iterator[Booked]:
        """Transactions of these rows that somebody put on another day, or into another account."""
        rows = [each.pk for each in came if each.deed == Deed.ADD]
        matches = {each.match for each in came if each.match} - booked.keys()
        every = past_sight(Transaction).filter(household=self.household)
        if rows:
            yield from self._as_booked(every.filter(OneOf("import_row_id", rows), import_row__isnull=False))
        if matches:
            yield from self._as_booked(every.filter(OneOf("pk", sorted(matches))))
