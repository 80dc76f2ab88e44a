"""Reading one number as people write it: points, commas, spaces and apostrophes, in any of the customs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# What stands between groups of digits and is never a decimal point.
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}" + "'’\N{ARABIC THOUSANDS SEPARATOR}"
POINTS = ".,\N{ARABIC DECIMAL SEPARATOR}"
NUMBER = re.compile(rf"(?:[{re.escape(POINTS)}]\d+|\d(?:[\d{re.escape(POINTS + SPACES)}]*\d)?[{re.escape(POINTS)}]?)")
# 1,234,567 as most write it; 12,34,567 as in India; 1,2345,6789 in tens of thousands as in East Asia.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}|\d{1,4}(?:,\d{4})+")


@dataclass(frozen=True)
class Numeral:
    """A number as it was written: its value and how many decimals it had."""

    value: Fraction
    decimals: int


def read_number(text: str, *, point: str, group: str) -> Numeral | None:
    """The number in the text, or None where it can only be a slip; `point` and `group` are the locale's own."""
    text = "".join(" " if char in SPACES else char for char in text)
    whole, decimals = _split(text, point, group)
    if not (_well_grouped(whole) and (decimals == "" or decimals.isdigit())):
        return None
    digits = re.sub(r"\D", "", whole) + decimals
    return Numeral(Fraction(int(digits or 0), 10 ** len(decimals)), len(decimals))


def _split(text: str, point: str, group: str) -> tuple[str, str]:
    """Where the decimals begin: behind the last separator, unless that one can only part groups."""
    found = [char for char in text if char in POINTS]
    if not found:
        return text, ""
    last = found[-1]
    if found.count(last) > 1:
        return text, ""
    whole, _, decimals = text.rpartition(last)
    alone = len(found) == 1 and " " not in whole
    if alone and last == group and last != point and _parts_thousands(whole, decimals):
        return text, ""
    return whole, decimals


def _parts_thousands(whole: str, rest: str) -> bool:
    return len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def _well_grouped(whole: str) -> bool:
    """Digits alone, or in groups parted by one sign only."""
    signs = {char for char in whole if not char.isdigit()}
    if not signs:
        return True
    if len(signs) > 1:
        return False
    return _GROUPED.fullmatch(whole.replace(signs.pop(), ",")) is not None
