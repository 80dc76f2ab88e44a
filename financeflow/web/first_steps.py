"""The checklist of the first days: steps that apps name, each ticked by the books themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from financeflow.web.gathering import gathered
from financeflow.web.widgets import Look


@dataclass(frozen=True)
class Step:
    """One thing to do first: where it is done, and whether it is done."""

    key: str
    title: Any
    url: str
    is_done: bool
    opens_dialog: bool = False


def steps_for(look: Look) -> list[Step]:
    """In the order in which the settings name who brings them."""
    return [step for gather in gathered("FIRST_STEPS") for step in gather(look)]
