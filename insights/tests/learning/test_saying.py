"""Whatever way somebody says under what something is filed: the very next suggestion is that."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from financeflow.history.actions import restore_from_trash
from financeflow.history.models import ChangeSet
from financeflow.households.models import Membership
from financeflow.testing import logged_in
from insights.models import Lesson, School
from insights.tasks import catch_up
from insights.tests.learning.books import FIRST, Books, category, line_of
from ledger import actions
from ledger.actions import Part
from ledger.actions.bulk import file_transactions
from ledger.actions.payee_merging import delete_payee, merge_payees
from ledger.actions.payees import change_payee
from ledger.actions.refiling import delete_category, merge_category
from ledger.actions.rules import add_rule, apply_rules
from ledger.calc.bands import Band
from ledger.calc.rules import Condition, Deed
from ledger.models import Payee, Transaction

pytestmark = pytest.mark.django_db


def test_what_is_added_with_a_category_is_suggested_next(books: Books) -> None:
    assert books.first() == ""
    books.buy("Lidl", "groceries")
    assert books.first() == "groceries"
    assert books.suggested()[0].reason == "like the last “lidl”"


def test_what_was_said_last_is_suggested_whatever_its_day(books: Books) -> None:
    early = books.buy("Lidl", "groceries")
    for _time in range(5):
        books.buy("Lidl", "shopping")
    assert books.first() == "shopping"
    books.file(early, "dining")
    assert books.first() == "dining"
    books.file(early, "groceries")
    assert books.first() == "groceries"


def test_whoever_changes_an_amount_or_a_day_says_nothing_of_the_category(books: Books) -> None:
    early = books.buy("Lidl", "groceries")
    books.buy("Lidl", "shopping")
    books.change(early, amount=-7777, parts=[Part(-7777, category("groceries"))])
    books.change(early, notes="What for?")
    assert books.first() == "shopping"
    assert Lesson.objects.get(line=line_of(early)).amount == -7777


def test_money_in_tells_little_about_money_out(books: Books) -> None:
    books.buy("Lidl", "groceries")
    books.buy("Lidl", "salary", amount=500)
    assert (books.first(), books.first(amount=77)) == ("groceries", "salary")


def test_a_correction_in_the_list(books: Books) -> None:
    bought = books.buy("Lidl", "groceries")
    sent = {"category": str(category("dining").uid), "edit_version": bought.edit_version}  # type: ignore[union-attr]
    with books.commits(execute=True):
        url = reverse("transaction_cell", args=[bought.uid, "category"])
        answer = logged_in(books.by).post(url, sent, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert books.first() == "dining"


def test_a_correction_by_the_api(books: Books) -> None:
    bought = books.buy("Lidl", "groceries")
    with books.commits(execute=True):
        url = reverse("api:transaction_edit", args=[bought.uid])
        sent = {"category": str(category("dining").uid), "edit_version": 1}  # type: ignore[union-attr]
        answer = logged_in(books.by).patch(url, sent, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert books.first() == "dining"


def test_many_at_once(books: Books) -> None:
    for _time in range(3):
        books.buy("Lidl", "groceries")
    rows = Transaction.objects.all()
    books.act(file_transactions, household=books.household, rows=rows, category=category("dining"))
    assert books.first() == "dining"
    assert Lesson.objects.filter(category=category("dining")).count() == 3


def test_a_rule(books: Books) -> None:
    books.buy("Lidl")
    rule = books.act(
        add_rule,
        household=books.household,
        name="Lidl",
        conditions=[Condition("payee", "is", ("Lidl",))],
        deeds=[Deed("category", (str(category("dining").uid),))],  # type: ignore[union-attr]
    )
    books.act(apply_rules, household=books.household, rules=[rule])
    assert books.first() == "dining"


def test_what_is_undone_was_never_said(books: Books) -> None:
    early = books.buy("Lidl", "groceries")
    books.buy("Lidl", "shopping")
    books.file(early, "dining")
    done = ChangeSet.objects.latest("id")
    undone = books.undo(done)
    assert books.first() == "shopping"
    books.undo(undone)
    assert books.first() == "dining"


def test_what_was_added_and_undone_is_forgotten_by_every_process(books: Books) -> None:
    books.buy("Lidl", "groceries")
    books.buy("Lidl", "shopping")
    assert books.first() == "shopping"
    undone = books.undo()
    assert books.first() == "groceries"
    books.undo(undone)
    assert books.first() == "shopping"


def test_trash_teaches_nothing_and_what_comes_out_of_it_does_as_before(books: Books) -> None:
    early = books.buy("Lidl", "groceries")
    late = books.buy("Lidl", "shopping")
    books.act(actions.trash_transaction, transaction=late)
    assert books.first() == "groceries"
    books.act(actions.trash_transaction, transaction=early)
    assert books.first() == ""
    for bought in (late, early):
        bought.refresh_from_db()
        with books.commits(execute=True):
            restore_from_trash(bought, household=books.household, by=Membership.objects.get(role="owner"))
    assert books.first() == "shopping"


def test_a_renamed_payee(books: Books) -> None:
    books.buy("Lidl", "groceries")
    payee = Payee.objects.get()
    books.act(change_payee, payee=payee, edit_version=payee.edit_version, name="Lidl & Co")
    assert books.first("Lidl & Co") == "groceries"
    assert Lesson.objects.get().key == Payee.objects.get().key


def test_merged_payees_teach_what_was_said_last_of_either(books: Books) -> None:
    first = books.buy("Lidl", "groceries")
    books.buy("Lidl Markt", "shopping")
    books.file(first, "dining")
    lidl, markt = Payee.objects.get(name="Lidl"), Payee.objects.get(name="Lidl Markt")
    books.act(merge_payees, payees=[lidl], into=markt)
    assert books.first("Lidl Markt") == "dining"
    books.undo()
    assert (books.first("Lidl"), books.first("Lidl Markt")) == ("dining", "shopping")


def test_a_payee_that_goes_takes_its_name_along(books: Books) -> None:
    books.buy("Lidl", "groceries", description="REWE MARKT")
    books.act(delete_payee, payee=Payee.objects.get())
    assert books.first("Rewe Markt") == "groceries"


def test_a_merged_category_is_nothing_said_of_a_payee(books: Books) -> None:
    books.buy("Lidl", "groceries")
    books.buy("Lidl", "shopping")
    books.act(merge_category, category=category("groceries"), into=category("dining"))
    assert books.first() == "shopping"
    assert [each.category.key for each in books.suggested()[:2]] == ["shopping", "dining"]
    books.act(merge_category, category=category("shopping"), into=category("health"))
    assert books.first() == "health"
    books.undo()
    assert books.first() == "shopping"


def test_a_deleted_category_teaches_nothing_until_it_comes_back(books: Books) -> None:
    books.buy("Lidl", "groceries")
    books.buy("Lidl", "shopping")
    books.act(delete_category, category=category("shopping"))
    assert books.first() == "groceries"
    books.undo()
    assert books.first() == "shopping"


def test_an_archived_category_is_not_suggested(books: Books) -> None:
    books.buy("Lidl", "groceries")
    books.buy("Lidl", "shopping")
    shopping: Any = category("shopping")
    books.act(actions.archive_category, category=shopping)
    assert books.first() == "groceries"
    books.act(actions.unarchive_category, category=shopping)
    assert books.first() == "shopping"
    books.act(actions.archive_category, category=shopping.parent)
    assert books.first() == "groceries"


def test_a_renamed_category_is_suggested_by_its_new_name(books: Books) -> None:
    books.buy("Lidl", "groceries")
    groceries: Any = category("groceries")
    assert books.suggested()[0].category.name == groceries.name
    books.act(
        actions.change_category, category=groceries, edit_version=groceries.edit_version, name="Everything we eat"
    )
    assert books.suggested()[0].category.name == "Everything we eat"


def test_a_category_that_the_household_made_up(books: Books) -> None:
    with books.commits(execute=True):
        actions.add_category(household=books.household, by=books.by, name="Beekeeping", kind="expense")
    books.buy("Honey & Sons", "Beekeeping")
    assert books.first("Honey & Sons") == "Beekeeping"


def test_what_was_filed_by_itself_teaches_once_a_person_says_so(books: Books) -> None:
    books.buy("Lidl", "shopping")
    bought = books.buy("Lidl", "groceries", learned=96)
    assert line_of(bought).learned == 96
    assert books.first() == "shopping"
    books.change(bought, notes="Looked at")
    assert books.first() == "shopping"
    books.file(bought, "groceries")
    assert (line_of(bought).learned, books.first()) == (0, "groceries")


def test_what_was_filed_by_itself_goes_with_its_category_and_still_teaches_nothing(books: Books) -> None:
    bought = books.buy("Lidl", "groceries", learned=96)
    books.act(merge_category, category=category("groceries"), into=category("dining"))
    assert (line_of(bought).learned, books.first()) == (96, "")
    books.act(delete_category, category=category("dining"))
    assert (line_of(bought).learned, line_of(bought).category) == (0, None)


def test_parts_transfers_and_what_has_no_category_teach_nothing(books: Books) -> None:
    split = [Part(-400, category("groceries")), Part(-600, category("shopping"))]
    bought = books.buy("Lidl", amount=-999, parts=split)
    other = actions.add_account(household=books.household, by=books.by, name="Cash", currency="EUR", opened_on=FIRST)
    books.act(
        actions.add_transfer,
        household=books.household,
        source=books.account,
        target=other,
        amount=500,
        on=bought.date,
    )
    books.buy("Lidl")
    assert Lesson.objects.exclude(category=None).count() == 0
    assert books.first() == ""
    books.change(bought, parts=[Part(-1000, category("groceries"))])
    assert books.first() == "groceries"
    books.change(bought, parts=split)
    assert books.first() == ""


def test_the_usual_category_stays_and_asks_where_the_last_was_filed_elsewhere(books: Books) -> None:
    books.buy("Lidl", "groceries")
    payee = Payee.objects.get()
    books.act(change_payee, payee=payee, edit_version=payee.edit_version, default_category=category("dining"))
    usual, last = books.suggested()[:2]
    assert (usual.category.key, usual.band, usual.confidence) == ("dining", Band.SUGGESTED, 1.0)
    assert (last.category.key, last.band) == ("groceries", Band.SUGGESTED)
    books.buy("Lidl", "dining")
    assert books.suggested()[0].band == Band.FILED


def test_an_error_breaks_nothing_and_is_made_good(
    books: Books, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    books.buy("Lidl", "groceries")
    with monkeypatch.context() as broken:
        broken.setattr("insights.actions.learning.told_by", lambda change_set: 1 // 0)
        bought = books.buy("Lidl", "shopping")
    assert "was not learned at once" in caplog.text
    assert "cannot be learned" in caplog.text
    assert line_of(bought).category == category("shopping")
    assert (len(School.objects.get().waiting), books.first()) == (1, "groceries")
    bought = books.buy("Lidl", "groceries")
    assert catch_up() >= 1
    assert (School.objects.get().waiting, books.first()) == ([], "groceries")
    assert Lesson.objects.filter(category=category("shopping")).count() == 1


def test_a_long_name_is_found_again(books: Books) -> None:
    words = "Sammelüberweisung " * 20
    books.buy("", "groceries", description=words)
    [found] = books.suggested(words)[:1]
    assert (found.category.key, found.reason[:13]) == ("groceries", "like the last")
