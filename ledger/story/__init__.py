"""The ledger's part in the story of the sample data: a family's accounts and what happens in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from financeflow.households.models import Household, User
from financeflow.money.currencies import minor_digits
from ledger import actions
from ledger.actions import NewTransaction, NewTransfer, Part
from ledger.actions.refunds import expect_refund, link_money_back
from ledger.actions.tags import change_tag
from ledger.models import Account, Tag
from ledger.story.habits import ABROAD, CARD, COAT_SHOP, EVERYDAY, MOVED, NOTES
from ledger.story.known_rates import write_down_rates
from ledger.story.months import Months
from ledger.story.receipts import receipt


def tell(*, household: Household, by: User | None, today: date, seed: int, months: int) -> None:
    """Accounts of every kind, opened when the story begins, and a life in them up to today."""
    chance = random.Random(f"{seed} accounts")
    home = household.base_currency
    abroad = "USD" if home != "USD" else "EUR"
    opened_on = _months_before(today, months)
    rows = [
        (_("Everyday"), Account.Kind.CHECKING, home, 2_400, 3_100),
        (_("Household"), Account.Kind.CHECKING, home, 900, 1_500),
        (_("Wallet"), Account.Kind.CASH, home, 60, 140),
        (_("Rainy day"), Account.Kind.SAVINGS, home, 11_000, 14_500),
        (_("Credit card"), Account.Kind.CREDIT_CARD, home, -980, -420),
        (_("Dollar account") if abroad == "USD" else _("Euro account"), Account.Kind.SAVINGS, abroad, 5_200, 7_400),
        (_("Index funds"), Account.Kind.INVESTMENT, home, 24_000, 31_000),
        (_("Car loan"), Account.Kind.LOAN, home, -9_800, -8_200),
    ]
    accounts = actions.add_accounts(
        household=household,
        by=by,
        rows=[
            _account(name, kind, currency, _amount(chance, currency, low, high), opened_on)
            for name, kind, currency, low, high in rows
        ],
    )
    told = Months(accounts=accounts, today=today, first=opened_on, seed=seed)
    frame: dict[str, Any] = {"household": household, "by": by}
    write_down_rates(accounts[ABROAD], by=by, today=today, chance=chance)
    actions.add_transactions(**frame, rows=told.rows())
    actions.add_transfers(**frame, rows=list(_moved(told)))
    _refunds(told, frame)
    _mark_for_taxes(told, by)


def _mark_for_taxes(told: Months, by: User | None) -> None:
    """What a family of theirs tells the tax office: gifts to charity, and what health costs."""
    health, charity = told.categories["health"], Tag.objects.get(name="tax")
    actions.change_category(category=health, by=by, edit_version=health.edit_version, tax_relevant=True)
    change_tag(tag=charity, by=by, edit_version=charity.edit_version, tax_relevant=True)


def _moved(told: Months) -> Iterator[NewTransfer]:
    """What goes from account to account each month, and a journey's money changed into the other currency."""
    for month in told.months():
        for each in MOVED:
            day = month.replace(day=each.day)
            amount = told.worth(each.amount, each.source)
            if told.first <= day <= told.today:
                source, target = told.accounts[each.source], told.accounts[each.target]
                yield NewTransfer(source=source, target=target, amount=amount, on=day)
        day = month.replace(day=20)
        if month.month in (3, 7) and told.first <= day <= told.today:
            source, target = told.accounts[EVERYDAY], told.accounts[ABROAD]
            sent, received = told.worth(60_000, EVERYDAY), told.worth(64_800, ABROAD)
            yield NewTransfer(source=source, target=target, amount=sent, received=received, on=day)


def _refunds(told: Months, frame: dict[str, Any]) -> None:
    """A coat that went back, and a dinner of which a friend still owes his part."""
    coat, dinner = -told.worth(14_900, CARD), -told.worth(13_860, CARD)
    shopping, dining = told.categories["shopping"], told.categories["dining"]
    rows = [
        _with_card(told, 26, coat, COAT_SHOP, [Part(coat, shopping)], notes=str(NOTES["coat"])),
        _with_card(told, 13, -coat, COAT_SHOP, []),
        _with_card(told, 17, dinner, "Osteria Lina", [Part(dinner, dining)], notes=str(NOTES["dinner"])),
    ]
    paid, returned, meal = actions.add_transactions(**frame, rows=rows)
    link_money_back(line=paid.lines.get(), refund=returned, by=frame["by"])
    expect_refund(line=meal.lines.get(), expected=-dinner // 4, owed_by="Jonas", by=frame["by"])


def _with_card(
    told: Months, days_ago: int, amount: int, payee: str, parts: list[Part], **values: Any
) -> NewTransaction:
    day = told.today - timedelta(days=days_ago)
    papers = [receipt(payee, day)] if parts else []
    account, values = told.accounts[CARD], {"source": "sample", **values}
    return NewTransaction(
        account=account, date=day, amount=amount, payee=payee, parts=parts, values=values, papers=papers
    )


def _account(name: str, kind: str, currency: str, balance: int, opened_on: date) -> dict[str, Any]:
    return {"name": name, "kind": kind, "currency": currency, "opening_balance": balance, "opened_on": opened_on}


def _amount(chance: random.Random, currency: str, low: int, high: int) -> int:
    """Between the two, in whole coins; where a coin is worth little, people have more of them."""
    digits = minor_digits(currency)
    return chance.randint(low * 100, high * 100) * (10 ** (digits - 2) if digits >= 2 else 1)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
