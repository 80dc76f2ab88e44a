"""The page of what was learned, as an owner, an editor, a viewer and a stranger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from financeflow.history.models import ChangeSet
from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from insights.actions.learning import learn_history
from insights.models import Lesson, Outcome, School
from insights.tests.learned_books import QUORN, ZEBU, category, in_force, spent
from ledger.models import Account, Line
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGE, SETTINGS, FORGET, FORGET_ALL = (
    f"/insights/learning/{rest}" for rest in ("", "settings/", "forget/", "forget-all/")
)


def learned(account: Account, *said: tuple[str, str]) -> None:
    """So filed, and learned: what tests change is not committed, so nobody hears of it."""
    for name, key in said:
        spent(account, name, key)
    with household_scope(account.household_id):
        learn_history(household=account.household)


def judged(
    account: Account, name: str, *, percent: int, band: str, right: bool, times: int = 1, days_ago: int = 1
) -> None:
    household = account.household
    guess, other = category(household, "groceries"), category(household, "fuel")
    with household_scope(household.pk):
        Outcome.objects.bulk_create(
            Outcome(
                household=household,
                at=timezone.now() - timedelta(days=days_ago),
                account=account,
                key=name.casefold(),
                words=name,
                guess=guess if percent else None,
                percent=percent,
                band=band,
                category=guess if right else other,
                is_right=right,
            )
            for _time in range(times)
        )


def test_a_new_household_reads_what_to_do_first(owner: Client, viewer: Client, account: Account) -> None:
    text = owner.get(PAGE).text
    for said in ("Nothing learned yet", "Import a file", "From 95 % sure", "none of 0"):
        assert said in text
    spent(account, QUORN)
    assert "/transactions/?q=is:uncategorised" in owner.get(PAGE).text
    assert "Import a file" not in viewer.get(PAGE).text


def test_the_index_leads_to_it(owner: Client, viewer: Client, account: Account) -> None:
    learned(account, (QUORN, "groceries"))
    text = viewer.get("/insights/").text
    assert ('href="/insights/learning/"' in text, "1 name, how often" in text) == (True, True)


def test_names_are_told_with_what_taught_them(owner: Client, account: Account) -> None:
    learned(account, (QUORN, "fuel"), (QUORN, "groceries"), (ZEBU, "fuel"))
    found = owner.get(PAGE).context["found"]
    told = [(each.name, each.category.key, each.times) for each in found.rows]
    assert told == [(ZEBU, "fuel", 1), (QUORN, "groceries", 2)]
    name = found.rows[1]
    assert ([each.key for each in name.others], name.amounts) == (["fuel"], ((-1250, "EUR"),) * 2)
    assert owner.get(name.url).text.count(QUORN) >= 2


def test_names_are_found_by_their_letters(owner: Client, account: Account) -> None:
    learned(account, (QUORN, "groceries"), (ZEBU, "fuel"))
    for asked, names in (("quorn", [QUORN]), ("ZEBU", [ZEBU]), ("zzz", []), ("\x00", [ZEBU, QUORN])):
        answer = owner.get(PAGE, {"q": asked}, headers=HTMX)
        assert [each.name for each in answer.context["found"].rows] == names
        assert "<html" not in answer.text
    assert "No name is spelled so" in owner.get(PAGE, {"q": "zzz"}).text


def many(account: Account, count: int) -> None:
    """So many names, each taught once; two of each were said at one moment."""
    spent(account, QUORN)
    with household_scope(account.household_id):
        line = Line.objects.get()
        now = timezone.now()
        Line.objects.bulk_create(
            Line(
                household=account.household,
                transaction=line.transaction,
                position=place + 1,
                account=account,
                amount=-1,
                date=line.date,
            )
            for place in range(count)
        )
        Lesson.objects.bulk_create(
            Lesson(
                household=account.household,
                line=each,
                account=account,
                key=f"name {place:04}",
                words=f"Name {place:04}",
                category=category(account.household, "groceries"),
                amount=-1,
                currency="EUR",
                day=line.date,
                taught_at=now - timedelta(minutes=place // 2),
            )
            for place, each in enumerate(Line.objects.exclude(pk=line.pk).order_by("pk"))
        )


def test_a_long_list_is_leafed_through_and_back(owner: Client, account: Account) -> None:
    many(account, 120)
    seen, path = [], ""
    for _page in range(3):
        found = owner.get(f"{PAGE}{path}").context["found"]
        seen.append([each.key for each in found.rows])
        path = found.next
    assert [len(each) for each in seen] == [50, 50, 20]
    assert [key for each in seen for key in each] == [f"name {place:04}" for place in range(120)]
    assert path == ""
    second = owner.get(f"{PAGE}{found.previous}").context["found"]
    first = owner.get(f"{PAGE}{second.previous}").context["found"]
    assert ([each.key for each in second.rows], [each.key for each in first.rows]) == (seen[1], seen[0])
    assert first.previous == ""


@pytest.mark.parametrize("wrong", ["after=x", "before=2026-01-01", "after=2026-13-45T00:00:00Z a", "after="])
def test_what_is_no_place_is_not_there(owner: Client, account: Account, wrong: str) -> None:
    assert owner.get(f"{PAGE}?{wrong}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_name_and_for_three(
    owner: Client, account: Account, count: int, django_assert_num_queries: Any
) -> None:
    learned(account, *((f"{QUORN} {place}", "groceries") for place in "abc"[:count]))
    for place in range(count):
        judged(account, f"{QUORN} {'abc'[place]}", percent=97, band="filed", right=False, times=2)
    owner.get(PAGE)
    with django_assert_num_queries(14):
        assert len(owner.get(PAGE).context["found"].rows) == count


def test_how_guesses_fared_is_told_with_counts(owner: Client, account: Account) -> None:
    judged(account, QUORN, percent=97, band="filed", right=True, times=11)
    judged(account, QUORN, percent=96, band="filed", right=False)
    judged(account, ZEBU, percent=70, band="suggested", right=True, times=3)
    judged(account, ZEBU, percent=0, band="open", right=False, times=4)
    judged(account, ZEBU, percent=97, band="filed", right=False, times=50, days_ago=500)
    text = owner.get(PAGE).text
    for said in (
        "11 of 12 (91 %)",
        "3 of 3",
        "would have filed 12 of 19, 1 of them wrong",
        "0 of 19, none of them wrong",
    ):
        assert said in text
    figure = owner.get(PAGE).context["figures"].fared
    assert [each["values"][-1] for each in figure.data["series"]] == [91, None]
    assert figure.table["rows"][0][1:] == ["11 of 12 (91 %)", "3 of 3", 4]


def test_what_confuses_it_has_doors(owner: Client, viewer: Client, account: Account) -> None:
    for key in ("groceries", "fuel", "groceries"):
        spent(account, QUORN, key)
    spent(account, "Steady", "fuel")
    learned(account, ("Changed", "fuel"), ("Changed", "groceries"), (ZEBU, "fuel"))
    judged(account, ZEBU, percent=97, band="filed", right=False, times=3)
    found = owner.get(PAGE).context["sheet"].confusing
    assert [(each.name.name, each.wrong) for each in found] == [(ZEBU, 3), (QUORN, 0)]
    text = owner.get(PAGE).text
    assert "guessed wrong 3 times" in text
    assert f"/payees/{found[0].name.payee}/edit/" in text
    assert owner.get(f"/rules/add/?from={found[0].name.transaction}").status_code == 200
    assert "Make a rule" not in viewer.get(PAGE).text


def test_a_name_is_forgotten_by_a_button_and_undone(owner: Client, household: Household, account: Account) -> None:
    learned(account, (QUORN, "groceries"), (ZEBU, "fuel"))
    assert owner.post(FORGET, {"key": "quornbatch"}).status_code == 302
    assert [each.name for each in owner.get(PAGE).context["found"].rows] == [ZEBU]
    with household_scope(household.pk):
        made = ChangeSet.objects.get(verb="learning.forgotten")
    owner.post(f"/activity/{made.uid}/undo/")
    assert len(owner.get(PAGE).context["found"].rows) == 2
    assert owner.post(FORGET, {"key": "quornbatch"}, headers=HTMX).status_code == 204
    for sent, status in (("nobody", 404), ("quornbatch", 404), ("", 400), ("x" * 200, 400), ("a\x00", 400)):
        assert owner.post(FORGET, {"key": sent}).status_code == status


def test_all_is_forgotten_after_a_question(owner: Client, household: Household, account: Account) -> None:
    learned(account, (QUORN, "groceries"), (ZEBU, "fuel"))
    asked = owner.get(FORGET_ALL).text
    assert ("2 names that you can see are known." in asked, "Only what my private" in asked) == (True, False)
    assert in_force(household) == 2
    assert owner.post(FORGET_ALL).status_code == 302
    assert in_force(household) == 0
    assert "Nothing learned yet" in owner.get(PAGE).text
    assert owner.post(FORGET_ALL, headers=HTMX).status_code == 204


def test_private_lessons_are_seen_by_their_keeper_alone(owner: Client, household: Household, account: Account) -> None:
    keeper = join(household, "editor")
    own = AccountFactory.create(household=household, by=keeper, private_to=keeper)
    spent(own, QUORN, "groceries")
    learned(account, (ZEBU, "fuel"))
    judged(own, QUORN, percent=97, band="filed", right=False, times=3)
    theirs = logged_in(keeper)
    seen = [[each.name for each in client.get(PAGE).context["found"].rows] for client in (owner, theirs)]
    assert seen == [[ZEBU], [ZEBU, QUORN]]
    assert (QUORN in owner.get(PAGE).text, "0 of 3" in owner.get(PAGE).text) == (False, False)
    assert "0 of 3" in theirs.get(PAGE).text
    assert owner.post(FORGET, {"key": "quornbatch"}).status_code == 404
    owner.post(FORGET_ALL)
    assert [each.name for each in theirs.get(PAGE).context["found"].rows] == [QUORN]
    assert theirs.post(FORGET_ALL, {}).status_code == 422
    assert theirs.post(FORGET_ALL, {"what": "private"}).status_code == 302
    assert theirs.get(PAGE).context["found"].rows == []
    assert "your private accounts" in theirs.get("/activity/").text
    assert "private accounts" not in owner.get("/activity/").text


def test_the_bounds_are_changed_and_undone(editor: Client, household: Household) -> None:
    assert editor.post(SETTINGS, {"file_from": "99", "suggest_from": "80"}).status_code == 302
    with household_scope(household.pk):
        school, made = School.objects.get(), ChangeSet.objects.latest("id")
    assert (school.files_by_itself, school.filed_from, school.suggested_from) == (True, 99, 80)
    assert editor.get(f"/activity/{made.uid}/").status_code == 200
    assert editor.post(SETTINGS, {"file_from": "never", "suggest_from": "60"}).status_code == 302
    with household_scope(household.pk):
        school.refresh_from_db()
    assert (school.files_by_itself, school.filed_from, school.suggested_from) == (False, 99, 60)
    with household_scope(household.pk):
        made = ChangeSet.objects.latest("id")
    editor.post(f"/activity/{made.uid}/undo/")
    with household_scope(household.pk):
        school.refresh_from_db()
    assert (school.files_by_itself, school.filed_from, school.suggested_from) == (True, 99, 80)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"file_from": "0", "suggest_from": "50"}, "Choose one from the list."),
        ({"file_from": "101", "suggest_from": "50"}, "Choose one from the list."),
        ({"file_from": "95"}, "Choose one."),
        ({}, "Choose one."),
    ],
)
def test_what_is_wrong_is_said(owner: Client, household: Household, sent: dict[str, str], said: str) -> None:
    answer = owner.post(SETTINGS, sent)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_nothing_is_suggested_only_from_where_it_is_filed(owner: Client, household: Household) -> None:
    with household_scope(household.pk):
        School.objects.create(household=household, filed_from=60)
    answer = owner.post(SETTINGS, {"file_from": "60", "suggest_from": "70"})
    assert (answer.status_code, "Suggest from 60 % or less" in answer.text) == (422, True)


def test_a_viewer_looks_and_changes_nothing(viewer: Client, household: Household, account: Account) -> None:
    learned(account, (QUORN, "groceries"))
    text = viewer.get(PAGE).text
    assert "What is at least 95 % sure is filed by itself." in text
    for word in ("Forget", '<button class="button button--primary">Save'):
        assert word not in text
    for path in (SETTINGS, FORGET, FORGET_ALL):
        assert viewer.post(path, {"key": "quornbatch"}).status_code == 403
    for path in (SETTINGS, FORGET_ALL):
        assert viewer.get(path).status_code == 403
    assert in_force(household) == 1


def test_a_stranger_finds_only_their_own(stranger: Client, household: Household, account: Account) -> None:
    learned(account, (QUORN, "groceries"))
    assert QUORN not in stranger.get(PAGE).text
    assert stranger.post(FORGET, {"key": "quornbatch"}).status_code == 404
    stranger.post(FORGET_ALL)
    assert in_force(household) == 1
    assert Client().get(PAGE).status_code == 302
