"""Pairs that are probably one transfer, and money that is owed back, as JSON."""

from __future__ import annotations

import uuid
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from ledger.schemas.accounts import Day


class PairsAsked(Schema):
    """How many, and how far back to look."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    months: Annotated[int, Field(ge=1, le=120)] = 12


class PairOut(Schema):
    out: uuid.UUID = Field(alias="out.uid")
    into: uuid.UUID = Field(alias="into.uid")
    amount: Annotated[int, Field(alias="into.amount")]
    currency: str = Field(alias="into.currency")
    confidence: Annotated[int, Field(description="In percent; nothing is ever linked by itself")]
    reasons: list[str]


class Pairs(Schema):
    items: list[PairOut]


class Two(Schema):
    """Public ids of money out and of money in."""

    model_config = ConfigDict(extra="forbid")

    out: uuid.UUID
    into: uuid.UUID


class OwedOut(Schema):
    uid: uuid.UUID = Field(alias="link.uid")
    transaction: uuid.UUID = Field(alias="link.line.transaction.uid")
    owed_by: str = Field(alias="link.owed_by")
    expected: int = Field(alias="link.expected")
    currency: str = Field(alias="link.currency")
    since: Day = Field(alias="link.since")
    days: int


class SumOut(Schema):
    amount: int = Field(alias="minor")
    currency: str


class Owed(Schema):
    """What is still to come back, the longest owed first, with a sum for each currency."""

    items: list[OwedOut]
    sums: list[SumOut]
