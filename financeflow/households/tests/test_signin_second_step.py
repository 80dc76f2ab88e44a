"""The second step: authenticator app, recovery codes, passkeys as far as they go without a browser."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from financeflow import sealing
from financeflow.households.models import User
from financeflow.households.signin import queries as signin
from financeflow.households.signin.forms import SecondStepForm
from financeflow.testing import PASSWORD, HouseholdFactory, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def owner() -> User:
    return owner_of(HouseholdFactory.create())


def log_in(client: Client, user: User) -> str:
    return client.post("/auth/login/", {"login": user.email, "password": PASSWORD}).headers["Location"]


def code(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def turn_app_on(client: Client, user: User) -> str:
    """Set up the app as a person does; the secret it was given."""
    log_in(client, user)
    client.post("/auth/reauthenticate/", {"password": PASSWORD})
    page = client.get("/auth/2fa/totp/activate/").content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found
    answer = client.post("/auth/2fa/totp/activate/", {"code": code(found[1])})
    assert answer.headers["Location"] == "/auth/2fa/recovery-codes/"
    return found[1]


def recovery_codes(client: Client) -> list[str]:
    return client.get("/auth/2fa/recovery-codes/download/").content.decode().split("\n\n")[1].split()


def test_an_app_is_set_up_by_its_picture_or_its_key(client: Client, owner: User) -> None:
    log_in(client, owner)
    client.post("/auth/reauthenticate/", {"password": PASSWORD})

    page = unescape(client.get("/auth/2fa/totp/activate/").content.decode())

    assert 'src="data:image/svg+xml;base64,' in page
    assert f"otpauth://totp/{owner.email.replace('@', '%40')}?secret=" in page
    assert "issuer=FinanceFlow" in page
    wrong = client.post("/auth/2fa/totp/activate/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    assert not signin.second_step_of(owner).has_app


def test_with_the_app_on_a_password_alone_does_not_open(client: Client, owner: User) -> None:
    secret = turn_app_on(client, owner)
    browser = Client()

    assert log_in(browser, owner) == "/auth/2fa/authenticate/"
    assert browser.get("/session/").status_code == 302
    wrong = browser.post("/auth/2fa/authenticate/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    assert browser.post("/auth/2fa/authenticate/", {"code": code(secret)}).headers["Location"] == "/dashboard/"
    assert browser.get("/session/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_second_step_that_changes_is_told_by_mail(client: Client, owner: User) -> None:
    turn_app_on(client, owner)
    client.post("/auth/2fa/totp/deactivate/")

    assert [sent.subject for sent in mail.outbox] == ["The authenticator app is on", "The authenticator app is off"]
    assert mail.outbox[0].to == [owner.email]


def test_a_code_opens_once(client: Client, owner: User) -> None:
    secret = turn_app_on(client, owner)
    first, second = Client(), Client()
    now = code(secret)

    log_in(first, owner)
    first.post("/auth/2fa/authenticate/", {"code": now})
    log_in(second, owner)

    assert "not right" in second.post("/auth/2fa/authenticate/", {"code": now}).content.decode()


def test_guessing_codes_ends_in_a_wait(client: Client, owner: User) -> None:
    turn_app_on(client, owner)
    browser = Client()
    log_in(browser, owner)

    pages = [browser.post("/auth/2fa/authenticate/", {"code": f"{n:06}"}).content.decode() for n in range(6)]

    assert "Too many tries" in pages[-1]


def test_a_recovery_code_opens_once_in_place_of_the_app(client: Client, owner: User) -> None:
    turn_app_on(client, owner)
    shown = client.get("/auth/2fa/recovery-codes/").content.decode()
    codes = recovery_codes(client)
    assert len(codes) == 10
    assert all(each in shown for each in codes)
    browser, other = Client(), Client()

    log_in(browser, owner)
    assert browser.post("/auth/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    log_in(other, owner)
    assert "not right" in other.post("/auth/2fa/authenticate/", {"code": codes[0]}).content.decode()
    assert signin.second_step_of(owner).codes_left == 9


def test_new_recovery_codes_replace_the_old_ones(client: Client, owner: User) -> None:
    turn_app_on(client, owner)
    old = recovery_codes(client)
    assert (
        "10 codes you have not used stop working" in client.get("/auth/2fa/recovery-codes/generate/").content.decode()
    )

    client.post("/auth/2fa/recovery-codes/generate/")

    assert not set(old) & set(recovery_codes(client))


def test_turning_the_app_off_takes_the_recovery_codes_along(client: Client, owner: User) -> None:
    turn_app_on(client, owner)
    assert "Turn off the authenticator app" in client.get("/auth/2fa/totp/deactivate/").content.decode()

    assert client.post("/auth/2fa/totp/deactivate/").headers["Location"] == "/auth/2fa/"

    assert signin.second_step_of(owner) == signin.SecondStep(has_app=False, codes_left=None, passkeys=[])
    assert log_in(Client(), owner) == "/dashboard/"


def test_secrets_are_sealed_in_the_database_and_read_with_a_rotated_key(client: Client, owner: User) -> None:
    secret = turn_app_on(client, owner)
    kept = Authenticator.objects.get(user=owner, type="totp").data["secret"]
    assert secret not in kept
    assert sealing.unseal(kept) == secret

    with override_settings(
        SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=["only-for-tests-and-worth-nothing-0123456789-abcdefghij"]
    ):
        assert sealing.unseal(kept) == secret


def test_with_a_lost_key_no_code_opens(client: Client, owner: User) -> None:
    turn_app_on(client, owner)

    with override_settings(SECRET_KEY="n" * 50):
        browser = Client()
        log_in(browser, owner)
        answer = browser.post("/auth/2fa/authenticate/", {"code": code("")})

    assert "not right" in answer.content.decode()


@override_settings(MFA_ALLOW_UNVERIFIED_EMAIL=False)
def test_where_addresses_are_proved_the_second_step_waits_for_that(client: Client, owner: User) -> None:
    log_in(client, owner)
    client.get("/auth/email/")

    page = client.get("/auth/2fa/totp/activate/", follow=True)

    assert page.redirect_chain[-1][0] == "/settings/security/"
    assert "Confirm your e-mail first" in page.content.decode()


def test_the_way_back_to_log_in_leaves_the_second_step(client: Client, owner: User) -> None:
    turn_app_on(client, owner)
    browser = Client()
    log_in(browser, owner)
    assert browser.get("/auth/login/").headers["Location"] == "/auth/2fa/authenticate/"

    browser.post("/auth/logout/", {"next": "/auth/login/"})

    assert browser.get("/auth/login/").status_code == 200


def test_a_made_up_passkey_opens_nothing(client: Client) -> None:
    asked = client.get("/auth/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"

    for credential in ("", "{}", "[]", "null", "not json", '{"id": "x", "response": {"userHandle": "MQ"}}'):
        answer = client.post("/auth/2fa/webauthn/login/", {"credential": credential})
        assert answer.headers["Location"] == "/auth/login/"
    assert client.get("/session/").status_code == 302


def test_a_strangers_passkey_is_not_found(client: Client, owner: User) -> None:
    stranger = owner_of(HouseholdFactory.create())
    key = Authenticator.objects.create(user=stranger, type="webauthn", data={"name": "Key", "credential": {}})
    log_in(client, owner)
    client.post("/auth/reauthenticate/", {"password": PASSWORD})

    assert client.get(f"/auth/2fa/webauthn/keys/{key.pk}/edit/").status_code == 404
    assert client.post(f"/auth/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404


def test_without_an_app_the_second_step_speaks_of_recovery_codes_alone(client: Client, owner: User) -> None:
    assert not SecondStepForm(user=owner).has_app
    assert SecondStepForm(user=owner).fields["code"].label == "Recovery code"
    turn_app_on(client, owner)
    assert SecondStepForm(user=owner).has_app
    assert SecondStepForm(user=owner).fields["code"].label == "Code"
