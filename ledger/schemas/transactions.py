"""Transactions, transfers and their papers as JSON."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field

from financeflow.money.values import LARGEST
from financeflow.web.months import Month
from ledger.actions.lines import MOST_PARTS
from ledger.calc.texts import LONGEST_TAG, MOST_TAGS
from ledger.models import Attachment
from ledger.models.transactions import LONGEST_NOTE
from ledger.schemas.accounts import Currency, Day, EditVersion, Minor

MOST_AT_ONCE = 1000
Positive = Annotated[int, Field(ge=1, le=LARGEST, strict=True, description="Whole minor units, such as cents")]
State = Literal["pending", "cleared"]
Tags = Annotated[list[Annotated[str, Field(min_length=1, max_length=LONGEST_TAG)]], Field(max_length=MOST_TAGS)]
Payee = Annotated[str, Field(max_length=120, description="A name; one that is not known yet is added")]
Notes = Annotated[str, Field(max_length=LONGEST_NOTE)]
FormNumber = Annotated[
    uuid.UUID, Field(description="A number of your own for this request: sent twice, it still adds once")
]


class Asked(Schema):
    """Which transactions, and which part of the list."""

    q: Annotated[str, Field(max_length=2000, description="A search, as the page of transactions takes it")] = ""
    month: Annotated[str, Field(pattern=r"^(\d{4}-\d{2})?$", description="YYYY-MM")] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    after: Annotated[str, Field(max_length=40, description="`next` of the page before")] = ""

    @property
    def months(self) -> list[Month]:
        return [Month.parse(self.month)] if self.month else []


class LineOut(Schema):
    category: uuid.UUID | None = Field(None, alias="category.uid")
    amount: int
    memo: str
    learned: Annotated[int, Field(description="How sure it was, in percent, where it was filed by itself; else 0")]


class TransactionOut(Schema):
    uid: uuid.UUID
    account: uuid.UUID = Field(alias="account.uid")
    date: Day
    posted_on: Day | None
    amount: int
    currency: str
    base_amount: Annotated[int | None, Field(description="In the base currency; null where no rate is known")]
    rate_state: str
    payee: str | None = Field(None, alias="payee.name")
    description: str
    notes: str
    status: str
    source: str
    external_id: str
    original_amount: int | None
    original_currency: str
    tags: list[str]
    lines: list[LineOut]
    other_side: Annotated[uuid.UUID | None, Field(description="Of a transfer, the transaction in the other account")]
    has_papers: bool
    created_at: datetime
    edit_version: int

    @staticmethod
    def resolve_tags(row: Any) -> list[str]:
        return [tagging.tag.name for tagging in row.taggings.all()]

    @staticmethod
    def resolve_other_side(row: Any) -> uuid.UUID | None:
        return row.other_side.uid if row.other_side else None


class TransactionPage(Schema):
    items: list[TransactionOut]
    next: Annotated[str | None, Field(description="Send it as `after` for what follows")]
    problems: Annotated[list[str], Field(description="What of the search was not understood")]


class TallyOut(Schema):
    """Sums of all that a search finds, in one currency."""

    currency: str
    coming_in: int
    going_out: int
    net: int
    moved: int
    count: int
    estimated: Annotated[int, Field(description="How many lines were converted at the rate of an earlier day")]
    missing: Annotated[int, Field(description="How many lines are left out, for no rate is known")]


class LineIn(Schema):
    model_config = ConfigDict(extra="forbid")

    category: uuid.UUID | None = None
    amount: Minor
    memo: Annotated[str, Field(max_length=200)] = ""


Lines = Annotated[list[LineIn], Field(min_length=1, max_length=MOST_PARTS, description="They add up to the amount")]


class Filed(Schema):
    """What a transaction was for: one category, or lines; never both."""

    model_config = ConfigDict(extra="forbid")

    def check(self) -> None:
        if {"category", "lines"} <= self.model_fields_set:
            raise ValidationError({"category": _("Send a category or lines, not both.")})


class TransactionIn(Filed):
    account: uuid.UUID
    date: Day
    amount: Annotated[Minor, Field(description="Whole minor units; money out is negative")]
    payee: Payee = ""
    category: uuid.UUID | None = None
    lines: Lines | None = None
    tags: Tags = []
    notes: Notes = ""
    status: State = "cleared"
    posted_on: Day | None = None
    description: Annotated[str, Field(max_length=500, description="What the bank wrote")] = ""
    external_id: Annotated[str, Field(max_length=200, description="The bank's reference")] = ""
    original_amount: Minor | None = None
    original_currency: Currency | Literal[""] = ""
    form_number: FormNumber | None = None


class TransactionChange(Filed):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["edit_version"]})

    edit_version: EditVersion | None = None
    account: uuid.UUID | None = None
    date: Day | None = None
    amount: Minor | None = None
    payee: Payee | None = None
    category: uuid.UUID | None = None
    lines: Lines | None = None
    tags: Tags | None = None
    notes: Notes | None = None
    status: State | None = None
    posted_on: Day | None = None
    original_amount: Minor | None = None
    original_currency: Currency | Literal[""] | None = None
    confirm: Annotated[bool | None, Field(description="Say that what was filed by itself is right")] = None


class TransferIn(Schema):
    model_config = ConfigDict(extra="forbid")

    account: Annotated[uuid.UUID, Field(description="Where the money comes from")]
    to_account: uuid.UUID
    date: Day
    amount: Positive
    received: Annotated[Positive | None, Field(description="What arrives, where that is in another currency")] = None
    tags: Tags = []
    notes: Notes = ""
    status: State = "cleared"
    form_number: FormNumber | None = None


class TransferMade(Schema):
    """The other account of what becomes a transfer."""

    model_config = ConfigDict(extra="forbid")

    to_account: uuid.UUID
    received: Annotated[Positive | None, Field(description="The amount there, where that is in another currency")] = (
        None
    )


class TransferOut(Schema):
    out: TransactionOut
    into: TransactionOut


class ManyIn(Schema):
    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[TransactionIn], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ManyOut(Schema):
    items: Annotated[list[uuid.UUID], Field(description="The transactions, in the order they were sent")]
    total: int


class PaperOut(Schema):
    uid: uuid.UUID
    name: str
    content_type: str
    size: int
    created_at: datetime
    url: str

    @staticmethod
    def resolve_url(paper: Attachment) -> str:
        return f"/api/v1/transactions/{paper.transaction.uid}/papers/{paper.uid}"


class PaperPage(Schema):
    items: list[PaperOut]
    total: int
