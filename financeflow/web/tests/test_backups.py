"""Tests of the back-up of everything: made while running, restored whole, refused with a reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from financeflow.households.models import Household
from financeflow.testing import HouseholdFactory


@pytest.fixture
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "people").mkdir(parents=True)
    (settings.MEDIA_ROOT / "people" / "ada.png").write_bytes(b"a picture")
    return Path(settings.MEDIA_ROOT)


def backed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    call_command("back_up_books", to=str(tmp_path / "backups"))
    return Path(capsys.readouterr().out.strip())


@pytest.mark.django_db(transaction=True)
def test_a_back_up_brings_back_the_books_and_the_pictures(
    uploads: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    HouseholdFactory.create(name="The books")
    made = backed_up(tmp_path, capsys)
    assert made.stat().st_mode & 0o077 == 0
    Household.objects.update(name="Overwritten")
    (uploads / "people" / "ada.png").unlink()
    (uploads / "people" / "later.png").write_bytes(b"made afterwards")
    call_command("restore_books", str(made), replace=True)
    assert Household.objects.get().name == "The books"
    assert [path.name for path in (uploads / "people").iterdir()] == ["ada.png"]
    assert [path.name for path in made.parent.iterdir()] == [made.name]


@pytest.mark.django_db(transaction=True)
def test_restoring_asks_first_and_refuses_what_is_no_back_up(uploads: Path, tmp_path: Path) -> None:
    HouseholdFactory.create(name="The books")
    other, broken = tmp_path / "other.zip", tmp_path / "broken.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "not books")
    broken.write_bytes(b"PK nonsense")
    with pytest.raises(CommandError, match="add --replace"):
        call_command("restore_books", str(other))
    for path in [other, broken, tmp_path / "missing.zip"]:
        with pytest.raises(CommandError, match=r"not a back-up|was not made from"):
            call_command("restore_books", str(path), replace=True)
    assert Household.objects.get().name == "The books"
    assert (uploads / "people" / "ada.png").exists()
