"""Budgets of Actual: the ZIP with its database, what lives in it, and databases that are not what they seem."""

from __future__ import annotations

import contextlib
import io
import sqlite3
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from ledger.importing.apps.actual import FORMAT
from ledger.importing.found import Found, FoundCategory, FoundPart, FoundRow, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

HOW = How(today=date(2026, 10, 31), currency="EUR")
SCHEMA = """
CREATE TABLE accounts (id TEXT PRIMARY KEY, name TEXT, offbudget INTEGER DEFAULT 0, closed INTEGER DEFAULT 0,
  tombstone INTEGER DEFAULT 0);
CREATE TABLE category_groups (id TEXT PRIMARY KEY, name TEXT, is_income INTEGER DEFAULT 0, tombstone INTEGER DEFAULT 0);
CREATE TABLE categories (id TEXT PRIMARY KEY, name TEXT, is_income INTEGER DEFAULT 0, cat_group TEXT,
  tombstone INTEGER DEFAULT 0);
CREATE TABLE category_mapping (id TEXT PRIMARY KEY, transferId TEXT);
CREATE TABLE payees (id TEXT PRIMARY KEY, name TEXT, transfer_acct TEXT, tombstone INTEGER DEFAULT 0);
CREATE TABLE payee_mapping (id TEXT PRIMARY KEY, targetId TEXT);
CREATE TABLE schedules (id TEXT PRIMARY KEY, tombstone INTEGER DEFAULT 0);
CREATE TABLE zero_budgets (id TEXT PRIMARY KEY, amount INTEGER);
CREATE TABLE preferences (id TEXT PRIMARY KEY, value TEXT);
CREATE TABLE transactions (id TEXT PRIMARY KEY, isParent INTEGER DEFAULT 0, isChild INTEGER DEFAULT 0, acct TEXT,
  category TEXT, amount INTEGER, description TEXT, notes TEXT, date INTEGER, financial_id TEXT,
  imported_description TEXT, starting_balance_flag INTEGER DEFAULT 0, transferred_id TEXT, parent_id TEXT,
  tombstone INTEGER DEFAULT 0);
"""
BOOK: dict[str, list[tuple[Any, ...]]] = {
    "accounts": [("a1", "Everyday", 0, 0, 0), ("a2", "Shed fund", 1, 1, 0), ("a3", "Gone", 0, 0, 1)],
    "category_groups": [("g1", "Food", 0, 0), ("g2", "Income", 1, 0)],
    "categories": [
        ("c1", "Groceries", 0, "g1", 0),
        ("c2", "Wages", 1, "g2", 0),
        ("c3", "Old groceries", 0, "g1", 1),
    ],
    "category_mapping": [("c1", "c1"), ("c2", "c2"), ("c3", "c1")],
    "payees": [("p1", "Green Cart", None, 0), ("p2", "", "a2", 0), ("p3", "", "a1", 0), ("p4", "Grn Cart", None, 1)],
    "payee_mapping": [("p1", "p1"), ("p2", "p2"), ("p3", "p3"), ("p4", "p1")],
    "schedules": [("s1", 0), ("s2", 1)],
    "zero_budgets": [("b1", 5000), ("b2", 100)],
}
LIVES: list[dict[str, Any]] = [
    {"id": "t0", "acct": "a1", "amount": 12345, "date": 20260101, "starting_balance_flag": 1},
    {
        "id": "t1",
        "acct": "a1",
        "amount": -250,
        "date": 20260102,
        "description": "p4",
        "category": "c3",
        "notes": "plums #garden #late",
        "financial_id": "F9",
        "imported_description": "GRN CART 9",
    },
    {"id": "t2", "acct": "a1", "amount": -5000, "date": 20260103, "description": "p2", "transferred_id": "t3"},
    {"id": "t3", "acct": "a2", "amount": 5000, "date": 20260103, "description": "p3", "transferred_id": "t2"},
    {"id": "t4", "acct": "a1", "amount": -900, "date": 20260104, "description": "p1", "isParent": 1},
    {
        "id": "t4/1",
        "acct": "a1",
        "amount": -400,
        "date": 20260104,
        "category": "c1",
        "isChild": 1,
        "parent_id": "t4",
        "notes": "figs",
    },
    {"id": "t4/2", "acct": "a1", "amount": -500, "date": 20260104, "isChild": 1, "parent_id": "t4"},
    {"id": "t5", "acct": "a1", "amount": -777, "date": 20260105, "tombstone": 1},
    {"id": "t6", "acct": "a3", "amount": -888, "date": 20260105},
    {"id": "t7", "acct": "a1", "amount": -900, "date": 20260106, "isParent": 1, "tombstone": 1},
    {"id": "t7/1", "acct": "a1", "amount": -900, "date": 20260106, "isChild": 1, "parent_id": "t7"},
]


def database(transactions: Iterable[dict[str, Any]] = LIVES, schema: str = SCHEMA, currency: str = "") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    for table, rows in BOOK.items():
        for row in rows:
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    if currency:
        connection.execute("INSERT INTO preferences VALUES ('defaultCurrencyCode', ?)", (currency,))
    for told in transactions:
        names, marks = ", ".join(told), ", ".join("?" * len(told))
        connection.execute(f"INSERT INTO transactions ({names}) VALUES ({marks})", tuple(told.values()))  # noqa: S608
    connection.commit()
    return connection.serialize()


def zipped(content: bytes, folder: str = "") -> Source:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{folder}db.sqlite", content)
        archive.writestr(f"{folder}metadata.json", '{"budgetName": "Shed"}')
    return Source("2026-10-31-Shed.zip", into.getvalue())


def read(source: Source, how: How = HOW) -> Found:
    assert FORMAT.knows(source)
    return FORMAT.read(source, how)


def rows(found: Found, account: str) -> list[FoundRow]:
    return next(each.rows for each in found.statements if each.account == account)


def test_a_budget_gives_its_accounts_with_what_they_began_with() -> None:
    found = read(zipped(database()))
    assert found.is_a_book
    assert [(each.account, each.currency, each.opening_balance) for each in found.statements] == [
        ("Everyday", "EUR", 12345),
        ("Shed fund", "EUR", None),
    ]
    assert found.categories[:2] == [
        FoundCategory("Food: Groceries", is_income=False),
        FoundCategory("Income: Wages", is_income=True),
    ]


def test_payees_and_categories_that_were_merged_are_found_by_their_new_names() -> None:
    row = rows(read(zipped(database())), "Everyday")[0]
    assert (row.date, row.amount, row.payee, row.category) == (
        date(2026, 1, 2),
        -250,
        "Green Cart",
        "Food: Groceries",
    )
    assert (row.bank_id, row.description) == ("F9", "GRN CART 9")
    assert (row.notes, row.tags) == ("plums #garden #late", ("garden", "late"))


def test_two_sides_of_a_transfer_share_a_key() -> None:
    found = read(zipped(database()))
    out, into = rows(found, "Everyday")[1], rows(found, "Shed fund")[0]
    assert (out.amount, out.transfer, out.payee) == (-5000, "Shed fund", "")
    assert (into.amount, into.transfer) == (5000, "Everyday")
    assert out.transfer_key == into.transfer_key != ""


def test_a_split_is_one_row_whose_parts_add_up() -> None:
    row = rows(read(zipped(database())), "Everyday")[2]
    assert (row.amount, row.payee) == (-900, "Green Cart")
    assert row.parts == (FoundPart(-400, "Food: Groceries", "figs"), FoundPart(-500))


def test_what_was_deleted_stays_away_with_its_parts_and_accounts() -> None:
    found = read(zipped(database()))
    assert [row.amount for row in rows(found, "Everyday")] == [-250, -5000, -900]
    assert {row.amount for each in found.statements for row in each.rows}.isdisjoint({-777, -888})


def test_what_could_not_be_carried_is_counted() -> None:
    told = {remark.message for remark in read(zipped(database())).remarks}
    assert "Schedules were not carried over: 1." in told
    assert "Budgeted amounts were not carried over: 2." in told
    assert "Accounts that were closed are open here until you close them: 1." in told


def test_the_currency_of_the_budget_is_taken_and_amounts_are_hundredths_of_it() -> None:
    found = read(zipped(database(currency="JPY", transactions=[LIVES[0] | {"amount": 120000}, LIVES[1]])))
    everyday = found.statements[0]
    assert (everyday.currency, everyday.opening_balance) == ("JPY", 1200)
    assert [each.problem for each in everyday.unread] == ["This amount is a fraction of what JPY has."]


def test_amounts_and_dates_that_are_none_are_told_and_the_rest_is_read() -> None:
    spoilt = [{**LIVES[1], "amount": "many"}, {**LIVES[1], "id": "x", "date": 20261399}, {**LIVES[1], "id": "y"}]
    everyday = read(zipped(database(spoilt))).statements[0]
    assert [row.amount for row in everyday.rows] == [-250]
    assert len(everyday.unread) == 2
    assert all(each.problem and each.original for each in everyday.unread)


def test_the_database_alone_and_older_zips_with_a_folder_are_read_too() -> None:
    content = database()
    whole = read(zipped(content))
    assert read(Source("db.sqlite", content)) == whole
    assert read(zipped(content, "My-Budget-1234/")) == whole


def test_a_database_kept_with_a_write_ahead_log_is_read() -> None:
    content = database()
    assert read(zipped(content[:18] + b"\x02\x02" + content[20:])) == read(zipped(content))


def test_another_app_s_database_is_refused() -> None:
    bare = sqlite3.connect(":memory:")
    bare.execute("CREATE TABLE notes (id TEXT)")
    with pytest.raises(Refused, match="not one of Actual"):
        FORMAT.read(zipped(bare.serialize()), HOW)


def test_views_in_place_of_tables_are_refused() -> None:
    endless = SCHEMA.replace(
        "CREATE TABLE schedules (id TEXT PRIMARY KEY, tombstone INTEGER DEFAULT 0);",
        "CREATE TABLE schedules (id TEXT PRIMARY KEY, tombstone INTEGER DEFAULT 0);"
        "ALTER TABLE payees RENAME TO kept;"
        "CREATE VIEW payees AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS id, i AS name, NULL AS transfer_acct FROM n;",
    )
    connection = sqlite3.connect(":memory:")
    connection.executescript(endless)
    with pytest.raises(Refused, match="not one of Actual"):
        FORMAT.read(zipped(connection.serialize()), HOW)


@pytest.mark.parametrize("place", range(0, 40000, 1777))
def test_a_cut_database_is_read_or_refused(place: int) -> None:
    content = database()
    with contextlib.suppress(Refused):
        found = FORMAT.read(zipped(content[: min(place, len(content) - 1)]), HOW)
        assert {row.amount for each in found.statements for row in each.rows} <= {-250, -5000, 5000, -900}


def test_a_cut_zip_is_refused_and_another_zip_is_not_known() -> None:
    source = zipped(database())
    assert not FORMAT.knows(Source("a.zip", source.content[:-40]))
    with pytest.raises(Refused):
        FORMAT.read(Source("a.zip", source.content[:-40]), HOW)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("db.sqlite", b"")
    assert not FORMAT.knows(Source("a.zip", other.getvalue()))
