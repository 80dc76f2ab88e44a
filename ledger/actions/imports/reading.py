"""What came of reading a file: its rows on the desk with their verdicts, or the reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable

from ledger.actions.imports.judging import judge
from ledger.actions.imports.staging import clear, stage, write
from ledger.importing.found import Found, Refused
from ledger.models import Import

Step = Callable[[int, int], None]


def stage_and_judge(upload: Import, found: Found, step: Step) -> None:
    """Ready to be looked at once every row has its verdict."""
    stage(upload, found, step)
    judge(upload, step)
    upload.state = Import.State.READY
    write(upload, "state")


def refuse(upload: Import, refusal: Refused) -> None:
    """Nothing of it is kept but the file, and the sentence that says why."""
    clear(upload)
    upload.state = Import.State.REFUSED
    upload.refusal = str(refusal)[:500]
    write(upload, "state", "refusal")
