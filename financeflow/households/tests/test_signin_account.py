"""Changing what one logs in with: password, e-mail, devices; and the security page that shows all of it."""

from __future__ import annotations

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from financeflow.households.models import User
from financeflow.households.signin import queries as signin
from financeflow.households.tasks import forget_sessions
from financeflow.households.tests.mailbox import code_in_mail, link_in_mail
from financeflow.testing import PASSWORD, HouseholdFactory, UserFactory, join, owner_of

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "quite another sentence"


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def owner() -> User:
    return owner_of(HouseholdFactory.create())


def inside(user: User, agent: str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0") -> Client:
    """A browser in which the person has logged in, and just proved again to be there."""
    client = Client(headers={"user-agent": agent})
    client.post("/auth/login/", {"login": user.email, "password": PASSWORD})
    client.post("/auth/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client, owner: User) -> None:
    inside(owner)
    client.post("/auth/password/reset/", {"email": owner.email})
    link = link_in_mail()
    assert [mail.outbox[-1].subject, mail.outbox[-1].to] == ["Choose a new password", [owner.email]]

    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    done = client.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD}, follow=True)

    assert "Log in with your new password" in done.content.decode()
    owner.refresh_from_db()
    assert owner.check_password(NEW_PASSWORD)
    used = Client().get(link)
    assert "This link no longer works" in used.content.decode()
    assert "Ask for a new link" in used.content.decode()


def test_a_broken_link_says_what_to_do(client: Client) -> None:
    assert "Ask for a new link" in client.get("/auth/password/reset/key/1-abc-def/").content.decode()
    assert "Ask for a new link" in client.get("/auth/password/reset/key/zz-set-password/").content.decode()


def test_nobody_learns_whether_an_address_is_known(client: Client, owner: User) -> None:
    answers = [
        client.post("/auth/password/reset/", {"email": email}, follow=True)
        for email in (owner.email, "nobody@example.org")
    ]

    pages = {re.sub(r"[\w-]{60,}", "", answer.content.decode()) for answer in answers}
    assert len(pages) == 1
    assert mail.outbox[-1].subject == "There is no account with this address"


def test_a_password_is_changed_by_who_knows_it_and_other_devices_are_logged_out(owner: User) -> None:
    here, elsewhere = inside(owner), inside(owner)

    wrong = here.post("/auth/password/change/", {"oldpassword": "guess", "password1": NEW_PASSWORD})
    right = here.post("/auth/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert "That is not your password now" in wrong.content.decode()
    assert right.headers["Location"] == "/settings/security/"
    assert [client.get("/session/").status_code for client in (here, elsewhere)] == [200, 302]
    assert mail.outbox[-1].subject == "Your password was changed"
    assert "Firefox on Linux" in mail.outbox[-1].body


def test_a_new_e_mail_counts_when_its_code_was_typed_in(owner: User) -> None:
    client, old = inside(owner), owner.email

    asked = client.post("/auth/email/", {"email": "new@example.org", "action_add": "1"})
    assert asked.headers["Location"] == "/auth/confirm-email/"
    owner.refresh_from_db()
    assert owner.email == old

    done = client.post("/auth/confirm-email/", {"action": "verify", "code": code_in_mail()})

    owner.refresh_from_db()
    assert done.headers["Location"] == "/settings/security/"
    assert owner.email == "new@example.org"
    assert signin.email_is_confirmed(owner)
    assert mail.outbox[-1].to == [old]
    assert "You now log in with new@example.org" in mail.outbox[-1].body


def test_an_e_mail_of_somebody_else_is_refused(owner: User) -> None:
    other = UserFactory.create(email="taken@example.org")
    client = inside(owner)

    client.post("/auth/email/", {"email": other.email, "action_add": "1"})
    answer = client.post("/auth/confirm-email/", {"action": "verify", "code": code_in_mail()})

    assert "has an account already" in answer.content.decode()
    owner.refresh_from_db()
    assert owner.email != other.email


def test_an_e_mail_can_be_confirmed_later_from_the_security_page(owner: User) -> None:
    client = inside(owner)
    assert "Not confirmed yet" in client.get("/settings/security/").content.decode()
    client.get("/auth/email/")

    asked = client.post("/auth/email/", {"email": owner.email, "action_send": "1"})
    client.post(asked.headers["Location"], {"action": "verify", "code": code_in_mail()})

    assert "Confirmed. You log in with it" in client.get("/settings/security/").content.decode()


def test_what_concerns_security_is_asked_for_again(owner: User) -> None:
    client = Client()
    client.post("/auth/login/", {"login": owner.email, "password": PASSWORD})

    asked = client.post("/auth/email/", {"email": "new@example.org", "action_add": "1"})
    assert asked.headers["Location"].startswith("/auth/reauthenticate/")
    wrong = client.post(asked.headers["Location"], {"password": "guess", "next": "/auth/email/"})
    assert "The password is not right" in wrong.content.decode()
    resumed = client.post(asked.headers["Location"], {"password": PASSWORD, "next": "/auth/email/"})

    assert resumed.headers["Location"] == "/auth/confirm-email/"


def test_one_device_is_logged_out_from_another(owner: User) -> None:
    here = inside(owner)
    phone = inside(owner, "Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36")
    page = here.get("/settings/security/").content.decode()
    assert "Chrome on Android" in page
    assert "Firefox on Linux" in page

    session = UserSession.objects.get(session_key=phone.session.session_key)
    here.post(f"/settings/security/devices/{session.pk}/end/")

    assert phone.get("/session/").status_code == 302
    assert here.get("/session/").status_code == 200


def test_all_other_devices_are_logged_out_at_once(owner: User) -> None:
    here, *others = [inside(owner) for _ in range(3)]

    here.post("/settings/security/devices/end/")

    assert [client.get("/session/").status_code for client in (here, *others)] == [200, 302, 302]


def test_a_stranger_ends_no_session_and_neither_does_a_viewer(owner: User) -> None:
    inside(owner)
    session = UserSession.objects.get(user=owner)
    viewer = join(HouseholdFactory.create(), "viewer")
    path = f"/settings/security/devices/{session.pk}/end/"

    assert inside(viewer).post(path).status_code == 404
    assert Client().post(path).headers["Location"].startswith("/auth/login/")
    assert UserSession.objects.filter(pk=session.pk).exists()


@pytest.mark.parametrize("devices", [1, 3])
def test_the_security_page_asks_as_much_for_three_devices_as_for_one(
    owner: User, devices: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = [inside(owner) for _ in range(devices)][-1]
    client.get("/settings/security/")

    with django_assert_num_queries(6):
        client.get("/settings/security/")


def test_each_role_has_its_own_security_page(owner: User, client: Client) -> None:
    viewer = join(HouseholdFactory.create(), "viewer")

    assert inside(owner).get("/settings/security/").status_code == 200
    assert inside(viewer).get("/settings/security/").status_code == 200
    assert client.get("/settings/security/").headers["Location"].startswith("/auth/login/")


def test_sessions_that_are_over_are_forgotten_with_their_devices(owner: User) -> None:
    over, going_on = inside(owner), inside(owner)
    Session.objects.filter(pk=over.session.session_key).update(expire_date=timezone.now())

    assert forget_sessions() == 1
    assert UserSession.objects.get().session_key == going_on.session.session_key
    assert Session.objects.count() == 1


def test_the_overviews_that_security_replaces_lead_there(owner: User) -> None:
    client = inside(owner)

    for path in ("/auth/2fa/", "/auth/2fa/webauthn/", "/auth/sessions/"):
        assert client.get(path).headers["Location"] == "/settings/security/"
