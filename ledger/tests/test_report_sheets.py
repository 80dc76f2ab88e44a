"""Reports as values, text and workbooks: what stands in them is what the document says, as numbers."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.reporting.comma import write_csv
from ledger.reporting.document import Amount, Day, Document, Row, Share, Words
from ledger.reporting.plain import plain_document, write_json
from ledger.reporting.tabular import columns_of, tables_of
from ledger.reporting.workbook import sheet_names, write_workbook
from ledger.tests.report_samples import MADE_ON, document, full, letterhead, table


def book_of(tmp_path: Path, report: Document, locale: str = "en-GB") -> Any:
    write_workbook(tmp_path / "book.xlsx", report, letterhead(locale))
    return load_workbook(tmp_path / "book.xlsx")


def rows_of(tmp_path: Path, report: Document, locale: str = "en-GB", delimiter: str = ",") -> list[list[str]]:
    write_csv(tmp_path / "report.csv", report, letterhead(locale))
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_a_sheet_holds_numbers_days_and_shares_as_what_they_are(tmp_path: Path) -> None:
    sheet = book_of(tmp_path, full())["By category"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Category", "Spent (EUR)", "Share", "Change", "Number", "Last")
    assert rows[1][:5] == ("Food", 700, 0.7, 0.125, 12)
    assert rows[2][:5] == ("Groceries", 500, 0.5, None, 9)
    assert [row[5].date() for row in rows[1:3]] == [date(2026, 11, 2), date(2026, 11, 3)]
    assert rows[4] == ("Together", 1000, 1, 0, 13, None)
    formats = [cell.number_format for cell in sheet[2]]
    assert formats == ["General", "#,##0.00", "0.0%", "+0.0%;-0.0%;0.0%", "#,##0", "yyyy-mm-dd"]
    assert sheet.freeze_panes == "B2"
    assert all(cell.font.bold for cell in sheet[1])
    assert [sheet.cell(row, 1).alignment.indent for row in (2, 3)] == [0, 1]
    for cell in sheet[5]:
        assert cell.font.bold
        assert (cell.border.top.style, cell.border.bottom.style) == ("thin", "double")


@pytest.mark.parametrize(
    ("currency", "minor", "number", "pattern"),
    [
        ("EUR", 1, 0.01, "#,##0.00"),
        ("EUR", -(10**11), -(10**9), "#,##0.00"),
        ("JPY", 123456, 123456, "#,##0"),
        ("KWD", 1234567, 1234.567, "#,##0.000"),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(
    tmp_path: Path, currency: str, minor: int, number: float, pattern: str
) -> None:
    report = document(table([Words("All"), Amount(minor, currency)]), currency=currency)
    cell = book_of(tmp_path, report)["By category"]["B2"]
    assert (cell.value, cell.number_format, cell.data_type) == (number, pattern, "n")


def test_there_is_a_sheet_for_each_section_and_one_about_the_report(tmp_path: Path) -> None:
    book = book_of(tmp_path, full())
    assert book.sheetnames == ["Summary", "By category", "The months", "New payees", "About this report"]
    about = {row[0]: row[1] for row in book["About this report"].iter_rows(values_only=True)}
    assert about["Household"] == "The Winterbottoms"
    assert about["Note"] == "3 amounts in JPY not included"
    assert about["Made on"].date() == MADE_ON
    assert book["New payees"]["A2"].value == "No new payees this month."
    assert [cell.value for cell in book["Summary"][2]] == ["Net savings", 1234.56, "EUR", "more"]


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    rows = [[Words(text), Amount(1, "EUR")] for text in ("=1+1", "@SUM(A1)", "+1", "-1", "http://example.org/")]
    sheet = book_of(tmp_path, document(table(*rows)))["By category"]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert not any(cell.hyperlink for cell in sheet["A"])
    written = rows_of(tmp_path, document(table(*rows)))
    assert [row[0] for row in written[-5:]] == ["'=1+1", "'@SUM(A1)", "'+1", "'-1", "http://example.org/"]


def test_names_of_sheets_are_what_a_workbook_takes() -> None:
    titles = ["In/Out: [all]?", "in out all", "x" * 40, "x" * 40, "''", "History", "Ämter & Märkte"]
    names = sheet_names(titles)
    assert names == ["In Out all", "in out all 2", "x" * 31, "x" * 29 + " 2", "Sheet", "History 2", "Ämter & Märkte"]
    assert len({name.casefold() for name in names}) == len(titles)


def test_columns_are_wide_enough_for_what_they_hold(tmp_path: Path) -> None:
    name = "A name that is rather longer than others"
    sheet = book_of(tmp_path, document(table([Words(name), Amount(10**13, "EUR")])))["By category"]
    assert sheet.column_dimensions["A"].width >= len(name)
    assert sheet.column_dimensions["B"].width >= len("100,000,000,000.00")


def test_text_says_everything_one_table_after_the_other(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, full())
    assert rows[:5] == [
        ["Monthly report"],
        ["The Winterbottoms"],
        ["November 2026"],
        ["1,234.56 is left."],
        ["3 amounts in JPY not included"],
    ]
    start = rows.index(["By category"])
    assert rows[start + 1 : start + 7] == [
        ["compared with October 2026"],
        ["Category", "Spent (EUR)", "Share", "Change", "Number", "Last"],
        ["Food", "700.00", "70.00%", "12.50%", "12", "2026-11-02"],
        ["Food: Groceries", "500.00", "50.00%", "", "9", "2026-11-03"],
        ["'=1+1", "300.00", "30.00%", "-50.00%", "1", ""],
        ["Together", "1000.00", "100.00%", "0.00%", "13", ""],
    ]
    assert rows[rows.index(["The months"]) + 2] == ["2026-06-01", "100.01"]


def test_where_decimals_have_a_comma_columns_have_a_semicolon(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, full(), "de-DE", ";")
    assert rows[rows.index(["By category"]) + 3][1:3] == ["700,00", "70,00%"]


def test_amounts_of_several_currencies_say_theirs_beside_them() -> None:
    several = table([Words("A"), Amount(1, "EUR")], [Words("B"), Amount(1, "JPY")], [Words("C"), None])
    assert [column.head for column in columns_of(several)] == ["Category", "Spent", "Currency"]
    currency = columns_of(several)[-1]
    assert [currency.of(row) for row in several.rows] == [Words("EUR"), Words("JPY"), None]
    one = table([Words("A"), Amount(1, "JPY")], [Words("B"), None], [Words("C")])
    assert [column.head for column in columns_of(one)] == ["Category", "Spent (JPY)"]
    assert [column.of(row) for column in columns_of(one) for row in one.rows][-1] is None


def test_programs_get_the_document_as_values(tmp_path: Path) -> None:
    report = full()
    write_json(tmp_path / "report.json", report)
    found = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert found == plain_document(report)
    assert found["figures"]["net"] == {
        "label": "Net savings",
        "value": {"amount": "1234.56", "minor": 123456, "currency": "EUR", "list": "/transactions/?q=net"},
        "note": "more",
    }
    assert found["figures"]["rate"]["value"] == 0.2346
    assert found["figures"]["count"]["value"] == {"count": 1234, "list": "/transactions/"}
    assert list(found["tables"]) == ["categories", "below", "none"]
    food, groceries, _other, whole = found["tables"]["categories"]["rows"]
    assert food["cells"][0] == "Food"
    assert food["cells"][1]["list"] == "/transactions/?q=food"
    assert food["cells"][5] == "2026-11-02"
    assert (groceries["level"], groceries["cells"][3]) == (1, None)
    assert (whole["is_sum"], whole["cells"][5]) == (True, None)
    assert found["honest"] == "3 amounts in JPY not included"


def test_a_report_of_nothing_is_written_too(tmp_path: Path) -> None:
    nothing = document()
    assert list(tables_of(nothing)) == []
    assert book_of(tmp_path, nothing).sheetnames == ["About this report"]
    assert rows_of(tmp_path, nothing)[0] == ["Monthly report"]
    assert plain_document(nothing)["tables"] == {}


def test_a_part_without_a_group_above_keeps_its_name(tmp_path: Path) -> None:
    alone = document(table(Row([Words("Groceries"), Amount(5, "EUR")], level=1)))
    assert rows_of(tmp_path, alone)[-1] == ["Groceries", "0.05"]
    by_day = document(table([Day(date(2026, 1, 2)), Share(None)], head=["Day", "Share"]))
    assert rows_of(tmp_path, by_day)[-1] == ["2026-01-02", ""]
