"""Reports as files, by the address of their page: what it shows to the cent, for who may see it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_money
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, logged_in, owner_of
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.calc.periods import Period, period_of
from ledger.models import Category
from ledger.reporting.document import Document
from ledger.reporting.files import FILES, file_name
from ledger.reporting.registry import REPORTS
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
SIXTY = "A payee whose name is sixty characters long, written in full"
MONTH = "/reports/monthly/export/{}/?month=2025-10"


def add(household: Household, *rows: dict[str, Any], **account: Any) -> None:
    """Transactions in an account of their own."""
    own = AccountFactory.create(household=household, **account)
    with household_scope(household.pk):
        entries = [NewTransaction(**{"account": own, "date": date(2025, 10, 3), **row}) for row in rows]
        actions.add_transactions(household=household, by=None, rows=entries)


@pytest.fixture
def filled(household: Household) -> Household:
    """A month of income, spending, a refund, a split, what has no category and yen without a rate; one before it."""
    with household_scope(household.pk):
        food, fun, salary = (Category.objects.get(key=key) for key in ("groceries", "entertainment", "salary"))
    add(
        household,
        {"amount": 250000, "payee": "Employer", "parts": [Part(250000, salary)]},
        {"amount": -12345678, "payee": SIXTY, "parts": [Part(-12345000, food), Part(-678, fun)]},
        {"amount": 1, "payee": "=1+1", "parts": [Part(1, food)], "date": date(2025, 10, 31)},
        {"amount": -4200, "payee": "רמי לוי", "date": date(2025, 9, 12)},
        {"amount": -999, "payee": "Kiosk"},
        name="Everyday",
    )
    add(household, {"amount": -900, "date": date(2025, 10, 4)}, name="Far", currency="KWD")
    return household


def text_of(answer: Any) -> str:
    """What a PDF says, without the spaces, which are only places on paper."""
    pages = PdfReader(io.BytesIO(answer.getvalue())).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def plain_of(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.getvalue())
    return found


def book_of(answer: Any) -> Any:
    return load_workbook(io.BytesIO(answer.getvalue()))


READERS = {"pdf": text_of, "xlsx": book_of, "csv": rows_of, "json": plain_of}


def amounts_in(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every amount of a report: its figures, and all cells of its tables."""
    cells = [figure["value"] for figure in plain["figures"].values()]
    cells += [cell for table in plain["tables"].values() for row in table["rows"] for cell in row["cells"]]
    return (cell for cell in cells if isinstance(cell, dict) and "amount" in cell)


def test_files_come_as_downloads_that_nobody_keeps(owner: Client, filled: Household) -> None:
    for kind, (content_type, _write) in FILES.items():
        answer = owner.get(MONTH.format(kind))
        assert answer.status_code == 200
        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"] == f'attachment; filename="monthly-2025-10.{kind}"'
        assert answer["Cache-Control"] == "private, no-store"
        assert int(answer["Content-Length"]) == len(answer.getvalue())


def test_all_four_say_what_the_page_says(owner: Client, filled: Household) -> None:
    page = owner.get("/reports/monthly/?month=2025-10").context["document"]
    plain = plain_of(owner.get(MONTH.format("json")))
    assert plain["figures"]["income"]["value"]["minor"] == 250000
    spent = {figure.key: getattr(figure.value, "minor", None) for figure in page.figures}
    assert {key: (figure["value"] or {}).get("minor") for key, figure in plain["figures"].items() if key != "rate"} == {
        key: minor for key, minor in spent.items() if key != "rate"
    }
    assert list(plain["tables"]) == [table.key for table in page.tables]
    pdf, written = text_of(owner.get(MONTH.format("pdf"))), rows_of(owner.get(MONTH.format("csv")))
    book = book_of(owner.get(MONTH.format("xlsx")))
    numbers = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    fields = {field for row in written for field in row}
    found = list(amounts_in(plain))
    assert len(found) > 20
    for amount in found:
        said = str(format_money(abs(amount["minor"]), amount["currency"], filled.locale))
        assert "".join(said.split()) in pdf
        assert amount["amount"] in fields
        assert amount["minor"] / 10 ** minor_digits(amount["currency"]) in numbers


def test_what_is_not_in_the_sums_is_told_everywhere(owner: Client, filled: Household) -> None:
    honest = "1 amount in KWD not included"
    assert plain_of(owner.get(MONTH.format("json")))["honest"] == honest
    assert "".join(honest.split()) in text_of(owner.get(MONTH.format("pdf")))
    assert [honest] in rows_of(owner.get(MONTH.format("csv")))


def test_names_are_whole_and_no_text_is_a_formula(owner: Client, filled: Household) -> None:
    assert "".join(SIXTY.split()) in text_of(owner.get(MONTH.format("pdf")))
    rows = rows_of(owner.get(MONTH.format("csv")))
    assert any("'=1+1" in row for row in rows)
    assert not any(field.startswith("=") for row in rows for field in row)
    book = book_of(owner.get(MONTH.format("xlsx")))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("kind", FILES)
def test_every_report_is_every_file_full_and_empty(owner: Client, household: Household, name: str, kind: str) -> None:
    for _turn in ("empty", "full"):
        answer = owner.get(f"/reports/{name}/export/{kind}/?year=2025&of=2025")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith(f'attachment; filename="{name}-2025')
        assert READERS[kind](answer)
        add(household, {"amount": -1}, {"amount": 10**13}, name=f"Account {_turn}")


def test_a_filter_of_the_page_is_one_of_the_file(owner: Client, filled: Household) -> None:
    narrowed = plain_of(owner.get(MONTH.format("json") + "&q=category:entertainment"))
    assert narrowed["figures"]["spending"]["value"]["amount"] == "6.78"
    compared = plain_of(owner.get(MONTH.format("json") + "&compare=year"))
    assert compared["tables"] != plain_of(owner.get(MONTH.format("json")))["tables"]


def test_what_is_not_there_is_not_found(owner: Client, filled: Household) -> None:
    assert owner.get(MONTH.format("docx")).status_code == 404
    assert owner.get("/reports/nothing/export/pdf/").status_code == 404
    assert owner.post(MONTH.format("pdf")).status_code == 405


def test_an_address_that_is_not_clear_leads_to_the_page_that_says_why(owner: Client, filled: Household) -> None:
    answer = owner.get("/reports/monthly/export/pdf/?month=2025-13", follow=True)
    assert answer.redirect_chain == [("/reports/monthly/?month=2025-13", 302)]
    assert answer.status_code == 400


def test_three_persons_get_what_is_theirs(
    owner: Client, viewer: Client, stranger: Client, client: Client, filled: Household
) -> None:
    seen = plain_of(owner.get(MONTH.format("json")))
    assert plain_of(viewer.get(MONTH.format("json"))) == seen
    others = plain_of(stranger.get(MONTH.format("json")))
    assert others["figures"]["income"]["value"]["minor"] == 0
    assert "Employer" not in json.dumps(others)
    assert client.get(MONTH.format("pdf")).status_code == 302


def test_a_private_account_of_another_member_stays_unseen(owner: Client, filled: Household) -> None:
    editor = join(filled, "editor")
    with household_scope(filled.pk):
        own = actions.add_account(
            household=filled, by=editor, name="Hidden", currency="EUR", opened_on=date(2025, 1, 1), private_to=editor
        )
        values: dict[str, Any] = {"account": own, "date": date(2025, 10, 5), "amount": -777, "payee": "Surprise"}
        actions.add_transaction(household=filled, by=editor, **values)
    for kind in ("csv", "pdf"):
        read = text_of if kind == "pdf" else lambda answer: str(rows_of(answer))
        assert "Surprise" not in read(owner.get(MONTH.format(kind)))
        assert "Surprise" in read(logged_in(editor).get(MONTH.format(kind)))


def test_a_household_writes_files_in_its_own_way() -> None:
    household = HouseholdFactory.create(locale="de-DE", base_currency="EUR", name="משפחת לוי")
    add(household, {"amount": -123456})
    browser = logged_in(owner_of(household))
    assert b"1234,56" in browser.get(MONTH.format("csv")).getvalue()
    assert "1.234,56€" in text_of(browser.get(MONTH.format("pdf")))


@pytest.mark.parametrize("count", [3, 300])
def test_a_file_asks_as_much_of_many_rows_as_of_few(
    owner: Client, household: Household, count: int, django_assert_max_num_queries: Any
) -> None:
    add(household, *({"amount": -place, "payee": f"Payee {place}"} for place in range(1, count + 1)))
    with django_assert_max_num_queries(24):
        assert text_of(owner.get(MONTH.format("pdf")))


def test_files_are_called_by_their_days() -> None:
    report = Document("monthly", "Monthly report", "2025/26", "EUR", ())
    day = date(2026, 11, 21)
    names = {kind: file_name(report, period_of(kind, day), "pdf") for kind in ("month", "quarter", "year")}
    assert names == {"month": "monthly-2026-11.pdf", "quarter": "monthly-2026-q4.pdf", "year": "monthly-2026.pdf"}
    half = Period(date(2025, 12, 1), date(2026, 5, 31))
    assert file_name(report, half, "xlsx") == "monthly-2025-12-to-2026-05.xlsx"
    days = Period(date(2026, 11, 2), date(2026, 11, 9))
    assert file_name(report, days, "csv") == "monthly-2026-11-02-to-2026-11-09.csv"
    assert file_name(report, None, "json") == "monthly-2025-26.json"
