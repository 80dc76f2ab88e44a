"""What a reader is told besides the file: whose file it probably is, and what a person said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


def _nothing(done: int, total: int) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """`currency` is taken where a file names none; `today` tells the future, and the century of a short year."""

    today: date
    currency: str
    # Of the household, as in “de-CH”: it decides only where a file can be read in two ways.
    locale: str = "en"
    # What a person said of a table, as Found.mapping has it; entries that are missing are worked out.
    mapping: dict[str, object] | None = None
    # Called now and then with how much is read, in any measure; may raise to stop the reading.
    step: Callable[[int, int], None] = _nothing
