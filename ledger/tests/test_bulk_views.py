"""Changing many transactions at once: those ticked, or all that match but for a few."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
DAY = date(2026, 11, 2)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


@pytest.fixture
def rows(household: Household, account: Account) -> list[Transaction]:
    """Six at Lidl, two at Rewe, and a split."""
    with household_scope(household.pk):
        food, fun = (Category.objects.get(key=key) for key in ("groceries", "entertainment"))
        new = [
            NewTransaction(
                account=account, date=DAY, amount=-100 * (number + 1), payee="Lidl" if number < 6 else "Rewe"
            )
            for number in range(8)
        ]
        new.append(
            NewTransaction(
                account=account, date=DAY, amount=-900, payee="Lidl", parts=[Part(-400, food), Part(-500, fun)]
            )
        )
        return actions.add_transactions(household=household, by=None, rows=new)


def category(household: Household, key: str) -> Category:
    with household_scope(household.pk):
        return Category.objects.get(key=key)


def url(deed: str) -> str:
    return reverse("transaction_bulk", args=[deed])


def picks(*rows: Transaction) -> list[str]:
    return [str(row.uid) for row in rows]


def filed(household: Household) -> dict[UUID, str | None]:
    """The category of each transaction that is no split."""
    with household_scope(household.pk):
        lines = Transaction.objects.filter(trashed_at=None).values_list(
            "uid", "lines__category__key", "lines__position"
        )
        return {uid: key for uid, key, position in lines if position == 0}


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_ticked_rows_are_filed_as_one_change_that_can_be_taken_back(
    owner: Client, household: Household, rows: list[Transaction]
) -> None:
    fun = category(household, "entertainment")
    sent = {"pick": picks(*rows[:3]), "said": "1", "category": str(fun.uid)}
    answer = owner.post(url("file"), sent, headers=HTMX)
    assert answer.status_code == 204
    for name in ("dialog:close", "toasts", "selection:clear", "live:ledger.changed"):
        assert name in answer["HX-Trigger"]
    assert [filed(household)[row.uid] for row in rows[:4]] == ["entertainment"] * 3 + [None]
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="transaction.filed")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert set(filed(household).values()) == {None, "groceries"}


def test_all_that_match_but_for_a_few_are_meant_without_naming_them(
    owner: Client, household: Household, rows: list[Transaction]
) -> None:
    sent = {
        "q": "lidl",
        "month": "2026-11",
        "every": "1",
        "spared": ",".join(picks(rows[0], rows[1])),
        "said": "1",
        "category": str(category(household, "dining").uid),
    }
    answer = owner.post(url("file"), sent)
    assert answer.status_code == 302
    assert answer["Location"] == "/transactions/?q=lidl&month=2026-11"
    now = filed(household)
    assert [now[row.uid] for row in rows] == [None, None, *["dining"] * 4, None, None, "groceries"]
    assert "1 left as it is: " in told(answer)


def test_a_month_in_which_nothing_matches_changes_nothing(
    owner: Client, household: Household, rows: list[Transaction]
) -> None:
    owner.post(url("trash"), {"q": "lidl", "month": "2026-10", "every": "1"})
    assert len(filed(household)) == 9


def test_the_form_carries_the_selection_with_it(owner: Client, household: Household, rows: list[Transaction]) -> None:
    for headers in ({}, HTMX):
        page = owner.post(url("payee"), {"pick": picks(*rows[:2]), "q": "lidl"}, headers=headers)
        assert page.status_code == 200
        assert f'value="{rows[0].uid},{rows[1].uid}"' in page.text
        assert "2 selected" in page.text
        page = owner.post(url("tag"), {"every": "1", "spared": str(rows[0].uid), "q": "lidl"}, headers=headers)
        assert f'name="spared" value="{rows[0].uid}"' in page.text
        assert "6 selected" in page.text


def test_without_a_tick_all_that_match_are_offered(owner: Client, rows: list[Transaction]) -> None:
    page = owner.post(url("trash"), {"q": "rewe"})
    assert page.status_code == 422
    assert "No transactions were ticked." in page.text
    assert "Take all 2 that the list shows" in page.text


@pytest.mark.parametrize(
    ("deed", "said", "words"),
    [
        ("file", {}, "Choose a category."),
        ("file", {"category": str(uuid4())}, "not one of the available choices"),
        ("payee", {"payee": ""}, "This field is required."),
        ("payee", {"payee": "x" * 121}, "at most 120 characters"),
        ("payee", {"payee": "a\u202eb"}, "cannot be seen"),
        ("tag", {}, "Write a tag to put on"),
        ("tag", {"add": "x" * 41}, "up to 40 characters"),
        ("move", {}, "This field is required."),
        ("shift", {"days": "0"}, "other than zero"),
        ("shift", {"days": "99999"}, "3660"),
        ("shift", {"days": "soon"}, "whole number"),
        ("mark", {"status": "reconciled"}, "not one of the available choices"),
        ("mark", {}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(
    owner: Client, household: Household, rows: list[Transaction], deed: str, said: dict[str, str], words: str
) -> None:
    answer = owner.post(url(deed), {"pick": picks(rows[0]), "said": "1", **said})
    assert answer.status_code == 422
    assert words in answer.text
    with household_scope(household.pk):
        assert not ChangeSet.objects.filter(verb__startswith="transaction.").exclude(verb="transaction.added").exists()


def test_every_deed_is_done(owner: Client, household: Household, account: Account, rows: list[Transaction]) -> None:
    other = AccountFactory.create(household=household, name="Card")
    pair = {"pick": ",".join(picks(rows[0], rows[1])), "said": "1"}
    owner.post(url("payee"), pair | {"payee": "Aldi"})
    owner.post(url("tag"), pair | {"add": "work, #trip"})
    owner.post(url("tag"), pair | {"remove": "work"})
    owner.post(url("move"), pair | {"account": str(other.uid)})
    owner.post(url("shift"), pair | {"days": "-3"})
    owner.post(url("mark"), pair | {"status": "pending"})
    with household_scope(household.pk):
        for row in Transaction.objects.filter(pk__in=[rows[0].pk, rows[1].pk]):
            assert (str(row.payee), row.account, row.date) == ("Aldi", other, DAY - timedelta(days=3))
            assert row.status == "pending"
            assert [tagging.tag.name for tagging in row.taggings.select_related("tag")] == ["trip"]
        account.refresh_from_db()
        other.refresh_from_db()
        assert (account.balance, other.balance) == (10000 - 4200, 10000 - 300)
    owner.post(url("trash"), pair)
    assert len(filed(household)) == 7


def test_a_rule_that_says_no_is_told_in_the_form(
    owner: Client, household: Household, account: Account, rows: list[Transaction]
) -> None:
    closed = AccountFactory.create(household=household, name="Old")
    with household_scope(household.pk):
        Account.objects.filter(pk=closed.pk).update(closed_on=DAY - timedelta(days=9))
    answer = owner.post(url("move"), {"pick": picks(rows[0]), "said": "1", "account": str(closed.uid)})
    assert answer.status_code == 422
    with household_scope(household.pk):
        assert Transaction.objects.get(pk=rows[0].pk).account == account


@pytest.mark.parametrize("sent", [{"pick": "x"}, {"pick": ",".join(str(uuid4()) for _ in range(2001))}])
def test_ids_that_are_none_are_a_bad_request(owner: Client, sent: dict[str, str]) -> None:
    assert owner.post(url("trash"), sent).status_code == 400
    assert owner.post(reverse("transaction_selected"), sent).status_code == 400


def test_an_unknown_deed_is_no_page_and_a_deed_is_no_page_to_get(owner: Client) -> None:
    assert owner.post(url("burn"), {"every": "1"}).status_code == 404
    assert owner.get(url("trash")).status_code == 405


def test_what_is_picked_is_summed(owner: Client, viewer: Client, household: Household, rows: list[Transaction]) -> None:
    for client in (owner, viewer):
        page = client.post(reverse("transaction_selected"), {"pick": picks(rows[0], rows[8])}, headers=HTMX).text
        assert "2 selected" in page
        assert 'value="-10.00"' in page
        page = client.post(reverse("transaction_selected"), {"every": "1", "spared": picks(rows[0])}, headers=HTMX).text
        assert "8 selected" in page
        assert 'value="-44.00"' in page
    part = {"q": "category:groceries", "pick": picks(rows[8])}
    assert 'value="-4.00"' in owner.post(reverse("transaction_selected"), part, headers=HTMX).text


def test_a_viewer_may_look_and_a_stranger_finds_nothing(
    viewer: Client, stranger: Client, household: Household, rows: list[Transaction]
) -> None:
    assert viewer.post(url("trash"), {"pick": picks(*rows)}).status_code == 403
    stranger.post(url("trash"), {"pick": picks(*rows)})
    stranger.post(url("trash"), {"every": "1"})
    assert "0 selected" in stranger.post(reverse("transaction_selected"), {"pick": picks(*rows)}, headers=HTMX).text
    assert len(filed(household)) == 9


def test_what_others_keep_private_is_not_reached(owner: Client, household: Household, rows: list[Transaction]) -> None:
    editor = join(household, "editor")
    with household_scope(household.pk):
        own = actions.add_account(
            household=household, by=editor, name="Hidden", currency="EUR", opened_on=DAY, private_to=editor
        )
        hidden = actions.add_transaction(household=household, by=editor, account=own, date=DAY, amount=-5, payee="Lidl")
    owner.post(url("trash"), {"q": "lidl", "every": "1"})
    owner.post(url("trash"), {"pick": picks(hidden)})
    assert set(filed(household)) == {rows[6].uid, rows[7].uid, hidden.uid}


@pytest.mark.django_db(transaction=True)
def test_very_many_are_changed_by_a_job_as_who_asked(
    owner: Client, household: Household, rows: list[Transaction], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.actions.deeds.AT_ONCE", 3)
    fun = category(household, "entertainment")
    sent = {"q": "lidl", "every": "1", "spared": str(rows[0].uid), "said": "1", "category": str(fun.uid)}
    answer = owner.post(url("file"), sent, headers=HTMX)
    with household_scope(household.pk):
        job = Job.objects.get(kind="ledger.bulk")
        change = ChangeSet.objects.get(verb="transaction.filed")
    assert f'id="job-{job.uid}"' in answer.text
    assert job.state == Job.State.DONE
    assert job.result["url"] == change.get_absolute_url()
    assert job.result["message"].startswith("Filed 5 transactions under “Entertainment”; 1 left as it is")
    assert sum(key == "entertainment" for key in filed(household).values()) == 5
    shown = owner.get(reverse("job_show", args=[job.uid])).text
    assert "See it, or undo it" in shown
    owner.post(reverse("change_undo", args=[change.uid]))
    assert set(filed(household).values()) == {None, "groceries"}
    answer = owner.post(url("shift"), {"every": "1", "said": "1", "days": "1"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/jobs/")


def test_a_job_that_runs_again_changes_nothing_twice(
    household: Household, rows: list[Transaction], owner: Client
) -> None:
    from financeflow.jobs.progress import Progress
    from financeflow.testing import owner_of
    from ledger.jobs.bulk import change_many

    chosen = {"line": "", "month": "", "today": "2026-11-21", "every": True, "picked": [], "spared": []}
    with household_scope(household.pk):
        job = Job.objects.create(
            household=household,
            by=owner_of(household),
            kind="ledger.bulk",
            state=Job.State.RUNNING,
            params={"deed": "shift", "said": {"days": 1}, "chosen": chosen},
        )
        first = change_many(job, Progress(job))
        job.refresh_from_db()
        assert change_many(job, Progress(job)) == first
        assert set(Transaction.objects.values_list("date", flat=True)) == {DAY + timedelta(days=1)}
