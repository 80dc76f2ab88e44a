"""The columns of a table on their way into roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.importing.csv.headings import is_exact
from ledger.importing.csv.kinds import Kind

Columns = dict[str, int | list[int]]


@dataclass
class Sorting:
    """The columns on their way into roles."""

    headings: list[str]
    kinds: list[Kind]
    rows: list[list[str]]
    roles: dict[int, str] = field(default_factory=dict)

    def named(self, role: str) -> list[int]:
        """The columns of a role, those first whose heading says exactly that."""
        places = [place for place, each in self.roles.items() if each == role]
        return sorted(places, key=lambda place: (not is_exact(self.heading(place)), place))

    def heading(self, place: int) -> str:
        return self.headings[place] if place < len(self.headings) else ""

    def kind(self, place: int) -> Kind | None:
        return self.kinds[place] if place < len(self.kinds) else None

    def cell(self, row: list[str], place: int) -> str:
        return row[place].strip() if place < len(row) else ""

    def free(self) -> list[Kind]:
        return [kind for kind in self.kinds if not self.roles.get(kind.place) and kind.filled]
