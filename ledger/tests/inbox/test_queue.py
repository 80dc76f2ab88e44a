"""The queue itself: its page with and without JavaScript, who may decide, what is dismissed, and what is counted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.inbox.models import Dismissal
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger.models import Account
from ledger.tests.factories import AccountFactory
from ledger.tests.inbox.books import HTMX, INBOX, answer, asked, booked, dismiss, filed_under, undo_last, waiting

pytestmark = pytest.mark.django_db
# Nothing is kept within a test: every number is worked out anew, and of none there is less to look up.
QUERIES = {0: 24, 1: 30, 3: 30}


def test_a_household_without_questions_has_reached_zero(owner: Client, everyday: Account) -> None:
    page = owner.get(INBOX).text
    assert "Nothing wants a decision" in page
    assert "data-ask" not in page
    assert asked(owner) == []


def test_what_is_alike_is_one_question(owner: Client, everyday: Account) -> None:
    for back in range(3):
        booked(everyday, -10_00, "Kiosk", back=back)
    booked(everyday, 500_00, "Kiosk")
    page = owner.get(INBOX).text
    assert "4 things want a decision." in page
    assert "3 like this, Everyday" in page
    assert page.count("data-ask=") == 2
    assert len(asked(owner)[0]["title"]) > 0
    assert [each["like"] for each in asked(owner)] == [3, 1]


def test_an_answer_files_all_that_are_alike_as_one_change_that_can_be_undone(
    owner: Client, household: Household, everyday: Account, groceries: Any
) -> None:
    booked(everyday, -9_00, "Kiosk", back=40, under=groceries)
    rows = [booked(everyday, -10_00, "Kiosk", back=back) for back in range(3)]
    [item] = asked(owner, "uncategorised")
    assert item["suggested"] == "Groceries"
    assert item["confidence"] > 50
    response = answer(owner, item, headers=HTMX)
    assert response.status_code == 204
    assert "live:ledger.changed" in response["HX-Trigger"]
    assert [filed_under(row) for row in rows] == [["Groceries"]] * 3
    assert waiting(owner) == {}
    undo_last(owner, household)
    assert [filed_under(row) for row in rows] == [[""]] * 3
    assert waiting(owner) == {"uncategorised": 3}


def test_the_first_question_is_in_front_and_another_where_the_address_says_so(owner: Client, everyday: Account) -> None:
    booked(everyday, -10_00, "Kiosk")
    booked(everyday, -20_00, "Garage")
    first, second = asked(owner)
    page = owner.get(INBOX).text
    assert f'data-ask="uncategorised {first["key"]}" open' in page
    page = owner.get(INBOX, {"at": second["key"], "kind": "uncategorised"}).text
    assert f'data-ask="uncategorised {second["key"]}" open' in page
    assert page.count(" open>") == 1


def test_without_javascript_an_answer_leads_to_the_next_question(owner: Client, everyday: Account) -> None:
    booked(everyday, -10_00, "Kiosk")
    booked(everyday, -20_00, "Garage")
    first, second = asked(owner)
    values = {name: first[name] for name in ("kind", "key", "stamp")}
    response = owner.post(reverse("inbox_dismiss"), values | {"then": second["key"], "only": "uncategorised"})
    assert response.status_code == 302
    page = owner.get(response["Location"]).text
    assert f'data-ask="uncategorised {second["key"]}" open' in page
    assert first["key"] not in page
    assert "Left 1 out of the inbox: Without a category" in page


def test_what_is_dismissed_is_not_asked_again_until_that_is_undone(
    owner: Client, household: Household, everyday: Account
) -> None:
    rows = [booked(everyday, -10_00, "Kiosk", back=back) for back in range(2)]
    dismiss(owner, asked(owner)[0], headers=HTMX)
    assert (waiting(owner), asked(owner)) == ({}, [])
    booked(everyday, -11_00, "Kiosk")
    assert [each["like"] for each in asked(owner)] == [1]
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="inbox.dismissed")
        assert Dismissal.objects.filter(kind="uncategorised").count() == 2
    owner.post(reverse("change_undo", args=[change.uid]))
    assert waiting(owner) == {"uncategorised": 3}
    assert filed_under(rows[0]) == [""]
    with household_scope(household.pk):
        assert not Dismissal.objects.exists()


def test_a_question_that_changed_meanwhile_is_not_answered(owner: Client, everyday: Account, groceries: Any) -> None:
    booked(everyday, -9_00, "Kiosk", back=40, under=groceries)
    row = booked(everyday, -10_00, "Kiosk", back=1)
    [item] = asked(owner)
    booked(everyday, -10_00, "Kiosk")
    response = answer(owner, {**item, "key": asked(owner)[0]["key"]}, headers=HTMX)
    assert response.status_code == 409
    assert filed_under(row) == [""]
    assert "has changed meanwhile" in owner.get(reverse("toast_list")).text


def test_a_question_that_is_gone_is_refused_in_words(owner: Client, everyday: Account) -> None:
    booked(everyday, -10_00, "Kiosk")
    [item] = asked(owner)
    assert dismiss(owner, item).status_code == 302
    assert "is not waiting any more" in owner.get(dismiss(owner, item)["Location"]).text
    assert dismiss(owner, item, headers=HTMX).status_code == 409
    assert owner.post(reverse("inbox_decide"), {"kind": "uncategorised"}).status_code == 400
    assert answer(owner, {**item, "kind": "nothing"}, headers=HTMX).status_code == 409


def test_who_may_only_look_sees_the_questions_and_decides_none(viewer: Client, everyday: Account) -> None:
    row = booked(everyday, -10_00, "Kiosk")
    page = viewer.get(INBOX).text
    assert "Kiosk" in page
    assert reverse("inbox_decide") not in page
    assert reverse("inbox_dismiss") not in page
    assert 'data-does="dismiss"' not in page
    [item] = asked(viewer)
    assert answer(viewer, item).status_code == 403
    assert dismiss(viewer, item).status_code == 403
    assert filed_under(row) == [""]


def test_a_stranger_neither_sees_nor_decides(owner: Client, stranger: Client, everyday: Account) -> None:
    row = booked(everyday, -10_00, "Kiosk")
    [item] = asked(owner)
    assert "Kiosk" not in stranger.get(INBOX).text
    assert waiting(stranger) == {}
    assert dismiss(stranger, item, headers=HTMX).status_code == 409
    assert filed_under(row) == [""]
    assert waiting(owner) == {"uncategorised": 1}


def test_what_is_private_is_asked_of_nobody_else(owner: Client, household: Household, everyday: Account) -> None:
    other = join(household, "editor")
    secret = AccountFactory.create(household=household, name="Surprise", by=other, private_to=other)
    booked(secret, -10_00, "Jeweller")
    booked(secret, -10_00, "Jeweller")
    booked(everyday, -12_00, "Kiosk")
    assert [each["like"] for each in asked(owner)] == [1]
    assert "Surprise" not in owner.get(INBOX).text
    theirs = logged_in(other)
    assert waiting(theirs)["uncategorised"] == 3
    for item in asked(theirs, "duplicate"):
        dismiss(theirs, item)
    assert "Jeweller" not in owner.get("/activity/").text


def test_the_frame_asks_for_the_count_where_it_is_not_known(
    owner: Client, viewer: Client, stranger: Client, everyday: Account
) -> None:
    booked(everyday, -10_00, "Kiosk")
    page = owner.get("/accounts/").text
    assert 'id="count-inbox_list" hx-get="/inbox/count/" hx-trigger="load, live:ledger.changed' in page
    for who in (owner, viewer):
        assert "to decide: </span>1" in who.get(reverse("inbox_count"), headers=HTMX).text
    assert "to decide" not in stranger.get(reverse("inbox_count"), headers=HTMX).text


@pytest.mark.django_db(transaction=True)
def test_the_frame_tells_a_count_that_is_known(owner: Client, everyday: Account) -> None:
    booked(everyday, -10_00, "Kiosk")
    assert 'hx-trigger="load, live:' in owner.get("/accounts/").text
    owner.get(reverse("inbox_count"))
    page = owner.get("/accounts/").text
    assert "to decide: </span>1" in page
    assert 'hx-get="/inbox/count/" hx-trigger="live:ledger.changed' in page
    booked(everyday, -11_00, "Garage")
    assert 'hx-trigger="load, live:' in owner.get("/accounts/").text


def test_a_kind_of_which_nothing_is_left_leads_to_the_rest(owner: Client, everyday: Account) -> None:
    booked(everyday, -10_00, "Kiosk")
    page = owner.get(INBOX, {"kind": "transfer"}).text
    assert "Nothing of this kind is left" in page
    assert "data-ask" not in owner.get(INBOX, {"kind": "transfer"}, headers=HTMX).text


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_the_queue_asks_as_much_for_three_as_for_one(
    owner: Client, everyday: Account, django_assert_num_queries: Any, settings: Any, rows: int
) -> None:
    settings.CATEGORY_SUGGESTER = "ledger.tests.inbox.books.suggest_nothing"
    for number in range(rows):
        booked(everyday, -10_00 - number, f"Kiosk {'abc'[number]}", back=number)
    owner.get(INBOX)
    with django_assert_num_queries(QUERIES[rows]):
        owner.get(INBOX)


@pytest.mark.django_db(transaction=True)
def test_the_dashboard_tells_the_same_count_also_when_work_failed(
    owner: Client, household: Household, everyday: Account
) -> None:
    booked(everyday, -10_00, "Kiosk")
    part = {"widget": "decide"}
    assert "1 thing wants a decision." in owner.get("/dashboard/", part, headers=HTMX).text
    assert "1 thing wants a decision." in owner.get("/dashboard/").text
    with household_scope(household.pk):
        Job.objects.create(household=household, kind="ledger.refresh_rates", state="failed")
    owner.get(reverse("inbox_count"))
    assert "1 thing wants a decision." not in owner.get("/dashboard/").text
    assert "2 things want a decision." in owner.get("/dashboard/", part, headers=HTMX).text
