"""Factories and helpers for every app's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction
from django.test import Client
from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from financeflow.households import actions
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope

PASSWORD = "correct horse battery"
T = TypeVar("T")


@contextmanager
def made_once(blocker: Any, make: Callable[[], T]) -> Iterator[T]:
    """What `make` writes is there for all tests of one module; each takes back only what it does itself."""
    with blocker.unblock(), transaction.atomic():
        made = make()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else sees these rows, and PostgreSQL would take the tables for empty
        yield made
        transaction.set_rollback(True)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@example.org")
    name = Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(password=PASSWORD, **kwargs)


class HouseholdFactory(DjangoModelFactory[Household]):
    """A household with an owner and its default categories, made by the action that opens every household."""

    class Meta:
        model = Household

    name = Sequence(lambda n: f"Household {n}")

    @classmethod
    def _create(cls, model_class: type[Household], *args: Any, owner: User | None = None, **kwargs: Any) -> Household:
        return actions.open_household(by=owner or UserFactory.create(), **kwargs)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    household = SubFactory(HouseholdFactory)
    user = SubFactory(UserFactory)
    role = "editor"

    @classmethod
    def _create(cls, model_class: type[Membership], *args: Any, **kwargs: Any) -> Membership:
        with household_scope(kwargs["household"].pk):
            member: Membership = super()._create(model_class, *args, **kwargs)
        return member


def join(household: Household, role: str, **user: Any) -> User:
    """A new person with this role in the household."""
    person: User = UserFactory.create(**user)
    MembershipFactory.create(household=household, user=person, role=role)
    return person


def owner_of(household: Household) -> User:
    with household_scope(household.pk):
        return Membership.objects.select_related("user").get(household=household, role="owner").user


def logged_in(person: User) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
