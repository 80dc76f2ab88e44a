"""The category pages, and the rules of groups."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.models import Category
from ledger.tests.factories import CategoryFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEW = {"name": "Hobbies", "kind": "expense", "hue": "6", "icon": "kite", "parent": ""}
KEYS = {
    "Food & Drinks": "groceries dining",
    "Housing & Bills": "housing utilities telecom insurance fees-interest taxes",
    "Transportation": "transport fuel",
    "Education & Personal Growth": "education kids-pets",
    "Health & Essentials": "health personal-care",
    "Leisure & Gifts": "entertainment subscriptions shopping travel gifts-donations",
    "Other": "cash other",
    "Income": "salary bonus interest other-income",
}


def by_key(household: Household, key: str) -> Category:
    with household_scope(household.pk):
        return Category.objects.select_related("parent").get(key=key)


def fresh(category: Category) -> Category:
    with household_scope(category.household_id):
        return Category.objects.select_related("parent").get(pk=category.pk)


def posted_for(category: Category, **change: Any) -> dict[str, Any]:
    kept = {
        "name": category.name,
        "kind": category.kind,
        "hue": category.hue,
        "icon": category.icon,
        "parent": category.parent.uid if category.parent else "",
        "edit_version": category.edit_version,
    }
    return kept | change


def test_a_household_starts_with_a_good_set_of_categories(owner: Client) -> None:
    groups = owner.get("/categories/").context["groups"]
    assert {group.category.name: " ".join(child.key for child in group.children) for group in groups} == KEYS
    assert [group.category.name for group in groups] == list(KEYS)


def test_opening_a_household_costs_one_insert_a_level(household: Household, django_assert_num_queries: Any) -> None:
    from ledger import actions

    with household_scope(household.pk):
        Category.objects.filter(parent__isnull=False).delete()
        Category.objects.all().delete()
        with django_assert_num_queries(2):
            actions.add_default_categories(household=household, by=None)
        assert not ChangeSet.objects.filter(verb__startswith="category").exists()


def test_a_category_is_added_to_a_group_and_takes_its_kind(owner: Client, household: Household) -> None:
    income = by_key(household, "income")
    form = owner.get(f"/categories/add/?group={income.uid}", headers=HTMX).text
    assert f'value="{income.uid}" selected' in form
    answer = owner.post("/categories/add/", NEW | {"parent": income.uid}, headers=HTMX)
    assert answer.status_code == 204
    with household_scope(household.pk):
        made = Category.objects.get(name="Hobbies")
    assert (made.parent_id, made.kind, made.hue, made.icon, made.key) == (income.pk, "income", 6, "kite", "")


@pytest.mark.parametrize("group", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_a_group_that_is_not_there_is_no_reason_to_fail(owner: Client, group: str) -> None:
    assert owner.get(f"/categories/add/?group={group}").status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 81}, "at most 80"),
        ({"name": "a\u2066b"}, "cannot be seen"),
        ({"hue": "13"}, "not one of the available choices"),
        ({"hue": "x"}, "not one of the available choices"),
        ({"icon": "skull"}, "not one of the available choices"),
        ({"parent": "x"}, "not a valid"),
        ({"parent": "00000000-0000-0000-0000-000000000000"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said(owner: Client, household: Household, change: dict[str, str], words: str) -> None:
    answer = owner.post("/categories/add/", NEW | change)
    assert answer.status_code == 422
    assert words in answer.text
    with household_scope(household.pk):
        assert Category.objects.count() == 33


def test_another_households_group_is_not_one_to_choose(stranger: Client, household: Household) -> None:
    answer = stranger.post("/categories/add/", NEW | {"parent": by_key(household, "income").uid})
    assert answer.status_code == 422


def test_a_category_moves_to_another_group(owner: Client, household: Household) -> None:
    fuel, food = by_key(household, "fuel"), by_key(household, "food-drinks")
    owner.post(reverse("category_edit", args=[fuel.uid]), posted_for(fuel, parent=food.uid, name="Petrol"))
    assert (fresh(fuel).parent, fresh(fuel).name, fresh(fuel).key) == (food, "Petrol", "fuel")
    groups = owner.get("/categories/").context["groups"]
    assert [child.name for child in groups[0].children] == ["Groceries", "Dining", "Petrol"]


def test_a_group_with_categories_stays_a_group_of_its_kind(owner: Client, household: Household) -> None:
    food, housing = by_key(household, "food-drinks"), by_key(household, "housing-bills")
    path = reverse("category_edit", args=[food.uid])
    for change in ({"parent": housing.uid}, {"kind": "income"}):
        answer = owner.post(path, posted_for(food, **change))
        assert answer.status_code == 422
        assert "holds categories" in answer.text
    assert fresh(food).edit_version == 1


def test_a_group_with_categories_is_not_deleted_before_it_is_said_where_they_go(
    owner: Client, household: Household
) -> None:
    food = by_key(household, "food-drinks")
    path = reverse("category_delete", args=[food.uid])
    form = owner.get(path, headers=HTMX).text
    assert "holds 2 categories" in form
    assert "Groceries, Dining" in " ".join(form.split())
    for headers in ({}, HTMX):
        answer = owner.post(path, headers=headers)
        assert answer.status_code == 422
        assert "This field is required." in answer.text
    assert fresh(food).trashed_at is None


def test_an_empty_group_is_deleted_and_what_was_in_it_waits_for_it(owner: Client, household: Household) -> None:
    group = CategoryFactory.create(household=household, name="Garden")
    child = CategoryFactory.create(household=household, name="Seeds", parent=group)
    for category in (child, group):
        owner.post(reverse("category_delete", args=[category.uid]))
    restore = reverse("trash_restore", args=["ledger.category", child.uid])
    assert "Garden” is in the trash" in owner.post(restore, follow=True).text
    assert owner.post(restore, headers=HTMX).status_code == 409
    assert fresh(child).trashed_at
    owner.post(reverse("trash_restore", args=["ledger.category", group.uid]))
    owner.post(restore)
    assert (fresh(group).trashed_at, fresh(child).trashed_at) == (None, None)


def test_categories_move_within_their_group_and_groups_among_their_kind(owner: Client, household: Household) -> None:
    def move(key: str, step: str) -> None:
        owner.post(reverse("category_move", args=[by_key(household, key).uid]), {"step": step})

    def order() -> list[str]:
        groups = owner.get("/categories/").context["groups"]
        return [group.category.key for group in groups] + [child.key for child in groups[0].children]

    move("dining", "up")
    move("dining", "up")
    move("income", "up")
    assert order()[:2] == ["food-drinks", "housing-bills"]
    assert order()[-2:] == ["dining", "groceries"]
    move("housing-bills", "up")
    assert order()[:2] == ["housing-bills", "food-drinks"]


def test_the_later_of_two_editors_is_told(owner: Client, editor: Client, household: Household) -> None:
    dining = by_key(household, "dining")
    path = reverse("category_edit", args=[dining.uid])
    assert editor.post(path, posted_for(dining, name="Restaurants", hue=9)).status_code == 302
    late = owner.post(path, posted_for(dining, name="Eating out"))
    assert late.status_code == 422
    for words in ("Ed Editor", "Restaurants", "Coral", "Olive"):
        assert words in late.text
    assert fresh(dining).name == "Restaurants"


def test_a_viewer_looks_and_may_not_touch(viewer: Client, household: Household) -> None:
    dining = by_key(household, "dining")
    page = viewer.get("/categories/").text
    assert "Dining" in page
    assert "/edit/" not in page
    assert viewer.get("/categories/add/").status_code == 403
    for name in ("category_edit", "category_delete", "category_move"):
        assert viewer.post(reverse(name, args=[dining.uid]), {"step": "up"}).status_code == 403


def test_a_stranger_finds_nothing(stranger: Client, household: Household) -> None:
    dining = by_key(household, "dining")
    for name in ("category_edit", "category_delete", "category_move"):
        assert stranger.post(reverse(name, args=[dining.uid]), {"step": "up"}).status_code == 404


def test_a_page_without_categories_says_so(owner: Client, household: Household) -> None:
    with household_scope(household.pk):
        Category.objects.filter(parent__isnull=False).delete()
        Category.objects.all().delete()
    assert "No categories" in owner.get("/categories/").text


def test_the_list_costs_the_same_however_many(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    for rows in (1, 2):
        for _ in range(rows):
            CategoryFactory.create(household=household)
        with django_assert_num_queries(5):
            owner.get("/categories/", headers=HTMX)
