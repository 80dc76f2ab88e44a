"""The command for scripts: JSON or a table, and a status that tells whether the file was read."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ledger.tests.importing.read_samples import camt, entry, mt940

SAMPLE = mt940(
    ":61:2405060506D12,50NTRFINV-7//BANK-9", ":86:166?20Miete?32Haus AG", ":61:2405060506D9NTRF", ":61:bad", ":86:what"
)

pytestmark = pytest.mark.once


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("read_statement", str(path), *options, stdout=out)
    return out.getvalue()


def refused(path: Path, *options: str) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("read_statement", str(path), *options, stderr=err)
    assert ended.value.code == 2
    return err.getvalue()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "may.sta"
    path.write_text(SAMPLE)
    return path


def test_json_has_exactly_what_was_promised(sample: Path) -> None:
    told: Any = json.loads(run(sample, "--json"))
    warning = told["statements"][0]["warnings"].pop()
    assert (warning["line"], warning["message"][:21]) == (8, "This line is not whol")
    row = {"currency": "EUR", "exponent": 2, "date": "2024-05-06"}
    assert told == {
        "statements": [
            {
                "account": "DE89370400440532013000",
                "currency": "EUR",
                "exponent": 2,
                "opening_balance": 10000,
                "closing_balance": 10000,
                "rows": [
                    row
                    | {"amount": -1250, "payee": "Haus AG", "description": "Miete"}
                    | {"reference": "INV-7", "bank_id": "BANK-9", "line": 5},
                    row
                    | {"amount": -900, "payee": "", "description": ""}
                    | {"reference": "", "bank_id": "", "line": 7},
                ],
                "warnings": [],
            }
        ]
    }


def test_without_json_it_is_a_table(sample: Path) -> None:
    lines = run(sample).splitlines()
    assert lines[0] == "DE89370400440532013000  EUR  2 rows  from 100.00  to 100.00"
    assert lines[1] == "     5  2024-05-06          -12.50 EUR  Haus AG  Miete  INV-7  BANK-9"
    assert lines[3].startswith("     8  ! This line is not whole")


def test_amounts_have_the_decimals_of_their_currency(tmp_path: Path) -> None:
    path = tmp_path / "yen.xml"
    path.write_text(camt(entry("1980")).replace("EUR", "JPY"))
    assert "-1980 JPY" in run(path)
    assert json.loads(run(path, "--json"))["statements"][0]["exponent"] == 0


def test_a_refused_file_ends_with_two_and_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"%PDF-1.4")
    sentence = (
        "This is a PDF, made for printing. Download the same statement from your bank as CSV, OFX, CAMT or MT940.\n"
    )
    assert refused(path) == sentence
    assert refused(path, "--json") == sentence


def test_a_file_that_is_not_there_and_a_currency_that_is_none_are_refused(tmp_path: Path, sample: Path) -> None:
    assert "could not be opened: No such file or directory" in refused(tmp_path / "missing.csv")
    assert "could not be opened" in refused(tmp_path)
    assert "“XYZ” is no currency in use" in refused(sample, "--currency", "XYZ")


def test_the_format_may_be_named(sample: Path) -> None:
    assert "no format called “nothing”" in refused(sample, "--format", "nothing")
    assert "2 rows" in run(sample, "--format", "mt940")
