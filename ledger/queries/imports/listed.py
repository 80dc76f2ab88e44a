"""The rows of one file as they are listed: those of a verdict or a search, a page at a time, and those picked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from financeflow.tenancy.scope import whole_household
from ledger.models import Import, ImportedAccount, ImportRow, Transaction
from ledger.queries.imports.preview import SUGGESTED, rows_in
from ledger.queries.imports.waiting import became

ON_A_PAGE: Final = 36
MOST_PICKED: Final = 2000
LONGEST: Final = 100
# Asked for like a deed: rows with a category that waits for a person.
SUGGESTED_ONES: Final = "suggested"
_WORDS: Final = ("payee_name", "payee", "description", "reference", "original")


@dataclass(frozen=True)
class RowsAsked:
    """Which rows of a file are meant, as an address or a form says it."""

    verdict: str = ""
    deed: str = ""
    words: str = ""
    # Behind which row the page begins: the place of its statement, and its own.
    after: tuple[int, int] | None = None

    @property
    def narrows(self) -> bool:
        return bool(self.verdict or self.deed or self.words)

    @property
    def said(self) -> dict[str, str]:
        """The same as an address says it, but for the place."""
        return {key: value for key, value in (("v", self.verdict), ("d", self.deed), ("q", self.words)) if value}


@dataclass(frozen=True)
class RowsPage:
    rows: Sequence[ImportRow]
    following: str = ""


def asked_rows(upload: Import, asked: RowsAsked) -> QuerySet[ImportRow]:
    """All that fit, wherever the page begins."""
    rows = rows_in(upload)
    if asked.verdict:
        rows = rows.filter(verdict=asked.verdict)
    if asked.deed == SUGGESTED_ONES:
        rows = rows.filter(SUGGESTED, deed=ImportRow.Deed.ADD, sheet__is_left_out=False)
    elif asked.deed:
        rows = rows.filter(deed=asked.deed, sheet__is_left_out=False)
    for word in asked.words.split():
        found = Q()
        for name in _WORDS:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    return rows


def rows_page(upload: Import, sheets: Sequence[ImportedAccount], asked: RowsAsked) -> RowsPage:
    """Some of them, found by the place where the page before ended: the last page costs what the first does."""
    rows = asked_rows(upload, asked)
    if len(sheets) == 1:
        rows = rows.filter(sheet=sheets[0].pk)
    if asked.after:
        place, position = asked.after
        later = [sheet.pk for sheet in sheets if sheet.position > place]
        here = [sheet.pk for sheet in sheets if sheet.position == place]
        rows = rows.filter(Q(sheet__in=later) | Q(sheet__in=here, position__gt=position))
    # Their keys alone are found and put in order first: what a page shows of a row is asked of its few rows.
    keys = list(rows.order_by("sheet", "position").values_list("pk", flat=True)[: ON_A_PAGE + 1])
    found = list(shown(rows_in(upload).filter(pk__in=keys)).order_by("sheet", "position"))
    last = found[ON_A_PAGE - 1] if len(found) > ON_A_PAGE else None
    return RowsPage(found[:ON_A_PAGE], f"{last.sheet.position}-{last.position}" if last else "")


def alike(upload: Import, row: ImportRow) -> QuerySet[ImportRow]:
    """All rows of who is paid there, of which the same is suggested."""
    return rows_in(upload).filter(SUGGESTED, category=row.category_id, payee_name=row.payee_name)


def count_alike(upload: Import, rows: Sequence[ImportRow]) -> None:
    """`alike`: of how many rows the same is suggested."""
    waiting = [row for row in rows if row.is_suggested]
    if not waiting:
        return
    found = rows_in(upload).filter(SUGGESTED, payee_name__in={row.payee_name for row in waiting}).order_by()
    counts = {
        (name, category): count
        for name, category, count in found.values_list("payee_name", "category").annotate(count=Count("pk"))
    }
    for row in waiting:
        row.alike = counts.get((row.payee_name, row.category_id), 0)  # type: ignore[attr-defined]


def rows_of_files(uploads: Collection[Import]) -> QuerySet[ImportRow, Any]:
    """The keys of all rows of files that were found in sight, to look for what came of them."""
    with whole_household():
        return ImportRow.objects.filter(sheet__upload__in=uploads).order_by().values("pk")


def shown(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """With all that a page shows of a row."""
    came = Transaction.objects.filter(import_row=OuterRef("pk"), trashed_at=None).values("uid")[:1]
    return rows.select_related("sheet__account", "category").annotate(matched=F("match__uid"), came=Subquery(came))


def chosen_rows(
    upload: Import, asked: RowsAsked, *, every: bool, picked: Collection[UUID], spared: Collection[UUID]
) -> QuerySet[ImportRow]:
    """Those that were ticked; where every one is meant, all that fit but for those unticked again."""
    if not every:
        return rows_in(upload).filter(uid__in=picked)
    rows = asked_rows(upload, asked)
    return rows.exclude(uid__in=spared) if spared else rows


class Rejected(NamedTuple):
    """What is told of a row that stays out: there may be a hundred thousand of them."""

    line: int
    original: str
    date: date | None
    amount: int | None
    currency: str
    payee: str
    description: str
    reference: str
    verdict: str
    reason: str
    is_decided: bool
    is_left_out: bool


def rejected_rows(upload: Import) -> Iterator[Rejected]:
    """What stays out as it stands, or stayed out of what was brought in; in the order of the file."""
    rows = rows_in(upload).order_by("sheet", "position")
    if upload.state == Import.State.DONE:
        rows = rows.filter(~Exists(became()))
    else:
        rows = rows.filter(Q(deed=ImportRow.Deed.LEAVE) | Q(sheet__is_left_out=True))
    columns = [{"currency": "sheet__currency", "is_left_out": "sheet__is_left_out"}.get(n, n) for n in Rejected._fields]
    return (Rejected(*row) for row in rows.values_list(*columns).iterator(chunk_size=2000))
