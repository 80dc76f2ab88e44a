"""Categories that change their kind, go into others or away: every sum follows, and undo puts all of it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.actions import undo_change
from financeflow.history.models import ChangeSet
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions.lines import Part
from ledger.actions.payees import add_payee
from ledger.models import Account, Category, DayTotal, Line, MonthTotal, Payee, RefundLink, Rule
from ledger.queries.checking import violations
from ledger.tests.factories import AccountFactory, CategoryFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def books(household: Household) -> Iterator[Account]:
    """An account with a life, and the household in scope."""
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        for day, amount, key in (
            (3, -1250, "groceries"),
            (4, -900, "dining"),
            (4, 300, "dining"),
            (9, 50_00, "salary"),
        ):
            spend(account, amount, key, day)
        parts = [Part(-700, named("groceries")), Part(-300, named("dining")), Part(-1)]
        spend(account, -1001, None, 12, parts=parts)
        yield account


def named(key: str) -> Category:
    return Category.objects.get(key=key)


def spend(account: Account, amount: int, key: str | None, day: int, **more: Any) -> Any:
    parts = more.pop("parts", [Part(amount, named(key) if key else None)])
    frame: dict[str, Any] = {"household": account.household, "by": None, "account": account}
    return actions.add_transaction(**frame, amount=amount, date=date(2026, 3, day), parts=parts, **more)


def sums() -> list[Any]:
    """All totals by what they are of, as they are kept."""
    months = MonthTotal.objects.order_by("month", "slot").values_list("month", "slot", "sum_in", "sum_out", "count")
    days = DayTotal.objects.order_by("day", "flow").values_list("day", "flow", "sum_in", "sum_out", "count")
    filed = Line.objects.order_by("pk").values_list("pk", "category__key")
    return [list(months), list(days), list(filed), Account.objects.get().balance]


def undo(household: Household) -> None:
    owner = Membership.objects.select_related("user", "household").get(household=household, role="owner")
    undo_change(ChangeSet.objects.filter(is_undoable=True).latest("pk"), by=owner)


def test_a_category_of_another_kind_turns_its_spending_into_income(books: Account, household: Household) -> None:
    before = sums()
    dining, income = named("dining"), named("income")
    actions.change_category(category=dining, by=None, edit_version=dining.edit_version, parent=income)
    assert violations() == []
    flows = dict(DayTotal.objects.filter(day=date(2026, 3, 4)).values_list("flow", "count"))
    assert flows == {DayTotal.Flow.INCOME: 2}
    undo(household)
    assert (sums(), violations()) == (before, [])


def test_a_merged_category_takes_everything_along(books: Account, household: Household) -> None:
    groceries, dining = named("groceries"), named("dining")
    payee = add_payee(household=household, by=None, name="Lidl", default_category=dining)
    rule = Rule.objects.create(
        household=household,
        name="Lunch",
        conditions=[{"field": "category", "value": str(dining.uid)}],
        deeds=[{"deed": "category", "category": str(dining.uid), "parts": [{"category": str(dining.uid)}]}],
    )
    before = sums()
    actions.merge_category(category=dining, into=groceries, by=None)
    assert violations() == []
    assert not Line.objects.filter(category=dining).exists()
    assert Line.objects.filter(category=groceries).count() == 5
    assert Payee.objects.get(pk=payee.pk).default_category == groceries
    rule.refresh_from_db()
    uid = str(groceries.uid)
    assert (rule.conditions[0]["value"], rule.deeds[0]["parts"][0]["category"]) == (uid, uid)
    assert Category.objects.get(pk=dining.pk).trashed_at
    undo(household)
    assert (sums(), violations()) == (before, [])
    assert Payee.objects.get(pk=payee.pk).default_category == dining
    rule.refresh_from_db()
    assert rule.deeds[0]["category"] == str(dining.uid)
    undo(household)
    assert (Line.objects.filter(category=groceries).count(), violations()) == (5, [])


def test_money_that_came_back_is_merged_with_what_it_belongs_to(books: Account, household: Household) -> None:
    paid, back = spend(books, -5000, "shopping", 20), spend(books, 5000, "shopping", 25)
    line = paid.lines.get()
    RefundLink.objects.create(
        household=household, line=line, expected=5000, currency="EUR", refund=back, since=date(2026, 3, 20)
    )
    before = sums()
    actions.merge_category(category=named("shopping"), into=named("salary"), by=None)
    filed = Line.objects.filter(transaction__in=[paid, back])
    assert set(filed.values_list("category__key", flat=True)) == {"salary"}
    assert violations() == []
    undo(household)
    assert (sums(), violations()) == (before, [])


def test_a_group_goes_into_another_with_the_categories_in_it(books: Account, household: Household) -> None:
    before = sums()
    actions.merge_category(category=named("food-drinks"), into=named("income"), by=None)
    assert violations() == []
    dining = named("dining")
    assert (dining.parent, dining.kind) == (named("income"), "income")
    undo(household)
    assert (sums(), violations()) == (before, [])
    assert named("dining").parent == named("food-drinks")


def test_a_deleted_group_takes_its_categories_along_where_nobody_wants_them(
    books: Account, household: Household
) -> None:
    before = sums()
    actions.delete_category(category=named("food-drinks"), by=None)
    assert violations() == []
    assert Line.objects.filter(category=None).count() == 6
    assert [named(key).trashed_at is None for key in ("food-drinks", "groceries", "dining", "housing")] == [
        *[False] * 3,
        True,
    ]
    undo(household)
    assert (sums(), violations()) == (before, [])


def test_what_cannot_be_is_refused_and_changes_nothing(books: Account) -> None:
    before = sums()
    food, dining, trashed = named("food-drinks"), named("dining"), named("taxes")
    actions.delete_category(category=trashed, by=None)
    for category, into in ((dining, dining), (food, dining), (food, named("housing")), (dining, trashed)):
        with pytest.raises(Refused):
            actions.merge_category(category=category, into=into, by=None)
    with pytest.raises(Refused):
        actions.delete_category(category=trashed, by=None)
    assert sums() == before


def test_deleting_asks_where_its_lines_go(owner: Client, books: Account) -> None:
    dining = named("dining")
    path = reverse("category_delete", args=[dining.uid])
    form = owner.get(path, headers=HTMX).text
    assert "3 entries are filed" in form
    assert owner.post(path).status_code == 422
    for wrong in ("x", dining.uid, named("food-drinks").uid.hex):
        assert owner.post(path, {"move_to": wrong}).status_code == 422
    page = owner.post(path, {"move_to": "none"}, follow=True)
    assert "Deleted the category “Dining”" in page.text
    assert Line.objects.filter(category=None).count() == 4
    assert owner.post(path, {"move_to": "none"}).status_code == 404


def test_what_nothing_is_filed_under_goes_at_once(owner: Client, household: Household) -> None:
    category = CategoryFactory.create(household=household, name="Unused")
    path = reverse("category_delete", args=[category.uid])
    assert "Nothing is filed under “Unused”" in owner.get(path).text
    assert owner.post(path, headers=HTMX).status_code == 204


def test_a_category_is_merged_from_its_page(owner: Client, books: Account) -> None:
    dining, groceries = named("dining"), named("groceries")
    path = reverse("category_merge", args=[dining.uid])
    assert owner.post(path, {"into": ""}).status_code == 422
    assert owner.post(path, {"into": groceries.uid}, headers=HTMX).status_code == 204
    assert Line.objects.filter(category=groceries).count() == 5


def test_thousands_are_merged_by_a_job(
    owner: Client, books: Account, household: Household, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr("ledger.views.later.AT_ONCE", 2)
    dining, groceries = named("dining"), named("groceries")
    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(reverse("category_merge", args=[dining.uid]), {"into": groceries.uid})
    job = Job.objects.get(kind="ledger.merge")
    assert answer["Location"] == reverse("job_show", args=[job.uid])
    assert (job.state, Line.objects.filter(category=groceries).count()) == ("done", 5)
    assert violations() == []
    undo(household)
    assert Line.objects.filter(category=dining).count() == 3


def test_an_archived_category_is_not_offered_and_stays_where_it_is(owner: Client, books: Account) -> None:
    dining, food = named("dining"), named("food-drinks")
    groceries = reverse("category_merge", args=[named("groceries").uid])
    assert f'value="{dining.uid}"' in owner.get(groceries).text
    owner.post(reverse("category_archive", args=[dining.uid]))
    assert f'value="{dining.uid}"' not in owner.get(groceries).text
    assert "archived" in owner.get("/categories/").text
    assert Line.objects.filter(category=dining).count() == 3
    owner.post(reverse("category_unarchive", args=[dining.uid]))
    owner.post(reverse("category_archive", args=[food.uid]))
    assert f'value="{dining.uid}"' not in owner.get(reverse("category_merge", args=[named("fuel").uid])).text


def test_the_list_says_how_often_each_is_used(owner: Client, books: Account) -> None:
    groups = owner.get("/categories/").context["groups"]
    used = {each.key: (each.filed.times, each.filed.last) for each in groups[0].children}
    assert used == {"groceries": (2, date(2026, 3, 1)), "dining": (3, date(2026, 3, 1))}


def test_only_who_may_edit_merges_and_nobody_elses(viewer: Client, stranger: Client, books: Account) -> None:
    dining = named("dining")
    for name in ("category_merge", "category_archive", "category_unarchive", "category_delete"):
        path = reverse(name, args=[dining.uid])
        assert viewer.post(path, {"into": dining.uid}).status_code == 403
        assert stranger.post(path, {"into": dining.uid}).status_code == 404
    path = reverse("category_merge", args=[dining.uid])
    with household_scope(books.household_id):
        assert Line.objects.filter(category=dining).count() == 3
    assert stranger.get(path).status_code == 404
