"""What matters for taxes: the categories and tags that are marked, their lines in a year, and the papers for them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from ledger.calc.flows import Flow
from ledger.models import Attachment, Category, DayTotal, Line, RateState, Tag, TransactionTag
from ledger.models.many import OneOf
from ledger.queries import tallies
from ledger.queries.attachments import attachments
from ledger.queries.listing import Listing
from ledger.queries.payees import tags
from ledger.queries.reports.flows import grouped

# So many lines are listed of each category and tag; the sums are of all.
MOST_LINES: Final = 100
_VALUES: Final = (
    "pk date amount base_amount memo transaction_id transaction__uid transaction__payee__name"
    " transaction__description transaction__currency"
)


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One line; `base` is what it is in the base currency, None where no rate is known."""

    line: int
    transaction: int
    uid: uuid.UUID
    day: date
    who: str
    memo: str
    amount: int
    currency: str
    base: int | None


@dataclass(frozen=True)
class Marked:
    """One category or tag with what stands under it: what it came to, and its first lines by day."""

    row: Category | Tag
    flow: Flow
    lines: list[TaxLine] = field(default_factory=list)


@dataclass(frozen=True)
class TaxSheet:
    categories: list[Marked]
    tags: list[Marked]
    # By transaction, how many papers it has.
    papers: dict[int, int]

    @property
    def is_marked(self) -> bool:
        return bool(self.categories or self.tags)

    def proven(self, marked: Marked) -> int:
        """How many of the lines listed have a paper."""
        return sum(line.transaction in self.papers for line in marked.lines)


def marked_categories(every: Iterable[Category], listing: Listing) -> list[Category]:
    """Those marked, and all that stands in a marked group; where some categories are asked for, those among them."""
    asked = listing.conditions.categories
    kept = (row for row in every if not row.trashed_at and (asked is None or row.pk in asked))
    return [row for row in kept if row.tax_relevant or (row.parent and row.parent.tax_relevant)]


def marked_tags() -> list[Tag]:
    return list(tags().filter(tax_relevant=True).order_by("key", "pk"))


def first_year() -> int | None:
    """Of the first day in the books."""
    first = DayTotal.objects.order_by("day").values_list("day", flat=True).first()
    return first.year if first else None


def tax_sheet(listing: Listing, categories: list[Category]) -> TaxSheet:
    named = marked_tags()
    of_categories = _lines_of(listing, "category_id", [row.pk for row in categories])
    of_tags = _lines_of(listing, _TAG, [row.pk for row in named])
    listed = {line.transaction for lines in (*of_categories.values(), *of_tags.values()) for line in lines}
    by_category = grouped(listing, "category") if categories else {}
    by_tag = grouped(listing, "tag") if named else {}
    return TaxSheet(
        [Marked(row, by_category.get((row.pk,), Flow()), of_categories.get(row.pk, [])) for row in categories],
        [Marked(row, by_tag.get((row.pk,), Flow()), of_tags.get(row.pk, [])) for row in named],
        _papers_of(listed),
    )


_TAG: Final = "transaction__taggings__tag_id"
By = Literal["category_id", "transaction__taggings__tag_id"]


def _lines_of(listing: Listing, by: By, keys: list[int]) -> dict[int, list[TaxLine]]:
    found: dict[int, list[TaxLine]] = defaultdict(list)
    if not keys:
        return found
    first = Window(RowNumber(), partition_by=F(by), order_by=["date", "pk"])
    lines: Any = listing.lines().filter(is_transfer=False, **{f"{by}__in": keys}).annotate(place=first)
    places = list(lines.filter(place__lte=MOST_LINES).values_list(by, "pk"))
    # What is shown of them is joined afterwards: to count through a year needs none of it.
    shown = {line.line: line for line in _shown({key for _by, key in places}, own=listing.account is not None)}
    for marked, key in places:
        found[marked].append(shown[key])
    return {marked: sorted(some, key=lambda line: (line.day, line.line)) for marked, some in found.items()}


def _shown(keys: set[int], *, own: bool) -> Iterator[TaxLine]:
    rows: Any = Line.objects.filter(OneOf("pk", keys)).order_by().values(*_VALUES.split())
    return (
        TaxLine(
            line=row["pk"],
            transaction=row["transaction_id"],
            uid=row["transaction__uid"],
            day=row["date"],
            who=row["transaction__payee__name"] or row["transaction__description"],
            memo=row["memo"],
            amount=row["amount"],
            currency=row["transaction__currency"],
            base=row["amount"] if own else row["base_amount"],
        )
        for row in rows
    )


def _papers_of(transactions: Iterable[int]) -> dict[int, int]:
    papers: dict[int, int] = defaultdict(int)
    rows = Attachment.objects.filter(OneOf("transaction_id", list(transactions)), trashed_at=None).order_by()
    for key in rows.values_list("transaction_id", flat=True):
        papers[key] += 1
    return dict(papers)


def receipts(listing: Listing, categories: list[Category]) -> QuerySet[Attachment]:
    """The papers of all that is filed under these categories or has a marked tag, by day."""
    lines = _concerned(listing, categories).values("transaction")
    papers = attachments().filter(transaction__in=lines).select_related("transaction__payee", "transaction__account")
    return papers.order_by("transaction__date", "pk")


def receipts_size(listing: Listing, categories: list[Category]) -> tuple[int, int]:
    """How many they are, and how many bytes."""
    sums = receipts(listing, categories).order_by().aggregate(files=Count("pk"), bytes=Sum("size", default=0))
    return sums["files"], int(sums["bytes"])


def doubts(listing: Listing, categories: list[Category]) -> tuple[tallies.LeftOut, int]:
    """What no rate is known for, by currency, and how many amounts are in at an earlier day's rate; each line once."""
    if listing.account:
        return (), 0
    lines = _concerned(listing, categories)
    return tallies.left_out(lines), lines.filter(rate_state=RateState.ESTIMATED).count()


def _concerned(listing: Listing, categories: list[Category]) -> QuerySet[Line]:
    tagged = TransactionTag.objects.filter(tag__in=marked_tags()).values("transaction")
    filed_or_tagged = Q(category__in=categories) | Q(transaction__in=tagged)
    return listing.lines().filter(filed_or_tagged, is_transfer=False)
