"""JSON of the ledger: what comes in, what goes out."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import ModelSchema, Schema
from pydantic import ConfigDict, Field

from financeflow.money.values import LARGEST
from ledger.calc import FIRST_DAY, LAST_DAY
from ledger.models import Account, Category

AccountKind = Literal["checking", "savings", "credit_card", "cash", "loan", "investment", "property", "other"]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
Minor = Annotated[int, Field(ge=-LARGEST, le=LARGEST, strict=True, description="Whole minor units, such as cents")]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
EditVersion = Annotated[int, Field(ge=1, le=2**31 - 1, description="As last read; another one is answered with 409")]


class Paging(Schema):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0


class AccountOut(ModelSchema):
    balance: int

    class Meta:
        model = Account
        fields = ["uid", "name", "kind", "currency", "opening_balance", "opened_on", "closed_on", "in_net_worth"]

    edit_version: int


class AccountIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name
    kind: AccountKind = "checking"
    currency: Currency
    opening_balance: Minor = 0
    opened_on: Day
    in_net_worth: bool = True


class AccountChange(Schema):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["edit_version"]})

    edit_version: EditVersion | None = None
    name: Name | None = None
    kind: AccountKind | None = None
    currency: Currency | None = None
    opening_balance: Minor | None = None
    opened_on: Day | None = None
    in_net_worth: bool | None = None

    def values(self) -> dict[str, Any]:
        """What was sent; that the version is missing is said only to who may know the account."""
        if self.edit_version is None:
            raise ValidationError({"edit_version": _("Send the version you last read.")})
        return self.model_dump(exclude_unset=True)


class AccountPage(Schema):
    items: list[AccountOut]
    total: int


class CategoryOut(ModelSchema):
    parent: uuid.UUID | None = Field(None, alias="parent.uid")

    class Meta:
        model = Category
        fields = ["uid", "key", "name", "kind", "hue", "icon"]


class CategoryPage(Schema):
    items: list[CategoryOut]
    total: int
