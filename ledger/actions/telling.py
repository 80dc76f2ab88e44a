"""A transaction in a few words, for what the history says of a change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from financeflow.households.models import Household
from financeflow.money.text import format_money


def told(household: Household, amount: int, currency: str, payee: object) -> str:
    """“−12.50 €, Pret”."""
    money = format_money(amount, currency, household.locale)
    return f"{money}, {payee}" if payee else str(money)


def added_words(household: Household, amount: int, currency: str, payee: object) -> str:
    """“Added −12.50 €, Pret”."""
    return _("Added %(what)s") % {"what": told(household, amount, currency, payee)}
