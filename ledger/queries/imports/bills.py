"""Which bill a row of a file pays: what a matcher is, and the plain one that knows no bills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from financeflow.households.models import Household
from ledger.models import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """Money out of an account that may have paid a bill; `payee` is a name, `words` are what the bank wrote."""

    account: int
    date: date
    amount: int
    currency: str
    payee: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class BillMatch:
    """The bill it pays, as one sentence that names it, and the category that the bill is filed under."""

    reason: str
    category: Category | None = None


class BillMatcher(Protocol):
    """For each payment the bill that it pays, or none; each occurrence of a bill is paid by one of them."""

    def __call__(self, household: Household, asked: Sequence[Paid], /) -> Sequence[BillMatch | None]: ...


def has_bills() -> bool:
    """Whether anybody is named who knows bills."""
    return bool(settings.BILL_MATCHER)


def match_bills(household: Household, asked: Sequence[Paid]) -> Sequence[BillMatch | None]:
    """What whoever settings.BILL_MATCHER names finds; else none."""
    if not has_bills():
        return [None] * len(asked)
    return cast(BillMatcher, import_string(settings.BILL_MATCHER))(household, asked)
