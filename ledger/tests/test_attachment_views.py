"""Papers through their door: put there, shown to members alone with safe headers, taken away and brought back."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger import actions
from ledger.models import Account, Attachment, Transaction
from ledger.papers import checked_paper
from ledger.tests.entries import HTMX, at, new, rows, spend
from ledger.tests.factories import AccountFactory
from ledger.tests.papers import PDF, bomb, image, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "papers"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


@pytest.fixture
def bought(account: Account) -> Transaction:
    return spend(account, payee="Pret")


def attach(bought: Transaction, name: str = "receipt.png", content: bytes | None = None) -> Attachment:
    with household_scope(bought.household_id):
        paper = checked_paper(upload(name, image() if content is None else content))
        return actions.add_attachments(transaction=bought, by=None, papers=[paper])[0]


def kept(bought: Transaction) -> list[str]:
    with household_scope(bought.household_id):
        return list(Attachment.objects.filter(trashed_at=None).values_list("name", flat=True))


def send(client: Client, bought: Transaction, *files: Any, **headers: Any) -> Any:
    return client.post(at("attachment_add", bought), {"papers": list(files)}, **headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def status(client: Client, path: str) -> int:
    """What is answered; a file is read to its end, which closes it."""
    answer = client.get(path)
    if answer.streaming:
        body(answer)
    return answer.status_code


def test_several_papers_are_put_there_at_once_and_taken_back_as_one(owner: Client, bought: Transaction) -> None:
    files = upload("receipt.png", image(), "image/png"), upload("invoice.pdf", PDF, "application/pdf")
    page = owner.post(at("attachment_add", bought), {"papers": files}, follow=True)
    assert page.redirect_chain[-1][0] == at("transaction_edit", bought)
    assert "Attached 2 papers" in page.text
    assert kept(bought) == ["receipt.png", "invoice.pdf"]
    with household_scope(bought.household_id):
        change = ChangeSet.objects.get(verb="attachment.added")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert kept(bought) == []
    with household_scope(bought.household_id):
        again = ChangeSet.objects.get(verb="history.undone")
    owner.post(reverse("change_undo", args=[again.uid]))
    assert kept(bought) == ["receipt.png", "invoice.pdf"]
    with household_scope(bought.household_id):
        paper = Attachment.objects.get(name="invoice.pdf")
    assert body(owner.get(reverse("attachment_show", args=[paper.uid]))) == PDF


@pytest.mark.parametrize(
    ("name", "content", "declared", "words"),
    [
        ("receipt.png", b"<script>alert(1)</script>", "image/png", "no file we keep"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "no file we keep"),
        ("page.html", b"<!doctype html><p>hello", "text/html", "no file we keep"),
        ("receipt.png", PDF, "image/png", "not what its name says"),
        ("receipt.png", bomb(), "image/png", "too many pixels"),
        ("receipt.jpg", image("JPEG", (300, 300))[:-200], "image/jpeg", "broken"),
        ("invoice.pdf", PDF[:40], "application/pdf", "cut off"),
        ("empty.png", b"", "image/png", "empty"),
        ("large.png", b"\x89PNG" + bytes(10 * 1024 * 1024), "image/png", "larger than 10 MB"),
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_is_kept(
    owner: Client, bought: Transaction, folder: Path, name: str, content: bytes, declared: str, words: str
) -> None:
    for headers in ({}, HTMX):
        answer = send(owner, bought, upload("good.png", image()), upload(name, content, declared), headers=headers)
        assert answer.status_code == 422
        assert name in answer.text
        assert words in answer.text
    assert kept(bought) == []
    assert not folder.exists()


def test_nothing_chosen_is_said(owner: Client, bought: Transaction) -> None:
    answer = owner.post(at("attachment_add", bought))
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_the_same_paper_twice_is_said(owner: Client, bought: Transaction) -> None:
    attach(bought)
    answer = send(owner, bought, upload("receipt.png", image()))
    assert answer.status_code == 422
    assert "attached already" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [("receipt.png", image(), "image/png"), ("Beleg „1“.pdf", PDF, "application/pdf")],
)
def test_a_paper_is_shown_as_it_came_and_nothing_in_it_is_run(
    viewer: Client, bought: Transaction, name: str, content: bytes, content_type: str
) -> None:
    paper = attach(bought, name, content)
    path = reverse("attachment_show", args=[paper.uid])
    answer = viewer.get(path)
    assert body(answer) == content
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith("inline; filename")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert viewer.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    saved = viewer.get(f"{path}?download")
    assert saved["Content-Disposition"].startswith("attachment")
    assert body(saved) == content


def test_an_image_has_a_small_picture_and_a_pdf_a_sheet(viewer: Client, bought: Transaction) -> None:
    picture, sheet = attach(bought), attach(bought, "invoice.pdf", PDF)
    answer = viewer.get(reverse("attachment_thumbnail", args=[picture.uid]))
    assert answer["Content-Type"] == "image/webp"
    assert body(answer)[8:12] == b"WEBP"
    assert viewer.get(reverse("attachment_thumbnail", args=[sheet.uid])).status_code == 404
    page = viewer.get(at("transaction_show", bought)).text
    for words in ("receipt.png", "invoice.pdf", reverse("attachment_thumbnail", args=[picture.uid])):
        assert words in page


def test_a_paper_is_thrown_away_and_comes_back(owner: Client, bought: Transaction) -> None:
    paper = attach(bought)
    assert owner.post(reverse("attachment_delete", args=[paper.uid]), headers=HTMX).status_code == 204
    assert status(owner, reverse("attachment_show", args=[paper.uid])) == 404
    assert "receipt.png" not in owner.get(at("attachment_list", bought)).text
    assert "receipt.png" in owner.get("/trash/").text
    owner.post(reverse("trash_restore", args=["ledger.attachment", paper.uid]))
    assert status(owner, reverse("attachment_show", args=[paper.uid])) == 200


def test_papers_of_what_is_in_the_trash_are_not_shown(owner: Client, bought: Transaction) -> None:
    paper = attach(bought)
    owner.post(at("transaction_delete", bought))
    assert status(owner, reverse("attachment_show", args=[paper.uid])) == 404


def test_a_file_that_is_gone_is_not_found(owner: Client, bought: Transaction, folder: Path) -> None:
    paper = attach(bought)
    for path in folder.iterdir():
        path.unlink()
    assert status(owner, reverse("attachment_show", args=[paper.uid])) == 404


def test_a_viewer_reads_papers_and_changes_none(viewer: Client, bought: Transaction) -> None:
    paper = attach(bought)
    assert "receipt.png" in viewer.get(at("attachment_list", bought)).text
    assert send(viewer, bought, upload("other.png", image())).status_code == 403
    assert viewer.post(reverse("attachment_delete", args=[paper.uid])).status_code == 403


def test_strangers_and_passers_by_see_no_paper(stranger: Client, bought: Transaction) -> None:
    paper = attach(bought)
    for name in ("attachment_show", "attachment_thumbnail"):
        assert stranger.get(reverse(name, args=[paper.uid])).status_code == 404
        assert Client().get(reverse(name, args=[paper.uid])).status_code == 302
        assert stranger.get(reverse(name, args=[uuid.uuid4()])).status_code == 404
    assert stranger.get(at("attachment_list", bought)).status_code == 404
    assert send(stranger, bought, upload("other.png", image())).status_code == 404
    assert stranger.post(reverse("attachment_delete", args=[paper.uid])).status_code == 404


def test_papers_in_a_private_account_are_its_members_alone(owner: Client, household: Household) -> None:
    editor = join(household, "editor")
    private = AccountFactory.create(household=household, by=editor, private_to=editor)
    paper = attach(spend(private))
    path = reverse("attachment_show", args=[paper.uid])
    assert status(owner, path) == 404
    assert status(logged_in(editor), path) == 200


def test_a_new_transaction_comes_with_its_papers_and_goes_with_them(
    owner: Client, household: Household, account: Account
) -> None:
    owner.post("/transactions/add/", new(account, papers=[upload("receipt.png", image()), upload("b.pdf", PDF)]))
    [row] = rows(household)
    assert kept(row) == ["receipt.png", "b.pdf"]
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="transaction.added")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert rows(household) == []
    assert kept(row) == []


def test_a_new_transaction_with_a_paper_that_is_none_is_not_saved(
    owner: Client, household: Household, account: Account
) -> None:
    answer = owner.post("/transactions/add/", new(account, papers=[upload("x.png", b"<html>")]))
    assert answer.status_code == 422
    assert "no file we keep" in answer.text
    assert rows(household) == []


def test_the_list_costs_the_same_with_one_paper_and_with_three(
    owner: Client, bought: Transaction, django_assert_num_queries: Any
) -> None:
    for count in (1, 2):
        for number in range(count):
            attach(bought, content=image(size=(30 + 10 * count + number, 20)))
        with django_assert_num_queries(7):
            owner.get(at("attachment_list", bought), headers=HTMX)


def test_another_household_never_sees_a_paper_by_a_guessed_name(stranger: Client, bought: Transaction) -> None:
    paper = attach(bought)
    for path in (f"/media/{paper.file.name}", f"/{paper.file.name}", f"/static/{paper.file.name}"):
        assert status(stranger, path) == 404
