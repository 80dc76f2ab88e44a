"""Accounts and their registers as JSON."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import ModelSchema, Schema
from pydantic import ConfigDict, Field

from financeflow.households.models import User
from financeflow.money.values import LARGEST
from ledger.calc import FIRST_DAY, LAST_DAY
from ledger.models import Account

AccountIcon = Literal[
    "",
    "bank",
    "piggy",
    "card",
    "cash",
    "scale",
    "chart-line",
    "house",
    "wallet",
    "car",
    "plane",
    "school",
    "gift",
    "heart",
    "briefcase",
    "coins",
    "umbrella",
]
AccountKind = Literal["checking", "savings", "credit_card", "cash", "loan", "investment", "property", "other"]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
Minor = Annotated[int, Field(ge=-LARGEST, le=LARGEST, strict=True, description="Whole minor units, such as cents")]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
MOST_DAYS = 1000
EditVersion = Annotated[int, Field(ge=1, le=2**31 - 1, description="As last read; another one is answered with 409")]


class Paging(Schema):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    offset: Annotated[int, Field(ge=0, le=100_000)] = 0


class AccountOut(ModelSchema):
    balance: int
    icon: Annotated[str, Field(alias="chosen_icon", description="Empty where it is that of its kind")]
    private: Annotated[bool, Field(description="Seen by you alone")]

    class Meta:
        model = Account
        fields = [
            "uid",
            "name",
            "kind",
            "currency",
            "opening_balance",
            "opened_on",
            "closed_on",
            "closed_because",
            "in_net_worth",
        ]

    edit_version: int

    @staticmethod
    def resolve_private(account: Account) -> bool:
        return account.private_to_id is not None


class AccountIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Name
    kind: AccountKind = "checking"
    currency: Currency
    opening_balance: Minor = 0
    opened_on: Day
    in_net_worth: bool = True
    icon: AccountIcon = ""
    private: bool = False

    def values(self, by: User) -> dict[str, Any]:
        return _values(self.model_dump(), by)


def _values(said: dict[str, Any], by: User) -> dict[str, Any]:
    """By the names of the table; what is private is so to the member who says it."""
    values = {{"icon": "chosen_icon"}.get(name, name): value for name, value in said.items() if name != "private"}
    return {**values, "private_to": by if said["private"] else None} if "private" in said else values


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
    icon: AccountIcon | None = None
    private: bool | None = None

    def values(self, by: User) -> dict[str, Any]:
        """What was sent; that the version is missing is said only to who may know the account."""
        return _values(changes(self), by)


def changes(sent: Schema) -> dict[str, Any]:
    """What was sent of a change, and the version it is meant for."""
    said = sent.model_dump(exclude_unset=True)
    if said.get("edit_version") is None:
        raise ValidationError({"edit_version": _("Send the version you last read.")})
    return said


class Closing(Schema):
    """When an account was closed, and why."""

    model_config = ConfigDict(extra="forbid")

    closed_on: Day
    because: Annotated[str, Field(max_length=120)] = ""


class Days(Schema):
    """From one day to another, both included."""

    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None

    def checked(self) -> Days:
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"to": _("This is before the first day.")})
        return self


class RegisterAsked(Days):
    after: Annotated[str | None, Field(max_length=40, description="`next` of the page before")] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class RegisterRow(Schema):
    uid: uuid.UUID
    date: date
    amount: int
    balance: Annotated[int, Field(description="What was in the account after it")]
    currency: str
    status: str
    name: Annotated[str, Field(description="Who it went to or came from; of a transfer its two accounts")]
    payee: uuid.UUID | None = Field(None, alias="payee.uid")
    notes: str


class RegisterOut(Schema):
    items: list[RegisterRow]
    next: str | None


class BalancesAsked(Schema):
    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    by: Literal["day", "month"] = "day"

    def checked(self) -> BalancesAsked:
        if self.last < self.first:
            raise ValidationError({"to": _("This is before the first day.")})
        if self.by == "day" and (self.last - self.first).days > MOST_DAYS:
            raise ValidationError({"to": _("Ask for up to %(most)s days, or by month.") % {"most": MOST_DAYS}})
        return self


class BalancePoint(Schema):
    day: date
    balance: int


class Balances(Schema):
    currency: str
    items: list[BalancePoint]


class AccountPage(Schema):
    items: list[AccountOut]
    total: int
