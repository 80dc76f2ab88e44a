"""What only a browser can show of sign-in: passkeys, and the countdown of somebody who is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.households.models import User
from financeflow.households.signin import inactivity, queries
from financeflow.testing import PASSWORD, HouseholdFactory, owner_of
from financeflow.tests.e2e.test_look_browser import assert_sound

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def owner(site: str) -> Iterator[User]:
    cache.clear()
    yield owner_of(HouseholdFactory.create(name="Lindenstraße"))
    cache.clear()


@pytest.fixture
def door(site: str) -> str:
    """The site by name: a browser keeps passkeys for names, not for numbers."""
    return site.replace("127.0.0.1", "localhost")


MINUTES = 5


OUTSIDE = [
    "/auth/password/reset/done/",
    "/auth/password/reset/key/1-a-b/",
    "/auth/password/reset/key/done/",
    "/auth/inactive/",
]
STEPS = [
    "/auth/email/",
    "/auth/password/change/",
    "/auth/2fa/totp/activate/",
    "/auth/2fa/webauthn/add/",
    "/auth/2fa/recovery-codes/generate/",
    "/auth/reauthenticate/",
    "/auth/logout/",
]


def log_in(page: Page, door: str, user: User, *, stay: bool = False) -> None:
    page.goto(f"{door}/auth/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    if stay:
        page.get_by_label("Stay logged in on this device").check()
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(f"{door}/dashboard/")


def leave_alone(context: BrowserContext, seconds: int) -> None:
    """As if nobody had been there for so long."""
    [key] = [cookie["value"] for cookie in context.cookies() if cookie.get("name") == "sessionid"]
    session = SessionStore(key)
    session[inactivity.SESSION_KEY] = inactivity.now() - seconds
    session.save()


def last_seen(context: BrowserContext) -> int:
    """When somebody was there, as the server knows it; 0 when it has logged them out."""
    [key] = [cookie["value"] for cookie in context.cookies() if cookie.get("name") == "sessionid"]
    return int(SessionStore(key).get(inactivity.SESSION_KEY, 0))


def with_device(page: Page) -> None:
    """A device with a fingerprint reader, whose passkeys are used when they are asked for and not offered before."""
    page.add_init_script("delete PublicKeyCredential.isConditionalMediationAvailable")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_passkey_is_added_and_opens_the_door_by_itself(page: Page, door: str, owner: User) -> None:
    with_device(page)
    log_in(page, door, owner)
    page.goto(f"{door}/settings/security/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add the passkey").click()

    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{door}/settings/security/")
    expect(page.locator("b", has_text="My laptop")).to_be_visible()
    expect(page.get_by_text("not used yet")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{door}/auth/login/?next=/settings/security/")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(f"{door}/settings/security/")
    expect(page.get_by_text("last used on")).to_be_visible()
    assert Authenticator.objects.filter(user=owner, type="webauthn").count() == 1


def test_a_passkey_is_the_second_step_after_a_password(page: Page, door: str, owner: User) -> None:
    with_device(page)
    log_in(page, door, owner)
    page.goto(f"{door}/auth/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{door}/auth/login/")
    page.get_by_label("E-mail").fill(owner.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(f"{door}/dashboard/")


def test_without_a_passkey_the_page_says_so(page: Page, door: str, owner: User) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "isUserVerified": False}})
    page.goto(f"{door}/auth/login/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_text("Nothing was chosen.")).to_be_visible()


@pytest.fixture
def tabs(page: Page, door: str, owner: User) -> list[Page]:
    """Two tabs of somebody who is logged out after five minutes; their clocks can be moved."""
    owner.inactivity_minutes = MINUTES
    owner.save()
    log_in(page, door, owner)
    tabs = [page.context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.clock.install()
        tab.goto(f"{door}/settings/security/")
    page.close()
    return tabs


def pass_by(tabs: list[Page], seconds: int) -> None:
    """So much time goes by for the server and for the tabs, with nobody there."""
    leave_alone(tabs[0].context, seconds)
    for tab in tabs:
        tab.clock.fast_forward(seconds * 1000)


def test_whoever_is_not_there_is_warned_and_may_stay(tabs: list[Page]) -> None:
    pass_by(tabs, 245)

    for tab in tabs:
        expect(tab.get_by_role("dialog", name="Still there?")).to_contain_text(re.compile(r"logged out in 0:[345]\d"))
    pressed = inactivity.now()
    tabs[0].get_by_role("button", name="Stay logged in").click()

    for tab in tabs:
        expect(tab.get_by_role("dialog", name="Still there?")).to_be_hidden()
    assert last_seen(tabs[0].context) >= pressed


def test_whoever_does_not_answer_is_out_in_every_tab_and_told_why(tabs: list[Page], door: str, owner: User) -> None:
    pass_by(tabs, 298)

    for tab in tabs:
        tab.wait_for_url(f"{door}/auth/login/?why=inactive&next=%2Fsettings%2Fsecurity%2F")
        expect(tab.get_by_text("You were logged out because nobody was here")).to_be_visible()
    assert not queries.devices_of(owner, here="")


def test_typing_is_being_there(tabs: list[Page]) -> None:
    pass_by(tabs, 100)
    pressed = inactivity.now()
    with tabs[0].expect_response("**/session/") as asked:
        tabs[0].keyboard.press("Tab")

    assert asked.value.request.method == "POST"
    assert last_seen(tabs[0].context) >= pressed


def test_who_chose_to_stay_is_not_watched(page: Page, door: str, owner: User) -> None:
    log_in(page, door, owner, stay=True)

    assert page.locator("inactivity-guard").count() == 0


def test_the_steps_of_the_door_are_sound(page: Page, site: str, owner: User) -> None:
    assert_sound(page.context, OUTSIDE, where="door_")

    log_in(page, site, owner)
    page.goto("/auth/reauthenticate/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/dashboard/")

    assert_sound(page.context, STEPS, where="door_")
