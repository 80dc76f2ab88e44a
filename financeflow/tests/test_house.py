"""The house checks itself: sizes, names, doors, owners; and each rule is broken once to see that it bites."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test.utils import isolate_apps
from django.urls import path as route_to

from financeflow.tenancy.guards import passer_by
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tests.house import code, doors, nothing_wrong
from financeflow.tests.house.places import PACKAGES, ROOT, name_of, python_files

# Modules that may have up to 400 lines, and why they are better whole.
LONG = {
    "financeflow/support/tests/test_admin.py": "one table of who sees what",
    "financeflow/tests/e2e/test_quick_browser.py": "one page in every kind of hand",
    "ledger/tests/test_transaction_list.py": "one page, asked in every way",
}
# Where figures are not money: a rate, a share of a bar, a number of seconds. A folder ends with a slash.
NOT_MONEY: dict[str, str] = {
    "insights/calc/": "how sure a guess is",
    "insights/training/": "how often something is written",
    "insights/queries/": "how sure a guess is",
    "insights/management/commands/evaluate_categories.py": "how often a guess is right",
    "insights/management/commands/train_categories.py": "how large a file is",
    "ledger/calc/bands.py": "how sure a guess is",
    "ledger/calc/certainty.py": "how sure a guess is",
    "ledger/calc/flows.py": "which part of something something is",
    "ledger/importing/csv/columns": "in how many of the rows something fits",
    "ledger/importing/csv/dialect.py": "how much sense a reading makes",
    "ledger/importing/csv/encoding.py": "how much sense a reading makes",
    "ledger/importing/csv/kinds.py": "in how many of the rows something fits",
    "ledger/importing/csv/survey.py": "in how many of the rows something fits",
    "ledger/management/commands/import_file.py": "how many seconds one waits",
    "ledger/queries/quick_add.py": "how sure a guess must be",
    "ledger/queries/suggesting.py": "how sure a guess is",
    "ledger/reporting/document.py": "which part of something something is",
    "ledger/reporting/pdf/": "where on the paper something stands",
    "ledger/reporting/wording.py": "which part of something something is",
    "ledger/schemas/guesses.py": "how sure a guess is",
    "ledger/schemas/reports.py": "which part of something something is",
    "ledger/story/habits.py": "how often something happens in a month",
    "ledger/templatetags/reports.py": "which part of something something is",
    "ledger/widgets/figures.py": "which part of the income was kept, and where on a drawing something stands",
}
MONEY = ["financeflow/money", "ledger", "budgets", "bills", "banking", "insights"]


def test_every_module_keeps_the_rules() -> None:
    nothing_wrong(complaint for path in python_files() for complaint in code.complaints(path, long_for=LONG))


def test_reasons_are_given_only_for_what_is_long() -> None:
    short = [name for name in LONG if (ROOT / name).read_text().count("\n") <= code.MOST_LINES]
    assert short == []


SENTENCE = '"""Says what it is."""\n'
LONG_FUNCTION = SENTENCE + "def long():\n" + "    x = 1\n" * 41
LONG_VIEW = SENTENCE + "@member('viewer')\ndef thing_list(request):\n" + "    x = 1\n" * 13


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("ways.py", SENTENCE + "x = 1\n" * 301, "has 302 lines"),
        ("ways.py", LONG_FUNCTION, "long has 42 lines"),
        ("views.py", LONG_VIEW, "the view thing_list has 13 lines"),
        ("ways.py", "x = 1\n", "opens with no sentence"),
        ("ways.py", '"""Says what\nit is."""\n', "not a sentence on one line"),
        ("utils.py", SENTENCE, "no module may be called utils"),
        ("ways.py", SENTENCE + "class ThingManager: ...\n", "no class may be called ThingManager"),
        ("ways.py", SENTENCE + "def process(): ...\n", "no function may be called process"),
        ("ways.py", SENTENCE + "from django.db.models.signals import post_save\n", "post_save"),
        ("ways.py", SENTENCE + "from django.db.models import signals\nsignals.post_save\n", "post_save"),
    ],
)
def test_a_module_that_breaks_a_rule_is_found(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    planted = tmp_path / name
    planted.write_text(text)
    assert any(complaint in found for found in code.complaints(planted))


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        SENTENCE + "class ThingManager(models.Manager['Thing']): ...\n",
        SENTENCE + "@member('viewer')\ndef thing_list(request):\n    '''A list.'''\n" + "    x = 1\n" * 12,
    ],
)
def test_a_module_that_keeps_the_rules_is_let_be(tmp_path: Path, text: str) -> None:
    planted = tmp_path / "ways.py"
    planted.write_text(text)
    assert code.complaints(planted) == []


def money_modules() -> list[Path]:
    return [
        path
        for path in python_files()
        if name_of(path).startswith(tuple(MONEY))
        and "tests" not in path.parts
        and not name_of(path).startswith(tuple(NOT_MONEY))
    ]


def test_money_is_never_a_float() -> None:
    nothing_wrong(complaint for path in money_modules() for complaint in code.float_complaints(path))


@pytest.mark.parametrize("text", ["x = 0.1", "x = float('1')", "x = models.FloatField()", "x = models.DecimalField()"])
def test_a_float_is_found(tmp_path: Path, text: str) -> None:
    planted = tmp_path / "calc.py"
    planted.write_text(text)
    assert len(code.float_complaints(planted)) == 1


def test_every_address_has_a_door() -> None:
    nothing_wrong(doors.unguarded())


def test_a_view_without_a_door_is_found() -> None:
    def planted(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    patterns = [route_to("planted/", planted), route_to("guarded/", passer_by()(planted))]
    assert len(doors.unguarded(patterns)) == 1
    assert "/planted/" in doors.unguarded(patterns)[0]


def test_every_table_has_an_owner_or_a_reason() -> None:
    nothing_wrong(doors.unowned(apps.get_models()))


def test_reasons_are_given_only_for_tables_that_are_there() -> None:
    assert {
        label for label in doors.OF_NO_HOUSEHOLD if label not in {m._meta.label for m in apps.get_models()}
    } == set()


def test_every_owned_table_keeps_to_the_scope_and_says_its_plural() -> None:
    nothing_wrong(doors.unscoped(apps.get_models()))


@isolate_apps("ledger")
def test_a_table_without_an_owner_is_found() -> None:
    class Planted(models.Model):  # noqa: DJ008 - is never shown
        class Meta:
            app_label = "ledger"

    Planted.__module__ = "ledger.models"
    assert doors.unowned([Planted]) == ["ledger.Planted belongs to no household"]


@isolate_apps("ledger", "financeflow.households")
def test_a_table_that_forgets_the_owned_base_is_found() -> None:
    class Planted(HouseholdOwned):
        class Meta:
            app_label = "ledger"

    assert len(doors.unscoped([Planted])) == 2


def test_every_app_says_in_one_sentence_what_it_is_about() -> None:
    untold = [name for name in PACKAGES if '"""' not in (ROOT / name / "__init__.py").read_text()]
    assert untold == []
