"""Rules as JSON."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field

from ledger.schemas.accounts import EditVersion, Name

MatchKind = Literal["all", "any"]


class ConditionIO(Schema):
    """One thing asked of a transaction. All values are text: an amount is “12.50”, a row its uid."""

    model_config = ConfigDict(extra="forbid")

    field: Annotated[str, Field(max_length=20, examples=["payee"])]
    op: Annotated[str, Field(max_length=20, examples=["contains"])]
    values: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50, examples=[["Lidl"]])] = []
    negate: bool = False


class PartIO(Schema):
    """A part of a split: its share is a percentage, or any other whole number."""

    model_config = ConfigDict(extra="forbid")

    category: uuid.UUID | None = None
    share: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    memo: Annotated[str, Field(max_length=200)] = ""


class DeedIO(Schema):
    """One thing done: `values` holds a category's or account's uid, a payee's name, tags by uid or name, or a note."""

    model_config = ConfigDict(extra="forbid")

    do: Annotated[str, Field(max_length=20, examples=["category"])]
    values: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=20)] = []
    parts: Annotated[list[PartIO], Field(max_length=20)] = []


class RuleOut(Schema):
    uid: uuid.UUID
    name: str
    match: MatchKind
    conditions: list[dict[str, Any]]
    deeds: list[dict[str, Any]]
    is_active: bool
    stops: bool
    hits: int
    last_hit_at: datetime | None
    edit_version: int


class RuleIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name
    match: MatchKind = "all"
    conditions: Annotated[list[ConditionIO], Field(max_length=20)]
    deeds: Annotated[list[DeedIO], Field(max_length=8)]
    is_active: bool = True
    stops: bool = False


class RuleChange(Schema):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["edit_version"]})

    edit_version: EditVersion | None = None
    name: Name | None = None
    match: MatchKind | None = None
    conditions: Annotated[list[ConditionIO], Field(max_length=20)] | None = None
    deeds: Annotated[list[DeedIO], Field(max_length=8)] | None = None
    is_active: bool | None = None
    stops: bool | None = None

    def values(self) -> dict[str, Any]:
        """What was sent; that the version is missing is said only to who may know the rule."""
        if self.edit_version is None:
            raise ValidationError({"edit_version": _("Send the version you last read.")})
        return {name: value for name, value in self.model_dump(exclude_unset=True).items() if value is not None}


class RulePage(Schema):
    items: list[RuleOut]
    total: int


class PreviewIn(Schema):
    model_config = ConfigDict(extra="forbid")

    also_filed: bool = False


class StepOut(Schema):
    what: str
    before: str
    after: str


class ChangedOut(Schema):
    transaction: uuid.UUID = Field(alias="row.uid")
    steps: list[StepOut]


class PreviewOut(Schema):
    """What would change; where `is_partial`, only the latest `looked_at` transactions were gone through."""

    count: int
    matching: int
    looked_at: int
    is_partial: bool
    rows: list[ChangedOut]


class ApplyIn(Schema):
    """Which rule, or all in force; and whether what is filed already is filed anew."""

    model_config = ConfigDict(extra="forbid")

    rule: uuid.UUID | None = None
    also_filed: bool = False


class AppliedOut(Schema):
    """How many were changed; or the job that does it where they are many."""

    looked_at: int = 0
    changed: int = 0
    change: uuid.UUID | None = None
    job: uuid.UUID | None = None
