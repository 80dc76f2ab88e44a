"""Tags as people keep them: named, coloured, merged and deleted, with what has them following."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from ledger.models import Account, Tag, TransactionTag
from ledger.tests.entries import spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household)


def tag(household: Household, name: str) -> Tag:
    with household_scope(household.pk):
        return Tag.objects.get(name=name, trashed_at=None)


def tagged(household: Household) -> list[tuple[int, str]]:
    with household_scope(household.pk):
        return list(TransactionTag.objects.order_by("transaction", "tag__name").values_list("transaction", "tag__name"))


def undo(household: Household, verb: str) -> None:
    with household_scope(household.pk):
        owner = Membership.objects.select_related("user", "household").get(household=household, role="owner")
        undo_change(ChangeSet.objects.get(verb=verb), by=owner)


def test_tags_are_listed_with_how_often_each_is_used(owner: Client, account: Account) -> None:
    spend(account, tags=["work", "rome"])
    gone = spend(account, tags=["rome"])
    spend(account, tags=["rome"])
    rows = owner.get("/tags/").context["tags"]
    assert [(row.name, row.times) for row in rows] == [("rome", 3), ("work", 1)]
    owner.post(reverse("transaction_delete", args=[gone.uid]))
    page = owner.get("/tags/")
    assert [(row.name, row.times) for row in page.context["tags"]] == [("rome", 2), ("work", 1)]
    assert "/transactions/?q=tag%3Arome" in page.text


def test_a_tag_is_added_and_gets_another_name_and_colour(owner: Client, account: Account, household: Household) -> None:
    assert owner.post("/tags/add/", {"name": "Rome", "hue": "4"}, headers=HTMX).status_code == 204
    rome = tag(household, "Rome")
    spend(account, tags=["rome"])
    path = reverse("tag_edit", args=[rome.uid])
    page = owner.post(path, {"name": "Italy", "hue": "9", "edit_version": rome.edit_version}, follow=True)
    assert "Changed the tag “Rome”" in page.text
    assert (tag(household, "Italy").hue, [name for _row, name in tagged(household)]) == (9, ["Italy"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 41}, "at most 40"),
        ({"name": "a,b"}, "no comma"),
        ({"name": "a#b"}, "no #"),
        ({"name": "a\u202eb"}, "cannot be seen"),
        ({"name": "WORK"}, "“work” is a tag already."),
        ({"hue": "13"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said(owner: Client, account: Account, change: dict[str, str], said: str) -> None:
    spend(account, tags=["work"])
    answer = owner.post("/tags/add/", {"name": "New", "hue": "1", **change})
    assert (answer.status_code, said in answer.text) == (422, True)


def test_the_later_of_two_editors_is_told(
    owner: Client, editor: Client, account: Account, household: Household
) -> None:
    spend(account, tags=["work"])
    row = tag(household, "work")
    path = reverse("tag_edit", args=[row.uid])
    editor.post(path, {"name": "Job", "hue": row.hue, "edit_version": row.edit_version})
    late = owner.post(path, {"name": "Office", "hue": row.hue, "edit_version": row.edit_version})
    assert late.status_code == 422
    for said in ("Ed Editor", "Job", 'value="Office"'):
        assert said in late.text


def test_a_merged_tag_stands_once_on_what_had_both(owner: Client, account: Account, household: Household) -> None:
    spend(account, tags=["work", "job"])
    spend(account, tags=["job"])
    before = tagged(household)
    path = reverse("tag_merge", args=[tag(household, "job").uid])
    assert owner.post(path, {"into": ""}).status_code == 422
    assert owner.post(path, {"into": tag(household, "work").uid}, headers=HTMX).status_code == 204
    assert [name for _row, name in tagged(household)] == ["work", "work"]
    undo(household, "tag.merged")
    assert tagged(household) == before


def test_a_deleted_tag_comes_off_and_undo_puts_it_on_again(
    owner: Client, account: Account, household: Household
) -> None:
    for _ in range(2):
        spend(account, tags=["work", "rome"])
    before = tagged(household)
    path = reverse("tag_delete", args=[tag(household, "work").uid])
    assert "It comes off 2 transactions" in owner.get(path).text
    assert owner.post(path).status_code == 302
    assert {name for _row, name in tagged(household)} == {"rome"}
    undo(household, "tag.deleted")
    assert tagged(household) == before


def test_a_viewer_looks_and_a_stranger_finds_nothing(
    viewer: Client, stranger: Client, account: Account, household: Household
) -> None:
    spend(account, tags=["zagreb"])
    row = tag(household, "zagreb")
    page = viewer.get("/tags/").text
    assert "zagreb" in page
    assert "/edit/" not in page
    assert "zagreb" not in stranger.get("/tags/").text
    for name in ("tag_edit", "tag_merge", "tag_delete"):
        path = reverse(name, args=[row.uid])
        assert viewer.get(path).status_code == 403
        assert stranger.post(path, {"name": "X"}).status_code == 404
    assert viewer.post("/tags/add/", {"name": "X", "hue": 1}).status_code == 403


def test_the_list_costs_the_same_however_many(owner: Client, account: Account, django_assert_num_queries: Any) -> None:
    for rows in (1, 3):
        spend(account, tags=[f"tag {rows} {number}" for number in range(rows)])
        with django_assert_num_queries(4):
            owner.get("/tags/", headers=HTMX)


def test_the_empty_page_says_what_to_do(owner: Client, viewer: Client) -> None:
    assert "/tags/add/" in owner.get("/tags/", headers=HTMX).text
    assert "/tags/add/" not in viewer.get("/tags/", headers=HTMX).text
