"""The admin: who enters, what is seen and hidden, and that every look leaves a line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financeflow.history.models import ChangeSet
from financeflow.households.actions.deletion import purge_household
from financeflow.households.models import Household, User
from financeflow.jobs.models import Job
from financeflow.support import actions, group
from financeflow.support.models import SignInProblem, SupportLook
from financeflow.tenancy.scope import household_scope
from financeflow.testing import PASSWORD, HouseholdFactory, UserFactory, join, logged_in, owner_of
from ledger.models import Account

pytestmark = pytest.mark.django_db
AMOUNT = 987654321


@pytest.fixture
def staff() -> User:
    user: User = UserFactory.create(is_staff=True)
    user.groups.add(Group.objects.get(name=group.NAME))
    return user


@pytest.fixture
def superuser() -> User:
    user: User = UserFactory.create(is_staff=True, is_superuser=True)
    return user


@pytest.fixture
def household() -> Household:
    household: Household = HouseholdFactory.create(name="The Zanzibars")
    with household_scope(household.pk):
        Account.objects.create(
            household=household,
            name="Hidden savings",
            currency="EUR",
            opened_on=date(2026, 1, 1),
            opening_balance=AMOUNT,
        )
    return household


def url_of(model: str, page: str, *args: Any) -> str:
    return reverse(f"admin:{model}_{page}", args=args)


def act(client: Client, model: str, action: str, *keys: int) -> Any:
    return client.post(url_of(model, "changelist"), {"action": action, "_selected_action": keys}, follow=True)


class TestTheDoor:
    def test_a_passer_by_goes_to_our_own_log_in(self) -> None:
        answer = Client().get("/admin/", follow=True)
        assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))

    def test_log_in_log_out_and_password_are_our_own_pages(self, staff: User) -> None:
        assert Client().get("/admin/login/")["Location"].startswith(reverse("account_login"))
        client = logged_in(staff)
        assert client.get("/admin/login/")["Location"] == reverse("admin:index")
        assert client.post("/admin/logout/")["Location"] == reverse("account_logout")
        assert client.get("/admin/password_change/")["Location"] == reverse("account_change_password")

    @pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/households/user/", "/admin/nowhere/"])
    def test_a_member_is_refused(self, path: str, household: Household) -> None:
        assert logged_in(owner_of(household)).get(path).status_code in {403, 404}

    def test_it_carries_our_name(self, staff: User) -> None:
        page = logged_in(staff).get("/admin/").content.decode()
        assert "FinanceFlow support" in page
        assert "css/admin.css" in page
        assert "Django" not in page


class TestWhatSupportSees:
    @pytest.mark.parametrize(
        "model",
        [
            "households_user",
            "households_household",
            "support_sandbox",
            "support_signinproblem",
            "jobs_job",
            "events_event",
        ],
    )
    def test_its_lists(self, model: str, staff: User, household: Household) -> None:
        assert logged_in(staff).get(url_of(model, "changelist")).status_code == 200

    @pytest.mark.parametrize(
        "model", ["ledger_account", "ledger_category", "history_changeset", "support_supportlook", "auth_group"]
    )
    def test_it_sees_no_books_and_no_record_of_looks(self, model: str, staff: User, household: Household) -> None:
        assert logged_in(staff).get(url_of(model, "changelist")).status_code == 403

    @pytest.mark.parametrize("model", ["account_emailaddress", "mfa_authenticator", "usersessions_usersession"])
    def test_secrets_have_no_page_at_all(self, model: str, superuser: User) -> None:
        app, name = model.split("_")
        assert logged_in(superuser).get(f"/admin/{app}/{name}/").status_code == 404

    def test_a_household_shows_its_people_and_no_amount(self, staff: User, household: Household) -> None:
        page = logged_in(staff).get(url_of("households_household", "change", household.pk)).content.decode()
        assert owner_of(household).email in page
        assert "Hidden savings" not in page
        assert str(AMOUNT) not in page
        assert "Look into this household" not in page

    def test_a_person_shows_no_hash_and_no_secret(self, superuser: User, household: Household) -> None:
        person = owner_of(household)
        Authenticator.objects.create(user=person, type="totp", data={"secret": "topsecret"})
        page = logged_in(superuser).get(url_of("households_user", "change", person.pk)).content.decode()
        assert "The Zanzibars" in page
        assert "Authenticator" in page or "TOTP" in page
        for secret in ("topsecret", person.password, "md5$", PASSWORD):
            assert secret not in page

    def test_nothing_can_be_changed_or_deleted(self, staff: User, household: Household) -> None:
        client, person = logged_in(staff), owner_of(household)
        for model, row in [("households_user", person), ("households_household", household)]:
            assert client.post(url_of(model, "change", row.pk), {"name": "x"}).status_code == 403
            assert client.post(url_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
            assert client.get(url_of(model, "add")).status_code == 403

    def test_support_cannot_make_itself_more(self, staff: User) -> None:
        answer = logged_in(staff).post(url_of("households_user", "change", staff.pk), {"is_superuser": "on"})
        assert answer.status_code == 403
        staff.refresh_from_db()
        assert not staff.is_superuser

    def test_a_superuser_hires_and_closes(self, superuser: User) -> None:
        person = UserFactory.create()
        inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
        form = {"is_staff": "on", "groups": [Group.objects.get(name=group.NAME).pk], **inline}
        answer = logged_in(superuser).post(url_of("households_user", "change", person.pk), form)
        assert answer.status_code == 302
        person.refresh_from_db()
        assert (person.is_staff, person.is_active, person.groups.get().name) == (True, False, group.NAME)

    def test_the_first_page_counts(self, staff: User, household: Household) -> None:
        HouseholdFactory.create(expires_at=timezone.now() + timedelta(hours=3))
        Job.objects.create(household=household, kind="x", state=Job.State.FAILED, finished_at=timezone.now())
        figures = logged_in(staff).get("/admin/").context["figures"]
        assert (figures.households, figures.sandboxes, figures.jobs_failed) == (1, 1, 1)


class TestLooks:
    def test_opening_a_household_leaves_a_line(self, staff: User, household: Household) -> None:
        path = url_of("households_household", "change", household.pk)
        logged_in(staff).get(path)
        look = SupportLook.objects.get()
        assert (look.by, look.by_email, look.household, look.path) == (staff, staff.email, household, path)

    def test_opening_something_of_a_household_leaves_a_line(self, staff: User, household: Household) -> None:
        job = Job.objects.create(household=household, kind="x")
        logged_in(staff).get(url_of("jobs_job", "change", job.pk))
        assert SupportLook.objects.get().household == household

    def test_a_sandbox_leaves_a_line(self, staff: User) -> None:
        sandbox = HouseholdFactory.create(expires_at=timezone.now() + timedelta(hours=3))
        logged_in(staff).get(url_of("support_sandbox", "change", sandbox.pk))
        assert SupportLook.objects.get().household == sandbox

    def test_the_line_outlives_the_household_and_nobody_deletes_it(self, superuser: User, household: Household) -> None:
        look = actions.note_look(by=superuser, household=household, path="/admin/")
        purge_household(household)
        look = SupportLook.objects.select_related("household").get(pk=look.pk)
        assert (look.household, look.household_uid) == (None, household.uid)
        client = logged_in(superuser)
        assert client.get(url_of("support_supportlook", "changelist")).status_code == 200
        assert client.post(url_of("support_supportlook", "delete", look.pk), {"post": "yes"}).status_code == 403

    def test_a_look_goes_to_the_log(self, staff: User, household: Household, caplog: Any) -> None:
        with caplog.at_level("INFO", logger="financeflow.support.actions"):
            actions.note_look(by=staff, household=household, path="/admin/x/")
        assert [(each.user_id, each.household_id) for each in caplog.records] == [(staff.pk, household.pk)]

    def test_books_stay_shut_to_a_superuser_without_a_reason(self, superuser: User, household: Household) -> None:
        client = logged_in(superuser)
        assert "Hidden savings" not in client.get(url_of("ledger_account", "changelist")).content.decode()
        answer = client.post(url_of("household", "look", household.pk), {"reason": "short"})
        assert answer.status_code == 422
        assert not SupportLook.objects.exists()

    def test_support_may_not_open_books(self, staff: User, household: Household) -> None:
        answer = logged_in(staff).post(url_of("household", "look", household.pk), {"reason": "A good long reason"})
        assert answer.status_code == 403
        with pytest.raises(actions.SupportRefused):
            actions.open_books(by=staff, household=household, path="/", reason="A good long reason")

    def test_a_reason_opens_one_households_books_for_a_while(
        self, superuser: User, household: Household, time_machine: Any
    ) -> None:
        other = HouseholdFactory.create()
        with household_scope(other.pk):
            Account.objects.create(household=other, name="Others’", currency="EUR", opened_on=date(2026, 1, 1))
        client = logged_in(superuser)
        assert client.get(url_of("household", "look", household.pk)).status_code == 200
        client.post(url_of("household", "look", household.pk), {"reason": "Ticket 4711, they asked us to"})
        page = client.get(url_of("ledger_account", "changelist")).content.decode()
        assert "Hidden savings" in page
        assert "Others’" not in page
        assert "Ticket 4711" in client.get(url_of("households_household", "change", household.pk)).content.decode()
        time_machine.move_to(timezone.now() + timedelta(minutes=31))
        assert "Hidden savings" not in client.get(url_of("ledger_account", "changelist")).content.decode()

    def test_members_read_in_their_activity_that_books_were_opened(self, superuser: User, household: Household) -> None:
        actions.open_books(by=superuser, household=household, path="/", reason="Ticket 4711")
        with household_scope(household.pk):
            told = ChangeSet.objects.get(verb="support.looked")
        assert "Ticket 4711" in told.summary
        assert not told.is_undoable
        assert told.by is None
        member = logged_in(owner_of(household))
        assert "Ticket 4711" in member.get(reverse("activity_list")).content.decode()
        assert superuser.email not in member.get(reverse("change_show", args=[told.uid])).content.decode()

    def test_open_books_are_read_only(self, superuser: User, household: Household) -> None:
        actions.open_books(by=superuser, household=household, path="/", reason="Ticket 4711")
        with household_scope(household.pk):
            account = Account.objects.get()
        client = logged_in(superuser)
        page = url_of("ledger_account", "change", account.pk)
        assert client.get(page).status_code == 200
        assert client.post(page, {"name": "x"}).status_code == 403
        assert client.post(url_of("ledger_account", "delete", account.pk), {"post": "yes"}).status_code == 403


class TestWhatSupportDoes:
    def test_it_verifies_an_address(self, staff: User) -> None:
        person = UserFactory.create()
        act(logged_in(staff), "households_user", "verify_email", person.pk)
        assert EmailAddress.objects.get(user=person).verified
        assert LogEntry.objects.get().user == staff

    def test_it_cannot_verify_an_address_that_another_has(self, staff: User) -> None:
        person, other = UserFactory.create(), UserFactory.create()
        EmailAddress.objects.create(user=other, email=person.email, verified=True, primary=False)
        answer = act(logged_in(staff), "households_user", "verify_email", person.pk)
        assert "Another account has verified" in answer.content.decode()
        assert not EmailAddress.objects.get(user=person).verified

    def test_it_sends_a_password_reset(self, staff: User) -> None:
        person = UserFactory.create()
        act(logged_in(staff), "households_user", "send_password_reset", person.pk)
        assert mail.outbox[0].to == [person.email]

    def test_it_ends_sessions(self, staff: User, household: Household) -> None:
        person = owner_of(household)
        theirs = logged_in(person)
        UserSession.objects.get_or_create(
            user=person, session_key=theirs.session.session_key, defaults={"ip": "127.0.0.1"}
        )
        act(logged_in(staff), "households_user", "end_sessions", person.pk)
        assert theirs.get(reverse("dashboard")).status_code == 302

    def test_it_lifts_a_lock(self, staff: User) -> None:
        person = UserFactory.create()
        form = {"login": person.email, "password": "wrong"}
        answers = [Client().post(reverse("account_login"), form).status_code for _ in range(6)]
        assert answers[-1] == 429
        act(logged_in(staff), "households_user", "lift_lock", person.pk)
        right = {"login": person.email, "password": PASSWORD}
        assert Client().post(reverse("account_login"), right).status_code == 302

    def test_it_runs_jobs_again_and_cancels_them(self, staff: User, household: Household) -> None:
        failed = Job.objects.create(household=household, kind="household.export", state=Job.State.FAILED)
        waiting = Job.objects.create(household=household, kind="household.export")
        client = logged_in(staff)
        act(client, "jobs_job", "retry_jobs", failed.pk)
        act(client, "jobs_job", "cancel_jobs", waiting.pk)
        with household_scope(household.pk):
            assert Job.objects.get(pk=failed.pk).state != Job.State.FAILED
            assert Job.objects.get(pk=waiting.pk).state == Job.State.CANCELLED

    @pytest.mark.parametrize("action", ["verify_email", "send_password_reset", "end_sessions", "lift_lock"])
    def test_it_does_nothing_to_other_staff_or_guests(self, action: str, staff: User, superuser: User) -> None:
        guest = UserFactory.create(is_guest=True)
        answer = act(logged_in(staff), "households_user", action, superuser.pk, guest.pk)
        text = answer.content.decode()
        assert "Only a superuser may help other staff" in text
        assert "A guest has no account" in text
        assert not LogEntry.objects.exists()

    def test_staff_outside_the_group_do_nothing(self, household: Household) -> None:
        clerk = UserFactory.create(is_staff=True)
        client = logged_in(clerk)
        assert client.get("/admin/").status_code == 200
        assert client.get(url_of("households_user", "changelist")).status_code == 403
        assert act(client, "households_user", "end_sessions", owner_of(household).pk).status_code == 403


def test_a_failed_log_in_can_be_found_by_its_address(staff: User) -> None:
    person = UserFactory.create()
    for email, password in [(person.email.upper(), "wrong"), ("nobody@example.org", "wrong")]:
        Client().post(reverse("account_login"), {"login": email, "password": password})
    kept = {problem.email: problem.reason for problem in SignInProblem.objects.all()}
    assert kept == {person.email: "wrong_password", "nobody@example.org": "no_account"}
    found = logged_in(staff).get(url_of("support_signinproblem", "changelist"), {"q": person.email})
    text = found.content.decode()
    assert person.email in text
    assert "nobody@example.org" not in text


@pytest.mark.parametrize(("fields", "reason"), [({"is_active": False}, "closed"), ({"password": "!"}, "no_password")])
def test_the_reason_of_a_failed_log_in(fields: dict[str, Any], reason: str) -> None:
    person = UserFactory.create()
    User.objects.filter(pk=person.pk).update(**fields)
    assert actions.note_problem(email=person.email, request=None).reason == reason


def test_sign_in_problems_are_forgotten_after_a_month() -> None:
    old = actions.note_problem(email="a@example.org", request=None)
    SignInProblem.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=31))
    young = actions.note_problem(email="b@example.org", request=None)
    assert actions.forget_problems(before=timezone.now() - timedelta(days=30)) == 1
    assert SignInProblem.objects.get() == young


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "count"),
    [
        ("households_user", 6),
        ("households_household", 7),
        ("support_sandbox", 6),
        ("support_signinproblem", 6),
        ("jobs_job", 7),
        ("events_event", 7),
    ],
)
def test_lists_ask_as_often_for_one_row_as_for_three(
    model: str, count: int, rows: int, staff: User, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        household = HouseholdFactory.create(expires_at=timezone.now() + timedelta(hours=1))
        HouseholdFactory.create()
        join(household, "viewer")
        Job.objects.create(household=household, kind="x")
        actions.note_problem(email=f"{number}@example.org", request=None)
    client = logged_in(staff)
    client.get("/admin/")
    with django_assert_num_queries(count):
        assert client.get(url_of(model, "changelist")).status_code == 200
