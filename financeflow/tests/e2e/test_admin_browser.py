"""The admin in a browser: our look in both themes and sizes, nothing axe finds, nothing the policy blocks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from financeflow.households.models import User
from financeflow.jobs.models import Job
from financeflow.support import actions
from financeflow.support.group import make_support_group
from financeflow.testing import HouseholdFactory, UserFactory, join
from financeflow.tests.e2e.conftest import LogIn, OpenContext
from financeflow.tests.e2e.test_look_browser import assert_sound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def superuser(transactional_db: None) -> User:
    user: User = UserFactory.create(name="Sam Support", email="sam@example.org", is_staff=True, is_superuser=True)
    return user


@pytest.fixture
def pages(context: BrowserContext, log_in: LogIn, superuser: User) -> list[str]:
    """The admin's pages, with something on each."""
    make_support_group(apps)
    household = HouseholdFactory.create(name="The Lindqvist-Montgomery household of Lindenstraße 14 b")
    join(household, "viewer", name="Jonas")
    HouseholdFactory.create(name="Demo", expires_at=timezone.now() + timedelta(hours=5))
    job = Job.objects.create(household=household, kind="household.export", state=Job.State.FAILED, total=3, done=1)
    actions.open_books(by=superuser, household=household, path="/", reason="They asked us to look, ticket 4711")
    actions.note_problem(email="jonas@example.org", request=None)
    log_in(context, superuser)
    return [
        "/admin/",
        "/admin/households/user/",
        f"/admin/households/user/{superuser.pk}/change/",
        "/admin/households/household/",
        f"/admin/households/household/{household.pk}/change/",
        f"/admin/households/household/{household.pk}/look/",
        "/admin/support/supportlook/",
        "/admin/support/signinproblem/",
        f"/admin/jobs/job/{job.pk}/change/",
        "/admin/ledger/category/",
    ]


def test_the_admin_is_sound(open_context: OpenContext, log_in: LogIn, superuser: User, pages: list[str]) -> None:
    # axe writes a style of its own into pages with field sets, which the policy would block.
    context = open_context(bypass_csp=True)
    log_in(context, superuser)
    assert_sound(context, pages, where="")


def test_the_policy_blocks_nothing_of_the_admin(page: Page, pages: list[str]) -> None:
    for path in pages:
        page.goto(path)
        expect(page.locator("#site-name")).to_be_visible()


def test_support_runs_an_action_from_a_list(page: Page, pages: list[str]) -> None:
    page.goto("/admin/jobs/job/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("cancel_jobs")
    page.locator("button[name=index]").click()
    expect(page.get_by_text("Asked to stop: household.export")).to_be_visible()
