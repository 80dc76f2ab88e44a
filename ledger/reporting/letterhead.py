"""For whom a report is written, and how it writes there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The household's name and locale, the language of whoever reads, and the day it was made on."""

    household: str
    locale: str
    language: str
    made_on: date
    # Where the links of figures begin; without it they lead nowhere.
    site: str = ""
