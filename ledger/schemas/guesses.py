"""Likely categories, as JSON."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from ledger.schemas.accounts import Currency, Day, Minor

MOST_AT_ONCE = 500


class GuessAsked(Schema):
    """Something that wants a category; an amount of zero says nothing, not even which way the money goes."""

    model_config = ConfigDict(extra="forbid")

    description: Annotated[str, Field(min_length=1, max_length=500, description="What the bank wrote, or a person")]
    payee: Annotated[str, Field(max_length=120, description="A name; else it is looked for in the description")] = ""
    amount: Annotated[Minor, Field(description="Whole minor units; money out is negative")] = 0
    currency: Annotated[Currency | Literal[""], Field(description="Else that of the books")] = ""
    date: Day | None = None
    account: uuid.UUID | None = None


class GuessesAsked(Schema):
    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[GuessAsked], Field(min_length=1, max_length=MOST_AT_ONCE)]


class GuessOut(Schema):
    category: uuid.UUID = Field(alias="category.uid")
    key: Annotated[str, Field(alias="category.key", description="Empty for a category of one's own")]
    name: str = Field(alias="category.name")
    confidence: Annotated[float, Field(description="From 0 to 1")]
    band: Annotated[
        Literal["filed", "suggested", "open"],
        Field(description="How far one goes with it: it is filed by itself, suggested, or left open"),
    ]
    reason: str


class Guesses(Schema):
    """For each item, in the order they were sent, the likeliest first; none where nothing is known."""

    items: list[list[GuessOut]]
