"""Accounts and categories for tests, made by the actions that make them in earnest."""

from __future__ import annotations

from datetime import date
from typing import Any

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.models import Account, Category


class AccountFactory(DjangoModelFactory[Account]):
    class Meta:
        model = Account

    name = Sequence(lambda n: f"Account {n}")
    kind = "checking"
    currency = "EUR"
    opening_balance = 100_00
    opened_on = date(2026, 1, 1)

    @classmethod
    def _create(cls, model_class: type[Account], *args: Any, household: Household, **values: Any) -> Account:
        with household_scope(household.pk):
            return actions.add_account(household=household, by=values.pop("by", None), **values)


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    name = Sequence(lambda n: f"Category {n}")

    @classmethod
    def _create(cls, model_class: type[Category], *args: Any, household: Household, **values: Any) -> Category:
        with household_scope(household.pk):
            return actions.add_category(household=household, by=values.pop("by", None), **values)
