"""The way out of a letter: a signed link that needs no log-in, and the button that mail programs make of it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from financeflow.households.models import Household, Membership, User
from financeflow.notify import queries, tasks
from financeflow.notify.stopping import stop_token
from financeflow.notify.tests.weather import tell
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def ways(household: Household, person: User) -> dict[str, tuple[bool, bool]]:
    with household_scope(household.pk):
        return {each.kind.name: (each.shown, each.mailed) for each in queries.channels_of(person.pk)}


def link_for(household: Household, person: User, *names: str) -> str:
    return f"/notifications/stop/{stop_token(household.uid, person.uid, names or ['storms'])}/"


def mailed(household: Household, *people: User) -> mail.EmailMessage:
    told = tell(household, *people, kind="storms")
    tasks.mail_notices(household.pk, [notice.pk for notice in told])
    return mail.outbox[-1]


def test_every_letter_carries_the_link_and_the_headers(household: Household, owner: User, settings: Settings) -> None:
    settings.SITE_URL = "https://money.example"
    letter = mailed(household, owner)
    sent = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [address] = re.findall(r"<(https://money\.example/notifications/stop/[^>\s]+/)>", str(sent["List-Unsubscribe"]))
    for text in (str(letter.body), str(letter.alternatives[0][0])):  # type: ignore[attr-defined]
        assert address in text
        assert "https://money.example/settings/notifications/" in text
    assert Client().post(address.removeprefix("https://money.example"), ONE_CLICK).status_code == 200
    assert ways(household, owner)["storms"] == (False, False)


def test_looking_at_the_link_stops_nothing_and_the_button_does(household: Household, owner: User) -> None:
    link, strict = link_for(household, owner), Client(enforce_csrf_checks=True)
    page = strict.get(link)
    assert "Stop these letters" in page.text
    assert "Storms" in page.text
    assert ways(household, owner)["storms"] == (False, True)
    assert "No more of these letters" in strict.post(link).text
    assert ways(household, owner)["storms"] == (False, False)
    assert strict.post(link).status_code == 200
    assert "sessionid" not in strict.cookies


def test_it_stops_these_letters_alone_and_is_undone_in_the_settings(household: Household, owner: User) -> None:
    client = logged_in(owner)
    client.post("/settings/notifications/", {"weather-shown": "on", "weather-mailed": "on", "storms-mailed": "on"})
    Client().post(link_for(household, owner, "weather"))
    assert ways(household, owner) == {"weather": (True, False), "storms": (False, True)}
    client.post("/settings/notifications/", {"weather-shown": "on", "weather-mailed": "on", "storms-mailed": "on"})
    assert ways(household, owner)["weather"] == (True, True)


def test_what_waits_to_be_mailed_is_not_mailed_any_more(household: Household, owner: User) -> None:
    told = tell(household, owner, kind="storms")
    Client().post(link_for(household, owner))
    assert tasks.mail_notices(household.pk, [notice.pk for notice in told]) == 0
    assert mail.outbox == []


def test_nobody_else_s_letters_stop(household: Household, owner: User) -> None:
    viewer = join(household, "viewer")
    for person in (viewer, owner):
        logged_in(person).post(link_for(household, viewer))
    assert ways(household, viewer)["storms"] == (False, False)
    assert ways(household, owner)["storms"] == (False, True)


def test_a_link_that_was_changed_or_leads_nowhere_says_so(household: Household, owner: User) -> None:
    whole = link_for(household, owner)
    leaver = join(household, "editor")
    gone = link_for(household, leaver)
    with household_scope(household.pk):
        Membership.objects.filter(user=leaver).delete()
    for link in (whole[:-3] + "/", "/notifications/stop/nonsense/", "/notifications/stop/%00:x/", gone):
        for answer in (Client().get(link), Client().post(link)):
            assert answer.status_code == 404
            assert "ends no letters" in answer.text
    assert ways(household, owner)["storms"] == (False, True)


def test_a_kind_that_is_no_more_has_no_letters_to_stop(household: Household, owner: User) -> None:
    assert Client().post(link_for(household, owner, "comets")).status_code == 200
    assert "comets" not in ways(household, owner)


def test_a_letter_about_several_kinds_stops_each_or_all(household: Household, owner: User) -> None:
    logged_in(owner).post("/settings/notifications/", {"weather-mailed": "on", "storms-mailed": "on"})
    told = tell(household, owner) + tell(household, owner, kind="storms")
    tasks.mail_notices(household.pk, [notice.pk for notice in told])
    [letter] = mail.outbox
    assert str(letter.body).count("/notifications/stop/") == 2
    all_of_them = str(letter.extra_headers["List-Unsubscribe"]).strip("<>").partition("/notifications/")[2]
    Client().post(f"/notifications/{all_of_them}")
    assert ways(household, owner) == {"weather": (False, False), "storms": (False, False)}


def test_a_plain_letter_says_what_the_page_says(household: Household, owner: User) -> None:
    logged_in(owner).post("/settings/notifications/", {"weather-mailed": "on"})
    [notice] = tell(household, owner, text="Take an umbrella & a hat.")
    tasks.mail_notices(household.pk, [notice.pk])
    [letter] = mail.outbox
    assert "Take an umbrella & a hat." in str(letter.body)
    html = str(letter.alternatives[0][0])  # type: ignore[union-attr]
    assert "Take an umbrella &amp; a hat." in html
    assert ">Look at it</a>" in html
