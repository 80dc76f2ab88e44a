"""An export read back is the same household; anything else is refused in one sentence."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from financeflow.history.recording import recording
from financeflow.households import actions
from financeflow.households.exporting import write_export
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import HouseholdFactory, UserFactory, made_once, owner_of
from ledger.models import Account, Category

pytestmark = pytest.mark.django_db
Row = dict[str, Any]


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with made_once(django_db_blocker, _sample) as household:
        yield household.pk


@pytest.fixture
def full(sample: int, db: None) -> Household:
    return Household.objects.get(pk=sample)


def _sample() -> Household:
    """Sample books, and what is easily lost: the trash, a closed account, a branch written before its stem."""
    household = actions.open_demo_household(
        by=UserFactory.create(), name="Lindenstraße", seed=1, months=2, base_currency="JPY", month_start_day=25
    )
    with household_scope(household.pk), recording(household=household, by=None, verb="t", summary="t") as record:
        odd = Account(household=household, name="Ω “quoted” \\n", currency="KWD", opened_on=date(2020, 2, 29))
        odd.closed_on, odd.opening_balance = date(2024, 2, 29), -(10**15)
        record.add(odd)
        branch = Category(household=household, name="Branch")
        stem = Category(household=household, name="Stem")
        record.add(branch)
        record.add(stem)
        record.change(branch, parent=stem)
        trashed = Category(household=household, name="Trashed", trashed_at="2026-01-02T03:04:05.678901Z")
        record.add(trashed)
    return household


def export(household: Household, path: Path) -> Path:
    with household_scope(household.pk):
        write_export(household, path)
    return path


def restore(path: Path, owner: User) -> Household:
    call_command("restore_household", str(path), "--email", owner.email)
    with every_household("a test looks"):
        return Household.objects.filter(memberships__user=owner).latest("id")


def by_name(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Without regard to the order of rows, which a stem before its branch may change."""

    def place(row: Row) -> tuple[str, int]:
        return row.get("name", ""), row.get("position", 0)

    return {table: sorted(rows, key=place) for table, rows in tables.items()}


def named(path: Path) -> tuple[Row, dict[str, list[Row]]]:
    with zipfile.ZipFile(path) as archive:
        manifest: Row = json.loads(archive.read("manifest.json"))
        tables = {
            name: [json.loads(line) for line in archive.read(f"{name}.jsonl").splitlines()]
            for name in manifest["tables"]
            if name != "members"
        }
    names = {row["uid"]: row.get("name", "") for rows in tables.values() for row in rows}
    del manifest["exported_at"], manifest["household"]["uid"]
    for rows in tables.values():
        for row in rows:
            row.update({key: names[value] for key, value in row.items() if isinstance(value, str) and value in names})
    return manifest, by_name(tables)


def test_export_restore_export_gives_the_same(full: Household, tmp_path: Path) -> None:
    first = export(full, tmp_path / "first.zip")
    owner = UserFactory.create()
    restored = restore(first, owner)
    second = export(restored, tmp_path / "second.zip")
    assert named(first) == named(second)
    assert restored.pk != full.pk
    assert owner_of(restored) == owner


def test_public_ids_stay_where_they_are_free(full: Household, tmp_path: Path) -> None:
    with household_scope(full.pk):
        uids = set(Account.objects.values_list("uid", flat=True))
    first = export(full, tmp_path / "first.zip")
    actions.purge_household(full)
    restored = restore(first, UserFactory.create())
    with household_scope(restored.pk):
        assert set(Account.objects.values_list("uid", flat=True)) == uids


def test_a_household_that_changes_while_it_is_read_is_read_again(full: Household, tmp_path: Path) -> None:
    changed: list[bool] = []

    def add_one(done: int, total: int) -> None:
        if not changed:
            changed.append(True)
            actions.change_household(full, by=owner_of(full), name="Renamed meanwhile")
            full.refresh_from_db()

    with household_scope(full.pk):
        write_export(full, tmp_path / "export.zip", step=add_one)
    manifest, _ = named(tmp_path / "export.zip")
    assert manifest["household"]["name"] == "Renamed meanwhile"


def refused(path: Path, email: str = "") -> str:
    households = Household.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("restore_household", str(path), "--email", email or UserFactory.create().email)
    assert error.value.returncode == 2
    assert Household.objects.count() == households
    return str(error.value)


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The export with one of its files changed, or without it."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.namelist():
            content = change(old.read(each)) if each == name else old.read(each)
            if content is not None:
                new.writestr(each, content)
    return target


def first_row(**values: Any) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        lines = content.splitlines()
        return b"\n".join([json.dumps({**json.loads(lines[0]), **values}).encode(), *lines[1:]])

    return change


def in_manifest(**values: Any) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps({**json.loads(content), **values}).encode()


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.zip"
    garbage.write_bytes(b"PK\x03\x04 and so on")
    assert "cannot be read as a ZIP" in refused(garbage)
    assert "There is no file" in refused(tmp_path / "none.zip")
    with zipfile.ZipFile(garbage, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "no export of FinanceFlow" in refused(garbage)


def test_an_unknown_owner_is_refused(full: Household, tmp_path: Path) -> None:
    assert "no account" in refused(export(full, tmp_path / "export.zip"), "nobody@example.org")


def test_a_cut_off_file_is_refused(full: Household, tmp_path: Path) -> None:
    path = export(full, tmp_path / "export.zip")
    path.write_bytes(path.read_bytes()[:-200])
    refused(path)


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("manifest.json", lambda _: b"{", "manifest.json is missing or broken"),
        ("manifest.json", lambda _: b"[]", "manifest.json is missing or broken"),
        ("manifest.json", in_manifest(format="one"), "manifest.json is missing or broken"),
        ("manifest.json", in_manifest(format=2), "Upgrade first"),
        ("manifest.json", in_manifest(household={}), "household in manifest.json is broken"),
        ("manifest.json", in_manifest(household={"name": "x", "locale": []}), "household in manifest.json is broken"),
        ("accounts.jsonl", lambda _: None, "accounts.jsonl is missing"),
        ("accounts.jsonl", lambda _: b"", "fewer or more rows"),
        ("accounts.jsonl", lambda _: b"nonsense", "accounts.jsonl, line 1: this is no row"),
        ("accounts.jsonl", lambda _: b"[1, 2]", "accounts.jsonl, line 1: this is no row"),
        ("accounts.jsonl", first_row(uid="1"), "accounts.jsonl, line 1: this is no row"),
        ("accounts.jsonl", first_row(kind="yacht"), "accounts.jsonl, line 1"),
        ("accounts.jsonl", first_row(opening_balance="much"), "accounts.jsonl, line 1"),
        ("accounts.jsonl", first_row(opening_balance=10**30), "accounts.jsonl, line 1"),
        ("accounts.jsonl", first_row(opened_on="soon"), "accounts.jsonl, line 1"),
        ("accounts.jsonl", first_row(name=None), "accounts.jsonl, line 1"),
        ("categories.jsonl", first_row(parent="nobody"), "a row that is not in the file"),
        ("categories.jsonl", first_row(parent=[1]), "something that is no uid"),
        ("categories.jsonl", first_row(hue=99), "categories"),
    ],
)
def test_a_broken_export_is_refused_whole_and_says_where(
    full: Household, tmp_path: Path, name: str, change: Callable[[bytes], bytes | None], words: str
) -> None:
    path = rewritten(export(full, tmp_path / "export.zip"), name, change)
    assert words in refused(path)


def test_a_row_twice_is_refused(full: Household, tmp_path: Path) -> None:
    def doubled(content: bytes) -> bytes:
        return content + content.splitlines()[0]

    assert "twice" in refused(rewritten(export(full, tmp_path / "export.zip"), "accounts.jsonl", doubled))


def test_a_guest_owns_nothing_restored(full: Household, tmp_path: Path) -> None:
    guest = UserFactory.create(is_guest=True)
    assert "no account" in refused(export(full, tmp_path / "export.zip"), guest.email)
    assert HouseholdFactory.create()
