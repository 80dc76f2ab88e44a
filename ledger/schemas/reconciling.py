"""Statements as JSON: what is printed on one, how far it is ticked, what may explain a difference."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from ledger.schemas.accounts import Day, Minor, Paging

MOST_ROWS = 1000
Rows = Annotated[list[uuid.UUID], Field(max_length=MOST_ROWS)]


class StatementsAsked(Paging):
    """Of which account, if of one, and which part of the list."""

    account: uuid.UUID | None = None


class StatementOut(Schema):
    uid: uuid.UUID
    account: uuid.UUID = Field(alias="account.uid")
    on: Day
    balance: int
    currency: str
    locked_at: datetime | None
    edit_version: int


class StatementShown(StatementOut):
    """With what it comes to: the difference is what the statement has more than was added up."""

    before: int
    ticked: int
    rows: int
    difference: int


class StatementPage(Schema):
    items: list[StatementOut]
    total: int


class StatementIn(Schema):
    model_config = ConfigDict(extra="forbid")

    account: uuid.UUID
    on: Day
    balance: Minor


class Ticks(Schema):
    """Public ids of transactions of the account."""

    model_config = ConfigDict(extra="forbid")

    tick: Rows = []
    untick: Rows = []


class Lock(Schema):
    """The difference that is to be corrected, to the unit; zero where there is none."""

    model_config = ConfigDict(extra="forbid")

    correction: Minor = 0


class GapOut(Schema):
    kind: str
    likelihood: Annotated[int, Field(description="From 1 to 99")]
    reason: str
    rows: list[uuid.UUID]
    amount: Annotated[int, Field(description="What should stand there instead, where that is the explanation")]
    until: date | None

    @staticmethod
    def resolve_rows(gap: Any) -> list[uuid.UUID]:
        return [row.uid for row in gap.rows]


class Gaps(Schema):
    difference: int
    items: list[GapOut]
