"""Searches that a member keeps under a name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import owner_of
from ledger import actions
from ledger.models import SavedView

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def keep(household: Household, name: str, query: str = "lidl") -> SavedView:
    with household_scope(household.pk):
        return actions.add_saved_view(household=household, by=owner_of(household), name=name, query=query)


def names(household: Household) -> list[str]:
    with household_scope(household.pk):
        return list(SavedView.objects.values_list("name", flat=True))


def test_a_search_is_kept_under_a_name_and_shown_as_a_tab(owner: Client, viewer: Client, household: Household) -> None:
    form = owner.get("/transactions/views/add/?q=tag%3Awork&month=2026-11", headers=HTMX).text
    assert 'value="tag:work"' in form
    answer = owner.post("/transactions/views/add/", {"name": "Work lunches", "query": "tag:work"}, headers=HTMX)
    assert answer.status_code == 204
    assert "live:views.changed" in answer["HX-Trigger"]
    page = owner.get("/transactions/?month=2026-11&q=tag%3Awork").text
    assert '<a class="views__tab" href="/transactions/?q=tag%3Awork&amp;month=2026-11" aria-current="page">' in page
    assert 'href="/transactions/?month=2026-11">All</a>' in page
    assert "Work lunches" not in viewer.get("/transactions/").text


def test_a_view_is_kept_without_javascript_and_by_viewers_too(viewer: Client, household: Household) -> None:
    page = viewer.post("/transactions/views/add/", {"name": "Mine", "query": "lidl"}, follow=True)
    assert page.redirect_chain == [("/transactions/?q=lidl", 302)]
    assert names(household) == ["Mine"]


def test_views_are_renamed_put_in_order_and_deleted(owner: Client, household: Household) -> None:
    one, two = keep(household, "One"), keep(household, "Two")
    owner.post(reverse("saved_view_edit", args=[one.uid]), {"name": "First", "query": "rewe"})
    owner.post(reverse("saved_view_move", args=[two.uid]), {"step": "up"})
    assert names(household) == ["Two", "First"]
    page = owner.get("/transactions/views/").text
    assert page.index("Change Two") < page.index("rewe") < page.index("Change First")
    assert owner.post(reverse("saved_view_move", args=[two.uid]), {"step": "sideways"}).status_code == 400
    answer = owner.post(reverse("saved_view_delete", args=[two.uid]), headers=HTMX)
    assert answer.status_code == 204
    assert "dialog:close" not in answer["HX-Trigger"]
    assert names(household) == ["First"]
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="view.deleted")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert names(household) == ["Two", "First"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "Old"}, "You have a view of this name already."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"query": ""}, "This field is required."),
        ({"query": "x" * 2001}, "at most 2000 characters"),
        ({"query": "a\x00b"}, "Null characters"),
    ],
)
def test_what_is_wrong_with_a_view_is_said(
    owner: Client, household: Household, said: dict[str, str], words: str
) -> None:
    keep(household, "Old")
    for headers in ({}, HTMX):
        answer = owner.post("/transactions/views/add/", {"name": "New", "query": "lidl", **said}, headers=headers)
        assert answer.status_code == 422
        assert words in answer.text
    assert names(household) == ["Old"]


def test_nobody_has_endless_views(owner: Client, household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.actions.saved_views.MOST_VIEWS", 1)
    keep(household, "Old")
    answer = owner.post("/transactions/views/add/", {"name": "New", "query": "lidl"})
    assert answer.status_code == 422
    assert "Delete one first." in answer.text


def test_another_members_view_is_not_found(editor: Client, stranger: Client, household: Household) -> None:
    view = keep(household, "Mine")
    for client in (editor, stranger):
        assert "Mine" not in client.get("/transactions/views/").text
        for name in ("saved_view_edit", "saved_view_delete", "saved_view_move"):
            path = reverse(name, args=[view.uid])
            assert client.post(path, {"name": "Theirs", "query": "x", "step": "up"}).status_code == 404
    assert names(household) == ["Mine"]


def test_the_tabs_are_asked_for_by_themselves(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    keep(household, "One")
    with django_assert_num_queries(3):
        part = owner.get("/transactions/?q=lidl", headers={**HTMX, "HX-Target": "views"})
    assert "One" in part.text
    assert 'id="listed"' not in part.text
