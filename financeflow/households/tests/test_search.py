"""What the palette finds of the frame, for each role."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from financeflow.households import actions
from financeflow.households.models import Household, User
from financeflow.households.tests.conftest import inside
from financeflow.testing import HouseholdFactory

pytestmark = pytest.mark.django_db


def found(person: User, words: str) -> list[str]:
    page = inside(person).get("/search/", {"q": words}, headers={"hx-request": "true"}).content.decode()
    return re.findall(r'class="palette__item".*?<span>(.*?)</span>', page, re.DOTALL)


def test_pages_settings_and_deeds_are_found_by_their_words(owner: User) -> None:
    assert "Dashboard" in found(owner, "dash")
    assert found(owner, "members settings") == ["Members"]
    assert found(owner, "EXPORT") == ["Export everything"]
    assert "Log out" in found(owner, "log")
    assert "Dark theme" in found(owner, "theme")


def test_everything_is_offered_where_nothing_is_asked(owner: User) -> None:
    everything = found(owner, "")
    assert {"Dashboard", "Appearance", "Invite somebody", "Log out"} <= set(everything)
    assert len(everything) == len(set(everything))


def test_a_viewer_is_offered_only_what_a_viewer_may(viewer: User) -> None:
    assert found(viewer, "export") == []
    assert found(viewer, "invite") == []
    assert found(viewer, "log out") == ["Log out"]


def test_a_guest_may_keep_the_demo_and_invites_nobody(db: None) -> None:
    guest = actions.open_sandbox()
    assert found(guest, "keep") == ["Keep this demo"]
    assert found(guest, "invite") == []
    assert found(guest, "add another") == []


def test_other_households_are_one_press_away(household: Household, owner: User, stranger: User) -> None:
    HouseholdFactory.create(owner=owner, name="Holiday house")
    client = inside(owner)
    client.post(f"/households/{household.uid}/switch/")
    page = client.get("/search/", {"q": "holiday"}).content.decode()
    assert "Holiday house" in page
    assert found(stranger, "holiday") == []


@pytest.mark.parametrize("words", ["%", "<script>", "\x00", "x" * 5000, "ß"])
def test_odd_words_find_nothing_and_break_nothing(owner: User, words: str) -> None:
    answer = inside(owner).get("/search/", {"q": words})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().partition("<main")[2]


def test_a_passer_by_searches_nothing(db: None) -> None:
    assert Client().get("/search/")["Location"].startswith("/auth/login/")
