"""`manage.py predict_categories`: lines in, a category for each out, and never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory
from insights.calc.movements import Movement, NotUnderstood, movement_in, read_json
from insights.calc.shared import shared_model
from insights.models import Lesson, School
from insights.queries.evaluation import read_rows
from insights.queries.predicting import for_anybody
from ledger.actions.payees import add_payee
from ledger.models import Category

UNSEEN = Path(__file__).parent / "unseen.csv"


class Lines:
    """Standard input, as far as it is read."""

    def __init__(self, text: bytes) -> None:
        self.buffer = io.BytesIO(text)


def asked(monkeypatch: pytest.MonkeyPatch, *lines: Any, **options: Any) -> list[dict[str, Any]]:
    text = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    monkeypatch.setattr(sys, "stdin", Lines(text))
    out = io.StringIO()
    code = 0
    try:
        call_command("predict_categories", stdout=out, **options)
    except SystemExit as ended:
        code = int(str(ended.code))
    found = [json.loads(line) for line in out.getvalue().splitlines() if line]
    assert code == any("error" in each for each in found)
    return found


def lessons(tmp_path: Path, *told: dict[str, Any]) -> str:
    path = tmp_path / "lessons.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in told))
    return str(path)


def test_each_line_is_answered_in_order_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[dict[str, Any]] = [
        {"description": "LIDL 4711 BERLIN", "amount": "-23.10", "currency": "EUR", "date": "2026-01-31"},
        {"description": "NETFLIX.COM 866-579-7172"},
        {"description": "ACME GMBH GEHALT JANUAR", "amount": "2450.00"},
        {"description": "zxqv", "amount": None},
    ]
    found = asked(monkeypatch, *lines)
    assert [each["category"] for each in found[:3]] == ["groceries", "subscriptions", "salary"]
    for each in found:
        assert set(each) == {"category", "confidence", "band", "reason"}
        assert 0 <= each["confidence"] < 1
        assert each["band"] in ("filed", "suggested", "open")
        assert each["reason"]
    assert "lidl" in found[0]["reason"]


def test_what_looks_like_a_transfer_has_no_category_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = asked(monkeypatch, {"description": "Transfer to own savings account", "amount": "-500.00"})
    assert found == {
        "category": None,
        "confidence": 0.0,
        "band": "open",
        "reason": "looks like a transfer between own accounts",
    }


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{", "This is no JSON."),
        (b"\xff\xfe", "This is no JSON."),
        (b"[" * 100_000, "This is no JSON."),
        (b"[1]", "Each line is an object"),
        (b"{}", "The description is missing."),
        (b'{"description": "  "}', "The description is missing."),
        (b'{"description": ["a"]}', "The description is no text."),
        (b'{"description": "a", "amount": "12,50"}', "The amount is a number with a sign"),
        (b'{"description": "a", "amount": "NaN"}', "The amount is a number with a sign"),
        (b'{"description": "a", "amount": "1e9999999"}', "The amount is a number with a sign"),
        (b'{"description": "a", "amount": "99999999999999999999"}', "The amount is larger"),
        (b'{"description": "a", "amount": true}', "The amount is no text."),
        (b'{"description": "a", "currency": "EURO"}', "The currency has three letters"),
        (b'{"description": "a", "date": "31.01.2026"}', "The date is written as"),
        (b'{"description": "a", "date": "2026-02-30"}', "The date is written as"),
    ],
)
def test_a_bad_line_has_an_error_in_its_place(monkeypatch: pytest.MonkeyPatch, line: bytes, error: str) -> None:
    good = {"description": "LIDL"}
    first, second, third = asked(monkeypatch, good, line, good)
    assert first == third
    assert list(second) == ["error"]
    assert second["error"].startswith(error)


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "𝕃𝕀𝔻𝕃", "٣٤", "-", "\u202e", "a" * 100_000, "1" * 5000, "麦当劳 上海"]
)
def test_any_text_is_a_description(monkeypatch: pytest.MonkeyPatch, text: str, tmp_path: Path) -> None:
    [found] = asked(monkeypatch, {"description": text, "amount": "-1"})
    assert "error" not in found
    taught = lessons(tmp_path, {"description": text, "category": "Our boat", "amount": "-2"})
    [again] = asked(monkeypatch, {"description": text, "amount": "-1"}, learn=taught)
    assert again["category"] == "Our boat"


def test_numbers_keep_the_digits_they_are_written_with() -> None:
    told = movement_in(read_json(b'{"description": "a", "amount": -12.345, "currency": "kwd"}'))
    assert told == Movement("a", -12345, "KWD")
    assert movement_in({"description": "a", "amount": "+7", "currency": "JPY"}).amount == 7
    with pytest.raises(NotUnderstood):
        movement_in({"description": "a", "amount": "٣"})


def test_what_is_learned_first_is_answered_next_also_under_names_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taught = lessons(
        tmp_path,
        {"description": "LIDL 1", "category": "groceries"},
        {"description": "LIDL 2", "category": "Our boat", "amount": "-3.00"},
        {"description": "LIDL 3", "category": "other-income", "amount": "3.00"},
        {"description": "NETFLIX.COM", "category": "Entertainment"},
        {"description": "ODD NAME", "category": "transfer"},
    )
    said = [("LIDL 2", "-9.00"), ("LIDL 3", "9.00"), ("NETFLIX.COM", "-9.99"), ("ODD NAME", "-5.00")]
    found = asked(monkeypatch, *({"description": words, "amount": amount} for words, amount in said), learn=taught)
    assert [each["category"] for each in found] == ["Our boat", "other-income", "entertainment", None]
    assert "lidl" in found[0]["reason"]
    assert found[3]["reason"] == "a transfer: like the last “odd name”"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"description": "a"}', "line 1: The category is missing"),
        ("\n\nx", "line 3: This is no JSON"),
        (None, "opened"),
    ],
)
def test_lessons_that_cannot_be_read_are_refused_in_a_sentence(tmp_path: Path, text: str | None, words: str) -> None:
    path = tmp_path / "lessons.jsonl"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError, match=words):
        call_command("predict_categories", learn=str(path))


def test_what_is_remembered_of_words_comes_to_the_same() -> None:
    with UNSEEN.open(newline="") as lines:
        rows, _left_out = read_rows(lines)
    movements = [row.movement for row in rows[::9]]
    remembering, plain = for_anybody(), for_anybody()
    plain.answering.model = shared_model()
    expected = [each.told() for each in plain.predict(movements)]
    assert [each.told() for each in remembering.predict(movements * 2)] == expected * 2


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(name="Willow Lane")


@pytest.mark.django_db
def test_a_household_is_asked_by_what_it_taught_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, household: Household
) -> None:
    other = HouseholdFactory.create(name="Elsewhere")
    with household_scope(household.pk):
        boat = Category.objects.create(household=household, name="Our boat", kind="expense", position=99)
        gone = Category.objects.get(key="subscriptions")
        gone.name = "Streams"
        gone.save()
        add_payee(household=household, by=None, name="Lidl", default_category=boat)
    lines = [{"description": "LIDL 4711", "amount": "-5.00"}, {"description": "NETFLIX.COM", "amount": "-9.99"}]
    found = asked(monkeypatch, *lines, household="willow lane")
    assert [each["category"] for each in found] == ["Our boat", "subscriptions"]
    assert found[0]["reason"] == "the usual category"
    assert asked(monkeypatch, *lines, household=str(other.uid))[0]["category"] == "groceries"
    taught = lessons(
        tmp_path,
        {"description": "LIDL 4712", "category": "Streams"},
        {"description": "NETFLIX.COM", "category": "our boat"},
    )
    found = asked(monkeypatch, *lines, household=str(household.uid), learn=taught)
    assert [each["category"] for each in found] == ["subscriptions", "Our boat"]
    with household_scope(household.pk):
        assert not Lesson.objects.exists()
        School.objects.update_or_create(household=household, defaults={"files_by_itself": False})
    assert {each["band"] for each in asked(monkeypatch, lines[1], household=str(household.uid))} == {"suggested"}


@pytest.mark.django_db
def test_a_household_that_nobody_knows_is_refused(household: Household) -> None:
    HouseholdFactory.create(name="Willow Lane")
    for named, words in (("Nowhere", "no household"), ("Willow Lane", "more than one")):
        with pytest.raises(CommandError, match=words):
            call_command("predict_categories", household=named)


def run(arguments: Sequence[str], text: bytes) -> subprocess.CompletedProcess[bytes]:
    """As a script runs it: there is no database, and the terminal knows plain letters alone."""
    environment = {**os.environ, "DATABASE_URL": "sqlite:////nowhere/at/all", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command, input=text, capture_output=True, cwd=settings.BASE_DIR, env=environment, check=False
    )


@pytest.mark.once
def test_a_script_gets_lines_and_a_code_and_needs_no_database() -> None:
    line = json.dumps({"description": "Pizzeria “Roma”"}).encode() + b"\n"
    found = run(["predict_categories"], line * 2500)
    assert (found.returncode, found.stderr) == (0, b"")
    answers = [json.loads(each) for each in found.stdout.splitlines()]
    assert [each["category"] for each in answers] == ["dining"] * 2500
    found = run(["predict_categories"], line + b"bad\n" + line)
    assert (found.returncode, found.stderr, len(found.stdout.splitlines())) == (1, b"", 3)
    assert json.loads(found.stdout.splitlines()[1]) == {"error": "This is no JSON."}
    found = run(["predict_categories"], b"")
    assert (found.returncode, found.stdout) == (0, b"")
