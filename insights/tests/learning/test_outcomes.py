"""How guesses fared: one for each name of what a person files, and none for what nobody looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from financeflow.testing import join
from insights.actions import learning
from insights.calc.memory import MOST_OF_A_NAME
from insights.models import Lesson, Outcome, School
from insights.tests.learning.books import Books, category, line_of
from ledger.actions.bulk import file_transactions
from ledger.actions.refiling import merge_category
from ledger.actions.rules import add_rule, apply_rules
from ledger.calc.bands import Band
from ledger.calc.rules import Condition, Deed
from ledger.models import Transaction

pytestmark = pytest.mark.django_db
QUORN, ZEBU = "Quornbatch", "Zebuwick"


def told() -> list[tuple[str, str | None, str, bool]]:
    """Name, band, what was guessed and whether that was right; the first first."""
    rows = Outcome.objects.order_by("pk").values_list("key", "guess__key", "band", "is_right")
    return [tuple(row) for row in rows]  # type: ignore[misc]


def file_all(books: Books, key: str, **where: Any) -> None:
    rows = Transaction.objects.filter(**where)
    books.act(file_transactions, household=books.household, rows=rows, category=category(key))


def test_what_is_filed_is_judged_by_what_was_known_before(books: Books) -> None:
    books.buy(QUORN, "groceries")
    for _time in range(2):
        books.file(books.buy(QUORN), "groceries")
    books.file(books.buy(QUORN), "dining")
    found = [(name, guess, is_right) for name, guess, _band, is_right in told()]
    right, wrong = ("quornbatch", "groceries", True), ("quornbatch", "groceries", False)
    assert found == [right, right, wrong]
    assert Outcome.objects.latest("pk").words == QUORN


def test_a_change_of_mind_says_nothing_of_a_guess(books: Books) -> None:
    bought = books.buy(QUORN, "groceries")
    books.file(bought, "dining")
    books.file(bought, "dining")
    books.change(bought, notes="Lunch")
    assert told() == []


def test_one_for_each_name_of_an_act(books: Books) -> None:
    for name in (QUORN, QUORN, ZEBU, ZEBU, ZEBU):
        books.buy(name)
    file_all(books, "groceries")
    assert sorted(name for name, *_rest in told()) == ["quornbatch", "zebuwick"]


def test_what_was_filed_by_itself_is_judged_as_it_was(books: Books) -> None:
    let_stand, changed = books.buy(QUORN, "groceries", learned=96), books.buy(ZEBU, "groceries", learned=98)
    assert told() == []
    books.file(let_stand, "groceries")
    books.file(changed, "dining")
    assert told() == [
        ("quornbatch", "groceries", Band.FILED, True),
        ("zebuwick", "groceries", Band.FILED, False),
    ]
    assert list(Outcome.objects.order_by("pk").values_list("percent", flat=True)) == [96, 98]


def test_the_usual_category_is_a_guess(books: Books) -> None:
    bought = books.buy(QUORN)
    bought.payee.default_category = category("health")  # type: ignore[union-attr]
    bought.payee.save()  # type: ignore[union-attr]
    books.file(bought, "health")
    assert told() == [("quornbatch", "health", Band.FILED, True)]


def test_undo_rules_files_and_merged_categories_are_no_acts_of_filing(books: Books) -> None:
    books.buy(QUORN, learned=97, key="groceries")
    books.act(merge_category, category=category("groceries"), into=category("dining"))
    books.undo()
    books.buy(ZEBU)
    rule = books.act(
        add_rule,
        household=books.household,
        name="Zebuwick",
        conditions=[Condition("payee", "is", (ZEBU,))],
        deeds=[Deed("category", (str(category("dining").uid),))],  # type: ignore[union-attr]
    )
    books.act(apply_rules, household=books.household, rules=[rule])
    books.undo()
    assert told() == []
    books.file(books.buy(QUORN), "health")
    assert len(told()) == 1
    books.undo(books.undo())
    assert len(told()) == 1


def test_nobody_s_writes_are_not_judged(books: Books) -> None:
    books.change(books.buy(QUORN), category=category("dining"), by=None)
    assert told() == []


def test_an_act_is_judged_once_however_often_it_is_learned(books: Books) -> None:
    bought = books.buy(QUORN)
    books.file(bought, "dining")
    lessons = list(Lesson.objects.values())
    act = line_of(bought).household.change_sets.latest("id")
    for _time in range(2):
        assert learning.learn_change(household=books.household, change_set=act.pk) == 0
    assert (len(told()), list(Lesson.objects.values())) == (1, lessons)


def test_what_is_old_is_let_go(books: Books) -> None:
    bought = books.buy(QUORN)
    books.file(bought, "dining")
    assert learning.forget_old(household=books.household) == 0
    Outcome.objects.update(at=timezone.now() - timedelta(days=600))
    for _time in range(25):
        books.buy(ZEBU, "groceries")
    epoch = School.objects.get().epoch
    assert learning.forget_old(household=books.household) == 1 + 25 - MOST_OF_A_NAME
    assert School.objects.get().epoch == epoch + 1
    assert Lesson.objects.count() == 1 + MOST_OF_A_NAME
    assert (books.first(QUORN), books.first(ZEBU)) == ("dining", "groceries")


def test_a_viewer_s_eyes_do_not_count(books: Books) -> None:
    """Whoever writes, the whole household learns."""
    ed = join(books.household, "editor")
    books.file(books.buy(QUORN), "dining", by=ed)
    assert books.first(QUORN) == "dining"
    assert len(told()) == 1
