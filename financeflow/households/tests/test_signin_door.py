"""Coming in: making an account, confirming it, logging in, and what happens to those who cannot."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from financeflow.households import actions, queries
from financeflow.households.models import User
from financeflow.households.signin import queries as signin
from financeflow.households.tests.mailbox import code_in_mail
from financeflow.tenancy.scope import household_scope
from financeflow.testing import PASSWORD, HouseholdFactory, UserFactory, owner_of

pytestmark = pytest.mark.django_db

NEW = {"name": "Anna Berg", "email": "Anna@example.org", "password1": "three words apart", "time_zone": "Europe/Vienna"}


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def log_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> str:
    """Where the log-in leads."""
    answer = client.post("/auth/login/", {"login": user.email, "password": password, **more})
    return answer.headers.get("Location", "")


def test_who_makes_an_account_gets_a_household_where_the_browser_is(client: Client) -> None:
    answer = client.post("/auth/signup/", NEW, headers={"accept-language": "de-AT,de;q=0.8"})

    assert answer.headers["Location"] == "/dashboard/"
    anna = User.objects.get(email="anna@example.org")
    [membership] = queries.memberships_of(anna)
    assert (anna.name, membership.household.name, membership.role) == ("Anna Berg", "Anna’s household", "owner")
    assert membership.household.time_zone == "Europe/Vienna"
    assert membership.household.base_currency == "EUR"
    assert membership.household.locale == "de-DE"


def test_a_household_is_guessed_as_well_as_it_can_be(client: Client) -> None:
    client.post("/auth/signup/", {**NEW, "time_zone": "Mars/Olympus"}, headers={"accept-language": "sv"})

    [membership] = queries.memberships_of(User.objects.get())
    assert membership.household.base_currency == "SEK"
    assert membership.household.time_zone == "Europe/Stockholm"
    assert membership.household.first_weekday == 0


def test_who_was_invited_opens_no_household(client: Client) -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        invitation = actions.add_invitation(
            household=household, by=owner_of(household), email="anna@example.org", role="viewer"
        )
    client.get(f"/invitations/{queries.invitation_token(invitation)}/")

    client.post("/auth/signup/", NEW)

    assert queries.memberships_of(User.objects.get(email="anna@example.org")) == []


def test_a_weak_password_is_refused_and_its_rules_stood_there_before(client: Client) -> None:
    before = client.get("/auth/signup/").content.decode()
    after = client.post("/auth/signup/", {**NEW, "password1": "password"})

    assert "at least 10 characters" in before
    assert "too common" in after.content.decode()
    assert not User.objects.exists()


def test_an_address_has_one_account(client: Client) -> None:
    UserFactory.create(email="anna@example.org")

    answer = client.post("/auth/signup/", NEW)

    assert "has an account already" in answer.content.decode()
    assert User.objects.count() == 1


def test_a_name_that_reads_as_another_is_refused(client: Client) -> None:
    answer = client.post("/auth/signup/", {**NEW, "name": "O\u202egnp"})
    assert "cannot be seen" in answer.content.decode()
    assert not User.objects.exists()


@override_settings(SIGNUP_OPEN=False)
def test_a_closed_door_says_whom_to_ask(client: Client) -> None:
    assert "No new accounts here" in client.get("/auth/signup/").content.decode()
    client.post("/auth/signup/", NEW)
    assert not User.objects.exists()


@override_settings(EMAIL_VERIFICATION="mandatory")
def test_nobody_is_in_before_the_code_from_the_mail_where_that_is_asked(client: Client) -> None:
    answer = client.post("/auth/signup/", NEW)
    assert answer.headers["Location"] == "/auth/confirm-email/"
    assert client.get("/dashboard/").headers["Location"].startswith("/auth/login/")

    wrong = client.post("/auth/confirm-email/", {"action": "verify", "code": "NOPE"})
    assert "That code is not right" in wrong.content.decode()
    right = client.post("/auth/confirm-email/", {"action": "verify", "code": code_in_mail()})

    assert right.headers["Location"] == "/dashboard/"
    assert client.get("/session/").status_code == 200
    assert signin.email_is_confirmed(User.objects.get())


@override_settings(EMAIL_VERIFICATION="mandatory")
def test_where_addresses_are_proved_nobody_learns_that_one_is_taken(client: Client) -> None:
    UserFactory.create(email="anna@example.org")

    answer = client.post("/auth/signup/", NEW)

    assert answer.headers["Location"] == "/auth/confirm-email/"
    assert mail.outbox[-1].subject == "You have an account already"
    assert client.get("/auth/confirm-email/").status_code == 200


@override_settings(EMAIL_VERIFICATION="none")
def test_where_addresses_are_not_proved_no_code_is_sent(client: Client) -> None:
    assert client.post("/auth/signup/", NEW).headers["Location"] == "/dashboard/"
    assert mail.outbox == []


@override_settings(EMAIL_VERIFICATION="mandatory")
def test_another_code_can_be_asked_for_and_a_wrong_address_mended(client: Client) -> None:
    client.post("/auth/signup/", NEW)
    page = client.get("/auth/confirm-email/").content.decode()
    assert "Send another code" in page

    client.post("/auth/confirm-email/", {"action": "change", "email": "anna.berg@example.org"})

    assert mail.outbox[-1].to == ["anna.berg@example.org"]
    assert client.post("/auth/confirm-email/", {"action": "verify", "code": code_in_mail()}).status_code == 302
    assert User.objects.get().email == "anna.berg@example.org"


def test_a_lost_mail_server_keeps_nobody_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)

    client.post("/auth/signup/", NEW)

    assert client.get("/session/").status_code == 200
    told = [str(message) for message in client.get("/settings/security/").context["messages"]]
    words = "The mail to anna@example.org could not be sent. Try again later, or ask whoever runs this server."
    assert words in told
    assert not any("We have sent a code" in line for line in told)


def test_log_in_knows_the_address_however_it_is_written(client: Client) -> None:
    owner = owner_of(HouseholdFactory.create(owner=UserFactory.create(email="Owner@Example.org")))

    assert client.post("/auth/login/", {"login": "OWNER@example.ORG", "password": PASSWORD}).status_code == 302
    assert owner.email == "owner@example.org"


def test_log_in_leads_where_one_wanted_to_go_and_only_within_the_site(client: Client) -> None:
    owner = owner_of(HouseholdFactory.create())

    assert log_in(client, owner, next="/settings/security/") == "/settings/security/"
    client.post("/auth/logout/")
    assert log_in(client, owner, next="https://elsewhere.example/") == "/dashboard/"


def test_staying_logged_in_is_a_choice(client: Client) -> None:
    owner = owner_of(HouseholdFactory.create())

    log_in(client, owner)
    assert client.session.get_expire_at_browser_close()
    client.post("/auth/logout/")
    log_in(client, owner, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_a_new_account_stays_only_as_long_as_the_browser_is_open(client: Client) -> None:
    client.post("/auth/signup/", NEW)

    assert client.session.get_expire_at_browser_close()


def test_wrong_passwords_count_down_to_a_wait_with_a_page_that_says_so(client: Client) -> None:
    owner = owner_of(HouseholdFactory.create())

    pages = [client.post("/auth/login/", {"login": owner.email, "password": "wrong"}) for _ in range(6)]

    assert "is not right.</p>" in pages[0].content.decode()
    assert "2 more tries before a short wait" in pages[2].content.decode()
    assert "1 more try before a short wait" in pages[3].content.decode()
    assert pages[5].status_code == 429
    assert pages[5].headers["Retry-After"] == "300"
    assert "A little too fast" in pages[5].content.decode()
    assert client.post("/auth/login/", {"login": owner.email, "password": PASSWORD}).status_code == 429


def test_an_unknown_address_sounds_like_a_wrong_password(client: Client) -> None:
    answer = client.post("/auth/login/", {"login": "nobody@example.org", "password": "wrong"})

    assert "The e-mail or the password is not right." in answer.content.decode()


@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_too_many_log_ins_from_one_address_wait(client: Client) -> None:
    answers = [client.post("/auth/login/", {"login": f"a{n}@example.org", "password": "x"}) for n in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]


@override_settings(TRUSTED_PROXIES=1, ACCOUNT_RATE_LIMITS={"login": "1/m/ip"})
def test_behind_our_proxy_each_caller_is_counted_alone(client: Client) -> None:
    form = {"login": "a@example.org", "password": "x"}

    first = client.post("/auth/login/", form, headers={"x-forwarded-for": "198.51.100.1"})
    other = client.post("/auth/login/", form, headers={"x-forwarded-for": "198.51.100.2"})
    forged = client.post("/auth/login/", form, headers={"x-forwarded-for": "1.2.3.4, 198.51.100.1"})

    assert [first.status_code, other.status_code, forged.status_code] == [200, 200, 429]


def test_logging_out_takes_a_click(client: Client) -> None:
    log_in(client, owner_of(HouseholdFactory.create()))

    assert "Everything is saved" in client.get("/auth/logout/").content.decode()
    assert client.get("/session/").status_code == 200
    assert client.post("/auth/logout/").headers["Location"] == "/"
    assert client.get("/session/").status_code == 302


def test_a_closed_account_is_told_so(client: Client) -> None:
    owner = owner_of(HouseholdFactory.create())
    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert log_in(client, owner) == "/auth/inactive/"
    assert "This account is closed" in client.get("/auth/inactive/").content.decode()


def test_a_form_from_another_session_says_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/auth/login/", {"login": "a@example.org", "password": "x"})

    assert answer.status_code == 403
    assert "Open the page again" in answer.content.decode()


def test_the_admin_is_entered_through_the_same_door(client: Client) -> None:
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/auth/login/?next=")

    log_in(client, owner_of(HouseholdFactory.create()))
    assert client.get("/admin/login/").status_code == 403
