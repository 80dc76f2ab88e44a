"""Who is in a household: roles, removing, leaving, handing over, switching; always with an owner."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financeflow.history.models import ChangeSet
from financeflow.households import actions
from financeflow.households.models import Household, Membership, User
from financeflow.households.tests.conftest import inside
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, MembershipFactory, UserFactory, join

pytestmark = pytest.mark.django_db
PAGE = "/settings/members/"


def place_of(person: User, household: Household) -> Membership:
    with household_scope(household.pk):
        return Membership.objects.select_related("user", "household").get(user=person)


def role_of(person: User, household: Household) -> str | None:
    with household_scope(household.pk):
        return Membership.objects.filter(user=person).values_list("role", flat=True).first()


def act(person: User, member: Membership, what: str, **post: str) -> int:
    return inside(person).post(f"{PAGE}{member.uid}/{what}/", post).status_code


def test_everybody_sees_who_is_here_and_strangers_do_not(owner: User, viewer: User, stranger: User) -> None:
    for person in (owner, viewer):
        page = inside(person).get(PAGE).content.decode()
        assert owner.name in page
        assert viewer.email in page
    assert owner.email not in inside(stranger).get(PAGE).content.decode()
    assert Client().get(PAGE)["Location"].startswith("/auth/login/")


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_for_one_and_for_three(
    household: Household, owner: User, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = inside(owner)
    for number in range(more):
        join(household, "editor")
        with household_scope(household.pk):
            actions.add_invitation(household=household, by=owner, email=f"p{number}@example.org", role="viewer")
    with django_assert_num_queries(4):
        assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("what", ["role", "remove", "hand-over"])
def test_only_an_owner_changes_members(
    household: Household, owner: User, viewer: User, stranger: User, what: str
) -> None:
    member, editor = place_of(viewer, household), join(household, "editor")
    assert act(viewer, member, what, role="owner") == 403
    assert act(editor, member, what, role="owner") == 403
    assert act(stranger, member, what, role="owner") == 404
    assert role_of(viewer, household) == "viewer"
    assert inside(owner).get(f"{PAGE}{member.uid}/{what}/").status_code == 200


@pytest.mark.parametrize("uid", ["nonsense", str(uuid.uuid4())])
def test_a_malformed_or_unknown_member_is_404(owner: User, uid: str) -> None:
    assert inside(owner).get(f"{PAGE}{uid}/role/").status_code == 404


def test_a_role_is_changed_and_kept_on_record(household: Household, owner: User, viewer: User) -> None:
    assert act(owner, place_of(viewer, household), "role", role="editor") == 302
    assert role_of(viewer, household) == "editor"
    with household_scope(household.pk):
        done = ChangeSet.objects.get(verb="member.changed")
    assert (done.is_undoable, done.needs, done.by) == (False, "owner", owner)


def test_a_made_up_role_is_refused(household: Household, owner: User, viewer: User) -> None:
    assert act(owner, place_of(viewer, household), "role", role="emperor") == 422
    assert role_of(viewer, household) == "viewer"


def test_after_removal_the_next_request_no_longer_sees_the_household(
    household: Household, owner: User, viewer: User
) -> None:
    client = inside(viewer)
    assert client.get(PAGE).status_code == 200
    assert act(owner, place_of(viewer, household), "remove") == 302
    assert client.get(PAGE)["Location"] == "/households/none/"
    assert "no household" in client.get("/households/none/").content.decode()


def test_somebody_already_removed_is_said_to_be_gone(household: Household, owner: User, viewer: User) -> None:
    member = place_of(viewer, household)
    with household_scope(household.pk):
        actions.remove_member(member, by=owner)
        with pytest.raises(ValidationError, match="no longer in this household"):
            actions.change_role(member, by=owner, role="editor")


@pytest.mark.parametrize(("what", "post"), [("role", {"role": "editor"}), ("remove", {})])
def test_the_last_owner_stays(household: Household, owner: User, what: str, post: dict[str, str]) -> None:
    answer = inside(owner).post(f"{PAGE}{place_of(owner, household).uid}/{what}/", post)
    assert answer.status_code == 422
    assert "always keeps an owner" in answer.content.decode()
    assert role_of(owner, household) == "owner"


def test_the_last_owner_cannot_leave_and_others_can(household: Household, owner: User, viewer: User) -> None:
    answer = inside(owner).post(f"{PAGE}leave/")
    assert answer.status_code == 422
    assert "always keeps an owner" in answer.content.decode()
    assert inside(viewer).get(f"{PAGE}leave/").status_code == 200
    assert inside(viewer).post(f"{PAGE}leave/").status_code == 302
    assert role_of(viewer, household) is None


def test_handing_over_makes_one_an_owner_and_the_other_an_editor(
    household: Household, owner: User, viewer: User
) -> None:
    assert act(owner, place_of(viewer, household), "hand-over") == 302
    assert (role_of(viewer, household), role_of(owner, household)) == ("owner", "editor")


def test_handing_over_to_oneself_is_refused(household: Household, owner: User) -> None:
    assert act(owner, place_of(owner, household), "hand-over") == 422


def test_a_page_asked_for_before_a_demotion_gives_no_power_after_it(household: Household, owner: User) -> None:
    other = join(household, "owner")
    mine, theirs = place_of(owner, household), place_of(other, household)
    with household_scope(household.pk):
        actions.change_role(theirs, by=owner, role="editor")
        with pytest.raises(PermissionDenied):
            actions.change_role(mine, by=other, role="viewer")


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_leave_none() -> None:
    household = HouseholdFactory.create()
    one, two = _two_owners(household)
    barrier, refused = threading.Barrier(2), []

    def leave(member: Membership) -> None:
        try:
            with household_scope(household.pk):
                barrier.wait(timeout=10)
                actions.leave_household(member)
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=(member,)) for member in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 1
    with household_scope(household.pk):
        assert Membership.objects.filter(role="owner").count() == 1


def _two_owners(household: Household) -> list[Membership]:
    join(household, "owner")
    with household_scope(household.pk):
        return list(Membership.objects.select_related("user", "household").order_by("id"))


def test_one_switches_between_ones_households(household: Household, owner: User) -> None:
    other = HouseholdFactory.create(owner=owner, name="Holiday house")
    client = inside(owner)
    for wanted in (household, other, household):
        assert client.post(f"/households/{wanted.uid}/switch/")["Location"] == "/dashboard/"
        assert f"<small>{wanted.name}</small>" in client.get("/settings/profile/").content.decode()


def test_one_cannot_switch_into_a_strangers_household(household: Household, stranger: User) -> None:
    client = inside(stranger)
    assert client.post(f"/households/{household.uid}/switch/").status_code == 404
    assert client.post("/households/nonsense/switch/").status_code == 404
    assert client.get(f"/households/{household.uid}/switch/").status_code == 405
    assert Client().post(f"/households/{household.uid}/switch/")["Location"].startswith("/auth/login/")


def test_another_household_is_opened_and_entered(owner: User) -> None:
    client = inside(owner)
    post = {"name": "Holiday  house", "base_currency": "SEK", "time_zone": "Europe/Stockholm", "locale": "sv-SE"}
    assert client.get("/households/add/").status_code == 200
    assert client.post("/households/add/", post)["Location"] == "/dashboard/"
    opened = Household.objects.get(base_currency="SEK")
    assert opened.name == "Holiday house"
    assert role_of(owner, opened) == "owner"
    assert "<small>Holiday house</small>" in client.get("/settings/profile/").content.decode()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"base_currency": "XXX"}, {"time_zone": "Mars"}, {"locale": "xx"}])
def test_a_household_that_cannot_be_is_not_opened(owner: User, wrong: dict[str, str]) -> None:
    post = {"name": "House", "base_currency": "SEK", "time_zone": "Europe/Stockholm", "locale": "sv-SE", **wrong}
    assert inside(owner).post("/households/add/", post).status_code == 422
    assert Household.objects.count() == 1


def test_who_is_in_no_household_can_still_see_to_the_profile(db: None) -> None:
    client = inside(UserFactory.create())
    for address in ("/settings/profile/", "/settings/appearance/", "/settings/account/delete/", "/households/add/"):
        assert client.get(address).status_code == 200
    assert client.get("/settings/household/")["Location"] == "/households/none/"


def test_who_has_a_household_is_not_told_otherwise(owner: User) -> None:
    assert inside(owner).get("/households/none/")["Location"] == "/dashboard/"


def test_two_households_of_one_person_stay_apart(household: Household, owner: User) -> None:
    other = HouseholdFactory.create()
    MembershipFactory.create(household=other, user=owner, role="viewer")
    client = inside(owner)
    client.post(f"/households/{other.uid}/switch/")
    assert client.post(f"{PAGE}{place_of(owner, household).uid}/role/", {"role": "viewer"}).status_code == 403
