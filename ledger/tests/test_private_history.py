"""Changes that reach into another member's private account are told, but nothing of what is there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household, User
from financeflow.jobs.actions import start_job
from financeflow.jobs.kinds import JobFailed
from financeflow.jobs.models import Job
from financeflow.jobs.progress import Progress
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in, owner_of
from ledger import actions
from ledger.actions.deeds import BULK
from ledger.actions.payees import add_spelling
from ledger.actions.rules import add_rule
from ledger.calc.rules import Condition, Deed
from ledger.jobs.bulk import change_many
from ledger.models import Account, Payee, Tag, Transaction
from ledger.queries.checking import violations
from ledger.tests.entries import DAY, category, fresh, spend
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ed(household: Household) -> User:
    return join(household, "editor", name="Ed Editor")


@pytest.fixture
def mine(ed: User) -> Client:
    return logged_in(ed)


@pytest.fixture
def secret(household: Household, ed: User) -> Account:
    return AccountFactory.create(household=household, name="Surprise", private_to=ed, by=ed)


@pytest.fixture
def shared(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Joint")


def last_change(household: Household) -> ChangeSet:
    with household_scope(household.pk):
        return ChangeSet.objects.latest("id")


def told(client: Client, household: Household) -> str:
    """All that history tells this member: of everything, of the last change, of the trash."""
    pages = ["/activity/", "/trash/", "/dashboard/"]
    last = client.get(last_change(household).get_absolute_url())
    return "".join(client.get(path).text for path in pages) + (last.text if last.status_code == 200 else "")


def bulk(client: Client, deed: str, *rows: Transaction, **said: Any) -> Any:
    picked = ",".join(str(row.uid) for row in rows)
    return client.post(f"/transactions/bulk/{deed}/", {"pick": picked, "said": "1", **said})


def test_merging_categories_tells_nothing_of_private_lines(
    owner: Client, mine: Client, secret: Account, household: Household
) -> None:
    groceries = category(household)
    spend(secret, parts=[actions.Part(-1250, groceries, "Roulette")])
    owner.post(reverse("category_merge", args=[groceries.uid]), {"into": category(household, "dining").uid})
    assert "Merged the category “Groceries”" in told(owner, household)
    assert "Roulette" not in told(owner, household)
    assert "Roulette" in told(mine, household)


def test_changing_private_and_shared_ones_at_once_tells_of_the_shared(
    owner: Client, mine: Client, secret: Account, shared: Account, household: Household
) -> None:
    bulk(mine, "shift", spend(secret, payee="Casino"), spend(shared, payee="Lidl"), days="1")
    text = told(owner, household)
    assert "Moved the dates of 2 transactions" in text
    assert "Lidl" in text
    assert "Casino" not in text
    assert "Casino" in told(mine, household)


def test_what_is_gone_for_good_is_told_where_it_stood_in_sight(
    owner: Client, mine: Client, secret: Account, shared: Account, household: Household
) -> None:
    rows = [
        spend(account, parts=[actions.Part(-250, None, memo), actions.Part(-1000)])
        for account, memo in ((secret, "Roulette"), (shared, "Apples"))
    ]
    bulk(mine, "shift", *rows, days="1")
    groceries = category(household)
    with household_scope(household.pk):
        for row in rows:
            actions.change_transaction(
                transaction=fresh(row), by=None, edit_version=2, parts=[actions.Part(-1250, groceries, "")]
            )
    text = told(owner, household)
    assert "Roulette" not in text
    assert "Apples" in text


def test_moving_into_a_private_account_does_not_name_it(
    owner: Client, mine: Client, secret: Account, shared: Account, household: Household
) -> None:
    bulk(mine, "move", spend(shared), account=secret.uid)
    assert "to a private account" in told(owner, household)
    assert "Surprise" not in told(owner, household)


@pytest.mark.parametrize("picked", [0, 1])
def test_deleting_takes_the_private_side_of_a_transfer_along(
    picked: int, owner: Client, mine: Client, secret: Account, shared: Account, household: Household
) -> None:
    with household_scope(household.pk):
        both = actions.add_transfer(household=household, by=None, source=shared, target=secret, amount=700, on=DAY)
    assert bulk(mine if picked else owner, "trash", both[picked]).status_code == 302
    assert all(fresh(side).trashed_at for side in both)
    with household_scope(household.pk):
        assert violations() == []


def test_nobody_deletes_a_private_row_by_its_id(owner: Client, secret: Account, household: Household) -> None:
    row = spend(secret)
    bulk(owner, "trash", row)
    assert fresh(row).trashed_at is None


def test_a_payee_known_from_the_trash_alone_breaks_no_page(
    owner: Client, mine: Client, secret: Account, shared: Account, household: Household
) -> None:
    row = spend(shared, payee="Casino")
    spend(secret, payee="Casino")
    owner.post(reverse("transaction_delete", args=[row.uid]))
    for path in ("/activity/", "/trash/", "/dashboard/", last_change(household).get_absolute_url()):
        assert owner.get(path).status_code == 200, path
    assert "Casino" in owner.get("/trash/").text


@pytest.mark.parametrize("deed", ["rename", "spell", "delete", "merge"])
def test_what_is_done_to_a_private_payee_is_told_to_its_member_alone(
    deed: str, owner: Client, mine: Client, ed: User, secret: Account, household: Household
) -> None:
    spend(secret, payee="Casino")
    spend(secret, payee="Bar")
    with household_scope(household.pk):
        casino, bar = (Payee.objects.get(name=name) for name in ("Casino", "Bar"))
    posts = {
        "rename": ("payee_edit", {"name": "Casino Royale", "edit_version": 1}),
        "spell": ("spelling_add", {"name": "Casino 123"}),
        "delete": ("payee_delete", {}),
        "merge": ("payee_merge", {"into": bar.uid}),
    }
    name, said = posts[deed]
    path = (
        f"{reverse(name)}?payee={casino.uid}&payee={bar.uid}" if deed == "merge" else reverse(name, args=[casino.uid])
    )
    assert mine.post(path, said).status_code == 302
    assert "Casino" not in told(owner, household)
    assert "Casino" in told(mine, household)
    assert last_change(household).private_to == ed


def test_what_is_done_to_a_private_tag_is_told_to_its_member_alone(
    owner: Client, mine: Client, secret: Account, household: Household
) -> None:
    spend(secret, tags=["zagreb"])
    with household_scope(household.pk):
        tag = Tag.objects.get()
    renamed = {"name": "zagreb trip", "hue": 1, "edit_version": 1}
    assert mine.post(reverse("tag_edit", args=[tag.uid]), renamed).status_code == 302
    assert mine.post(reverse("tag_delete", args=[tag.uid])).status_code == 302
    assert "zagreb" not in told(owner, household)
    assert "zagreb trip" in mine.get("/trash/").text
    restore = reverse("trash_restore", args=["ledger.tag", tag.uid])
    assert (owner.post(restore).status_code, mine.post(restore).status_code) == (404, 302)


def test_a_taken_spelling_does_not_name_a_private_payee(owner: Client, secret: Account, household: Household) -> None:
    spend(secret, payee="Casino")
    with household_scope(household.pk):
        add_spelling(payee=Payee.objects.get(), by=None, name="CSN 4711")
    answer = owner.post("/payees/add/", {"name": "csn 4711"})
    assert answer.status_code == 422
    assert "Casino" not in answer.text
    assert "“csn 4711” is a payee already." in answer.text


def test_an_undo_that_a_private_change_stands_in_the_way_of_names_nothing_of_it(
    owner: Client, mine: Client, secret: Account, household: Household
) -> None:
    groceries = category(household)
    row = spend(secret, payee="Casino", parts=[actions.Part(-1250, groceries, "Roulette")])
    owner.post(reverse("category_merge", args=[groceries.uid]), {"into": category(household, "dining").uid})
    merged = last_change(household)
    bulk(mine, "file", row, category=category(household, "fees-interest").uid)
    answer = owner.post(reverse("change_undo", args=[merged.uid]), headers={"HX-Request": "true"})
    assert answer.status_code == 409
    text = owner.get("/activity/").text
    assert "another member keeps private" in text
    assert "Roulette" not in text
    assert "Casino" not in text


def test_a_job_tells_the_others_nothing_of_what_it_did_in_private(
    owner: Client, ed: User, secret: Account, household: Household
) -> None:
    spend(secret)
    chosen = {"line": "", "month": "", "today": "2026-03-31", "every": True, "picked": [], "spared": []}
    with household_scope(household.pk, viewer=ed.pk):
        said = {"payee": "Casino"}
        job = start_job(household=household, by=ed, kind=BULK, deed="payee", said=said, chosen=chosen)
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
        job.refresh_from_db()
        result = change_many(job, Progress(job))
    assert result["message"] == "Done"
    assert "Casino" not in owner.get("/jobs/").text
    assert owner_of(household) != ed


def test_a_run_of_rules_in_private_is_in_no_log_of_the_others(
    owner: Client, mine: Client, ed: User, secret: Account, shared: Account, household: Household
) -> None:
    said: dict[str, Any] = {"conditions": [Condition("sign", "is", ("out",))], "deeds": [Deed("set_notes", ("Seen",))]}
    with household_scope(household.pk):
        rule = add_rule(household=household, by=ed, name="All of it", **said)
    for account, runs in ((secret, 0), (shared, 1)):
        spend(account)
        mine.post(reverse("rule_apply", args=[rule.uid]))
        assert owner.get("/rules/runs/").text.count("row__use") == runs
        with household_scope(household.pk):
            rule.refresh_from_db()
        assert (rule.hits, rule.last_hit_at is not None) == (runs, bool(runs))
    assert mine.get("/rules/runs/").text.count("row__use") == 2


@pytest.mark.parametrize("role", ["viewer", None])
def test_a_job_of_somebody_who_may_no_longer_change_the_books_does_nothing(
    role: str | None, ed: User, secret: Account, household: Household
) -> None:
    row = spend(secret)
    chosen = {"line": "", "month": "", "today": "2026-03-31", "every": True, "picked": [], "spared": []}
    with household_scope(household.pk):
        job = start_job(household=household, by=ed, kind=BULK, deed="trash", said={}, chosen=chosen)
        if role is None:
            Job.objects.filter(pk=job.pk).update(by=None)
        household.memberships.filter(user=ed).update(role=role or "editor")
        job.refresh_from_db()
        with pytest.raises(JobFailed, match="any more"):
            change_many(job, Progress(job))
    assert fresh(row).trashed_at is None
