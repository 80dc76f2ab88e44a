"""Exchange rates as JSON: a rate is a text with a point, so that no digit is lost on the way."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field

from ledger.calc.rate_text import plain_text, read_rate
from ledger.models import TypedRate
from ledger.schemas.accounts import Currency, Day, EditVersion

PLAIN = "en-GB"
Worth = Annotated[
    str, Field(pattern=r"^\d{1,10}(\.\d{1,9})?$", examples=["0.9215"], description="What one unit is worth")
]


class LatestRate(Schema):
    currency: str
    worth: str | None
    on: date | None
    source: str
    is_old: Annotated[bool, Field(description="More than a week ago: newer amounts have no rate")]


class LatestRates(Schema):
    base_currency: str
    items: list[LatestRate]
    total: int


class TypedRateOut(Schema):
    uid: uuid.UUID
    currency: str
    against: str
    on: date
    worth: str
    edit_version: int

    @staticmethod
    def resolve_worth(rate: TypedRate) -> str:
        return plain_text(rate.worth)


class TypedRatePage(Schema):
    items: list[TypedRateOut]
    total: int


class TypedRateIn(Schema):
    model_config = ConfigDict(extra="forbid")

    currency: Currency
    against: Currency
    on: Day
    worth: Worth

    def values(self) -> dict[str, Any]:
        return _in_billionths(self.model_dump())


class TypedRateChange(Schema):
    """What is to change; the rest stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"required": ["edit_version"]})

    edit_version: EditVersion | None = None
    currency: Currency | None = None
    against: Currency | None = None
    on: Day | None = None
    worth: Worth | None = None

    def values(self) -> dict[str, Any]:
        """What was sent; that the version is missing is said only to who may know the rate."""
        if self.edit_version is None:
            raise ValidationError({"edit_version": _("Send the version you last read.")})
        sent = self.model_dump(exclude_unset=True)
        if empty := [name for name, value in sent.items() if value is None]:
            raise ValidationError({name: _("Leave out what is to stay as it is.") for name in empty})
        return _in_billionths(sent)


def _in_billionths(sent: dict[str, Any]) -> dict[str, Any]:
    if "worth" not in sent:
        return sent
    worth = read_rate(sent["worth"], PLAIN)
    if worth is None:
        raise ValidationError({"worth": _("A rate is a number above zero.")})
    return {**sent, "worth": worth}
