"""What was learned, as JSON."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

Percent = Annotated[int, Field(ge=1, le=100, description="Percent")]


class BoundsOut(Schema):
    files_by_itself: bool
    filed_from: Percent
    suggested_from: Percent


class BoundsChange(Schema):
    """Only what is sent is changed."""

    model_config = ConfigDict(extra="forbid")

    files_by_itself: bool | None = None
    filed_from: Percent | None = None
    suggested_from: Percent | None = None

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.model_dump().items() if value is not None}


class ShareOut(Schema):
    right: int
    of: int


class FaredOut(Schema):
    month: Annotated[date, Field(description="Its first day")]
    filed: ShareOut
    suggested: ShareOut
    left_open: int


class ModelOut(Schema):
    version: str
    unknown: Annotated[int, Field(description="Of the names tried, those it would say nothing of")]
    tried: int


class ByItselfOut(Schema):
    count: int
    of: int


class LearningOut(Schema):
    """Accuracy is measured on what people filed, confirmed or corrected."""

    bounds: BoundsOut
    count: Annotated[int, Field(description="How many names are known")]
    months: list[FaredOut]
    by_itself: Annotated[ByItselfOut, Field(description="Of what is filed of the last 30 days")]
    model: ModelOut


class NameOut(Schema):
    key: str
    name: str
    category: uuid.UUID
    times: int
    last_on: date

    @staticmethod
    def resolve_category(name: Any) -> uuid.UUID:
        found: uuid.UUID = name.category.uid
        return found


class NamesOut(Schema):
    items: list[NameOut]
    next: Annotated[str, Field(description="Send it as `after` for the next page; empty on the last")]
