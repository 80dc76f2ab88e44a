"""Left alone too long, one is logged out; what a page fetches by itself keeps nobody in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client, override_settings
from time_machine import Traveller

from financeflow.households.models import User
from financeflow.testing import PASSWORD, HouseholdFactory, owner_of

pytestmark = pytest.mark.django_db

FETCH = {"sec-fetch-mode": "cors"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Traveller]:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def owner() -> User:
    return owner_of(HouseholdFactory.create())


@pytest.fixture
def client(owner: User) -> Client:
    return logged_in(owner)


def logged_in(user: User, **more: str) -> Client:
    client = Client()
    client.post("/auth/login/", {"login": user.email, "password": PASSWORD, **more})
    return client


def left(client: Client) -> int | None:
    """What the server says; asking keeps nobody in."""
    answer = client.get("/session/", headers=FETCH)
    return answer.json()["left"] if answer.status_code == 200 else 0


def test_after_half_an_hour_alone_one_is_logged_out_and_told_why(client: Client, clock: Traveller) -> None:
    clock.shift(30 * 60)

    answer = client.get("/settings/profile/?from=mail")

    assert answer.headers["Location"] == "/auth/login/?why=inactive&next=%2Fsettings%2Fprofile%2F%3Ffrom%3Dmail"
    assert "logged out because nobody was here" in client.get(answer.headers["Location"]).content.decode()
    assert client.get("/dashboard/").headers["Location"] == "/auth/login/?next=/dashboard/"


def test_after_logging_in_again_one_is_where_one_was(client: Client, owner: User, clock: Traveller) -> None:
    clock.shift(30 * 60)
    client.get("/settings/security/")

    form = {"login": owner.email, "password": PASSWORD, "next": "/settings/security/"}

    assert client.post("/auth/login/", form).headers["Location"] == "/settings/security/"


def test_going_to_a_page_or_writing_keeps_one_in(client: Client, clock: Traveller) -> None:
    for visit in (lambda: client.get("/settings/security/"), lambda: client.post("/session/", headers=FETCH)):
        clock.shift(20 * 60)
        visit()
        assert left(client) == 30 * 60


def test_what_a_page_fetches_by_itself_keeps_nobody_in(client: Client, clock: Traveller) -> None:
    clock.shift(20 * 60)
    client.get("/dashboard/", headers={"hx-request": "true"})
    client.get("/search/", headers=FETCH)

    assert left(client) == 10 * 60


def test_activity_is_written_at_most_once_a_minute(client: Client, clock: Traveller) -> None:
    clock.shift(59)
    client.get("/settings/security/")
    assert left(client) == 30 * 60 - 59

    clock.shift(1)
    client.get("/settings/security/")
    assert left(client) == 30 * 60
    assert UserSession.objects.get().last_seen_at == datetime(2026, 11, 21, 12, 1, tzinfo=UTC)


def test_a_part_of_a_page_sends_the_whole_page_to_the_log_in(client: Client, clock: Traveller) -> None:
    clock.shift(30 * 60)
    now = {"hx-request": "true", "hx-current-url": "http://testserver/dashboard/?month=2026-11"}

    answer = client.get("/dashboard/", headers=now)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/auth/login/?why=inactive&next=%2Fdashboard%2F%3Fmonth%3D2026-11"


def test_the_guard_is_told_plainly(client: Client, clock: Traveller) -> None:
    clock.shift(30 * 60)

    assert client.get("/session/", headers=FETCH).status_code == 401


def test_a_form_sent_too_late_leads_back_to_its_page(client: Client, clock: Traveller) -> None:
    clock.shift(30 * 60)

    inside = client.post("/settings/security/", headers={"referer": "http://testserver/settings/security/?a=1"})
    assert inside.headers["Location"] == "/auth/login/?why=inactive&next=%2Fsettings%2Fsecurity%2F%3Fa%3D1"


def test_a_form_from_elsewhere_leads_nowhere_else(client: Client, clock: Traveller) -> None:
    clock.shift(30 * 60)

    answer = client.post("/settings/security/", headers={"referer": "https://elsewhere.example/x"})

    assert answer.headers["Location"] == "/auth/login/?why=inactive"


def test_who_chose_to_stay_logged_in_stays(owner: User, clock: Traveller) -> None:
    client = logged_in(owner, remember="on")
    clock.shift(24 * 3600)

    assert client.get("/settings/security/").status_code == 200
    assert left(client) is None


@pytest.mark.parametrize(("chosen", "minutes"), [("5", 5), ("usual", 30), ("0", None)])
def test_how_long_is_each_persons_choice(
    client: Client, owner: User, clock: Traveller, chosen: str, minutes: int | None
) -> None:
    client.post("/settings/security/", {"inactivity_minutes": chosen})

    assert left(client) == (minutes * 60 if minutes else None)
    clock.shift(29 * 60)
    assert client.get("/settings/security/").status_code == (302 if minutes == 5 else 200)


def test_an_odd_choice_is_refused(client: Client, owner: User) -> None:
    answer = client.post("/settings/security/", {"inactivity_minutes": "7"})

    assert answer.status_code == 422
    owner.refresh_from_db()
    assert owner.inactivity_minutes is None


@override_settings(INACTIVITY_MINUTES=20)
def test_what_is_usual_is_the_servers_choice(client: Client) -> None:
    assert left(client) == 20 * 60
    assert "As usual here: 20 minutes" in client.get("/settings/security/").content.decode()


def test_the_page_carries_the_guard_only_where_it_watches(owner: User, client: Client) -> None:
    assert 'left="1800" warn="60"' in client.get("/settings/security/").content.decode()
    assert "<inactivity-guard" not in logged_in(owner, remember="on").get("/settings/security/").content.decode()


def test_a_guest_is_never_logged_out_for_being_away(clock: Traveller) -> None:
    guest = Client()
    guest.post("/demo/")
    clock.shift(5 * 3600)

    assert guest.get("/settings/security/").status_code == 200
