"""Reports as JSON: what is asked, which there are, and what a monthly report answers."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

SHORT = 60
Decimal = Annotated[str, Field(description="With a point, and a hyphen where it is below nothing: -1234.50")]
Part = Annotated[float | None, Field(description="0.5 is a half; null where it cannot be said")]


class ReportAsked(Schema):
    """Of when a report is, with what it is compared, and of which transactions. Without a period it is as usual."""

    month: Annotated[str, Field(max_length=SHORT, description="YYYY-MM, or a number beside a year")] = ""
    quarter: Annotated[str, Field(max_length=SHORT, description="YYYY-Q, as 2026-3")] = ""
    year: Annotated[str, Field(max_length=SHORT, description="YYYY")] = ""
    cycle: Annotated[str, Field(max_length=SHORT, description="A day of a pay cycle, YYYY-MM-DD")] = ""
    first: Annotated[str, Field(alias="from", max_length=SHORT, description="The first of any days")] = ""
    last: Annotated[str, Field(alias="to", max_length=SHORT, description="The last of them; today, if left out")] = ""
    latest: Annotated[str, Field(max_length=SHORT, description="So many months up to now, 1 to 120")] = ""
    compare: Annotated[str, Field(max_length=SHORT, description="before or year")] = ""
    q: Annotated[str, Field(max_length=2000, description="A search, as the page of transactions takes it")] = ""


class OptionOut(Schema):
    value: str
    label: str


class ChoiceOut(Schema):
    name: str
    label: str
    most: Annotated[int, Field(description="How often it may be sent")]
    options: list[OptionOut]


class ReportKindOut(Schema):
    name: str
    title: str
    about: str
    choices: list[ChoiceOut]


class ReportKinds(Schema):
    items: list[ReportKindOut]
    total: int


class ReportOut(Schema):
    """Figures and tables by key. An amount is an object with `amount`, `minor`, `currency` and `list`, the address of
    the transactions that make it."""

    report: str
    title: str
    subtitle: str
    currency: str
    told: str
    honest: Annotated[str, Field(description="What is in no sum, and what is in one at an earlier day’s rate")]
    figures: dict[str, Any]
    tables: dict[str, Any]
    problems: Annotated[list[str], Field(description="What of the search was not understood")] = []


class CategorySum(Schema):
    category: Annotated[uuid.UUID | None, Field(description="null is what is in none")]
    group: uuid.UUID | None
    name: str
    kind: Annotated[str, Field(description="income or expense")]
    amount: Decimal
    amount_minor: int
    share: Part


class DaySum(Schema):
    date: date
    income: Decimal
    income_minor: int
    expenses: Decimal
    expenses_minor: int


class MonthlyOut(Schema):
    """Expenses are told without a sign; what came back of them makes them smaller."""

    first: date
    last: date
    currency: str
    total_income: Decimal
    total_income_minor: int
    total_expenses: Decimal
    total_expenses_minor: int
    net_savings: Decimal
    net_savings_minor: int
    savings_rate: Part
    by_category: list[CategorySum]
    daily: list[DaySum]
    estimated: Annotated[int, Field(description="Amounts in it at an earlier day’s rate")]
    missing: Annotated[int, Field(description="Amounts in no sum, for no rate is known")]
    problems: list[str] = []
