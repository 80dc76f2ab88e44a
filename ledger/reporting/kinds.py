"""What makes a report: how it is called, what may be chosen for it, and who builds its document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ledger.queries.reports.asked import Question
from ledger.reporting.document import Document

# The period of a report where none is asked for: this month, this year, or the latest twelve months.
Usual = Literal["month", "year", "latest"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, as it stands in an address and as it is called."""

    value: str
    label: Any


@dataclass(frozen=True, slots=True)
class Choice:
    """What a report lets one choose beside its period: `?<name>=<value>`, several times where `most` is more than one.

    What is not among the options is left out. Without any the first option counts; where several may be chosen, none.
    """

    name: str
    label: Any
    options: Callable[[Question], Sequence[Option]]
    most: int = 1


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report. `about` is a sentence for the list of reports."""

    name: str
    title: Any
    about: Any
    icon: str
    build: Callable[[Question], Document]
    usual: Usual = "month"
    choices: tuple[Choice, ...] = ()
    # Whether it can be set against the period before or the last year, and filtered as lists are.
    compares: bool = True
    filters: bool = True
    # Whether it asks for a period at all, and up to how many months of it.
    asks_period: bool = True
    most_months: int = 120


def these(*options: tuple[str, Any]) -> Callable[[Question], Sequence[Option]]:
    """Options that are always the same."""
    known = tuple(Option(value, label) for value, label in options)
    return lambda _question: known
