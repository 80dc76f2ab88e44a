"""Our own export is read back to what was in the household: rows, splits, transfers, tags, and what is left out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from financeflow.households.exporting import write_export
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part
from ledger.importing.apps.own import FORMAT
from ledger.importing.found import Found, FoundCategory, FoundRow, FoundStatement, Refused
from ledger.importing.how import How
from ledger.importing.source import Source
from ledger.models import Account, Category, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HOW = How(today=date(2026, 11, 20), currency="USD")
DAY = date(2026, 11, 2)


@pytest.fixture
def exported(household: Household, tmp_path: Path) -> bytes:
    """A purchase, a split, a transfer between currencies, one that is pending, and one in the trash."""
    everyday = AccountFactory.create(
        household=household, name="Everyday", opening_balance=5000, opened_on=date(2026, 1, 1)
    )
    yen = AccountFactory.create(household=household, name="Yen", currency="JPY", kind=Account.Kind.CASH)
    with household_scope(household.pk):
        food, fun = (Category.objects.get(key=key) for key in ("groceries", "entertainment"))
        add: dict[str, Any] = {"household": household, "by": None, "account": everyday}
        values = {"notes": "for\ntwo", "posted_on": date(2026, 11, 3), "description": "CARD 4411"}
        actions.add_transaction(**add, date=DAY, amount=-1234, payee="Quince", tags=["work", "trip"], values=values)
        parts = [Part(-400, food, "milk"), Part(-500, fun, "film")]
        actions.add_transaction(**add, date=DAY, amount=-900, payee="Arcade", parts=parts)
        actions.add_transfer(
            household=household, by=None, source=everyday, target=yen, amount=1000, received=1600, on=DAY
        )
        actions.add_transaction(**add, date=DAY, amount=-50, payee="Soon", values={"status": "pending"})
        gone = actions.add_transaction(**add, date=DAY, amount=-99, payee="Gone")
        Transaction.objects.filter(pk=gone.pk).update(trashed_at="2026-11-10T00:00:00Z")
        write_export(household, tmp_path / "out.zip")
    return (tmp_path / "out.zip").read_bytes()


def rewritten(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return into.getvalue()


def read(content: bytes) -> Found:
    source = Source("export.zip", content)
    assert FORMAT.knows(source)
    return FORMAT.read(source, HOW)


def statement(found: Found, account: str) -> FoundStatement:
    return next(each for each in found.statements if each.account == account)


def row(found: Found, payee: str) -> FoundRow:
    return next(each for each in statement(found, "Everyday").rows if each.payee == payee)


def test_accounts_come_with_kind_currency_and_what_they_began_with(exported: bytes) -> None:
    found = read(exported)
    everyday, yen = statement(found, "Everyday"), statement(found, "Yen")
    assert (everyday.currency, everyday.kind, everyday.opening_balance) == ("EUR", "checking", 5000)
    assert everyday.opening_on == date(2026, 1, 1)
    assert (yen.currency, yen.kind) == ("JPY", "cash")
    assert found.is_a_book


def test_a_row_has_all_that_was_written_of_it(exported: bytes) -> None:
    bought = row(read(exported), "Quince")
    assert (bought.date, bought.posted_on, bought.amount, bought.currency) == (DAY, date(2026, 11, 3), -1234, "EUR")
    assert (bought.description, bought.notes) == ("CARD 4411", "for\ntwo")
    assert set(bought.tags) == {"work", "trip"}
    assert json.loads(bought.original)["amount"] == -1234


def test_a_split_has_its_parts_under_both_levels_of_their_categories(exported: bytes) -> None:
    found = read(exported)
    parts = row(found, "Arcade").parts
    names = [part.category for part in parts]
    assert [(part.amount, part.memo) for part in parts] == [(-400, "milk"), (-500, "film")]
    assert all(FoundCategory(name, is_income=False) in found.categories for name in names)
    assert any(each.is_income for each in found.categories)


def test_a_transfer_between_currencies_has_both_sides(exported: bytes) -> None:
    found = read(exported)
    out = next(each for each in statement(found, "Everyday").rows if each.transfer)
    into = statement(found, "Yen").rows[0]
    assert (out.amount, out.transfer, into.amount, into.transfer) == (-1000, "Yen", 1600, "Everyday")
    assert out.transfer_key == into.transfer_key != ""


def test_pending_stays_pending_and_the_trash_stays_away(exported: bytes) -> None:
    found = read(exported)
    assert row(found, "Soon").is_pending
    assert -99 not in [each.amount for each in statement(found, "Everyday").rows]
    assert "Transactions in the trash were left out: 1." in [each.message for each in found.remarks]


@pytest.mark.parametrize("amount", ['"ten"', "1.5", "null", "true", "99999999999999999999"])
def test_an_amount_that_is_none_is_told_with_its_row(exported: bytes, amount: str) -> None:
    def spoil(lines: bytes) -> bytes:
        return lines.replace(b'"amount": -1234', b'"amount": ' + amount.encode(), 1)

    found = read(rewritten(exported, "transactions.jsonl", spoil))
    (lost,) = statement(found, "Everyday").unread
    assert lost.line == 1
    assert lost.problem.startswith("transactions.jsonl: ")


def test_lines_that_do_not_add_up_make_their_row_unread(exported: bytes) -> None:
    found = read(rewritten(exported, "lines.jsonl", lambda lines: lines.replace(b"-400", b"-401", 1)))
    assert "do not add up" in statement(found, "Everyday").unread[0].problem


def test_noise_between_the_rows_is_told(exported: bytes) -> None:
    found = read(rewritten(exported, "transactions.jsonl", lambda lines: b"{broken\n" + lines))
    assert [(each.line, each.original) for each in found.statements[0].unread] == [(1, "{broken")]
    assert row(found, "Quince").line == 2


def test_a_newer_export_and_a_damaged_one_are_refused(exported: bytes) -> None:
    with pytest.raises(Refused, match="newer FinanceFlow"):
        read(rewritten(exported, "manifest.json", lambda text: text.replace(b'"format": 1', b'"format": 99')))
    with pytest.raises(Refused, match="manifest"):
        FORMAT.read(Source("a.zip", exported[:-60]), HOW)
    assert not FORMAT.knows(Source("a.zip", exported[:-60]))
    assert not FORMAT.knows(Source("a.zip", rewritten(exported, "manifest.json", lambda text: b"[1]")))


def test_a_table_spoilt_inside_the_zip_is_refused(exported: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        place = archive.getinfo("transactions.jsonl").header_offset + 30 + len("transactions.jsonl") + 40
    with pytest.raises(Refused, match="damaged"):
        FORMAT.read(Source("a.zip", exported[:place] + b"\xff\x00\xff\x00" + exported[place + 4 :]), HOW)
