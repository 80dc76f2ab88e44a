"""What support may look rows up by: the filters of each list, and nothing that the list hides."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from financeflow.households.models import User
from financeflow.support import group
from financeflow.testing import HouseholdFactory, UserFactory, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    user: User = UserFactory.create(is_staff=True)
    user.groups.add(Group.objects.get(name=group.NAME))
    return user


@pytest.mark.parametrize(
    ("path", "lookup", "value"),
    [
        ("households/user", "password__startswith", "md5"),
        ("households/user", "id__in", str(2**70)),
        ("households/household", "accounts__opening_balance__gt", "1"),
        ("jobs/job", "result__url__startswith", "/"),
        ("jobs/job", "household__accounts__opening_balance__gt", "1"),
        ("jobs/job", "by__password__startswith", "md5"),
    ],
)
def test_what_a_list_hides_is_not_guessed_by_filtering(path: str, lookup: str, value: str, staff: User) -> None:
    assert logged_in(staff).get(f"/admin/{path}/", {lookup: value}).status_code == 400


@pytest.mark.parametrize(
    ("path", "lookup", "value"),
    [
        ("households/user", "is_guest__exact", "0"),
        ("households/household", "expires_at__isempty", "1"),
        ("households/household", "created_at__gte", "2026-01-01 00:00:00+00:00"),
        ("jobs/job", "state__exact", "failed"),
        ("jobs/job", "household__id__exact", "1"),
    ],
)
def test_what_a_list_offers_still_filters(path: str, lookup: str, value: str, staff: User) -> None:
    HouseholdFactory.create()
    assert logged_in(staff).get(f"/admin/{path}/", {lookup: value}).status_code == 200
