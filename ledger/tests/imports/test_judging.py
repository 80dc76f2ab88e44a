"""Verdicts through the tables: what earlier files, people and the trash left in an account is found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, join, owner_of
from ledger import actions
from ledger.actions.imports import take_back, take_back_anyway
from ledger.actions.imports.judging import judge
from ledger.actions.imports.reading import stage_and_judge
from ledger.importing.found import Found
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.tests.factories import AccountFactory
from ledger.tests.imports.uploads import DAY, brought_in, decide, found_row, put_on_desk, rows_of, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def household() -> Household:
    return HouseholdFactory.create(base_currency="EUR")


@pytest.fixture(autouse=True)
def scope(household: Household) -> Iterator[None]:
    with household_scope(household.pk, viewer=owner_of(household).pk):
        yield


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=0)


def desk(account: Account, *rows: Any, **said: Any) -> Import:
    return put_on_desk(account.household, statement(*rows), target=account, **said)


def brought_by(person: User, account: Account, *rows: Any) -> Import:
    said = {"household": account.household, "by": person, "name": "x.csv", "size": 1, "digest": "0"}
    upload = Import.objects.create(target=account, **said)
    stage_and_judge(upload, Found(format="csv", statements=[statement(*rows)]), lambda done, total: None)
    return upload


def told(upload: Import) -> list[tuple[str, str]]:
    return [(row.verdict, row.deed) for row in rows_of(upload)]


def only(upload: Import) -> ImportRow:
    [row] = rows_of(upload)
    return row


def spend(
    account: Account, amount: int = -1000, payee: str | None = "Lidl", *, day: int = 14, **said: Any
) -> Transaction:
    on = DAY.replace(day=day)
    return actions.add_transaction(
        household=account.household, by=None, account=account, date=on, amount=amount, payee=payee, **said
    )


def edit(transaction: Transaction, **said: Any) -> Transaction:
    transaction.refresh_from_db()
    return actions.change_transaction(transaction=transaction, by=None, edit_version=transaction.edit_version, **said)


def throw_away(transaction: Transaction) -> None:
    transaction.refresh_from_db()
    actions.trash_transaction(transaction=transaction, by=None)


NEW, HERE, ASKED = ("new", "add"), ("here", "leave"), ("possible", "ask")
TYPED, POSTED, THROWN = ("typed", "merge"), ("posted", "merge"), ("thrown", "leave")


def test_in_an_empty_account_all_is_new(account: Account) -> None:
    assert told(desk(account, found_row(-1000), found_row(-1000))) == [NEW, NEW]


def test_the_same_file_again_is_here_row_for_row(account: Account) -> None:
    brought_in(desk(account, found_row(-1000), found_row(-1000), found_row(-2000)))
    again = desk(account, found_row(-1000), found_row(-1000), found_row(-1000), found_row(-2000), name="again.csv")
    assert told(again) == [HERE, HERE, NEW, HERE]
    rows = rows_of(again)
    assert rows[0].reason == "The same row came in before, with “march.csv”."
    assert len({row.match_id for row in rows} - {None}) == 3


def test_what_a_person_changed_since_is_recognised(household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household, name="Second")
    brought_in(desk(account, found_row(-1000), found_row(-2000), found_row(-3000), found_row(-4000)))
    first, second, third, fourth = Transaction.objects.order_by("import_row")
    edit(first, payee="Corner shop", amount=-1100)
    edit(second, date=DAY - timedelta(days=90))
    edit(third, account=other)
    actions.split_transaction(
        transaction=fourth, by=None, edit_version=fourth.edit_version, parts=[actions.Part(-1500), actions.Part(-2500)]
    )
    again = desk(account, found_row(-1000), found_row(-2000), found_row(-3000), found_row(-4000))
    assert told(again) == [HERE, HERE, HERE, HERE]
    assert [row.match_id for row in rows_of(again)] == [first.pk, second.pk, third.pk, fourth.pk]


def test_what_was_thrown_away_stays_away_and_is_brought_back_once(account: Account) -> None:
    brought_in(desk(account, found_row(-1000), found_row(-2000)))
    throw_away(Transaction.objects.get(amount=-1000))
    again = desk(account, found_row(-1000), found_row(-2000))
    assert told(again) == [THROWN, HERE]
    decide(rows_of(again)[0], "add")
    brought_in(again)
    assert told(desk(account, found_row(-1000), found_row(-1000), found_row(-2000))) == [HERE, NEW, HERE]


def test_what_is_gone_for_good_stays_away_too(account: Account) -> None:
    brought_in(desk(account, found_row(-1000), found_row(-2000)))
    Transaction.objects.filter(amount=-1000).delete()
    again = desk(account, found_row(-1000), found_row(-1000), found_row(-2000))
    assert told(again) == [THROWN, NEW, HERE]
    decide(rows_of(again)[0], "add")
    judge(again)
    assert told(again) == [("thrown", "add"), NEW, HERE]
    brought_in(again)
    more = [found_row(-1000), found_row(-1000), found_row(-1000), found_row(-2000)]
    assert told(desk(account, *more)) == [HERE, HERE, NEW, HERE]


def test_what_was_left_out_by_choice_stays_out(account: Account) -> None:
    upload = desk(account, found_row(-1000), found_row(-2000))
    decide(rows_of(upload)[0], "leave")
    brought_in(upload)
    again = desk(account, found_row(-1000), found_row(-2000))
    assert told(again) == [THROWN, HERE]
    assert (
        rows_of(again)[0].reason == "It was left out when “march.csv” was brought in. Bring it in if you want it now."
    )


@pytest.mark.parametrize("anyway", [False, True])
def test_what_was_taken_back_with_its_file_is_new_again(household: Household, account: Account, anyway: bool) -> None:
    upload = desk(account, found_row(-1000, bank_id="A-2026-0001"), found_row(-2000))
    brought_in(upload)
    by = Membership.objects.get(user=upload.by)
    take_back_anyway(upload=upload, by=by) if anyway else take_back(upload=upload, by=by)
    assert told(desk(account, found_row(-1000, bank_id="A-2026-0001"), found_row(-2000))) == [NEW, NEW]


def test_a_hand_typed_one_is_completed_and_not_doubled(account: Account) -> None:
    mine = spend(account, -1999, "Lidl", day=12)
    upload = desk(account, found_row(-1999, "LIDL SAGT DANKE 0815"))
    row = only(upload)
    assert (row.verdict, row.deed, row.match_id) == ("typed", "merge", mine.pk)
    assert row.reason == "“Lidl” on 12 Mar 2026 was typed in: the same amount, 2 days apart."
    brought_in(upload)
    assert Transaction.objects.count() == 1
    assert told(desk(account, found_row(-1999, "LIDL SAGT DANKE 0815"))) == [HERE]


def test_what_was_typed_and_deleted_keeps_no_row_of_the_bank_out(account: Account) -> None:
    throw_away(spend(account))
    assert told(desk(account, found_row(-1000))) == [NEW]


def test_pending_then_booked_then_again(account: Account) -> None:
    brought_in(desk(account, found_row(-1000, "Shell", is_pending=True, bank_id="P-1")))
    booked = desk(account, found_row(-1000, "SHELL 0042 ULM", day=16, bank_id="B-1"))
    assert told(booked) == [POSTED]
    brought_in(booked)
    [kept] = Transaction.objects.all()
    assert kept.status == "cleared"
    # Both files once more: the pending row of the first is what was booked since.
    assert told(desk(account, found_row(-1000, "Shell", is_pending=True, bank_id="P-1"))) == [HERE]
    assert told(desk(account, found_row(-1000, "SHELL 0042 ULM", day=16, bank_id="B-1"))) == [HERE]
    throw_away(kept)
    assert told(desk(account, found_row(-1000, "Shell", is_pending=True, bank_id="P-1"))) == [THROWN]


def test_a_number_of_the_bank_counts_in_its_account_alone(household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household, name="Second")
    brought_in(desk(account, found_row(-1000, bank_id="A-2026-0001")))
    assert told(desk(other, found_row(-1000, "Aldi", bank_id="A-2026-0001"))) == [NEW]
    here = only(desk(account, found_row(-1000, "Something else", day=16, bank_id="A-2026-0001")))
    assert (here.verdict, here.reason) == (
        "here",
        "The bank’s own number is that of “Lidl” on 14 Mar 2026, which is here already.",
    )


def test_another_kind_of_file_says_the_same_in_other_words(account: Account) -> None:
    brought_in(desk(account, found_row(-1000, "Stadtwerke Neuheim", description="Abschlag Maerz")))
    upload = Import.objects.latest("pk")
    Import.objects.filter(pk=upload.pk).update(format="camt")
    again = desk(account, found_row(-1000, "STADTWERKE NEUHEIM GMBH"), found_row(-1000, "Blumen Anders"))
    assert told(again) == [HERE, NEW]
    near = only(desk(account, found_row(-1000, "STADTWERKE NEUHEIM GMBH", day=16)))
    assert (near.verdict, near.deed) == ASKED
    assert near.reason == "It may be “Stadtwerke Neuheim” on 14 Mar 2026: the same amount, 2 days apart."


def test_what_was_decided_keeps_its_match_from_others(account: Account) -> None:
    brought_in(desk(account, found_row(-1000)))
    again = desk(account, found_row(-1000), found_row(-1000))
    decide(rows_of(again)[0], "add")
    judge(again)
    assert told(again) == [("here", "add"), NEW]


def test_the_verdicts_follow_the_books_and_remember_where_they_stood(household: Household, account: Account) -> None:
    upload = desk(account, found_row(-1000), found_row(-2000))
    household.refresh_from_db()
    assert upload.judged_at == household.version
    spend(account, -2000)
    judge(upload)
    assert told(upload) == [NEW, TYPED]
    throw_away(Transaction.objects.get())
    judge(upload)
    assert told(upload) == [NEW, NEW]
    assert rows_of(upload)[1].match_id is None


def test_the_remaining_rows_of_a_file_do_not_match_those_that_came(account: Account) -> None:
    upload = desk(account, found_row(-1000), found_row(-1000))
    decide(rows_of(upload)[1], "ask")
    brought_in(upload)
    ImportRow.objects.filter(pk=rows_of(upload)[1].pk).update(is_decided=False)
    judge(upload)
    assert told(upload) == [NEW, NEW]


def test_statements_of_one_account_in_one_file_know_of_each_other(household: Household, account: Account) -> None:
    one = statement(found_row(-1000, day=10), found_row(-2000, day=12), found_row(-3000, day=14))
    two = statement(
        found_row(-2000, day=12), found_row(-3000, day=14), found_row(-4000, day=16), found_row(-5000, day=11)
    )
    upload = put_on_desk(household, one, two)
    upload.sheets.update(account=account)
    judge(upload)
    assert told(upload) == [NEW, NEW, NEW, HERE, HERE, NEW, NEW]
    assert rows_of(upload)[3].reason == "The same row stands in another statement of this file."


def test_what_could_not_be_read_keeps_its_reason(account: Account) -> None:
    upload = desk(account, found_row(-1000))
    sheet = upload.sheets.get()
    ImportRow.objects.create(
        household_id=upload.household_id,
        sheet=sheet,
        position=9,
        line=9,
        original="?",
        verdict="unread",
        deed="leave",
        reason="No amount.",
    )
    judge(upload)
    assert [(row.verdict, row.deed, row.reason) for row in rows_of(upload)][1] == ("unread", "leave", "No amount.")


def test_without_an_account_all_is_new_and_has_a_payee(household: Household) -> None:
    upload = put_on_desk(household, statement(found_row(-1000, "", description="VISA 4711 BLUE BOTTLE//BERLIN")))
    upload.sheets.update(account=None)
    judge(upload)
    assert (only(upload).verdict, only(upload).payee_name) == ("new", "Blue Bottle")


def test_nothing_that_others_keep_private_is_named(household: Household, account: Account) -> None:
    mate = join(household, "editor")
    brought_in(desk(account, found_row(-1000), name="secret.csv"))
    [kept] = Transaction.objects.all()
    private = AccountFactory.create(
        household=household, name="Gift fund", private_to=owner_of(household), by=owner_of(household)
    )
    edit(kept, account=private)
    with household_scope(household.pk, viewer=mate.pk):
        row = only(brought_by(mate, account, found_row(-1000)))
        assert (row.verdict, row.match_id) == ("here", None)
        assert "Gift" not in row.reason


def test_done_anew_nothing_is_written(account: Account) -> None:
    brought_in(desk(account, found_row(-1000)))
    upload = desk(account, found_row(-1000), found_row(-2000, "POS PURCHASE 0423 BLUE BOTTLE"))
    before = list(ImportRow.objects.filter(sheet__upload=upload).order_by("pk").values())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ledger.actions.imports.judging.write_columns", lambda names, lines: _expect_none(lines))
        judge(upload)
    assert list(ImportRow.objects.filter(sheet__upload=upload).order_by("pk").values()) == before


def _expect_none(lines: Any) -> None:
    assert list(lines) == []
