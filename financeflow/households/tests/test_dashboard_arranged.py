"""Each member arranges the dashboard for themselves: order, what is hidden, and back to how it was."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, override_settings

from financeflow.households.models import Household, Membership
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from financeflow.web.widgets import Arrangement, Look, Widget

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ADDRESS = "/dashboard/arrange/"


def three(look: Look) -> list[Widget]:
    return [part(key, order) for order, key in enumerate(("head", "tea", "milk", "sugar"))]


def part(key: str, order: int = 0) -> Widget:
    return Widget(key, f"The {key}", "components/mark.html", dict, order=order, is_head=key == "head")


@pytest.fixture(autouse=True)
def kitchen(settings: Any) -> None:
    settings.WIDGETS = [f"{__name__}.three"]


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create()


@pytest.fixture
def owner(household: Household) -> Client:
    return logged_in(owner_of(household))


def shown(client: Client) -> list[str]:
    return re.findall(r'data-widget="(\w+)"', client.get("/dashboard/", headers=HTMX).text)


def send(client: Client, do: str = "", order: str = "tea milk sugar") -> Any:
    return client.post(ADDRESS, {"do": do, "widget": order.split()}, headers=HTMX)


def test_a_part_is_moved_hidden_and_shown_again(owner: Client) -> None:
    assert shown(owner) == ["head", "tea", "milk", "sugar"]
    answer = send(owner, "down:tea")
    assert "dashboard:arranged" in answer["HX-Trigger"]
    assert shown(owner) == ["head", "milk", "tea", "sugar"]
    send(owner, "up:sugar", "milk tea sugar")
    send(owner, "hide:tea", "milk sugar tea")
    assert shown(owner) == ["head", "milk", "sugar"]
    assert "The tea <small>hidden</small>" in owner.get(ADDRESS).text
    send(owner, "show:tea", "milk sugar tea")
    assert shown(owner) == ["head", "milk", "sugar", "tea"]


def test_a_dragged_row_is_sent_where_it_was_dropped(owner: Client) -> None:
    assert send(owner, order="sugar tea milk").status_code == 200
    assert shown(owner) == ["head", "sugar", "tea", "milk"]


def test_at_the_ends_nothing_moves_further(owner: Client) -> None:
    send(owner, "up:tea")
    send(owner, "down:sugar")
    assert shown(owner) == ["head", "tea", "milk", "sugar"]


def test_it_goes_back_to_how_it_was_at_first(owner: Client, household: Household) -> None:
    send(owner, "hide:milk", "sugar tea milk")
    send(owner, "reset")
    assert shown(owner) == ["head", "tea", "milk", "sugar"]
    with household_scope(household.pk):
        assert Membership.objects.get().dashboard == {}


def test_without_scripts_one_comes_back_to_the_list(owner: Client) -> None:
    answer = owner.post(ADDRESS, {"do": "down:tea", "widget": ["tea", "milk", "sugar"]})
    assert answer["Location"] == ADDRESS
    assert owner.get(ADDRESS).text.index("The milk") < owner.get(ADDRESS).text.index("The tea")


@pytest.mark.parametrize(
    ("do", "order", "said"),
    [
        ("", "tea coffee", "The dashboard has no part “coffee”."),
        ("hide:head", "tea milk sugar", "The dashboard has no part “head”."),
        ("", "tea tea milk", "A part can stand on the dashboard only once."),
        ("burn:tea", "tea milk sugar", "A part of the dashboard can be moved, hidden and shown."),
    ],
)
def test_what_cannot_be_is_refused_in_words(owner: Client, do: str, order: str, said: str) -> None:
    answer = send(owner, do, order)
    assert answer.status_code == 422
    assert said in answer.text
    assert shown(owner) == ["head", "tea", "milk", "sugar"]


def test_one_member_s_taste_is_not_another_s(household: Household, owner: Client) -> None:
    viewer = logged_in(join(household, "viewer"))
    send(viewer, "hide:tea")
    assert shown(viewer) == ["head", "milk", "sugar"]
    assert shown(owner) == ["head", "tea", "milk", "sugar"]


def test_an_app_that_comes_later_stands_in_its_place() -> None:
    arranged = Arrangement(("sugar", "tea"), frozenset())
    keys = [each.key for each in arranged.sorted([part("head"), part("tea"), part("milk"), part("sugar")])]
    assert keys == ["head", "sugar", "tea", "milk"]


def test_a_part_that_is_gone_disturbs_nobody(owner: Client) -> None:
    send(owner, "hide:milk")
    with override_settings(WIDGETS=[f"{__name__}.without_milk"]):
        assert shown(owner) == ["head", "tea", "sugar"]
        assert send(owner, "down:tea", "tea sugar").status_code == 200
        assert shown(owner) == ["head", "sugar", "tea"]


def without_milk(look: Look) -> list[Widget]:
    return [each for each in three(look) if each.key != "milk"]


def test_a_part_with_nothing_to_show_leaves_no_trace(owner: Client, settings: Any) -> None:
    settings.WIDGETS = [f"{__name__}.nothing"]
    assert shown(owner) == []


def nothing(look: Look) -> list[Widget]:
    return [Widget("none", "None", "components/mark.html", lambda: None)]


def test_a_slow_part_is_asked_for_by_the_page(owner: Client, settings: Any) -> None:
    settings.WIDGETS = [f"{__name__}.slow"]
    page = owner.get("/dashboard/").text
    assert 'hx-get="/dashboard/?widget=slow" hx-trigger="load"' in page
    assert '<noscript><meta http-equiv="refresh" content="0; url=/dashboard/?whole=1"></noscript>' in page
    assert "data-waits" not in owner.get("/dashboard/?whole=1").text
    assert "data-waits" not in owner.get("/dashboard/?widget=slow", headers=HTMX).text


def slow(look: Look) -> list[Widget]:
    return [Widget("slow", "Slow", "components/mark.html", dict, is_slow=True)]
