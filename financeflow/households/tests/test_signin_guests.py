"""A guest has no account: no page of sign-in may pretend otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from financeflow.households.models import User
from financeflow.testing import made_once

pytestmark = pytest.mark.django_db

ACCOUNT_PAGES = [
    "/auth/email/",
    "/auth/password/change/",
    "/auth/password/set/",
    "/auth/reauthenticate/",
    "/auth/2fa/",
    "/auth/2fa/totp/activate/",
    "/auth/2fa/totp/deactivate/",
    "/auth/2fa/recovery-codes/",
    "/auth/2fa/recovery-codes/generate/",
    "/auth/2fa/webauthn/",
    "/auth/2fa/webauthn/add/",
    "/auth/sessions/",
]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Client]:
    with made_once(django_db_blocker, _demo) as client:
        yield client


def _demo() -> Client:
    cache.clear()
    client = Client()
    client.post("/demo/")
    return client


@pytest.fixture
def guest(demo: Client) -> Client:
    """The browser in which the demo was started, as it was then."""
    client = Client()
    client.cookies = SimpleCookie(demo.cookies.output(header="", sep=";"))
    return client


def test_a_guest_sees_how_to_keep_the_demo_instead_of_password_forms(guest: Client) -> None:
    page = guest.get("/settings/security/").content.decode()

    assert "Keep this demo" in page
    assert "/keep/" in page
    assert "<b>Password</b>" not in page
    assert "inactivity_minutes" not in page


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guest_is_led_from_each_account_page_to_security(guest: Client, path: str, method: str) -> None:
    answer = getattr(guest, method)(path, {"email": "mine@example.org", "action_add": "1", "password1": "x" * 12})

    assert answer.headers["Location"] == "/settings/security/"


def test_a_guest_cannot_change_what_is_not_there(guest: Client) -> None:
    guest.post("/settings/security/", {"inactivity_minutes": "5"})
    guest.post("/auth/email/", {"email": "mine@example.org", "action_add": "1"})
    guest.post("/auth/password/set/", {"password1": "three words apart"})

    user = User.objects.get(is_guest=True)
    assert user.inactivity_minutes is None
    assert not user.has_usable_password()
    assert not EmailAddress.objects.filter(user=user).exists()


def test_nobody_gets_into_a_demo_by_a_forgotten_password(guest: Client) -> None:
    user = User.objects.get(is_guest=True)

    Client().post("/auth/password/reset/", {"email": user.email})

    assert mail.outbox == []


def test_a_guest_who_made_an_account_has_all_of_security(guest: Client) -> None:
    guest.post("/keep/", {"name": "Anna", "email": "anna@example.org", "password": "three words apart"})

    page = guest.get("/settings/security/").content.decode()

    assert "<b>anna@example.org</b>" in page
    assert "Add a passkey" in page
