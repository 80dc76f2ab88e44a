"""Fill a database with a synthetic ledger: rows in bulk, then all that the books keep worked out from them."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.dev")

import django

django.setup()

import ledgers
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client

from financeflow.households.actions import open_household
from financeflow.households.models import Household, User
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions.rates import recompute_base
from ledger.actions.rebuilding import rebuild_totals
from ledger.actions.settling import words_of
from ledger.models import Account, Category, Line, Payee, Transaction, Transfer

AT_ONCE = 20_000


def main(count: int) -> None:
    started = time.monotonic()
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("bench@example.org", "not a secret")
    household = open_household(by=owner, base_currency="EUR", name="Bench")
    with household_scope(household.pk):
        furnish_and_fill(household, count)
    client = Client(headers={"host": "localhost"})
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(client.cookies["sessionid"].value, household.pk, round(time.monotonic() - started, 1))


def furnish_and_fill(household: Household, count: int) -> None:
    accounts = [
        actions.add_account(
            household=household,
            by=None,
            name=f"Account {place}",
            kind=kind,
            currency=currency,
            opened_on=date(2016, 1, 1),
        )
        for place, (currency, kind) in enumerate(ledgers.ACCOUNTS)
    ]
    here = list(Category.objects.exclude(parent=None))
    here += [
        actions.add_category(household=household, by=None, name=f"Category {number}", kind="expense")
        for number in range(ledgers.CATEGORIES - len(here))
    ]
    payees = [Payee(household=household, name=name, key=name.casefold()) for name in ledgers.payee_names()]
    Payee.objects.bulk_create(payees)
    write_rows(household, accounts, here, payees, count)
    recompute_base(household=household)
    rebuild_totals(household)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_rows(
    household: Household, accounts: list[Account], categories: list[Category], payees: list[Payee], count: int
) -> None:
    maker = Maker(household, accounts, categories, payees)
    source = ledgers.rows(count)
    while some := list(islice(source, AT_ONCE)):
        maker.take(some)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Transaction, Line, Transfer):
                table = model._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


class Maker:
    """Rows of the tables from synthetic rows, with keys of their own."""

    def __init__(
        self, household: Household, accounts: list[Account], categories: list[Category], payees: list[Payee]
    ) -> None:
        self.household, self.accounts, self.categories, self.payees = household, accounts, categories, payees
        self.transactions: list[Transaction] = []
        self.lines: list[Line] = []
        self.transfers: list[Transfer] = []
        self.key = 0

    def take(self, rows: list[ledgers.Row]) -> None:
        self.transactions, self.lines, self.transfers = [], [], []
        for row in rows:
            if row.target is None:
                self._plain(row)
            else:
                self._transfer(row)
        with transaction.atomic():
            for some in (self.transfers, self.transactions, self.lines):
                insert(some)

    def _plain(self, row: ledgers.Row) -> None:
        each = self._transaction(row, row.account, row.amount, payee=self.payees[row.payee])
        rest = row.amount // 3 if row.second is not None else 0
        self._line(each, row.amount - rest, self.categories[row.category], 0)
        if row.second is not None:
            self._line(each, rest, self.categories[row.second], 1)

    def _transfer(self, row: ledgers.Row) -> None:
        assert row.target is not None
        self.key += 1
        transfer = Transfer(pk=self.key, household=self.household)
        self.transfers.append(transfer)
        for account, amount in ((row.account, row.amount), (row.target, -row.amount)):
            each = self._transaction(row, account, amount, transfer=transfer)
            self._line(each, amount, None, 0)

    def _transaction(self, row: ledgers.Row, account: int, amount: int, **values: Any) -> Transaction:
        self.key += 1
        each = Transaction(
            pk=self.key,
            household=self.household,
            account=self.accounts[account],
            date=row.day,
            amount=amount,
            currency=self.accounts[account].currency,
            description=row.description,
            source="imported",
            **values,
        )
        payee = values.get("payee")
        words = words_of(payee.name if payee else None, row.description, "", amount, each.currency)
        each.payee_words, each.words = words
        self._in_base(each, amount)
        self.transactions.append(each)
        return each

    def _line(self, each: Transaction, amount: int, category: Category | None, position: int) -> None:
        self.key += 1
        line = Line(
            pk=self.key,
            household=self.household,
            transaction=each,
            category=category,
            amount=amount,
            position=position,
            account=each.account,
            date=each.date,
            is_transfer=each.transfer_id is not None,
        )
        self._in_base(line, amount)
        self.lines.append(line)

    def _in_base(self, row: Transaction | Line, amount: int) -> None:
        """Amounts in the base currency are worth themselves; the others are converted once all are there."""
        if row.account is not None and row.account.currency == self.household.base_currency:
            row.base_amount = amount


def insert(rows: list[Any]) -> None:
    """By COPY or executemany: twice as fast as INSERT with a thousand rows."""
    if not rows:
        return
    model: type[models.Model] = type(rows[0])
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", list(values))


if __name__ == "__main__":
    main(int(sys.argv[1]))
