"""Quiet hours: letters wait until they end by the member's own clock, and then come once, as one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from financeflow.households.models import Household, Membership, User
from financeflow.notify import tasks
from financeflow.notify.actions import choose_channels, choose_hours
from financeflow.notify.calc import quiet_end
from financeflow.notify.models import NoticeHours
from financeflow.notify.tests.weather import tell
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of

pytestmark = pytest.mark.django_db
EVENING, MORNING = datetime(2026, 11, 22, 21, 30, tzinfo=UTC), datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
HOURS = "/settings/notifications/hours/"


def quiet(household: Household, person: User, begins: int = 22, ends: int = 7, zone: str = "") -> None:
    with household_scope(household.pk):
        hours = (time(begins), time(ends))
        choose_hours(household_id=household.pk, user_id=person.pk, hours=hours, time_zone=zone)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


@pytest.mark.parametrize(
    ("now", "begins", "ends", "zone", "until"),
    [
        ("2026-11-22T21:30", 22, 7, "Europe/Berlin", "2026-11-23T06:00"),
        ("2026-11-23T05:59", 22, 7, "Europe/Berlin", "2026-11-23T06:00"),
        ("2026-11-23T06:00", 22, 7, "Europe/Berlin", None),
        ("2026-11-22T20:59", 22, 7, "Europe/Berlin", None),
        ("2026-11-22T12:30", 13, 15, "Europe/Berlin", "2026-11-22T14:00"),
        ("2026-11-22T21:30", 22, 7, "America/New_York", None),
        ("2026-11-23T03:30", 22, 7, "America/New_York", "2026-11-23T12:00"),
        # The clocks are put forward in one of these nights, and back in the other.
        ("2026-03-28T22:00", 22, 7, "Europe/Berlin", "2026-03-29T05:00"),
        ("2026-10-24T21:00", 22, 7, "Europe/Berlin", "2026-10-25T06:00"),
        ("2026-03-29T00:30", 0, 2, "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-11-22T12:00", 8, 5, "Pacific/Kiritimati", "2026-11-22T15:00"),
    ],
)
def test_quiet_hours_end_by_the_clock_where_one_lives(
    now: str, begins: int, ends: int, zone: str, until: str | None
) -> None:
    found = quiet_end(datetime.fromisoformat(f"{now}+00:00"), time(begins), time(ends), zone)
    assert found == (datetime.fromisoformat(f"{until}+00:00") if until else None)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_it_is_quiet_just_when_a_clock_says_so(zone: str) -> None:
    """Against the plain question, each quarter of an hour of a year, away from the hours that clocks skip or repeat."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for _quarter in range(4 * 24 * 365):
        clock = _clock(moment, zone)
        end = quiet_end(moment, time(22), time(7), zone)
        assert (end is not None) == (clock >= time(22) or clock < time(7)), moment
        assert end is None or _clock(end, zone) == time(7)
        moment += timedelta(minutes=15)


def _clock(moment: datetime, zone: str) -> time:
    return moment.astimezone(ZoneInfo(zone)).time()


@pytest.mark.django_db(transaction=True)
def test_what_waited_comes_in_the_morning_once_and_as_one(household: Household, owner: User) -> None:
    quiet(household, owner)
    with at(EVENING):
        told = tell(household, owner, kind="storms", once="1", title="Wind") + tell(
            household, owner, kind="storms", once="2", title="Hail", path="/accounts/"
        )
        tasks.mail_soon(household.pk, told)
        assert tasks.mail_notices(household.pk, [notice.pk for notice in told]) == 0
    with at(MORNING - timedelta(minutes=10)):
        assert tasks.mail_left_behind() == 0
    assert mail.outbox == []
    with at(MORNING):
        assert tasks.mail_left_behind() == 2
        assert tasks.mail_left_behind() == 0
    [letter] = mail.outbox
    assert letter.subject == "2 notices from “Home”"
    for text in (str(letter.body), str(letter.alternatives[0][0])):  # type: ignore[attr-defined]
        assert text.index("Wind") < text.index("Hail")
        assert "/accounts/" in text


def test_the_page_says_it_at_once(household: Household, owner: User) -> None:
    quiet(household, owner)
    with at(EVENING):
        tell(household, owner)
        assert "Rain" in logged_in(owner).get("/notifications/").text


def test_one_that_waited_alone_has_its_own_letter(household: Household, owner: User) -> None:
    quiet(household, owner)
    with at(EVENING):
        tell(household, owner, kind="storms", title="Wind")
    with at(MORNING):
        assert tasks.mail_left_behind() == 1
    assert mail.outbox[0].subject == "About Wind"


def test_hours_of_one_hold_back_no_letters_of_another(household: Household, owner: User) -> None:
    other = join(household, "viewer")
    quiet(household, owner)
    with at(EVENING):
        told = tell(household, owner, other, kind="storms")
        assert tasks.mail_notices(household.pk, [notice.pk for notice in told]) == 1
    assert mail.outbox[0].to == [other.email]


def test_other_hours_hold_for_what_waits_already(household: Household, owner: User) -> None:
    quiet(household, owner)
    with at(EVENING):
        [notice] = tell(household, owner, kind="storms")
        assert notice.held_until == datetime(2026, 11, 23, 6, tzinfo=UTC)
        quiet(household, owner, zone="America/New_York")
    with at(EVENING + timedelta(minutes=11)):
        assert tasks.mail_left_behind() == 1


def test_who_wants_no_letters_any_more_or_has_left_gets_none_in_the_morning(household: Household, owner: User) -> None:
    leaver = join(household, "editor")
    for person in (owner, leaver):
        quiet(household, person)
    with at(EVENING):
        tell(household, owner, leaver, kind="storms")
    with household_scope(household.pk):
        choose_channels(household_id=household.pk, user_id=owner.pk, chosen={"storms": (True, False)})
        Membership.objects.filter(user=leaver).delete()
    with at(MORNING):
        assert tasks.mail_left_behind() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_each_member_chooses_hours(household: Household, role: str) -> None:
    person = owner_of(household) if role == "owner" else join(household, role)
    client = logged_in(person)
    said = {"begins": "22:00", "ends": "07:30", "time_zone": "America/New_York"}
    assert client.post(HOURS, said).status_code == 302
    page = client.get("/settings/notifications/").text
    assert 'value="22:00"' in page
    assert 'value="07:30"' in page
    assert '<option value="America/New_York" selected>' in page
    client.post(HOURS, {"begins": "", "ends": "", "time_zone": ""})
    with household_scope(household.pk):
        assert not NoticeHours.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"begins": "22:00"}, "both when it begins and when it ends"),
        ({"ends": "22:00"}, "both when it begins and when it ends"),
        ({"begins": "22:00", "ends": "22:00"}, "This is when it begins"),
        ({"begins": "late", "ends": "07:00"}, "Enter a valid time"),
        ({"begins": "22:00", "ends": "07:00", "time_zone": "Mars/Base"}, "Select a valid choice"),
    ],
)
def test_hours_that_make_no_sense_are_refused(owner: User, said: dict[str, Any], why: str) -> None:
    answer = logged_in(owner).post(HOURS, said)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_stranger_and_a_passer_by_change_no_hours(household: Household) -> None:
    logged_in(owner_of(HouseholdFactory.create())).post(HOURS, {"begins": "22:00", "ends": "07:00"})
    with household_scope(household.pk):
        assert not NoticeHours.objects.exists()
