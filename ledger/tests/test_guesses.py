"""What the app filed by itself and what it suggests: badges, keys' buttons, why, and what a person says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger import actions
from ledger.actions import Part
from ledger.calc.bands import Band, how_sure
from ledger.models import Account, Category, Transaction
from ledger.queries.suggesting import Suggestion, Unfiled
from ledger.tests.cell_doors import change, fresh, key_of, uid_of
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ASKED: list[Sequence[Unfiled]] = []


def by_name(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    """Lidl is groceries for sure, Pret perhaps dining, of others nothing is known."""
    ASKED.append(asked)
    food, dining = (Category.objects.get(key=key) for key in ("groceries", "dining"))
    lidl = [Suggestion(food, "like 14 earlier “Lidl”", 0.97, Band.FILED), Suggestion(dining, "<b>", 0.01, Band.OPEN)]
    known = {"Lidl": lidl, "Pret": [Suggestion(dining, "the word “pret”", 0.4, Band.OPEN)]}
    return [known.get(each.payee.name if each.payee else "", []) for each in asked]


@pytest.fixture(autouse=True)
def suggester(settings: Any) -> None:
    settings.CATEGORY_SUGGESTER = "ledger.tests.test_guesses.by_name"
    ASKED.clear()


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def buy(
    account: Account, payee: str = "Lidl", *, learned: int = 0, key: str = "groceries", day: int = 14
) -> Transaction:
    """Filed by itself where it is learned, else without a category."""
    with household_scope(account.household_id):
        filed = Category.objects.get(key=key) if learned else None
        parts = [Part(-1250, filed, learned=learned)]
        said = {"account": account, "date": date(2026, 3, day), "amount": -1250, "payee": payee, "parts": parts}
        return actions.add_transaction(household=account.household, by=None, **said)


def learned(row: Transaction) -> int:
    [line] = fresh(row).lines.all()
    return line.learned


def accept(client: Client, row: Transaction, headers: Any = HTMX, **said: Any) -> Any:
    return client.post(reverse("transaction_accept", args=[row.uid]), said, headers=headers)


def drawn(client: Client, row: Transaction, query: str = "") -> str:
    page = client.get(f"/transactions/{query}").text
    found = re.search(rf'<tr id="t-{row.uid}".*?</tr>', page, re.DOTALL)
    return found[0] if found else ""


def test_what_is_likely_stands_in_the_row_with_a_button(owner: Client, household: Household, account: Account) -> None:
    row, unsure = buy(account), buy(account, "Pret")
    shown = drawn(owner, row)
    assert "Groceries?</span>" in shown
    assert 'aria-label="Accept Groceries"' in shown
    assert "<span>Uncategorised</span>" in drawn(owner, unsure)
    assert "ledger__accept" not in drawn(owner, unsure)
    assert "Categorise the rest" in owner.get("/transactions/").text.split('class="chips', 1)[1].split("</div>")[0]


def test_a_suggestion_is_accepted_and_undone(owner: Client, household: Household, account: Account, undo: Any) -> None:
    row = buy(account)
    answer = accept(owner, row, {**HTMX, "HX-Target": f"t-{row.uid}"}, category=uid_of(household, "groceries"))
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith(f'<tr id="t-{row.uid}"')
    assert "toasts" in answer["HX-Trigger"]
    assert (key_of(row), learned(row)) == ("groceries", 0)
    with household_scope(household.pk):
        undo()
    assert key_of(row) is None


def test_a_row_says_what_was_seen_in_it(owner: Client, account: Account) -> None:
    row = buy(account)
    assert accept(owner, row, seen="Dining").status_code == 409
    assert key_of(row) is None
    assert accept(owner, row, seen="Groceries").status_code == 204
    assert key_of(row) == "groceries"


def test_what_was_learned_wears_a_badge_until_a_person_says_it_is_right(
    owner: Client, household: Household, account: Account, undo: Any
) -> None:
    row = buy(account, learned=96)
    assert "Learned, 96 % sure" in drawn(owner, row)
    assert accept(owner, row).status_code == 204
    assert (key_of(row), learned(row)) == ("groceries", 0)
    assert "Learned," not in drawn(owner, row)
    with household_scope(household.pk):
        undo()
    assert learned(row) == 96


def test_the_cell_of_its_category_leads_to_why(owner: Client, household: Household, account: Account) -> None:
    rows = [buy(account, learned=96), buy(account), buy(account, "Nobody")]
    asked = [owner.get(reverse("transaction_cell", args=[row.uid, "category"]), headers=HTMX).text for row in rows]
    assert ["Why this category?" in text for text in asked] == [True, True, False]


def test_changing_it_in_its_cell_takes_the_badge_off(owner: Client, household: Household, account: Account) -> None:
    row = buy(account, learned=96)
    assert change(owner, row, "category", category=uid_of(household, "dining")).status_code == 200
    assert (key_of(row), learned(row)) == ("dining", 0)


def test_without_scripts_the_suggestion_leads_to_a_page_that_has_the_button(
    owner: Client, household: Household, account: Account
) -> None:
    row = buy(account)
    assert f'href="{row.uid}/why/"' in drawn(owner, row)
    page = owner.get(f"/transactions/{row.uid}/why/").text
    assert f'action="/transactions/{row.uid}/accept/"' in page
    assert f'value="{uid_of(household, "groceries")}"' in page
    answer = accept(owner, row, {}, category=uid_of(household, "groceries"))
    assert (answer.status_code, answer["Location"]) == (302, "/transactions/")
    assert key_of(row) == "groceries"


def test_what_a_person_filed_meanwhile_stays(owner: Client, household: Household, account: Account) -> None:
    row = buy(account)
    change(owner, row, "category", category=uid_of(household, "dining"))
    assert accept(owner, row, category=uid_of(household, "groceries")).status_code == 409
    assert accept(owner, row, leave="1").status_code == 409
    assert key_of(row) == "dining"


@pytest.mark.parametrize("said", [{}, {"category": "x"}, {"category": "0" * 32}])
def test_nothing_to_accept_is_refused(owner: Client, account: Account, said: dict[str, str]) -> None:
    row = buy(account, "Nobody")
    assert accept(owner, row, **said).status_code == 400
    assert key_of(row) is None


def test_parts_and_transfers_are_left_alone(owner: Client, household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household, name="Savings")
    with household_scope(household.pk):
        out, _into = actions.add_transfer(
            household=household, by=None, source=account, target=other, amount=5, on=date(2026, 3, 1)
        )
    assert accept(owner, out, category=uid_of(household, "groceries")).status_code == 409
    assert ASKED == []
    owner.get("/transactions/")
    assert ASKED == []


def test_why_a_learned_one_is_where_it_is(
    owner: Client, viewer: Client, stranger: Client, account: Account, settings: Any
) -> None:
    row = buy(account, learned=96)
    here = reverse("transaction_why", args=[row.uid])
    page = owner.get(here).text
    assert "96 %, almost certain" in page
    assert "like 14 earlier “Lidl”" in page
    assert 'href="/transactions/?q=payee%3ALidl"' in page
    assert "That is right" in page
    assert "Leave it uncategorised" in page
    assert 'href="/insights/learning/"' in page
    assert 'href="/insights/learning/settings/"' in page
    assert "&lt;b&gt;" in page
    assert "<html" not in owner.get(here, headers=HTMX).text
    looked = viewer.get(here).text
    assert "almost certain" in looked
    assert "That is right" not in looked
    assert "/insights/learning/settings/" not in looked
    settings.LEARNING_PAGE = settings.LEARNING_SETTINGS_PAGE = ""
    assert "/insights/" not in owner.get(here, headers=HTMX).text
    assert stranger.get(here).status_code == 404


def test_why_of_a_suggestion_of_nothing_and_of_what_a_person_filed(
    owner: Client, household: Household, account: Account
) -> None:
    row, nothing = buy(account), buy(account, "Nobody")
    assert "Nothing is filed yet" in owner.get(reverse("transaction_why", args=[row.uid])).text
    assert "Nothing is known yet" in owner.get(reverse("transaction_why", args=[nothing.uid])).text
    accept(owner, row, category=uid_of(household, "groceries"))
    assert "put it under Groceries" in owner.get(reverse("transaction_why", args=[row.uid])).text


def test_a_reason_that_is_gone_is_told_honestly(owner: Client, account: Account) -> None:
    row = buy(account, "Nobody", learned=96)
    assert "the likeliest when it was filed" in owner.get(reverse("transaction_why", args=[row.uid])).text


def test_what_was_learned_is_taken_out_again(owner: Client, account: Account) -> None:
    row = buy(account, learned=96)
    assert accept(owner, row, leave="1").status_code == 204
    assert (key_of(row), learned(row)) == (None, 0)


def test_the_menu_of_a_row_leads_to_why_where_there_is_something_to_tell(
    owner: Client, household: Household, account: Account
) -> None:
    row = buy(account)
    menu = reverse("transaction_menu", args=[row.uid])
    assert "Why this category?" in owner.get(menu, headers=HTMX).text
    accept(owner, row, category=uid_of(household, "groceries"))
    assert "Why this category?" not in owner.get(menu, headers=HTMX).text


def test_the_list_finds_them(owner: Client, household: Household, account: Account) -> None:
    row, other = buy(account, learned=96), buy(account, "Pret", day=13)
    assert drawn(owner, row, "?q=is:learned")
    assert not drawn(owner, other, "?q=is:learned")
    assert not drawn(owner, row, "?q=-is:learned")
    assert drawn(owner, other, "?q=-is:learned")
    assert "<b>Filed by itself</b>" in owner.get("/transactions/?q=is:learned").text


def test_who_may(viewer: Client, stranger: Client, household: Household, account: Account) -> None:
    row, sure = buy(account), buy(account, learned=96, day=13)
    assert accept(viewer, row, category=uid_of(household, "groceries")).status_code == 403
    assert accept(stranger, row, category=uid_of(household, "groceries")).status_code == 404
    assert key_of(row) is None
    shown = drawn(viewer, row) + drawn(viewer, sure)
    assert "Uncategorised" in shown
    assert "Learned, 96 % sure" in shown
    assert "<button" not in shown


def test_a_page_asks_once_for_all_its_rows(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    for number in (1, 3):
        for day in range(number):
            buy(account, day=1 + day)
        ASKED.clear()
        with django_assert_num_queries(13):
            owner.get("/transactions/")
        assert len(ASKED) == 1


@pytest.mark.parametrize(("learned", "mark"), [(0, b'class="ledger__accept"'), (96, b"pill--learned")])
def test_a_page_of_guesses_is_no_heavier_than_it_may_be(
    owner: Client, household: Household, account: Account, learned: int, mark: bytes
) -> None:
    with household_scope(household.pk):
        parts = [Part(-1250, Category.objects.get(key="groceries"), learned=learned)] if learned else []
        days = [date(2026, 3, 14) - timedelta(days=number // 3) for number in range(60)]
        rows = [
            actions.NewTransaction(account=account, amount=-1250, payee="Lidl", date=day, parts=parts) for day in days
        ]
        actions.add_transactions(household=household, by=None, rows=rows)
    page = owner.get("/transactions/").content
    assert page.split(b'id="rows"')[1].split(b"</table>")[0].count(mark) == 50
    assert len(page) < 100_000


@pytest.mark.parametrize(
    ("percent", "words"), [(99, "almost certain"), (95, "almost certain"), (80, "very likely"), (50, "likely")]
)
def test_how_sure_in_words(percent: int, words: str) -> None:
    assert how_sure(percent) == words
    assert how_sure(49) == "only a guess"
