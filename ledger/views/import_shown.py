"""What the page of one file shows: its state, its rows by verdict, and what will become of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from financeflow.tenancy.guards import MemberRequest
from ledger import queries
from ledger.actions.imports.taking_back import TAKE_BACK
from ledger.calc.terms import Term
from ledger.forms.imports import asked_in
from ledger.importing.formats import formats
from ledger.models import Account, Import, ImportRow
from ledger.queries.imports.desk import earlier_upload, imports
from ledger.queries.imports.done import changes_in_force, count_filed
from ledger.queries.imports.listed import RowsAsked, count_alike, rows_page
from ledger.queries.imports.preview import Preview, preview
from ledger.templatetags.imports import LOOKS

State = Import.State
# More of them than this are asked for one account at a time: a page stays small.
MOST_CHOICES = 60


@dataclass(frozen=True)
class Tab:
    """The rows of one verdict: how many, and the way to them."""

    verdict: str
    label: Any
    count: int
    becomes: dict[str, int]
    is_current: bool

    @property
    def tone(self) -> str:
        return LOOKS[self.verdict][0]

    @property
    def icon(self) -> str:
        return LOOKS[self.verdict][1]


def found_import(uid: uuid.UUID) -> Import:
    return get_object_or_404(imports().select_related("household"), uid=uid)


def shown(request: MemberRequest, upload: Import) -> dict[str, Any]:
    context: dict[str, Any] = {"upload": upload, "title_of_format": title_of(upload.format)}
    if upload.is_busy or upload.state == State.READING:
        return context | {"job": upload.job if upload.is_busy else None}
    context |= {"earlier": earlier_upload(upload), **_failed(upload)}
    if upload.state == State.REFUSED:
        return context
    seen = preview(upload)
    context |= {"seen": seen, **_listed(request, seen)}
    if upload.state == State.DONE:
        return context | _came(upload)
    accounts = open_accounts_for(seen)
    return context | {"accounts": accounts, "by_dialog": len(seen.accounts) * len(accounts) > MOST_CHOICES}


def _failed(upload: Import) -> dict[str, Any]:
    """What was tried last and did not work; an undo that did not can be had in another way."""
    job = upload.job
    if job is None or job.state == job.State.DONE:
        return {}
    return {"failed": job, "undo_failed": job.kind == TAKE_BACK and upload.state == State.DONE}


def title_of(key: str) -> str:
    return next((each.title for each in formats() if each.key == key), key)


def open_accounts_for(seen: Preview) -> list[Account]:
    """What may be chosen; where the file has several accounts, those of other currencies fit none of them."""
    found = list(queries.open_accounts())
    currencies = {each.sheet.currency for each in seen.accounts}
    return found if len(seen.accounts) == 1 else [each for each in found if each.currency in currencies]


def _listed(request: HttpRequest, seen: Preview) -> dict[str, Any]:
    asked = asked_in(request.GET)
    sheets = [each.sheet for account in seen.accounts for each in account.statements]
    found = rows_page(seen.upload, sheets, asked)
    count_alike(seen.upload, found.rows)
    here = urlencode(asked.said)
    return {
        "asked": asked,
        "here": here,
        "rows": found.rows,
        "following": f"?{urlencode({**asked.said, 'after': found.following})}" if found.following else "",
        "tabs": tabs(seen, asked),
        "several": len(seen.accounts) > 1,
        "listed_count": _listed_count(seen, asked),
    }


def _listed_count(seen: Preview, asked: RowsAsked) -> int | None:
    """How many the list has in all, where that is known without asking for it."""
    if asked.words or (asked.verdict and asked.deed):
        return None
    if asked.deed:
        return getattr(seen.outcome, asked.deed)  # type: ignore[no-any-return]
    return seen.verdicts.get(asked.verdict, 0) if asked.verdict else seen.count


def tabs(seen: Preview, asked: RowsAsked) -> Sequence[Tab]:
    becomes: dict[str, dict[str, int]] = {}
    for account in seen.accounts:
        for heap in account.heaps:
            deeds = becomes.setdefault(heap.verdict, {})
            deed = "leave" if account.sheet.is_left_out else heap.deed
            deeds[deed] = deeds.get(deed, 0) + heap.count
    labels = dict(ImportRow.Verdict.choices)
    return [
        Tab(verdict, labels[verdict], seen.verdicts[verdict], becomes[verdict], asked.verdict == verdict)
        for verdict in LOOKS
        if seen.verdicts.get(verdict)
    ]


def _came(upload: Import) -> dict[str, Any]:
    """What it became: how many transactions, the list of them, what of it waits, and the change that brought them."""
    words = str(_term_of(upload))
    return {
        **count_filed(upload),
        "came_url": f"{reverse('transaction_list')}?{urlencode({'q': words})}",
        "open_url": f"{reverse('transaction_list')}?{urlencode({'q': f'{words} is:uncategorised'})}",
        "changes": changes_in_force(upload),
    }


def _term_of(upload: Import) -> Term:
    """By its name, where no other file is called the same."""
    is_alone = imports().filter(name__iexact=upload.name).count() == 1 and not upload.name.startswith(("@", "="))
    return Term("import", upload.name if is_alone else f"@{upload.uid}")
