"""Merging and deleting categories, payees and tags, said in one way: by pages, programs and jobs alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from financeflow.households.models import User
from ledger.actions import payee_merging, refiling, tags

# Up to so many transactions somebody waits for; more are a job's work.
AT_ONCE = 2000


def carry_out(what: str, verb: str, gone: Sequence[Any], into: Any, *, by: User | None) -> None:
    """`verb` is merge or delete; what is deleted may go into another too."""
    first = gone[0]
    deeds: dict[tuple[str, str], Any] = {
        ("category", "merge"): partial(refiling.merge_category, category=first, into=into),
        ("category", "delete"): partial(refiling.delete_category, category=first, move_to=into),
        ("payee", "merge"): partial(payee_merging.merge_payees, payees=gone, into=into),
        ("payee", "delete"): partial(payee_merging.delete_payee, payee=first, move_to=into),
        ("tag", "merge"): partial(tags.merge_tags, tags=gone, into=into),
        ("tag", "delete"): partial(tags.delete_tag, tag=first),
    }
    deeds[what, verb](by=by)


def merge_params(what: str, gone: Sequence[Any], into: Any, *, verb: str) -> dict[str, Any]:
    """The same as a job keeps it."""
    uids = [str(row.uid) for row in gone]
    return {"what": what, "verb": verb, "gone": uids, "into": str(into.uid) if into else ""}
