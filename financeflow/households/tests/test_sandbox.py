"""The guest sandbox: started in a moment, kept for good, or purged without a trace."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from financeflow.history.models import ChangeSet
from financeflow.households import actions
from financeflow.households.models import Household, Membership, User
from financeflow.households.tasks import purge_households
from financeflow.households.tests.conftest import inside
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import PASSWORD, HouseholdFactory, UserFactory, owner_of
from ledger.models import Account, Category

pytestmark = pytest.mark.django_db
KEEP = {"name": "Amara", "email": "amara@example.org", "password": "correct horse battery"}


def start(client: Client, **post: str) -> User:
    assert client.post("/demo/", post)["Location"] == "/dashboard/"
    return User.objects.get(pk=client.session["_auth_user_id"])


def books_of(guest: User) -> Household:
    with every_household("a test looks"):
        return Membership.objects.select_related("household").get(user=guest).household


def test_one_press_makes_a_guest_with_a_private_household_full_of_data(client: Client) -> None:
    guest = start(client)
    household = books_of(guest)
    assert guest.is_guest
    assert not guest.has_usable_password()
    assert guest.email.endswith("@guest.invalid")
    assert household.expires_at is not None
    assert timedelta(hours=23) < household.expires_at - timezone.now() <= timedelta(hours=24)
    with household_scope(household.pk):
        assert Account.objects.count() > 3
        assert Category.objects.count() > 10


def test_the_story_is_the_same_for_the_same_seed_and_day() -> None:
    def told() -> list[tuple[str, int]]:
        household = actions.open_demo_household(by=UserFactory.create(), name="Demo", seed=3, months=18)
        with household_scope(household.pk):
            return list(Account.objects.order_by("id").values_list("name", "opening_balance"))

    assert told() == told()


def test_the_browser_tells_currency_locale_and_time_zone(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja-JP,ja;q=0.9"
    household = books_of(start(client, time_zone="Asia/Tokyo"))
    assert (household.base_currency, household.locale, household.time_zone) == ("JPY", "ja-JP", "Asia/Tokyo")


def test_a_made_up_time_zone_is_not_believed(client: Client) -> None:
    assert books_of(start(client, time_zone="Mars/Olympus")).time_zone != "Mars/Olympus"


def test_no_toast_is_shown_for_each_row_of_the_story(client: Client) -> None:
    start(client)
    assert not client.get("/toasts/").content.strip()


def test_the_demo_is_started_by_pressing_and_not_by_following(client: Client) -> None:
    assert client.get("/demo/").status_code == 405


def test_one_address_may_start_only_so_many_in_an_hour(settings: Settings) -> None:
    settings.SANDBOXES_PER_HOUR = 2
    assert [Client().post("/demo/").status_code for _ in range(3)] == [302, 302, 429]
    refused = Client().post("/demo/")
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "Many demos" in refused.content.decode()
    assert Client().post("/demo/", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_a_forged_forwarded_header_does_not_get_around_the_limit(settings: Settings) -> None:
    settings.SANDBOXES_PER_HOUR, settings.TRUSTED_PROXIES = 1, 0
    assert Client().post("/demo/", headers={"x-forwarded-for": "198.51.100.1"}).status_code == 302
    assert Client().post("/demo/", headers={"x-forwarded-for": "198.51.100.2"}).status_code == 429


def test_a_guest_who_presses_again_goes_back_to_the_running_demo(client: Client) -> None:
    guest = start(client)
    assert client.post("/demo/")["Location"] == "/dashboard/"
    assert User.objects.filter(is_guest=True).get() == guest


def test_a_member_who_presses_is_told_to_log_out_first(owner: User) -> None:
    answer = inside(owner).post("/demo/")
    assert answer.status_code == 409
    assert "You are logged in" in answer.content.decode()
    assert not User.objects.filter(is_guest=True).exists()


def test_keeping_makes_a_real_account_and_loses_nothing(client: Client) -> None:
    guest = start(client)
    household = books_of(guest)
    with household_scope(household.pk):
        before = Account.objects.count()
    assert client.post("/keep/", KEEP)["Location"] == "/auth/confirm-email/"
    person = User.objects.get(pk=guest.pk)
    household.refresh_from_db()
    assert (person.is_guest, person.email, person.name) == (False, "amara@example.org", "Amara")
    assert household.expires_at is None
    assert EmailAddress.objects.get(user=person).email == "amara@example.org"
    assert mail.outbox[0].to == ["amara@example.org"]
    with household_scope(household.pk):
        assert Account.objects.count() == before
        assert ChangeSet.objects.filter(verb="household.kept", by=person).exists()
    assert client.get("/settings/profile/").status_code == 200
    again = Client()
    assert again.post("/auth/login/", {"login": KEEP["email"], "password": KEEP["password"]}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "no address"}, "valid email"),
        ({"email": ""}, "required"),
        ({"password": "short"}, "too short"),
        ({"password": "1234567890123"}, "numeric"),
        ({"name": " "}, "required"),
        ({"name": "\x00"}, "Null characters"),
    ],
)
def test_keeping_says_what_is_wrong_and_keeps_the_guest(client: Client, wrong: dict[str, str], words: str) -> None:
    guest = start(client)
    answer = client.post("/keep/", {**KEEP, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    guest.refresh_from_db()
    assert guest.is_guest


def test_keeping_with_somebody_elses_address_is_refused(client: Client) -> None:
    UserFactory.create(email="Amara@Example.org")
    start(client)
    answer = client.post("/keep/", KEEP)
    assert answer.status_code == 422
    assert "exists already" in answer.content.decode()


def test_keeping_is_not_for_people_who_have_an_account(owner: User) -> None:
    assert inside(owner).post("/keep/", KEEP)["Location"] == "/dashboard/"
    assert Client().get("/keep/")["Location"].startswith("/auth/login/")


def test_keeping_in_a_dialog_leads_on_to_a_whole_page(client: Client) -> None:
    start(client)
    answer = client.post("/keep/", KEEP, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/auth/confirm-email/")


def test_a_keep_that_runs_out_of_tries_waits(client: Client) -> None:
    start(client)
    answers = [client.post("/keep/", {**KEEP, "password": "short"}).status_code for _ in range(21)]
    assert answers[-2:] == [422, 429]


def test_when_its_hours_are_over_the_guest_is_sent_home(client: Client) -> None:
    start(client)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get("/dashboard/")["Location"] == "/"
        assert "_auth_user_id" not in client.session


def test_expired_sandboxes_go_with_their_guests_and_others_stay(client: Client) -> None:
    guest = start(client)
    household, kept = books_of(guest), HouseholdFactory.create()
    assert purge_households() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert purge_households() == 1
    assert not Household.objects.filter(pk=household.pk).exists()
    assert not User.objects.filter(pk=guest.pk).exists()
    assert Household.objects.filter(pk=kept.pk).exists()
    assert User.objects.filter(pk=owner_of(kept).pk).exists()
    with every_household("a test counts"):
        assert not Account.objects.filter(household_id=household.pk).exists()
        assert not ChangeSet.objects.filter(household_id=household.pk).exists()


def test_a_guest_in_no_household_goes_too() -> None:
    old = UserFactory.create(is_guest=True, date_joined=timezone.now() - timedelta(days=3))
    young = UserFactory.create(is_guest=True)
    purge_households()
    assert list(User.objects.filter(is_guest=True)) == [young]
    assert old != young


def test_a_guest_invites_nobody(client: Client) -> None:
    start(client)
    answer = client.post("/settings/members/invite/", {"email": "victim@example.org", "role": "viewer"})
    assert answer["Location"] == "/keep/"
    assert not mail.outbox


def test_a_guest_who_is_done_ends_the_demo_at_once(client: Client) -> None:
    guest = start(client)
    assert client.post("/settings/data/delete/", {}).status_code == 422
    assert client.post("/settings/data/delete/", {"sure": "on"})["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert purge_households() == 1
    assert not User.objects.filter(pk=guest.pk).exists()


def seed(**options: str) -> None:
    given = {"email": "amara@example.org", "password": PASSWORD, **options}
    call_command("seed_demo", *[f"--{name}={value}" for name, value in given.items()])


def test_seed_demo_makes_a_person_who_can_log_in() -> None:
    seed(seed="5", months="6")
    answer = Client().post("/auth/login/", {"login": "amara@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    with household_scope(books_of(User.objects.get(email="amara@example.org")).pk):
        assert Account.objects.exists()


def test_seed_demo_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    seed()
    seed()
    assert "Nothing was changed" in capsys.readouterr().out
    assert Household.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"email": "nobody"}, {"months": "0"}])
def test_seed_demo_refuses_what_cannot_be(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError) as refused:
        seed(**wrong)
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_an_address_too_long_to_keep_is_said_on_the_form(client: Client) -> None:
    start(client)
    assert client.post("/keep/", {**KEEP, "email": f"{'a' * 250}@example.org"}).status_code == 422


@pytest.mark.parametrize("lost", [IntegrityError, User.DoesNotExist])
def test_a_demo_that_is_kept_twice_at_once_is_kept_once(client: Client, lost: type[Exception]) -> None:
    start(client)
    with mock.patch("financeflow.households.actions.keep_sandbox", side_effect=lost):
        assert client.post("/keep/", KEEP).headers["Location"] == "/keep/"
