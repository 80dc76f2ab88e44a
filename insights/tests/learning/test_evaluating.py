"""`manage.py evaluate_categories`: what it counts, and that rows of one merchant leak nothing into each other."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from insights.calc.evaluating import Course, Judged, one_of_each, scores
from insights.calc.movements import NotUnderstood
from insights.queries.evaluation import evaluate, read_rows
from ledger.calc.bands import Band

UNSEEN = Path(__file__).parent / "unseen.csv"


def judged(label: str, answer: str, confidence: float, band: Band = Band.FILED, group: str = "") -> Judged:
    return Judged(label, answer, confidence, band, group)


def evaluated(tmp_path: Path, text: str, **options: Any) -> str:
    path, out = tmp_path / "rows.csv", io.StringIO()
    path.write_text(text, encoding="utf-8")
    call_command("evaluate_categories", str(path), stdout=out, **options)
    return out.getvalue()


def test_accuracy_macro_f1_and_categories_are_counted() -> None:
    found = scores(
        [judged("a", "a", 0.9), judged("a", "b", 0.8), judged("b", "b", 0.7), judged("b", "", 0.0, Band.OPEN)],
        transfer="transfer",
    )
    assert (found.count, found.right, found.accuracy) == (4, 2, 0.5)
    assert [(each.category, each.count, each.precision, each.recall) for each in found.categories] == [
        ("a", 2, 1.0, 0.5),
        ("b", 2, 0.5, 0.5),
    ]
    assert found.macro_f1 == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_coverage_goes_as_far_as_95_of_100_are_right() -> None:
    every = [judged("a", "a", 1 - at / 1000) for at in range(38)]
    wrong = [judged("a", "b", 0.5), judged("a", "b", 0.5), judged("a", "b", 0.4)]
    assert scores([*every, *wrong], transfer="t").coverage == pytest.approx(40 / 41)
    assert scores([judged("a", "b", 0.99)], transfer="t").coverage == 0
    assert scores([], transfer="t").accuracy == 0


def test_bands_and_steps_say_how_often_they_are_right() -> None:
    every = [
        *[judged("a", "a", 0.97) for _ in range(3)],
        *[judged("a", "b", 1.0), judged("a", "b", 0.6, Band.SUGGESTED), judged("transfer", "transfer", 0.9)],
    ]
    found = scores(every, transfer="transfer")
    bands = {each.band: (each.count, each.right) for each in found.bands}
    assert bands == {"filed": (4, 3), "suggested": (1, 0), "open": (0, 0), "transfer": (1, 1)}
    steps = [(each.least, each.most, each.count, each.right) for each in found.calibration]
    assert steps == [(0.6, 0.7, 1, 0.0), (0.9, 0.95, 1, 1.0), (0.95, 1.0, 4, 0.75)]


def test_of_one_merchant_one_row_counts() -> None:
    rows = [judged("a", "a", 0.9, group="lidl"), judged("a", "b", 0.9, group="lidl"), judged("a", "a", 0.9, group="x")]
    assert one_of_each(rows) == [rows[0], rows[2]]


def test_a_mistake_is_made_again_where_the_last_word_was_not_heeded() -> None:
    course = Course()
    for label, answer in (("a", "b"), ("a", "b"), ("a", "c"), ("b", "a"), ("a", "b"), ("a", "a")):
        course.note("lidl", label, answer)
    course.note("other", "a", "b")
    assert course.curve().repeated == 1
    assert (course.curve().corrected, [each.errors for each in course.curve().hundreds]) == (6, [6])


def test_a_course_is_told_by_hundreds() -> None:
    course = Course()
    for at in range(250):
        course.note(at, "a", "b" if at < 50 else "a")
    found = [(each.first, each.last, each.errors, each.accuracy) for each in course.curve().hundreds]
    assert found == [(1, 100, 50, 0.5), (101, 200, 0, 1.0), (201, 250, 0, 1.0)]


def test_rows_are_read_by_their_headings_and_bad_ones_are_left_out() -> None:
    text = ["Category, Description ,amount\n", "dining,PIZZERIA,-1.00\n", "\n", "dining,,\n", "x,y,z\n", "dining,BAR\n"]
    rows, left_out = read_rows(text)
    assert [(row.label, row.movement.description, row.movement.amount) for row in rows] == [
        ("dining", "PIZZERIA", -100),
        ("dining", "BAR", 0),
    ]
    assert [each.line for each in left_out] == [4, 5]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "description,category\n", "description,category\n,\n", '"' + "x" * 200_000]
)
def test_a_table_that_says_nothing_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandError):
        evaluated(tmp_path, text)
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("evaluate_categories", str(tmp_path / "nothing.csv"))
    with pytest.raises(NotUnderstood):
        read_rows(text.splitlines(keepends=True))


def test_transfers_refunds_and_names_of_ones_own_are_told_apart(tmp_path: Path) -> None:
    text = (
        "description,amount,category,country,date\n"
        "LIDL 4711 BERLIN,-20.00,groceries,de,2026-01-02\n"
        "LIDL 4711 BERLIN,5.00,Groceries,de,2026-01-03\n"
        "Transfer to own savings account,-500.00,transfer,,2026-01-04\n"
        "ODD NAME,-5.00,Our boat,,2026-01-05\n"
        "ODD NAME,-6.00,Our boat,,2026-01-06\n"
    )
    found = json.loads(evaluated(tmp_path, text, json=True))
    assert (found["rows"]["count"], found["merchants"]["count"]) == (5, 3)
    assert found["rows"]["right"] == 3
    assert found["countries"] == {"DE": 1.0}
    assert {each["category"]: each["recall"] for each in found["rows"]["categories"]} == {
        "groceries": 1.0,
        "Our boat": 0.0,
        "transfer": 1.0,
    }
    # While it is taught the second of them is right: the last word counts.
    assert (found["curve"]["corrected"], found["curve"]["repeated"]) == (1, 0)


def test_the_curve_follows_the_days_and_not_the_file(tmp_path: Path) -> None:
    rows = ["ODD NAME,Our boat,2026-03-01", "ODD NAME,Our car,2026-01-01", "ODD NAME,Our boat,2026-02-01"]
    found = evaluate(*read_rows(["description,category,date\n", *(f"{row}\n" for row in rows)]))
    assert found.curve.corrected == 2


@pytest.mark.once
def test_the_model_that_ships_is_good_on_what_it_never_saw() -> None:
    out = io.StringIO()
    call_command("evaluate_categories", str(UNSEEN), json=True, stdout=out)
    found = json.loads(out.getvalue())
    for scored in (found["rows"], found["merchants"]):
        assert scored["count"] >= 1500
        assert scored["accuracy"] >= 0.80
        assert scored["macro_f1"] >= 0.75
        assert {each["band"]: each["precision"] for each in scored["bands"]}["filed"] >= 0.97
    assert len(found["countries"]) >= 8
    assert found["curve"]["repeated"] == 0
    out = io.StringIO()
    call_command("evaluate_categories", str(UNSEEN), stdout=out)
    assert "coverage at 95 % precision" in out.getvalue()
    assert "0 of them made again" in out.getvalue()
