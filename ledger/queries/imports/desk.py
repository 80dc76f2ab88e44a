"""The files on the import desk: all of them, one of them, and which of them came before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from financeflow.tenancy.scope import whole_household
from ledger.models import Import, ImportedAccount, ImportProfile, ImportRow

ON_A_PAGE: Final = 20
MOST_NAMES: Final = 3


@dataclass(frozen=True)
class UploadSeen:
    """One file in the list: whose rows are in it, and how many."""

    upload: Import
    accounts: tuple[str, ...]
    more_accounts: int
    rows: int

    @property
    def said(self) -> str:
        """What the work on it last said, such as how many rows were brought in."""
        job = self.upload.job
        return job.message if job is not None else ""


def imports() -> QuerySet[Import]:
    """The files in sight, the latest first."""
    return Import.objects.select_related("by", "job", "target", "profile")


def uploads_page(number: int) -> tuple[list[UploadSeen], bool]:
    """One page of the list, and whether there is another."""
    start = (number - 1) * ON_A_PAGE
    found = list(imports()[start : start + ON_A_PAGE + 1])
    return _seen(found[:ON_A_PAGE]), len(found) > ON_A_PAGE


def _seen(uploads: Sequence[Import]) -> list[UploadSeen]:
    sheets: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for sheet in _sheets(uploads):
        sheets[sheet["upload"]].append(sheet)
    return [_told(upload, sheets[upload.pk]) for upload in uploads]


def _sheets(uploads: Sequence[Import]) -> Any:
    """The rows of an account are numbered from nought: the last number tells how many, however many they are."""
    last = ImportRow.objects.filter(sheet=OuterRef("pk")).order_by("-position").values("position")[:1]
    rows = ImportedAccount.objects.filter(upload__in=uploads, is_left_out=False)
    rows = rows.annotate(last=Subquery(last), account_name=F("account__name")).order_by("position")
    return rows.values("upload", "name", "number", "account_name", "last")


def _told(upload: Import, sheets: Sequence[dict[str, Any]]) -> UploadSeen:
    names = list(dict.fromkeys(each["account_name"] or each["name"] or each["number"] for each in sheets))
    names = [name for name in names if name]
    rows = sum((-1 if each["last"] is None else each["last"]) + 1 for each in sheets)
    return UploadSeen(upload, tuple(names[:MOST_NAMES]), max(0, len(names) - MOST_NAMES), rows)


def earlier_upload(upload: Import) -> Import | None:
    """The same file as it came before, to the byte; one that was brought in rather than another."""
    same = imports().filter(digest=upload.digest, pk__lt=upload.pk)
    return same.filter(state=Import.State.DONE).first() or same.first()


def profiles() -> QuerySet[ImportProfile]:
    return ImportProfile.objects.select_related("account")


def bytes_kept() -> int:
    """How much room the household's files take, also those that are out of the sight of who asks."""
    with whole_household():
        return int(Import.objects.aggregate(size=Sum("size", default=0))["size"])
