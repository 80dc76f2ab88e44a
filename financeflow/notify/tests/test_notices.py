"""Notices: told once, to whom they are meant for, and by the ways that member chose."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.events.models import Event
from financeflow.households.models import Household, User
from financeflow.notify import actions, tasks
from financeflow.notify.mailing import send_letter
from financeflow.notify.models import Notification
from financeflow.notify.queries import A_PAGE, LATEST, TRIED_FOR
from financeflow.notify.tests.weather import kept, tell
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEW = "notices__row--new"
BELL = r'id="count-notification_list"[^>]*><span class="visually-hidden">, new: </span>1'


def test_one_is_told_once(household: Household, owner: User) -> None:
    other = join(household, "viewer")
    assert len(tell(household, owner)) == 1
    assert tell(household, owner) == []
    assert [row.user_id for row in tell(household, owner, other)] == [other.pk]
    assert len(tell(household, owner, once="2")) == 1
    assert len(kept(household)) == 3


def test_open_pages_hear_of_it_and_numbers_stay(household: Household, owner: User) -> None:
    version = Household.objects.get(pk=household.pk).version
    tell(household, owner)
    tell(household, owner, kind="storms")
    with household_scope(household.pk):
        assert [event.name for event in Event.objects.filter(name=actions.CHANGED)] == [actions.CHANGED]
    assert Household.objects.get(pk=household.pk).version == version


def test_the_list_shows_one_s_own_and_counts_what_is_new(household: Household, owner: User) -> None:
    other = join(household, "editor")
    tell(household, owner)
    tell(household, other, once="2", title="Only for the editor")
    tell(household, owner, kind="storms", title="Not to be shown")
    page = logged_in(owner).get("/notifications/").content.decode()
    assert "Rain &lt;b&gt;today&lt;/b&gt;" in page
    assert "Only for the editor" not in page
    assert "Not to be shown" not in page
    assert NEW in page
    assert "<html" not in logged_in(owner).get("/notifications/", headers=HTMX).content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(
    household: Household, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(owner)
    for count in (1, 3):
        for number in range(count):
            tell(household, owner, once=f"{count}.{number}")
        client.get("/notifications/")
        with django_assert_num_queries(3):
            assert client.get("/notifications/", headers=HTMX).status_code == 200


def test_opening_one_takes_it_as_read_and_leads_where_it_says(household: Household, owner: User) -> None:
    [notice] = tell(household, owner)
    client = logged_in(owner)
    answer = client.post(f"/notifications/{notice.uid}/")
    assert (answer.status_code, answer["Location"]) == (302, "/transactions/?month=2026-10")
    assert kept(household)[0].read_at is not None
    assert NEW not in client.get("/notifications/").content.decode()
    assert client.get(f"/notifications/{notice.uid}/").status_code == 405


def test_another_member_s_notice_is_not_there(household: Household, owner: User) -> None:
    [notice] = tell(household, owner)
    for person in (join(household, "owner"), owner_of(HouseholdFactory.create())):
        assert logged_in(person).post(f"/notifications/{notice.uid}/").status_code == 404
        assert logged_in(person).post("/notifications/read/").status_code == 302
    assert kept(household)[0].read_at is None


def test_all_are_read_at_once(household: Household, owner: User) -> None:
    tell(household, owner)
    tell(household, owner, once="2")
    logged_in(owner).post("/notifications/read/")
    assert all(notice.read_at for notice in kept(household))


@pytest.mark.parametrize("role", ["owner", "viewer"])
def test_each_member_chooses_how_to_be_told(household: Household, role: str) -> None:
    person = owner_of(household) if role == "owner" else join(household, role)
    client = logged_in(person)
    page = client.get("/settings/notifications/").content.decode()
    assert "When it rains" in page
    client.post("/settings/notifications/", {"weather-mailed": "on"})
    [notice] = tell(household, person)
    assert (notice.is_shown, notice.is_mailed) == (False, True)
    [usual] = tell(household, join(household, "editor"))
    assert (usual.is_shown, usual.is_mailed) == (True, False)
    page = client.get("/settings/notifications/").content.decode()
    assert 'name="weather-mailed"' in page
    assert page.count("checked") == 1


def test_a_stranger_and_a_passer_by_are_not_let_in(client: Client, household: Household) -> None:
    for path in ("/notifications/", "/settings/notifications/"):
        assert client.get(path).status_code == 302


def test_who_wants_letters_gets_one(household: Household, owner: User) -> None:
    [notice] = tell(household, owner, kind="storms")
    assert tasks.mail_notices(household.pk, [notice.pk]) == 1
    assert tasks.mail_notices(household.pk, [notice.pk]) == 0
    [sent] = mail.outbox
    assert sent.to == [owner.email]
    assert sent.subject == "About Rain <b>today</b>"
    assert "/transactions/?month=2026-10" in str(sent.body)
    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    assert "About Rain &lt;b&gt;today&lt;/b&gt;" in html
    assert "€12.00" in html


def test_no_letter_goes_to_a_guest_or_to_who_wants_none(household: Household, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_guest=True)
    [stormy] = tell(household, owner, kind="storms")
    [rainy] = tell(household, owner)
    assert tasks.mail_notices(household.pk, [stormy.pk, rainy.pk]) == 0
    assert mail.outbox == []


def test_a_letter_that_no_server_took_is_tried_again(
    household: Household, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    [notice] = tell(household, owner, kind="storms")

    def away(_notices: list[Notification]) -> bool:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "send_letter", away)
        assert tasks.mail_notices(household.pk, [notice.pk]) == 0
    assert tasks.mail_left_behind() == 0
    with household_scope(household.pk):
        Notification.objects.update(created_at=notice.created_at - TRIED_FOR)
    assert tasks.mail_left_behind() == 1
    assert tasks.mail_left_behind() == 0
    assert len(mail.outbox) == 1


def test_older_ones_stand_on_pages_of_their_own(household: Household, owner: User) -> None:
    for number in range(A_PAGE + 2):
        tell(household, owner, once=str(number), title=f"Notice {number:02}.")
    first, client = kept(household)[2], logged_in(owner)
    page = client.get("/notifications/").text
    assert "Notice 02." in page
    assert "Notice 01." not in page
    assert f"?before={first.uid}" in page
    tell(household, owner, once="on top", title="On top")
    older = client.get(f"/notifications/?before={first.uid}").text
    assert "Notice 01." in older
    assert "Notice 02." not in older
    assert "Back to the latest" in older
    assert "Earlier" not in older
    for nowhere in ("nonsense", uuid.uuid4()):
        assert client.get(f"/notifications/?before={nowhere}").status_code == 404


def test_a_stranger_s_notice_is_no_page_either(household: Household, owner: User) -> None:
    [notice] = tell(household, owner)
    for person in (join(household, "viewer"), owner_of(HouseholdFactory.create())):
        assert logged_in(person).get(f"/notifications/?before={notice.uid}").status_code == 404


def test_what_is_new_is_listed_alone(household: Household, owner: User) -> None:
    [old] = tell(household, owner, title="Long ago")
    client = logged_in(owner)
    client.post(f"/notifications/{old.uid}/")
    assert "You have read everything" in client.get("/notifications/?show=new").text
    tell(household, owner, once="2", title="Just now")
    page = client.get("/notifications/?show=new").text
    assert "Just now" in page
    assert "Long ago" not in page


def test_where_nothing_was_told_the_list_says_what_will_be(owner: User) -> None:
    assert "Nothing to tell yet" in logged_in(owner).get("/notifications/").text
    assert "Nothing to tell yet" in logged_in(owner).get("/notifications/latest/").text


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_the_bell_counts_one_s_own_on_every_page(household: Household, role: str) -> None:
    person = owner_of(household) if role == "owner" else join(household, role)
    tell(household, person)
    tell(household, join(household, "editor"), once="2")
    client = logged_in(person)
    assert re.search(BELL, client.get("/accounts/").text)
    assert ", new: </span>1" in client.get("/notifications/count/").text
    client.post("/notifications/read/")
    assert not re.search(BELL, client.get("/accounts/").text)
    assert ", new:" not in client.get("/notifications/count/").text


def test_no_page_asks_for_the_count_apart(
    household: Household, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(owner)
    for count in (1, 3):
        for number in range(count):
            tell(household, owner, once=f"{count}.{number}")
        client.get("/notifications/count/")
        with django_assert_num_queries(2):  # who one is, and in which household
            assert client.get("/notifications/count/").status_code == 200


def test_behind_the_bell_stand_the_latest_few(
    household: Household, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(owner)
    client.get("/notifications/latest/")
    for count in (1, LATEST + 2):
        for number in range(count):
            tell(household, owner, once=f"{count}.{number}")
        with django_assert_num_queries(3):
            page = client.get("/notifications/latest/").text
        assert page.count(NEW) == min(count, LATEST)
    assert "Mark all as read" in page
    after = client.post("/notifications/read/", headers=HTMX).text
    assert after.count("notices__row") == LATEST
    assert NEW not in after
    assert "Mark all as read" not in after


def test_a_letter_that_cannot_be_written_holds_up_no_other(
    household: Household, owner: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = join(household, "viewer")
    told = tell(household, owner, other, kind="storms")

    def torn(notices: list[Notification]) -> bool:
        return send_letter(notices) if notices[0].user_id == other.pk else bool(1 / 0)

    monkeypatch.setattr(tasks, "send_letter", torn)
    assert tasks.mail_notices(household.pk, [notice.pk for notice in told]) == 1
    assert mail.outbox[0].to == [other.email]
    assert "could not be written" in caplog.text
