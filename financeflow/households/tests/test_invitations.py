"""Invitations: one mail, one link, one person, within days."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import models
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from financeflow.history.models import ChangeSet
from financeflow.households import actions, queries
from financeflow.households.models import Household, Invitation, Membership, User
from financeflow.households.tests.conftest import inside
from financeflow.tenancy.scope import household_scope
from financeflow.testing import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
INVITE = "/settings/members/invite/"
ANNA = "anna@example.org"


@pytest.fixture
def invitation(household: Household, owner: User) -> Invitation:
    with household_scope(household.pk):
        return actions.add_invitation(household=household, by=owner, email=ANNA, role="editor")


@pytest.fixture
def link(invitation: Invitation) -> str:
    return f"/invitations/{queries.invitation_token(invitation)}/"


def places_of(person: User) -> list[tuple[str, str]]:
    return [(member.household.name, member.role) for member in queries.memberships_of(person)]


def resend(person: User, invitation: Invitation) -> int:
    return inside(person).post(f"/settings/invitations/{invitation.uid}/resend/").status_code


def withdraw(person: User, invitation: Invitation) -> int:
    return inside(person).post(f"/settings/invitations/{invitation.uid}/withdraw/").status_code


def test_an_owner_invites_by_mail_and_the_link_opens(household: Household, owner: User) -> None:
    assert inside(owner).get(INVITE).status_code == 200
    assert inside(owner).post(INVITE, {"email": "Anna@Example.org", "role": "viewer"}).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [ANNA]
    assert "Lindenstraße" in letter.subject
    text, (page, kind) = str(letter.body), letter.alternatives[0]  # type: ignore[attr-defined]
    found = re.search(r"http://localhost:8000(/invitations/\S+/)", text)
    assert found
    assert kind == "text/html"
    assert found[1] in str(page)
    assert "Lindenstraße" in Client().get(found[1]).content.decode()
    with household_scope(household.pk):
        assert Invitation.objects.get().role == "viewer"
        done = ChangeSet.objects.get(verb="invitation.added")
    assert (done.is_undoable, done.needs) == (False, "owner")


def test_the_token_is_kept_nowhere(invitation: Invitation, link: str) -> None:
    token = link.split("/")[2]
    text = [field.name for field in Invitation._meta.fields if isinstance(field, models.CharField | models.TextField)]
    assert all(token not in getattr(invitation, name) for name in text)
    assert not any("token" in field.name for field in Invitation._meta.fields)


def test_only_owners_invite(viewer: User, stranger: User, invitation: Invitation) -> None:
    assert inside(viewer).get(INVITE).status_code == 403
    assert inside(viewer).post(INVITE, {"email": "x@example.org", "role": "owner"}).status_code == 403
    assert Client().post(INVITE)["Location"].startswith("/auth/login/")
    for person, status in ((viewer, 403), (stranger, 404)):
        assert resend(person, invitation) == status
        assert withdraw(person, invitation) == status


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ({"email": "nobody", "role": "viewer"}, "valid email"),
        ({"email": "", "role": "viewer"}, "required"),
        ({"email": "x@example.org", "role": "emperor"}, "valid choice"),
        ({"email": "x@example.org\nBcc: all@example.org", "role": "viewer"}, "valid email"),
        ({"email": ANNA, "role": "viewer"}, "invited already"),
    ],
)
def test_what_cannot_be_invited_says_why(invitation: Invitation, owner: User, post: dict[str, str], words: str) -> None:
    answer = inside(owner).post(INVITE, post)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not mail.outbox


def test_a_member_is_not_invited_again(owner: User, viewer: User) -> None:
    answer = inside(owner).post(INVITE, {"email": viewer.email.upper(), "role": "editor"})
    assert answer.status_code == 422
    assert "in this household already" in answer.content.decode()


def test_only_so_many_are_invited_in_a_day(owner: User, settings: Settings) -> None:
    settings.INVITATIONS_PER_DAY = 1
    assert inside(owner).post(INVITE, {"email": "a@example.org", "role": "viewer"}).status_code == 302
    answer = inside(owner).post(INVITE, {"email": "b@example.org", "role": "viewer"})
    assert answer.status_code == 429
    assert "Retry-After" in answer


def test_another_household_is_no_way_around_the_number_of_invitations(owner: User, settings: Settings) -> None:
    settings.INVITATIONS_PER_DAY = 1
    client = inside(owner)
    assert client.post(INVITE, {"email": "a@example.org", "role": "viewer"}).status_code == 302
    place = {"base_currency": "EUR", "time_zone": "UTC", "locale": "en-GB"}
    assert client.post("/households/add/", {"name": "Another", **place}).status_code == 302
    assert client.post(INVITE, {"email": "b@example.org", "role": "viewer"}).status_code == 429


def test_who_has_not_proved_an_address_invites_nobody_where_that_is_asked(
    owner: User, invitation: Invitation, settings: Settings
) -> None:
    settings.EMAIL_VERIFICATION = "mandatory"
    for path in (INVITE, f"/settings/invitations/{invitation.uid}/resend/"):
        answer = inside(owner).post(path, {"email": "b@example.org", "role": "viewer"})
        assert answer.headers["Location"] == "/settings/security/"
    assert not mail.outbox
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    inside(owner).post(INVITE, {"email": "b@example.org", "role": "viewer"})
    assert len(mail.outbox) == 1


def test_an_address_too_long_to_keep_is_said_on_the_form(owner: User) -> None:
    answer = inside(owner).post(INVITE, {"email": f"{'a' * 250}@example.org", "role": "viewer"})
    assert answer.status_code == 422


def test_a_mail_that_does_not_go_out_is_said(owner: User, household: Household) -> None:
    client = inside(owner)
    with mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=OSError):
        client.post(INVITE, {"email": ANNA, "role": "viewer"})
    assert "could not be sent" in client.get("/toasts/").content.decode()
    assert ANNA in client.get("/settings/members/").content.decode()


def test_the_invited_person_joins_once(household: Household, link: str) -> None:
    anna = UserFactory.create(email=ANNA)
    EmailAddress.objects.create(user=anna, email=ANNA, primary=True)
    client = inside(anna)
    assert "Join" in client.get(link).content.decode()
    assert client.post(link)["Location"] == "/dashboard/"
    assert places_of(anna) == [("Lindenstraße", "editor")]
    assert EmailAddress.objects.get(user=anna).verified
    again = client.post(link)
    assert again.status_code == 410
    assert "used already" in again.content.decode()


def test_who_has_an_account_logs_in_and_comes_back(link: str) -> None:
    UserFactory.create(email=ANNA)
    client = Client()
    page = client.get(link).content.decode()
    assert "Log in as anna@example.org" in page
    way = re.search(r'href="(/auth/login/\?next=[^"]+)"', page)
    assert way
    answer = client.post(way[1], {"login": ANNA, "password": PASSWORD})
    assert answer["Location"] == link


def test_who_has_no_account_makes_one_and_opens_no_household_of_their_own(household: Household, link: str) -> None:
    client = Client()
    page = client.get(link).content.decode()
    way = re.search(r'href="(/auth/signup/\?next=[^"]+)"', page)
    assert way
    answer = client.post(
        way[1].replace("&amp;", "&"), {"name": "Anna", "email": ANNA, "password1": PASSWORD, "next": link}
    )
    assert answer["Location"] == link
    assert client.post(link)["Location"] == "/dashboard/"
    assert places_of(User.objects.get(email=ANNA)) == [("Lindenstraße", "editor")]
    assert "invitation" not in client.session


def test_somebody_else_is_told_whom_it_is_for(link: str, stranger: User) -> None:
    client = inside(stranger)
    page = client.get(link).content.decode()
    assert f"logged in as {stranger.email}" in page
    assert client.post(link).status_code == 200
    assert ("Lindenstraße", "editor") not in places_of(stranger)


def test_an_expired_invitation_says_what_to_do_and_can_be_sent_again(
    invitation: Invitation, link: str, owner: User
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        answer = Client().get(link)
        assert answer.status_code == 410
        assert "has expired" in answer.content.decode()
        assert "expired" in inside(owner).get("/settings/members/").content.decode()
        assert resend(owner, invitation) == 302
        assert Client().get(link).status_code == 200
    assert len(mail.outbox) == 1


def test_a_withdrawn_invitation_opens_nothing(invitation: Invitation, link: str, owner: User) -> None:
    assert withdraw(owner, invitation) == 302
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "withdrawn" in answer.content.decode()
    client = inside(owner)
    client.post(f"/settings/invitations/{invitation.uid}/resend/")
    assert "no longer open" in client.get("/toasts/").content.decode()
    assert not mail.outbox


def test_a_taken_invitation_cannot_be_withdrawn(invitation: Invitation, link: str, owner: User) -> None:
    inside(UserFactory.create(email=ANNA)).post(link)
    client = inside(owner)
    client.post(f"/settings/invitations/{invitation.uid}/withdraw/")
    assert "has joined already" in client.get("/toasts/").content.decode()


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "%00", "x" * 500])
def test_a_broken_link_says_so(db: None, token: str) -> None:
    answer = Client().get(f"/invitations/{token}/")
    assert answer.status_code == 404
    assert "opens nothing" in answer.content.decode()


def test_a_household_about_to_go_takes_nobody_in(
    household: Household, owner: User, invitation: Invitation, link: str
) -> None:
    with household_scope(household.pk):
        actions.delete_household(household, by=owner)
    assert Client().get(link).status_code == 404


def test_joining_a_household_one_is_in_changes_nothing(household: Household, invitation: Invitation) -> None:
    anna = UserFactory.create(email=ANNA)
    with household_scope(household.pk):
        Membership.objects.create(household=household, user=anna, role="viewer")
        actions.accept_invitation(invitation, by=anna)
    assert places_of(anna) == [("Lindenstraße", "viewer")]


SIGN_UP = {"name": "Anna", "email": ANNA, "password1": PASSWORD}


def test_where_sign_up_is_closed_an_invitation_opens_it_for_its_own_address_only(
    client: Client, link: str, settings: Settings
) -> None:
    settings.SIGNUP_OPEN = False
    client.get(link)
    answer = client.post("/auth/signup/", {**SIGN_UP, "email": "friend@example.org"})
    assert "sent to another address" in answer.content.decode()
    assert not User.objects.filter(email="friend@example.org").exists()
    client.post("/auth/signup/", SIGN_UP)
    assert places_of(User.objects.get(email=ANNA)) == []


def test_an_invitation_taken_back_opens_no_sign_up(
    client: Client, link: str, invitation: Invitation, owner: User, settings: Settings
) -> None:
    settings.SIGNUP_OPEN = False
    client.get(link)
    withdraw(owner, invitation)
    client.post("/auth/signup/", SIGN_UP)
    assert not User.objects.filter(email=ANNA).exists()


def test_who_comes_by_an_invitation_with_another_address_gets_a_household_of_their_own(
    client: Client, link: str
) -> None:
    client.get(link)
    client.post("/auth/signup/", {**SIGN_UP, "email": "friend@example.org"})
    assert [role for _, role in places_of(User.objects.get(email="friend@example.org"))] == ["owner"]
