"""What the page of one file shows before it is brought in: verdicts, pages of rows, sums that fit or do not."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import NewTransaction
from ledger.actions.imports.reading import stage_and_judge
from ledger.importing.found import Found, Unread
from ledger.models import Account, Import, ImportRow
from ledger.queries.imports.listed import ON_A_PAGE
from ledger.queries.imports.preview import Outcome, preview
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import found_row, put_on_desk, statement

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
MANY = 3 * ON_A_PAGE


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


@pytest.fixture
def long(household: Household, account: Account) -> Import:
    """Three pages of rows in two statements of one account."""
    with household_scope(household.pk):
        rows = [found_row(-100 - n, f"Shop {n:03}") for n in range(MANY)]
        halves = (rows[: MANY // 2], rows[MANY // 2 :])
        upload = put_on_desk(household, *(statement(*half, account="DK50") for half in halves))
        upload.sheets.update(account=account)
        return upload


def path(name: str, upload: Import, *args: Any) -> str:
    return reverse(name, args=[upload.uid, *args])


def set_rows(upload: Import, positions: range, **values: Any) -> None:
    with household_scope(upload.household_id):
        ImportRow.objects.filter(sheet__upload=upload, position__in=positions).update(**values)


def listed(page: Any) -> list[str]:
    return [str(row.payee_name) for row in page.context["rows"]]


def test_pages_of_rows_follow_each_other_without_a_gap(owner: Client, long: Import) -> None:
    seen: list[str] = []
    query = ""
    while True:
        page = owner.get(path("import_show", long) + query)
        seen += listed(page)
        query = page.context["following"]
        if not query:
            break
    assert seen == [f"Shop {n:03}" for n in range(MANY)]


def test_rows_are_shown_by_verdict_by_deed_and_by_words(owner: Client, long: Import) -> None:
    set_rows(long, range(3), verdict="possible", deed="ask", reason="It looks like another.")
    set_rows(long, range(3, 5), verdict="here", deed="leave")
    page = owner.get(path("import_show", long))
    tabs = {tab.verdict: (tab.count, tab.becomes) for tab in page.context["tabs"]}
    assert tabs == {
        "possible": (6, {"ask": 6}),
        "new": (MANY - 10, {"add": MANY - 10}),
        "here": (4, {"leave": 4}),
    }
    assert f"Bring in {MANY - 10} rows" in page.text
    assert len(listed(owner.get(path("import_show", long), {"v": "possible"}))) == 6
    assert len(listed(owner.get(path("import_show", long), {"d": "leave"}))) == 4
    assert listed(owner.get(path("import_show", long), {"q": "shop 017"})) == ["Shop 017"]
    assert "No row fits" in owner.get(path("import_show", long), {"q": "nowhere"}).text
    assert len(listed(owner.get(path("import_show", long), {"v": "nonsense", "after": "x"}))) == ON_A_PAGE


def test_all_that_fit_are_decided_at_once_but_for_those_spared(owner: Client, long: Import) -> None:
    set_rows(long, range(10), verdict="possible", deed="ask")
    with household_scope(long.household_id):
        spared = ImportRow.objects.filter(sheet__upload=long, verdict="possible")[0]
    sent = {"v": "possible", "every": "1", "spared": str(spared.uid)}
    assert "19 rows" in owner.post(path("import_selected", long), sent).text
    owner.post(path("import_decide", long, "add"), sent)
    with household_scope(long.household_id):
        assert ImportRow.objects.filter(sheet__upload=long, is_decided=True, deed="add").count() == 19
        assert preview(long).outcome == Outcome(add=MANY - 1, ask=1)


def test_what_cannot_be_done_to_a_row_is_not_done(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        found = statement(found_row(-1_00), unread=[Unread(9, "30.02.2026;-4,50", "There is no 30 February.")])
        upload = put_on_desk(household, found, target=account)
    for deed in ("add", "merge", "leave"):
        owner.post(path("import_decide", upload, deed), {"every": "1", "v": "unread"})
    owner.post(path("import_decide", upload, "merge"), {"every": "1"})
    with household_scope(household.pk):
        rows = ImportRow.objects.filter(sheet__upload=upload).order_by("position")
        assert [(row.deed, row.is_decided) for row in rows] == [("add", False), ("leave", False)]
    assert owner.post(path("import_decide", upload, "nonsense"), {"every": "1"}).status_code == 400
    assert owner.post(path("import_row_decide", upload), {"add": "nonsense"}).status_code == 400
    page = owner.get(path("import_show", upload)).text
    assert "There is no 30 February." in page
    assert "30.02.2026;-4,50" in page


def test_a_row_decided_by_its_button_comes_back_alone_with_the_counts(
    owner: Client, household: Household, account: Account
) -> None:
    with household_scope(household.pk):
        upload = put_on_desk(household, statement(found_row(-1_00), found_row(-2_00)), target=account)
        row = ImportRow.objects.filter(sheet__upload=upload)[0]
    set_rows(upload, range(1), verdict="possible", deed="ask")
    answer = owner.post(path("import_row_decide", upload), {"add": str(row.uid)}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert answer.text.count("<tr ") == 1
    for part in (f'id="r-{row.uid}"', 'hx-swap-oob="true"', "you: bring in", "Bring in 2 rows", 'id="import-tabs"'):
        assert part in answer.text


@pytest.mark.parametrize(
    ("closing", "words"),
    [
        (85_00, "Adds up to the cent"),
        (84_99, "Does not add up"),
    ],
)
def test_a_statement_is_held_against_its_balances(
    owner: Client, household: Household, account: Account, closing: int, words: str
) -> None:
    with household_scope(household.pk):
        rows = [found_row(-20_00), found_row(5_00, day=15), found_row(-9_00, day=16, is_pending=True)]
        known = {"opening_balance": 100_00, "closing_balance": closing, "closing_on": date(2026, 3, 31)}
        upload = put_on_desk(household, statement(*rows, **known), target=account)
        seen = preview(upload).accounts[0]
    assert seen.statements[0].off == closing - 85_00
    assert seen.held == 85_00
    assert seen.held_off == 85_00 - closing
    page = owner.get(path("import_show", upload)).text
    assert words in page
    exact = "Your account will hold exactly that on the day." in page
    assert exact == (closing == 85_00)


def test_a_row_that_could_not_be_read_is_named_where_the_sum_misses(
    owner: Client, household: Household, account: Account
) -> None:
    with household_scope(household.pk):
        found = statement(
            found_row(-20_00),
            opening_balance=100_00,
            closing_balance=75_50,
            unread=[Unread(9, "30.02.2026;-4,50", "There is no 30 February.")],
        )
        upload = put_on_desk(household, found, target=account)
    page = owner.get(path("import_show", upload)).text
    assert "Does not add up" in page
    assert "1 row could not be read." in page
    assert "4.50" in page


def test_what_is_here_is_told_and_stays_out(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        bought = NewTransaction(account=account, date=date(2026, 3, 14), amount=-20_00, payee="Lidl")
        actions.add_transactions(household=household, by=None, rows=[bought])
        upload = put_on_desk(household, statement(found_row(-20_00), found_row(-7_00, "Bakery")), target=account)
    page = owner.get(path("import_show", upload))
    assert "Typed in before" in page.text
    assert "See it" in page.text
    with household_scope(household.pk):
        assert preview(upload).outcome == Outcome(add=1, merge=1)


def test_rows_that_stay_out_come_as_a_file_in_their_own_shape(owner: Client, household: Household) -> None:
    account = AccountFactory.create(household=household, name="Table")
    with household_scope(household.pk):
        upload = put_on_desk(household, target=account)
        original = '2026-03-14;"=cmd|calc";-12,50;"Two words; one cell"'
        found = statement(
            found_row(-12_50, "=cmd|calc"),
            unread=[Unread(9, "30.02.2026;Kiosk;-4,50;", "There is no 30 February.")],
        )
        found.rows[0].original = original
        mapping: dict[str, object] = {
            "delimiter": ";",
            "quote": '"',
            "headings": ["Date", "Payee", "Amount", "Note"],
            "columns": {"date": 0, "payee": [1], "amount": 2},
        }
        stage_and_judge(upload, Found(format="csv", statements=[found], mapping=mapping), lambda done, total: None)
    with household_scope(household.pk):
        row = ImportRow.objects.get(sheet__upload=upload, verdict="new")
    owner.post(path("import_row_decide", upload), {"leave": str(row.uid)})
    answer = owner.get(path("import_rejected", upload))
    assert answer["Content-Disposition"] == 'attachment; filename="march-stayed-out.csv"'
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Date", "Payee", "Amount", "Note", "Why it stayed out"],
        ["2026-03-14", "'=cmd|calc", "-12,50", "Two words; one cell", "By your own decision. New"],
        ["30.02.2026", "Kiosk", "-4,50", "", "Could not be read: There is no 30 February."],
    ]


def test_a_question_is_answered_and_the_file_read_anew(owner: Client, household: Household, account: Account) -> None:
    question = {
        "key": "date_order",
        "sentence": "Days and months can be told in two ways.",
        "taken": "dmy",
        "choices": [["dmy", "2 November"], ["mdy", "11 February"]],
    }
    with household_scope(household.pk):
        upload = put_on_desk(household, statement(found_row(-1_00)), target=account)
        Import.objects.filter(pk=upload.pk).update(questions=[question], mapping={"decimal": ","})
    page = owner.get(path("import_show", upload)).text
    assert "Days and months can be told in two ways." in page
    assert "11 February" in page
    assert owner.post(path("import_answer", upload), {"key": "date_order", "value": "ymd"}).status_code == 400
    assert owner.post(path("import_answer", upload), {"key": "sign", "value": "dmy"}).status_code == 400
    owner.post(path("import_answer", upload), {"key": "date_order", "value": "mdy"})
    with household_scope(household.pk):
        upload = Import.objects.get(pk=upload.pk)
        assert (upload.state, upload.mapping) == ("reading", {"decimal": ",", "date_order": "mdy"})


def test_while_it_is_worked_on_nothing_is_decided(owner: Client, long: Import) -> None:
    owner.post(path("import_read", long))
    with household_scope(long.household_id):
        row = ImportRow.objects.filter(sheet__upload=long)[0]
    page = owner.get(path("import_show", long))
    assert "You can leave this page" in page.text
    assert "Shop 001" not in page.text
    answer = owner.post(path("import_row_decide", long), {"leave": str(row.uid)}, follow=True)
    assert "This file is being worked on." in answer.text
    with household_scope(long.household_id):
        row.refresh_from_db()
    assert not row.is_decided


def test_a_page_stays_small_whatever_is_asked(owner: Client, long: Import) -> None:
    words = {"reason": "The same amount on the same day as something else. " * 4, "category_reason": "x" * 60}
    set_rows(long, range(MANY), verdict="possible", deed="ask", description="KARTENZAHLUNG " * 12, **words)
    size = len(owner.get(path("import_show", long)).content)
    assert size < 100_000, size


@pytest.mark.parametrize("query", ["", "?v=new", "?d=add", "?q=shop"])
def test_a_file_costs_the_same_queries_with_one_row_and_with_hundreds(
    owner: Client, household: Household, account: Account, long: Import, django_assert_num_queries: Any, query: str
) -> None:
    with household_scope(household.pk):
        short = put_on_desk(household, statement(found_row(-1_00, "Shop")), target=account)
    owner.get(path("import_show", short))
    for upload in (short, long):
        with django_assert_num_queries(11):
            assert owner.get(path("import_show", upload) + query).status_code == 200
