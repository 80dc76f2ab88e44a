"""Categories, payees and tags as JSON."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any

from ninja import ModelSchema, Schema
from pydantic import ConfigDict, Field

from ledger.models import Category, Payee, Tag
from ledger.schemas.accounts import EditVersion, Name, changes

Hue = Annotated[int, Field(ge=1, le=12, strict=True)]
PayeeName = Annotated[str, Field(min_length=1, max_length=120)]
TagName = Annotated[str, Field(min_length=1, max_length=40)]
Kind = Annotated[str, Field(pattern="^(expense|income)$")]
Icon = Annotated[str, Field(max_length=30)]
TaxRelevant = Annotated[bool, Field(strict=True, description="Whether the tax report lists it")]


class Sent(Schema):
    model_config = ConfigDict(extra="forbid")


class Change(Sent):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["edit_version"]})

    edit_version: EditVersion | None = None

    def values(self) -> dict[str, Any]:
        return changes(self)


class Into(Sent):
    """What takes over."""

    into: uuid.UUID


class JobStarted(Schema):
    """So much hangs on it that a job does it; its page says how far it is."""

    job: uuid.UUID
    url: str


class CategoryOut(ModelSchema):
    parent: uuid.UUID | None = Field(None, alias="parent.uid")
    archived: bool
    edit_version: int

    class Meta:
        model = Category
        fields = ["uid", "key", "name", "kind", "hue", "icon", "tax_relevant"]

    @staticmethod
    def resolve_archived(category: Category) -> bool:
        return category.archived_at is not None


class CategoryPage(Schema):
    items: list[CategoryOut]
    total: int


class CategoryIn(Sent):
    name: Name
    parent: Annotated[uuid.UUID | None, Field(description="Its group; none: it is a group itself")] = None
    kind: Annotated[Kind, Field(description="Within a group, the group decides")] = "expense"
    hue: Hue = 11
    icon: Icon = "tag"
    tax_relevant: TaxRelevant = False


class CategoryChange(Change):
    name: Name | None = None
    parent: uuid.UUID | None = None
    kind: Kind | None = None
    hue: Hue | None = None
    icon: Icon | None = None
    tax_relevant: TaxRelevant | None = None
    archived: bool | None = None


class Spelling(Schema):
    uid: uuid.UUID
    name: str


class SpellingIn(Sent):
    name: PayeeName


class PayeeOut(ModelSchema):
    default_category: uuid.UUID | None = Field(None, alias="default_category.uid")
    edit_version: int

    class Meta:
        model = Payee
        fields = ["uid", "name"]


class PayeeSheetOut(PayeeOut):
    """One payee with all that is known of it."""

    spellings: list[Spelling] = Field(alias="aliases")


class PayeeRow(PayeeOut):
    last_on: date | None


class PayeePage(Schema):
    items: list[PayeeRow]
    total: int


class PayeeIn(Sent):
    name: PayeeName
    default_category: uuid.UUID | None = None


class PayeeChange(Change):
    name: PayeeName | None = None
    default_category: uuid.UUID | None = None


class TagOut(ModelSchema):
    edit_version: int

    class Meta:
        model = Tag
        fields = ["uid", "name", "hue", "tax_relevant"]


class TagPage(Schema):
    items: list[TagOut]
    total: int


class TagIn(Sent):
    name: TagName
    hue: Hue | None = None
    tax_relevant: TaxRelevant = False


class TagChange(Change):
    name: TagName | None = None
    hue: Hue | None = None
    tax_relevant: TaxRelevant | None = None
