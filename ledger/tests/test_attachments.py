"""Papers with transactions: kept, thrown away, brought back; and their files with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone

from financeflow.history.actions import empty_trash
from financeflow.history.models import ChangeSet
from financeflow.households import actions as households
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from ledger import actions
from ledger.models import Attachment, Transaction
from ledger.papers import MOST_PAPERS, Paper, checked_paper
from ledger.tasks import remove_lost_papers
from ledger.tests.conftest import Undo
from ledger.tests.factories import AccountFactory
from ledger.tests.papers import PDF, image, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk):
        yield


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "papers"


@pytest.fixture
def bought(household: Household) -> Transaction:
    account = AccountFactory.create(household=household)
    return actions.add_transaction(household=household, by=None, account=account, date=date(2026, 3, 1), amount=-500)


def paper(number: int = 0) -> Paper:
    return checked_paper(upload(f"receipt {number}.png", image(size=(10 + number, 10))))


def attach(bought: Transaction, *papers: Paper) -> list[Attachment]:
    return actions.add_attachments(transaction=bought, by=None, papers=papers)


def age(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (0, 0))


def test_a_paper_and_its_thumbnail_lie_under_names_of_their_own(bought: Transaction, folder: Path) -> None:
    [kept] = attach(bought, paper())
    assert (folder.parent / str(kept.file)).read_bytes() == paper().content
    assert sorted(path.suffix for path in folder.iterdir()) == [".png", ".webp"]
    assert "receipt" not in " ".join(path.name for path in folder.iterdir())
    assert ChangeSet.objects.latest("id").summary == "Attached “receipt 0.png”"


def test_an_upload_undone_and_done_again_still_has_its_file(bought: Transaction, folder: Path, undo: Undo) -> None:
    attach(bought, paper())
    undo()
    assert not Attachment.objects.exists()
    age(folder)
    assert remove_lost_papers() == 0
    undo()
    kept = Attachment.objects.get()
    assert default_storage.exists(kept.file.name or "")


def test_a_paper_thrown_away_waits_with_its_file(bought: Transaction, folder: Path, undo: Undo) -> None:
    [kept] = attach(bought, paper())
    actions.trash_attachment(attachment=kept, by=None)
    age(folder)
    assert remove_lost_papers() == 0
    undo()
    kept.refresh_from_db()
    assert kept.trashed_at is None


def test_files_that_nothing_points_at_go_after_a_day(bought: Transaction, folder: Path) -> None:
    [kept] = attach(bought, paper())
    (folder / "left.png").write_bytes(b"left by an upload that failed")
    assert remove_lost_papers() == 0
    age(folder)
    assert remove_lost_papers() == 1
    kept.delete()
    assert remove_lost_papers() == 2
    assert list(folder.iterdir()) == []


def test_a_transaction_holds_so_many_papers_and_no_more(bought: Transaction, folder: Path) -> None:
    attach(bought, *(paper(number) for number in range(MOST_PAPERS)))
    with pytest.raises(ValidationError, match="up to 20 papers"):
        attach(bought, paper(MOST_PAPERS))
    assert len(list(folder.iterdir())) == 2 * MOST_PAPERS


def test_the_same_paper_is_attached_once(bought: Transaction) -> None:
    attach(bought, paper())
    with pytest.raises(ValidationError, match="attached already"):
        attach(bought, paper())
    with pytest.raises(ValidationError, match="attached already"):
        attach(bought, paper(1), paper(1))
    assert Attachment.objects.count() == 1


def test_a_household_keeps_so_much_and_a_demo_less(bought: Transaction, settings: Any) -> None:
    settings.PAPERS_MB = 0
    with pytest.raises(ValidationError, match="up to 0 MB"):
        attach(bought, paper())
    assert project.SANDBOX_PAPERS_MB < 100


def test_a_household_goes_with_its_files(
    bought: Transaction, folder: Path, household: Household, django_capture_on_commit_callbacks: Any
) -> None:
    attach(bought, paper(), checked_paper(upload("bill.pdf", PDF)))
    other = HouseholdFactory.create()
    with household_scope(other.pk):
        account = AccountFactory.create(household=other)
        theirs = actions.add_transaction(household=other, by=None, account=account, date=date(2026, 3, 1), amount=-500)
        attach(theirs, paper())
    with django_capture_on_commit_callbacks(execute=True):
        households.purge_household(household)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("thrown", ["paper", "transaction"])
def test_what_vanishes_from_the_trash_takes_its_files_along(
    bought: Transaction, folder: Path, thrown: str, django_capture_on_commit_callbacks: Any
) -> None:
    [kept] = attach(bought, paper())
    if thrown == "paper":
        actions.trash_attachment(attachment=kept, by=None)
    else:
        actions.trash_transaction(transaction=bought, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        empty_trash(before=timezone.now() - timedelta(days=1))
    assert len(list(folder.iterdir())) == 2
    with django_capture_on_commit_callbacks(execute=True):
        empty_trash(before=timezone.now() + timedelta(days=1))
    assert list(folder.iterdir()) == []
