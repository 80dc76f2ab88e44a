"""Every file of the corpus is read to exactly what stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.importing.found import Refused
from ledger.tests.importing.samples import CORPUS, Sample, samples, sound, told_of

pytestmark = pytest.mark.once

SAMPLES = samples()
# A file that cannot be read in any other encoding, or not without garbling its letters.
ENCODED = {
    "utf-8": "csv/gb-monzo-emoji.csv",
    "utf-8-sig": "csv/us-paypal-three-currencies.csv",
    "utf-16-le": "csv/at-george-utf16.csv",
    "utf-16-be": "csv/fr-utf16-big-endian.csv",
    "latin-1": "csv/de-sparkasse-camt.csv",
    "iso8859-15": "csv/fr-month-names-latin9.csv",
    "cp1252": "csv/nl-rabobank-plus-sign.csv",
    "cp1250": "csv/pl-mbank-cp1250.csv",
    "cp1255": "csv/il-hebrew-cp1255.csv",
    "mac_roman": "csv/ca-quebec-mac-roman.csv",
    "cp932": "csv/jp-shift-jis-era-free.csv",
}
WORDS = ("payee", "description")


@pytest.mark.parametrize("sample", [each for each in SAMPLES if not each.is_refused], ids=str)
def test_a_file_is_read_to_exactly_what_stands_beside_it(sample: Sample) -> None:
    told = told_of(sound(sample))
    assert [_of(each) for each in told["statements"]] == [_of(each) for each in sample.expected["statements"]]


@pytest.mark.parametrize("sample", [each for each in SAMPLES if not each.is_refused], ids=str)
def test_a_file_is_warned_of_at_exactly_the_lines_that_need_it(sample: Sample) -> None:
    told = told_of(sound(sample))
    assert [_lines(each) for each in told["statements"]] == [_lines(each) for each in sample.expected["statements"]], [
        each["warnings"] for each in told["statements"]
    ]


@pytest.mark.parametrize("sample", [each for each in SAMPLES if each.is_refused], ids=str)
def test_what_is_no_statement_is_refused_with_a_sentence(sample: Sample) -> None:
    with pytest.raises(Refused) as refused:
        sample.read()
    assert len(str(refused.value)) > 20
    assert str(refused.value).endswith((".", "?"))


def test_the_corpus_is_wide_enough() -> None:
    assert len(SAMPLES) >= 150
    assert len({each.country for each in SAMPLES if each.folder in ("csv", "excel")}) >= 30
    assert {each.folder for each in SAMPLES} >= {"csv", "excel", "ofx", "qif", "camt", "mt940", "apps"}


@pytest.mark.parametrize(("encoding", "name"), ENCODED.items(), ids=list(ENCODED))
def test_each_encoding_has_its_file(encoding: str, name: str) -> None:
    content = (CORPUS / name).read_bytes()
    assert content.decode(encoding).encode(encoding) == content
    if not encoding.startswith("utf"):
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


def test_every_expectation_has_its_file() -> None:
    beside = {path.with_suffix("") for path in CORPUS.rglob("*.json") if path.with_suffix("").suffix}
    assert beside == {each.path for each in SAMPLES}


def _of(statement: Any) -> dict[str, Any]:
    """All but the warnings; how many blanks stand between words does not matter."""
    told = {key: value for key, value in statement.items() if key not in ("rows", "warnings")}
    rows = [{key: " ".join(row[key].split()) if key in WORDS else row[key] for key in row} for row in statement["rows"]]
    return {**told, "rows": rows}


def _lines(statement: Any) -> list[int]:
    return sorted(warning["line"] or 0 for warning in statement["warnings"])
