"""The inbox as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from financeflow.inbox.sources import ACCEPT


class KindOut(Schema):
    key: str = Field(alias="kind.key")
    label: str
    count: int


class ChoiceOut(Schema):
    name: str
    label: str


class MoneyOut(Schema):
    amount: int = Field(alias="minor")
    currency: str


class ItemOut(Schema):
    kind: str
    key: str
    stamp: Annotated[str, Field(description="What was seen; sent back with an answer, it refuses what changed since")]
    title: str
    below: str
    money: MoneyOut | None
    day: date | None
    reason: str
    confidence: Annotated[int | None, Field(description="In percent")]
    suggested: str
    like: Annotated[int, Field(description="How many are answered at once")]
    choices: list[ChoiceOut]
    may_be_dismissed: bool
    url: str

    @staticmethod
    def resolve_may_be_dismissed(row: object) -> bool:
        return bool(row.dismiss)  # type: ignore[attr-defined]


class QueueOut(Schema):
    """What wants a decision: how much of each kind, and the first of each."""

    count: int
    kinds: list[KindOut] = Field(alias="counted")
    items: list[ItemOut]


class Question(Schema):
    """Which question is meant."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, Field(max_length=30)]
    key: Annotated[str, Field(max_length=200)]
    stamp: Annotated[str | None, Field(max_length=32)] = None


class Answer(Question):
    """An answer to it."""

    choice: Annotated[str, Field(max_length=30)] = ACCEPT
