"""Owners are told when somebody joins: each in person, once, and nobody else."""

from __future__ import annotations

import pytest
from django.core import mail

from financeflow.households import actions, queries
from financeflow.households.models import Household, User
from financeflow.households.tests.conftest import inside
from financeflow.notify.actions import choose_channels
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import household_scope
from financeflow.testing import UserFactory, join

pytestmark = pytest.mark.django_db(transaction=True)


def joins(household: Household, owner: User, role: str = "editor") -> User:
    anna = UserFactory.create(email="anna@example.org", name="Anna")
    with household_scope(household.pk):
        invitation = actions.add_invitation(household=household, by=owner, email=anna.email, role=role)
    inside(anna).post(f"/invitations/{queries.invitation_token(invitation)}/")
    return anna


def told(household: Household) -> dict[int, Notification]:
    with household_scope(household.pk):
        return {notice.user_id: notice for notice in Notification.objects.all()}


def test_every_owner_is_told_and_no_one_else(household: Household, owner: User) -> None:
    second = join(household, "owner")
    join(household, "editor")
    join(household, "viewer")
    joins(household, owner)
    notices = told(household)
    assert notices.keys() == {owner.pk, second.pk}
    notice = notices[owner.pk]
    assert notice.title == "Anna joined “Lindenstraße”"
    assert notice.text == "Their role: Editor."
    page = inside(owner).post(f"/notifications/{notice.uid}/", follow=True)
    assert page.redirect_chain == [("/settings/members/", 302)]
    assert "Anna" in page.text
    assert mail.outbox == []


def test_who_joins_as_an_owner_is_not_told_of_themselves(household: Household, owner: User) -> None:
    anna = joins(household, owner, "owner")
    assert told(household).keys() == {owner.pk}
    assert "joined" not in inside(anna).get("/notifications/").text


def test_an_owner_who_wants_it_gets_a_letter(household: Household, owner: User) -> None:
    with household_scope(household.pk):
        wanted = {"member.joined": (True, True)}
        choose_channels(household_id=household.pk, user_id=owner.pk, chosen=wanted)
    joins(household, owner)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([owner.email], "Anna joined “Lindenstraße”")
    assert "/settings/members/" in str(letter.body)


def test_an_invitation_that_was_taken_already_tells_nobody_again(household: Household, owner: User) -> None:
    anna = joins(household, owner)
    with household_scope(household.pk):
        Notification.objects.all().delete()
        invitation = household.invitations.get()
    inside(anna).post(f"/invitations/{queries.invitation_token(invitation)}/")
    assert told(household) == {}
