"""The receipts of a tax year as one file: names that say what they are, a list inside, and nobody else's."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in, owner_of
from ledger import actions
from ledger.models import Account
from ledger.reporting import tax
from ledger.reporting.tax import archive
from ledger.tests.factories import AccountFactory
from ledger.tests.papers import PDF, image
from ledger.tests.reported import TODAY, ask, figure
from ledger.tests.taxed import OTHER_PDF, attach, mark, pay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def scoped(household: Household) -> Iterator[Household]:
    household.locale = "de-DE"
    household.save()
    with household_scope(household.pk):
        yield household


@pytest.fixture
def account(scoped: Household) -> Account:
    return AccountFactory.create(household=scoped, name="Giro")


def unpacked(answer: Any) -> zipfile.ZipFile:
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def index_of(file: zipfile.ZipFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read("index.csv").decode("utf-8-sig")), delimiter=";"))


def test_receipts_come_as_one_file_with_names_that_say_what_they_are(account: Account, owner: Client) -> None:
    mark("health")
    row = pay(account, -12_50, payee="Café/Ω: \\one? ..")
    attach(row)
    attach(row, "photo.png", image())
    attach(row, "again.pdf", OTHER_PDF)
    attach(pay(account, -99_00, "dining"))
    file = unpacked(owner.get(reverse("tax_receipts")))
    assert file.namelist() == [
        "2026-03-14_Café-Ω-one_12.50_EUR.pdf",
        "2026-03-14_Café-Ω-one_12.50_EUR.png",
        "2026-03-14_Café-Ω-one_12.50_EUR_2.pdf",
        "index.csv",
    ]
    assert file.read(file.namelist()[0]) == PDF
    head, first, *_rest = index_of(file)
    assert head[0] == "File"
    assert first == [file.namelist()[0], "2026-03-14", "Café/Ω: \\one? ..", "-12,50", "EUR", "Giro", "receipt.pdf", ""]


def test_the_file_is_of_the_year_and_the_filter_asked_for(account: Account, owner: Client) -> None:
    mark("health")
    attach(pay(account, -1_00))
    attach(pay(account, -2_00, on=date(2025, 3, 1)))
    other = AccountFactory.create(household=account.household, name="Other")
    attach(pay(other, -3_00))
    names = {
        query: [name[:10] for name in unpacked(owner.get(reverse("tax_receipts") + query)).namelist()[:-1]]
        for query in ("", "?of=2025", "?q=account:other")
    }
    assert names == {"": ["2026-03-14"] * 2, "?of=2025": ["2025-03-01"], "?q=account:other": ["2026-03-14"]}


def test_a_formula_in_a_name_stays_words_and_a_lost_file_is_told(account: Account, owner: Client) -> None:
    mark("health")
    paper = attach(pay(account, -1_00, payee="=1+1"))
    Path(paper.file.path).unlink()
    file = unpacked(owner.get(reverse("tax_receipts")))
    assert file.namelist() == ["index.csv"]
    assert index_of(file)[1][:3] == ["missing", "2026-03-14", "'=1+1"]


def test_too_much_for_one_file_is_told(account: Account, owner: Client, monkeypatch: Any) -> None:
    mark("health")
    row = pay(account, -1_00)
    attach(row)
    attach(row, content=OTHER_PDF)
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    answer = owner.get(reverse("tax_receipts"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("report_show", args=["tax"])
    assert "too much for one file" in answer.content.decode()


def test_papers_in_the_trash_and_of_others_private_accounts_stay_out(household: Household) -> None:
    keeper, owner = join(household, "editor"), owner_of(household)
    secret = AccountFactory.create(household=household, private_to=keeper, by=keeper)
    with household_scope(household.pk, viewer=keeper.pk):
        mark("health")
        attach(pay(secret, -1_00, on=TODAY))
        gone = attach(pay(secret, -2_00, on=TODAY))
        actions.trash_attachment(attachment=gone, by=keeper)
    assert len(unpacked(logged_in(keeper).get(reverse("tax_receipts"))).namelist()) == 2
    assert unpacked(logged_in(owner).get(reverse("tax_receipts"))).namelist() == ["index.csv"]
    with household_scope(household.pk, viewer=owner.pk):
        assert figure(tax.build(ask(household)), "spending").minor == 0


def test_the_page_and_the_file_for_owner_viewer_and_stranger(
    owner: Client, viewer: Client, stranger: Client, account: Account
) -> None:
    mark("health")
    attach(pay(account, -12_50, payee="Pharmacy of ours"))
    for client in (owner, viewer):
        assert "Pharmacy of ours" in client.get(reverse("report_show", args=["tax"])).content.decode()
        assert len(unpacked(client.get(reverse("tax_receipts"))).namelist()) == 2
    assert "Pharmacy of ours" not in stranger.get(reverse("report_show", args=["tax"])).content.decode()
    assert unpacked(stranger.get(reverse("tax_receipts"))).namelist() == ["index.csv"]
