"""What a door lets through: a form is sent by POST, with its token, and in no other way."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, logged_in, owner_of
from financeflow.tests.house import doors, nothing_wrong
from ledger.models import Account


@pytest.mark.once
def test_no_door_of_a_form_opens_to_a_method_that_needs_no_token() -> None:
    found = []
    for route, _name, view in doors.routes():
        methods: frozenset[str] = getattr(view, "door", ("", "", frozenset()))[2]
        safe = methods & {"HEAD", "OPTIONS", "TRACE"}
        if not route.startswith("admin/") and not safe <= ({"HEAD"} if "GET" in methods else set()):
            found.append(f"/{route} opens to {', '.join(sorted(safe))}")
    nothing_wrong(found)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_asking_for_the_address_of_a_form_does_nothing(method: str) -> None:
    household = HouseholdFactory.create()
    with household_scope(household.pk):
        account = Account.objects.create(
            household=household, name="Everyday", currency="EUR", opened_on=date(2026, 1, 1)
        )
    owner = logged_in(owner_of(household))
    assert owner.generic(method, f"/accounts/{account.uid}/reopen/").status_code == 405
    assert Client().generic(method, "/demo/").status_code == 405
    with household_scope(household.pk):
        account.refresh_from_db()
    assert account.trashed_at is None


@pytest.mark.django_db
def test_a_page_is_asked_for_by_head_as_by_get() -> None:
    assert logged_in(owner_of(HouseholdFactory.create())).head("/accounts/").status_code == 200


@pytest.mark.django_db
def test_the_address_of_a_form_opened_in_a_browser_says_that_there_is_no_page() -> None:
    for client in (Client(), logged_in(owner_of(HouseholdFactory.create()))):
        answer = client.get("/demo/", headers={"Accept": "text/html"})
        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        assert "There is no page here" in answer.text


@pytest.mark.django_db
def test_logging_in_after_a_form_was_sent_leads_to_a_page() -> None:
    where = Client().post("/settings/blur/")["Location"]
    assert where == "/auth/login/?next=/dashboard/"
    assert Client().post("/accounts/add/")["Location"] == "/auth/login/?next=/accounts/add/"
