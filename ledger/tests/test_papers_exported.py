"""Receipts and papers go along with an export, and come back looked into."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from financeflow.households.exporting import write_export
from financeflow.households.models import Household
from financeflow.households.restoring import NotAnExport, restore_household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import UserFactory
from ledger import actions
from ledger.models import Attachment
from ledger.papers import checked_paper
from ledger.tests.factories import AccountFactory
from ledger.tests.papers import PDF, image, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(household: Household, settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        bought = actions.add_transaction(
            household=household, by=None, account=account, date=date(2026, 3, 1), amount=-500
        )
        papers = [checked_paper(upload("receipt.png", image())), checked_paper(upload("invoice.pdf", PDF))]
        actions.add_attachments(transaction=bought, by=None, papers=papers)
        write_export(household, tmp_path / "out.zip")
    return tmp_path / "out.zip"


def rewritten(path: Path, changed: dict[str, bytes]) -> Path:
    """The same ZIP with some members replaced, told by how they end."""
    new = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as made:
        for name in old.namelist():
            content = next((content for end, content in changed.items() if name.endswith(end)), None)
            made.writestr(name, old.read(name) if content is None else content)
    return new


def test_papers_come_back_as_they_were(exported: Path) -> None:
    household = restore_household(exported, owner=UserFactory.create())
    with household_scope(household.pk):
        picture, sheet = Attachment.objects.order_by("pk")
        assert (picture.name, picture.content_type, sheet.name) == ("receipt.png", "image/png", "invoice.pdf")
        with picture.file.open() as file:
            assert file.read() == image()
        assert picture.thumbnail
        assert (sheet.size, sheet.transaction.amount) == (len(PDF), -500)


def test_a_paper_whose_file_is_gone_from_the_disk_comes_back_without_it(
    household: Household, exported: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "media" / "papers").glob("*.png"):
        path.unlink()
    with household_scope(household.pk):
        write_export(household, exported)
    restored = restore_household(exported, owner=UserFactory.create())
    with household_scope(restored.pk):
        assert [bool(each.file) for each in Attachment.objects.order_by("pk")] == [False, True]


def test_a_file_that_is_not_what_it_says_is_refused(exported: Path) -> None:
    planted = rewritten(exported, {".png": b"<script>alert(1)</script>"})
    with pytest.raises(NotAnExport, match="no file we keep"):
        restore_household(planted, owner=UserFactory.create())


def test_the_type_that_a_row_claims_is_not_believed(exported: Path) -> None:
    with zipfile.ZipFile(exported) as archive:
        rows = [json.loads(line) for line in archive.read("attachments.jsonl").splitlines()]
    lies = b"\n".join(json.dumps({**row, "content_type": "text/html"}).encode() for row in rows)
    household = restore_household(rewritten(exported, {"attachments.jsonl": lies}), owner=UserFactory.create())
    with household_scope(household.pk):
        assert set(Attachment.objects.values_list("content_type", flat=True)) == {"image/png", "application/pdf"}
