"""The pages of statements, as people use them: with JavaScript, without, and two at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import NewTransaction, reconciling
from ledger.calc.reconciling import next_statement_day
from ledger.models import Account, Statement, Tick, Transaction
from ledger.queries import reconciling as queries
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
END = date(2026, 10, 31)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=100_00)


def spend(account: Account, *amounts: int, on: date = END, **said: Any) -> list[Transaction]:
    with household_scope(account.household_id):
        rows = [
            NewTransaction(account=account, date=on - timedelta(days=at), amount=amount, **said)
            for at, amount in enumerate(amounts)
        ]
        return actions.add_transactions(household=account.household, by=None, rows=rows)


def begin(account: Account, balance: int) -> Statement:
    with household_scope(account.household_id):
        return reconciling.add_statement(account=account, by=None, on=END, balance=balance)


def ticked(statement: Statement) -> set[int]:
    with household_scope(statement.household_id):
        return set(Tick.objects.filter(statement=statement).values_list("transaction_id", flat=True))


def path(name: str, statement: Statement) -> str:
    return reverse(name, args=[statement.uid])


def is_locked(statement: Statement) -> bool:
    with household_scope(statement.household_id):
        return Statement.objects.get(pk=statement.pk).is_locked


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, date(2026, 10, 31)),
        (date(2026, 9, 30), date(2026, 10, 31)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 10, 15), date(2026, 11, 15)),
        (date(2026, 11, 10), date(2026, 11, 21)),
        (date(2026, 11, 21), date(2026, 11, 22)),
        (date(2026, 1, 30), date(2026, 2, 28)),
    ],
)
def test_the_next_statement_is_proposed_a_month_after_the_last(last: date | None, expected: date) -> None:
    assert next_statement_day(last, date(2026, 11, 21)) == expected


def test_a_statement_is_opened_ticked_and_locked_without_javascript(owner: Client, account: Account) -> None:
    first, second = spend(account, -30_00, -20_00)
    answer = owner.post(reverse("statement_add", args=[account.uid]), {"on": "2026-10-31", "balance": "100-30-20"})
    with household_scope(account.household_id):
        statement = Statement.objects.get()
    show = path("statement_show", statement)
    assert (answer.status_code, answer["Location"]) == (302, show)
    assert "<noscript>" in owner.get(show).text
    sent = {"shown": f"{first.uid} {second.uid}", "tick": [str(first.uid), str(second.uid)]}
    assert owner.post(path("statement_tick", statement) + "?left=1", sent)["Location"] == f"{show}?left=1"
    assert ticked(statement) == {first.pk, second.pk}
    owner.post(path("statement_tick", statement), {"shown": sent["shown"], "tick": [str(first.uid)]})
    assert ticked(statement) == {first.pk}
    page = owner.post(path("statement_lock", statement), follow=True)
    assert "still a difference of −€20.00" in page.text
    assert not is_locked(statement)
    owner.post(path("statement_tick", statement), {"every": "tick"})
    page = owner.post(path("statement_lock", statement), follow=True)
    assert "Locked: 2 rows explain every cent of it." in page.text
    assert is_locked(statement)


def test_one_tick_is_sent_alone_and_answered_with_its_box_and_the_sum(owner: Client, account: Account) -> None:
    rows = spend(account, -30_00, -20_00)
    statement = begin(account, 50_00)
    tick = f"{path('statement_tick', statement)}?row={rows[0].uid}"
    answer = owner.post(f"{tick}&ticked=1", headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    for part in ("checked", 'hx-swap-oob="true"', "20.00"):
        assert part in answer.text
    assert "ticked=1" not in answer.text
    assert "statement:ticked" in answer["HX-Trigger"]
    assert "toasts" not in answer["HX-Trigger"]
    assert ticked(statement) == {rows[0].pk}
    assert owner.post(tick, headers=HTMX).text.count("checked") == 0
    assert ticked(statement) == set()
    with household_scope(account.household_id):
        assert not ChangeSet.objects.filter(verb__startswith="tick").exists()


def test_ticks_are_still_there_when_one_comes_back(owner: Client, editor: Client, account: Account) -> None:
    row = spend(account, -30_00)[0]
    statement = begin(account, 70_00)
    owner.post(f"{path('statement_tick', statement)}?row={row.uid}&ticked=1", headers=HTMX)
    for client in (owner, editor):
        page = client.get(path("statement_show", statement)).text
        assert f'value="{row.uid}" checked' in page
        assert "It fits" in page


def test_an_earlier_statement_is_refused_and_the_open_one_offered(owner: Client, account: Account) -> None:
    statement = begin(account, 70_00)
    add = reverse("statement_add", args=[account.uid])
    page = owner.get(add).text
    assert "is still open" in page
    assert path("statement_show", statement) in page
    answer = owner.post(add, {"on": "2026-10-31", "balance": "5"})
    assert answer.status_code == 422
    assert "Take a later day" in answer.text


def test_what_explains_a_difference_is_told_with_a_remedy_that_is_one_click(owner: Client, account: Account) -> None:
    row = spend(account, -45_10, payee="Café")[0]
    spend(account, -7_00)
    statement = begin(account, 100_00 - 54_10)
    owner.post(f"{path('statement_tick', statement)}?row={row.uid}&ticked=1", headers=HTMX)
    plain = owner.get(path("statement_show", statement)).text
    assert "two digits swapped" in plain
    part = owner.get(f"{path('statement_show', statement)}?explain=1", headers={**HTMX, "HX-Target": "gaps"}).text
    assert part.lstrip().startswith("<section")
    assert "Make it −€54.10" in part
    gap = owner.get(f"{path('statement_show', statement)}?explain=1").context["gaps"][0]
    sent = {"kind": gap.kind, "row": str(row.uid), "amount": gap.amount, "edit_version": gap.edit_version}
    answer = owner.post(path("statement_mend", statement), sent, headers=HTMX)
    assert answer.status_code == 204
    assert "live:ledger.changed" in answer["HX-Trigger"]
    assert "It fits" in owner.get(path("statement_show", statement)).text


def test_a_correction_is_added_only_when_it_is_what_the_page_said(owner: Client, account: Account) -> None:
    statement = begin(account, 98_77)
    assert 'name="correction" value="-123"' in owner.get(path("statement_show", statement)).text
    assert owner.post(path("statement_lock", statement), {"correction": "-122"}, headers=HTMX).status_code == 409
    assert owner.post(path("statement_lock", statement), {"correction": "x"}, headers=HTMX).status_code == 409
    assert owner.post(path("statement_lock", statement), {"correction": "-123"}, headers=HTMX).status_code == 204
    with household_scope(account.household_id):
        assert Transaction.objects.get().amount == -1_23


def test_a_locked_statement_is_unlocked_and_the_page_tells_by_whom(
    owner: Client, editor: Client, account: Account
) -> None:
    spend(account, -30_00)
    statement = begin(account, 70_00)
    owner.post(path("statement_tick", statement), {"every": "tick"})
    owner.post(path("statement_lock", statement))
    page = editor.get(path("statement_show", statement)).text
    assert 'type="checkbox"' not in page
    assert 'data-key="l"' not in page
    page = editor.post(path("statement_unlock", statement), follow=True).text
    assert "Ed Editor" in page
    assert "Unlocked the statement" in page
    assert "It fits" in page
    again = editor.post(path("statement_unlock", statement), headers=HTMX)
    assert again.status_code == 409


def test_the_later_of_two_editors_is_told_what_changed(owner: Client, editor: Client, account: Account) -> None:
    statement = begin(account, 70_00)
    edit = path("statement_edit", statement)
    sent = {"on": "2026-10-31", "balance": "71", "edit_version": 1}
    assert editor.post(edit, sent).status_code == 302
    late = owner.post(edit, {**sent, "balance": "72"})
    assert late.status_code == 422
    for words in ("was changed while you had it open", "Ed Editor", "€70.00", "€71.00", 'value="72"'):
        assert words in late.text
    assert owner.post(edit, {**sent, "balance": "72", "edit_version": 2}).status_code == 302


def test_a_deleted_statement_is_gone_and_comes_back_by_undo(owner: Client, account: Account) -> None:
    spend(account, -30_00)
    statement = begin(account, 70_00)
    owner.post(path("statement_tick", statement), {"every": "tick"})
    answer = owner.post(path("statement_delete", statement), headers=HTMX)
    assert answer["HX-Redirect"] == reverse("statement_list", args=[account.uid])
    assert owner.get(path("statement_show", statement)).status_code == 404
    with household_scope(account.household_id):
        change = ChangeSet.objects.latest("id")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert len(ticked(statement)) == 1


def test_the_list_says_which_are_open(owner: Client, account: Account) -> None:
    assert "Never reconciled so far" in owner.get(reverse("statement_list", args=[account.uid])).text
    begin(account, 70_00)
    page = owner.get(reverse("statement_list", args=[account.uid])).text
    for words in ("31 October 2026", "Open", "0 rows ticked", "70.00"):
        assert words in page


def test_pages_of_many_rows_lead_to_the_earlier_ones(owner: Client, account: Account) -> None:
    rows = spend(account, *[-100] * 205)
    statement = begin(account, 70_00)
    page = owner.get(path("statement_show", statement))
    assert "and 5 earlier rows" in page.text
    assert len(page.content) < 330_000
    sheet = page.context["sheet"]
    earlier = owner.get(f"{path('statement_show', statement)}?after={sheet.next}")
    assert earlier.text.count('name="tick"') == 5
    assert owner.get(f"{path('statement_show', statement)}?after=nonsense").status_code == 200
    owner.post(f"{path('statement_tick', statement)}?row={rows[0].uid}&ticked=1")
    left = owner.get(f"{path('statement_show', statement)}?left=1")
    assert "Left 204" in left.text
    assert "and 4 earlier rows" in left.text


def test_the_reckoning_is_the_same_on_the_page_and_in_the_books(owner: Client, account: Account) -> None:
    spend(account, -30_00, -20_00, 5_00)
    statement = begin(account, 55_00)
    owner.post(path("statement_tick", statement), {"every": "tick"})
    found = owner.get(path("statement_show", statement)).context["found"]
    with household_scope(account.household_id):
        assert found.together == Account.objects.get(pk=account.pk).balance == queries.reckoning(statement).together
