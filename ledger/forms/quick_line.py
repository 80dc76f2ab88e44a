"""A line of quick add as its field shows it: wherever `ledger/_quick_add.html` stands it takes one as `quick`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from ledger.calc.typed import Problem, worded
from ledger.queries.quick_add import Understood


@dataclass(frozen=True)
class QuickLine:
    """A line as quick add shows it."""

    number: uuid.UUID
    line: str = ""
    found: Understood | None = None
    errors: tuple[str, ...] = ()
    unguessed: bool = False

    @property
    def query(self) -> str:
        """The end of the address of each part."""
        return urlencode({"line": self.line} | ({"unguessed": "1"} if self.unguessed else {}))

    @property
    def meant(self) -> list[tuple[str, str]]:
        """What may have been meant where something was not understood: a name, and the line that says it."""
        problems = self.found.problems if self.found else ()
        return [(name, self._with(problem, name)) for problem in problems for name in problem.candidates]

    def _with(self, problem: Problem, name: str) -> str:
        start, end = problem.span
        mark = "category:" if self.line[start:end].casefold().startswith("category:") else "@"
        return urlencode({"line": f"{self.line[:start]}{mark}{worded(name)}{self.line[end:]}"})


def fresh_line() -> QuickLine:
    """An empty line with a number of its own, for whatever page shows one."""
    return QuickLine(uuid.uuid4())
