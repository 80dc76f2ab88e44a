"""Exports hold exactly what is listed, to the cent, as spreadsheets read it."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db.models import Sum
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger import actions
from ledger.actions import Part
from ledger.exporting import sheet
from ledger.models import Account, Category, Line
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
# Sheets count days from here.
DAY0 = date(1899, 12, 30)
HEAD = (
    "Date,Posted,Account,Payee,Bank’s words,Category,Memo,Amount,Currency,Amount in EUR,"
    "Tags,Notes,Status,Transfer account,Id"
)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def filled(household: Household, account: Account) -> Household:
    """A purchase, a split, a transfer, a salary, and yen without a rate."""
    savings = AccountFactory.create(household=household, name="Savings")
    yen = AccountFactory.create(household=household, name="Yen", currency="JPY")
    with household_scope(household.pk):
        food, fun = (Category.objects.get(key=key) for key in ("groceries", "entertainment"))
        add: dict[str, Any] = {"household": household, "by": None, "account": account}
        values = {"notes": "for\ntwo", "posted_on": date(2026, 11, 3), "description": "CARD 4411"}
        actions.add_transaction(**add, date=DAY, amount=-1234, payee="Lidl", tags=["work", "trip"], values=values)
        parts = [Part(-400, food, "milk"), Part(-500, fun, "film")]
        actions.add_transaction(**add, date=DAY, amount=-900, payee="Mall", parts=parts)
        actions.add_transaction(**add, date=DAY, amount=250000, payee="Employer")
        actions.add_transaction(**add | {"account": yen}, date=date(1950, 1, 2), amount=-900, payee="Konbini")
        actions.add_transfer(household=household, by=None, source=account, target=savings, amount=5000, on=DAY)
    return household


def rows_of(answer: Any, delimiter: str = ",") -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def sheet_of(answer: Any) -> str:
    with ZipFile(io.BytesIO(answer.getvalue())) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def cells(answer: Any) -> list[dict[str, str]]:
    """The rows of the one sheet: what stands in each column, formulas as they are written."""
    found = []
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet_of(answer), re.DOTALL):
        values = re.findall(r'<c r="([A-Z]+)\d+"[^>]*>(?:<f>(.*?)</f>|<v>(.*?)</v>|<is><t[^>]*>(.*?)</t></is>)', row)
        found.append({column: html.unescape(formula or number or text) for column, formula, number, text in values})
    return found


def test_every_part_is_a_line_with_all_that_is_known(owner: Client, filled: Household) -> None:
    answer = owner.get("/transactions/export/csv/")
    assert answer["Content-Disposition"].startswith('attachment; filename="transactions-')
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.getvalue()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").splitlines()[0] == HEAD
    rows = rows_of(owner.get("/transactions/export/csv/"))
    assert [row["Payee"] for row in rows] == ["", "", "Employer", "Mall", "Mall", "Lidl", "Konbini"]
    lidl = rows[5]
    UUID(lidl.pop("Id"))
    assert lidl == {
        "Date": "2026-11-02",
        "Posted": "2026-11-03",
        "Account": "Everyday",
        "Payee": "Lidl",
        "Bank’s words": "CARD 4411",
        "Category": "",
        "Memo": "",
        "Amount": "-12.34",
        "Currency": "EUR",
        "Amount in EUR": "-12.34",
        "Tags": "trip, work",
        "Notes": "for\ntwo",
        "Status": "cleared",
        "Transfer account": "",
    }
    assert [(row["Category"], row["Memo"], row["Amount"]) for row in rows[3:5]] == [
        ("Food & Drinks: Groceries", "milk", "-4.00"),
        ("Leisure & Gifts: Entertainment", "film", "-5.00"),
    ]
    assert [(row["Account"], row["Transfer account"]) for row in rows[:2]] == [
        ("Savings", "Everyday"),
        ("Everyday", "Savings"),
    ]
    assert (rows[6]["Amount"], rows[6]["Currency"], rows[6]["Amount in EUR"]) == ("-900", "JPY", "")


@pytest.mark.parametrize(
    "asked",
    ["", "?q=lidl", "?q=category:groceries", "?q=is:transfer", "?q=amount>5", "?month=2026-11", "?q=-lidl", "?q=zzz"],
)
def test_file_list_and_sums_agree_to_the_cent(owner: Client, filled: Household, asked: str) -> None:
    page = owner.get(f"/transactions/{asked}{'&' if asked else '?'}tally=1")
    tally, text = page.context["tally"], page.text
    rows = rows_of(owner.get(f"/transactions/export/csv/{asked}"))
    book = cells(owner.get(f"/transactions/export/xlsx/{asked}"))
    assert {row["Id"] for row in rows} == set(re.findall(r'<tr id="t-([0-9a-f-]{36})"', text))
    worth = [Decimal(row["Amount in EUR"]) for row in rows if row["Amount in EUR"] and not row["Transfer account"]]
    assert sum(worth, Decimal(0)) * 100 == tally.net
    assert sum(amount for amount in worth if amount > 0) * 100 == tally.coming_in
    assert len({row["Id"] for row in rows}) == tally.count
    assert [row["O"] for row in book[1 : len(rows) + 1]] == [row["Id"] for row in rows]
    assert [Decimal(row["H"]) for row in book[1 : len(rows) + 1]] == [Decimal(row["Amount"]) for row in rows]


def test_a_workbook_has_days_numbers_and_sums(owner: Client, filled: Household) -> None:
    answer = owner.get("/transactions/export/xlsx/?q=lidl")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    head, row, sums = cells(answer)
    assert ",".join(head.values()) == HEAD
    days = [DAY0 + timedelta(days=int(row[column])) for column in "AB"]
    assert days == [DAY, DAY + timedelta(days=1)]
    assert (row["H"], row["J"]) == ("-12.34", "-12.34")
    assert (sums["A"], sums["H"], sums["J"]) == ("Sum", "SUBTOTAL(109,H2:H2)", "SUBTOTAL(109,J2:J2)")
    assert 'state="frozen"' in sheet_of(owner.get("/transactions/export/xlsx/?q=lidl"))
    several = cells(owner.get("/transactions/export/xlsx/"))[-1]
    assert "H" not in several  # two currencies are never added up
    assert several["J"] == "SUBTOTAL(109,J2:J8)"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=cmd|" /C calc"!A0'])
def test_no_text_becomes_a_formula(owner: Client, household: Household, account: Account, text: str) -> None:
    with household_scope(household.pk):
        actions.add_transaction(
            household=household,
            by=None,
            account=account,
            date=DAY,
            amount=-100,
            payee=text,
            values={"notes": text, "description": text},
        )
    [row] = rows_of(owner.get("/transactions/export/csv/"))
    for name in ("Payee", "Notes", "Bank’s words"):
        assert row[name] == f"'{text}"
    assert row["Amount"] == "-1.00"
    assert sheet_of(owner.get("/transactions/export/xlsx/")).count("<f>") == 2  # the sums


def test_where_decimals_have_a_comma_columns_have_a_semicolon() -> None:
    household = HouseholdFactory.create(locale="de-DE")
    account = AccountFactory.create(household=household)
    with household_scope(household.pk):
        actions.add_transaction(household=household, by=None, account=account, date=DAY, amount=-123456)
    [row] = rows_of(logged_in(owner_of(household)).get("/transactions/export/csv/"), ";")
    assert row["Amount"] == "-1234,56"


def test_many_rows_are_read_piece_by_piece(
    owner: Client, household: Household, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "AT_ONCE", 7)
    with household_scope(household.pk):
        for number in range(30):
            actions.add_transaction(
                household=household, by=None, account=account, date=DAY.replace(day=1 + number % 5), amount=number + 1
            )
        total = Line.objects.aggregate(total=Sum("amount"))["total"]
    rows = rows_of(owner.get("/transactions/export/csv/"))
    assert len({row["Id"] for row in rows}) == len(rows) == 30
    assert sum(Decimal(row["Amount"]) for row in rows) * 100 == total
    assert [row["Date"] for row in rows] == sorted((row["Date"] for row in rows), reverse=True)


def test_more_than_a_sheet_holds_is_told(owner: Client, filled: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.exporting.workbook.MOST_LINES", 3)
    page = owner.get("/transactions/export/xlsx/", follow=True)
    assert "more than a workbook holds" in page.text
    assert len(rows_of(owner.get("/transactions/export/csv/"))) == 7


def test_three_persons_get_what_is_theirs(
    viewer: Client, stranger: Client, filled: Household, household: Household
) -> None:
    editor = join(household, "editor")
    with household_scope(household.pk):
        own = actions.add_account(
            household=household, by=editor, name="Hidden", currency="EUR", opened_on=DAY, private_to=editor
        )
        actions.add_transaction(household=household, by=editor, account=own, date=DAY, amount=-5, payee="Surprise")
    assert len(rows_of(viewer.get("/transactions/export/csv/"))) == 7
    assert len(rows_of(logged_in(editor).get("/transactions/export/csv/"))) == 8
    assert rows_of(stranger.get("/transactions/export/csv/")) == []
    assert viewer.get("/transactions/export/pdf/").status_code == 404
