"""The page of transactions, as people use it: with JavaScript and without, by three persons."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join, logged_in
from ledger import actions
from ledger.actions import NewTransaction, Part
from ledger.models import Account, Category, RefundLink, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LISTED = {**HTMX, "HX-Target": "listed"}
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-21 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def category(key: str) -> Category:
    return Category.objects.get(key=key)


def add(household: Household, account: Account, amount: int, **said: Any) -> Transaction:
    with household_scope(household.pk):
        return actions.add_transaction(
            household=household, by=None, account=account, amount=amount, **{"date": TODAY, **said}
        )


def fill(household: Household, account: Account, count: int) -> None:
    """So many rows, three a day, a split in ten."""
    with household_scope(household.pk):
        food, fun = category("groceries"), category("entertainment")
        rows = []
        for number in range(count):
            amount = -(number * 37 + 100)
            parts = [Part(amount + 50, food), Part(-50, fun)] if number % 10 == 0 else [Part(amount, food)]
            day = TODAY - timedelta(days=number // 3)
            payee = ("Lidl", "Café Zürich")[number % 2]
            rows.append(NewTransaction(account=account, date=day, amount=amount, payee=payee, parts=parts))
        actions.add_transactions(household=household, by=None, rows=rows)


def names(text: str) -> list[str]:
    return re.findall(r'class="payee__name[^"]*"[^>]*>([^<]*)<', text)


def ids(text: str) -> list[str]:
    return re.findall(r'<tr id="t-([0-9a-f-]{36})"', text)


def links(text: str, words: str) -> list[str]:
    """Addresses of links whose words hold these."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return [url.replace("&amp;", "&") for url, inside in found if words in re.sub(r"<[^>]*>|\n", "", inside)]


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_rows_stand_under_their_days_with_what_the_day_came_to(
    owner: Client, household: Household, account: Account
) -> None:
    add(household, account, -1250, payee="Lidl")
    add(household, account, -350, payee="Bäcker")
    add(household, account, 20000, payee="Employer", date=TODAY - timedelta(days=1))
    page = owner.get("/transactions/").text
    assert names(page) == ["Bäcker", "Lidl", "Employer"]
    assert (
        page.index("Today, Saturday") < page.index("Bäcker") < page.index("Yesterday, Friday") < page.index("Employer")
    )
    assert 'class="day__sum"><data class="money" value="-16.00">' in page
    for words in ("In", "Out", "Kept", "Rows"):
        assert f"<dt>{words}</dt>" in page
    assert 'value="184.00"' in page


def test_what_a_row_is_told_of_stands_in_words(owner: Client, household: Household, account: Account) -> None:
    other = AccountFactory.create(household=household, name="Savings")
    abroad = AccountFactory.create(household=household, name="Yen", currency="JPY")
    with household_scope(household.pk):
        food, fun = category("groceries"), category("entertainment")
        split = [Part(-2000, food), Part(-3000, fun)]
        actions.add_transfer(
            household=household, by=None, source=account, target=other, amount=5000, on=TODAY - timedelta(days=1)
        )
    bought = add(
        household, account, -5000, payee="Market", parts=split, tags=["work"], values={"notes": "for the feast"}
    )
    add(household, account, -100, values={"status": "pending", "description": "CARD 4411"})
    add(household, abroad, -900, payee="Konbini", date=date(1950, 1, 2))
    with household_scope(household.pk):
        line = bought.lines.first()
        assert line
        RefundLink.objects.create(household=household, line=line, expected=1000, currency="EUR", since=TODAY)
    page = owner.get("/transactions/").text
    for words in ("2 parts", "Pending", "Money owed back", "for the feast", ">work<", "CARD 4411", "no rate known"):
        assert words in page
    assert names(page).count("Everyday → Savings") == 2
    assert "1 amount in JPY not included" in page
    only = owner.get("/transactions/?q=category:groceries").text
    assert 'value="-20.00"' in only
    assert "of −€50.00" in only


def test_the_newest_rows_come_first_and_the_rest_scrolls_on(
    owner: Client, household: Household, account: Account
) -> None:
    fill(household, account, 130)
    page = owner.get("/transactions/").text
    seen = ids(page)
    assert len(seen) == 50
    days = page.count('<tr class="day">')
    while found := re.search(r'hx-get="(/transactions/[^"]*after=[^"]*)"', page):
        # Somebody adds a row meanwhile: whoever scrolls on sees every row once all the same.
        add(household, account, -1, date=TODAY)
        page = owner.get(found[1].replace("&amp;", "&"), headers=HTMX).text
        days += page.count('<tr class="day">')
        seen += ids(page)
    assert len(seen) == len(set(seen)) == 130
    assert days == len({TODAY - timedelta(days=number // 3) for number in range(130)})


def test_the_next_page_has_an_address_of_its_own_and_a_way_back(
    owner: Client, household: Household, account: Account
) -> None:
    fill(household, account, 60)
    first = owner.get("/transactions/?q=-tag:work").text
    [url] = links(first, "Earlier")
    second = owner.get(url).text
    assert set(ids(first)) & set(ids(second)) == set()
    assert (len(ids(first)), len(ids(second))) == (25, 25)
    assert len(ids(owner.get(url, headers=HTMX).text)) == 35
    assert links(second, "Back to the latest") == ["/transactions/?q=-tag%3Awork"]
    for month in links(second, "This month"):
        assert "after" not in query(month)


@pytest.mark.parametrize("after", ["x", "2026-13-45.1", "2026-11-21.99999999999999999999999999", "2026-11-21", "."])
def test_a_place_that_is_none_does_no_harm(owner: Client, household: Household, account: Account, after: str) -> None:
    add(household, account, -100, payee="Lidl")
    for headers in ({}, HTMX):
        assert owner.get("/transactions/", {"after": after}, headers=headers).status_code == 200


def test_a_month_shows_that_month_and_any_time_shows_all(owner: Client, household: Household, account: Account) -> None:
    add(household, account, -100, payee="Now")
    add(household, account, -200, payee="Then", date=date(2026, 9, 3))
    assert names(owner.get("/transactions/").text) == ["Now", "Then"]
    page = owner.get("/transactions/?month=2026-09").text
    assert names(page) == ["Then"]
    assert 'value="-2.00"' in page
    assert links(page, "September 2026, remove") == ["/transactions/"]
    assert owner.get("/transactions/?month=2026-13").status_code == 404


def test_every_term_is_a_chip_that_can_be_taken_out(owner: Client, household: Household, account: Account) -> None:
    add(household, account, -7500, payee="Lidl", parts=[Part(-7500, None)])
    line = "lidl amount>50 -tag:work category:none before:2027"
    page = owner.get("/transactions/", {"q": line, "month": "2026-11"}).text
    chips = {
        "“lidl”": "amount>50 -tag:work category:none before:2027",
        "Amount: &gt; 50": "lidl -tag:work category:none before:2027",
        "not Tag: work": "lidl amount>50 category:none before:2027",
        "Category: none": "lidl amount>50 -tag:work before:2027",
        "Date: before 1 Jan 2027": "lidl amount>50 -tag:work category:none",
    }
    for words, rest in chips.items():
        [url] = links(page, f"{words}, remove")
        assert query(url) == {"q": [rest], "month": ["2026-11"]}
    assert names(page) == ["Lidl"]
    assert links(page, "Clear all") == ["/transactions/?month=2026-11"]


def test_what_is_not_understood_is_said_and_the_rest_holds(
    owner: Client, household: Household, account: Account
) -> None:
    add(household, account, -100, payee="Lidl")
    page = owner.get("/transactions/", {"q": 'lidl acount:Everyday tag:nowhere "<i>"'}).text
    assert "There is no search word “acount:”" in page
    assert links(page, "account:Everyday")
    assert "Nothing here is called “nowhere”" in page
    assert "<i>" not in page
    long = owner.get("/transactions/", {"q": "x" * 2100})
    assert "too long" in long.text
    assert owner.get("/transactions/", {"q": "a\x00b"}).status_code == 200


def test_searching_while_one_types_swaps_what_is_listed_and_the_address(
    owner: Client, household: Household, account: Account
) -> None:
    add(household, account, -100, payee="Lidl")
    add(household, account, -200, payee="Rewe")
    part = owner.get("/transactions/?q=li&month=2026-11", headers=LISTED)
    assert names(part.text) == ["Lidl"]
    assert "<html" not in part.text
    assert part["HX-Replace-Url"] == "/transactions/?q=li&month=2026-11"
    for name in ("picker", "list-actions"):
        assert f'id="{name}" hx-swap-oob="true"' in part.text


def test_menus_add_to_the_search_without_javascript(owner: Client, household: Household, account: Account) -> None:
    with household_scope(household.pk):
        dining = category("dining")
        tag = (
            actions.add_transaction(household=household, by=None, account=account, amount=-1, date=TODAY, tags=["work"])
            .taggings.get()
            .tag
        )
    assert f'value="{dining.uid}"' in owner.get("/transactions/filter/category/?q=lidl").text
    assert f'value="{account.uid}"' in owner.get("/transactions/filter/account/").text
    assert f'value="{tag.uid}"' in owner.get("/transactions/filter/tag/", headers=HTMX).text
    assert 'name="least"' in owner.get("/transactions/filter/amount/").text
    assert owner.get("/transactions/filter/weather/").status_code == 404
    asked = {
        (("category", str(dining.uid)),): "lidl category:Dining",
        (("account", str(account.uid)),): "lidl account:Everyday",
        (("tag", str(tag.uid)),): "lidl tag:work",
        (("least", "10"), ("most", "20.50")): "lidl amount:10..20.5",
        (("flow", "uncategorised"),): "lidl is:uncategorised",
        (("having", "attachment"),): "lidl has:attachment",
        (("first", "2026-11-01"), ("last", "2026-11-05")): "lidl after:2026-10-31 before:2026-11-06",
        (("payee", "Rossmann & Co"),): 'lidl payee:"Rossmann & Co"',
    }
    for said, line in asked.items():
        answer = owner.get("/transactions/filter/", {"q": "lidl", "month": "2026-11", **dict(said)})
        assert answer.status_code == 302
        assert query(answer["Location"]) == {"q": [line], "month": ["2026-11"]}


def test_a_range_takes_the_place_of_the_one_before(owner: Client, household: Household) -> None:
    answer = owner.get(
        "/transactions/filter/", {"q": "amount>5 lidl month:2026-01", "least": "7", "first": "2026-02-01"}
    )
    assert query(answer["Location"]) == {"q": ["lidl amount>=7 after:2026-01-31"]}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"least": "abc"}, "not an amount"),
        ({"least": "20", "most": "10"}, "must not be less"),
        ({"first": "31 Feb 2026"}, "days"),
        ({"first": "2026-03-01", "last": "2026-02-01"}, "must not be less"),
        ({"category": "00000000-0000-4000-8000-000000000000"}, "Choose one from the list."),
        ({"flow": "sideways"}, "not one of the available choices"),
        ({"payee": "a\u202eb"}, "cannot be seen"),
    ],
)
def test_what_cannot_be_narrowed_by_is_said(owner: Client, said: dict[str, str], words: str) -> None:
    page = owner.get("/transactions/filter/", said)
    assert page.status_code == 422
    assert words in page.text


def test_nothing_yet_shows_ways_to_begin_and_no_match_what_to_loosen(
    owner: Client, viewer: Client, household: Household
) -> None:
    page = owner.get("/transactions/").text
    assert "No transactions yet" in page
    assert "/accounts/add/" in page
    assert "/accounts/add/" not in viewer.get("/transactions/").text.split('id="listed"')[1]
    account = AccountFactory.create(household=household)
    assert "/transactions/add/" in owner.get("/transactions/").text.split('id="listed"')[1]
    add(household, account, -100, payee="Lidl", date=date(2026, 9, 3))
    page = owner.get("/transactions/?q=rewe&month=2026-11").text
    assert "In November 2026 there is nothing with all of this." in page
    assert links(page, "Look at any time") == ["/transactions/?q=rewe"]
    assert links(owner.get("/transactions/?q=rewe").text, "Show everything") == ["/transactions/"]


def test_three_persons_see_what_is_theirs_to_see(
    owner: Client, viewer: Client, stranger: Client, household: Household, account: Account
) -> None:
    row = add(household, account, -100, payee="Lidl")
    for client in (owner, viewer):
        assert names(client.get("/transactions/").text) == ["Lidl"]
    page = viewer.get("/transactions/").text
    for word in ("data-panel", "row-menu", "/bulk/", 'id="quick"'):
        assert word in owner.get("/transactions/").text
        assert word not in page.replace('id="by-', "").replace('data-panel=""', "")
    assert viewer.get(f"/transactions/{row.uid}/menu/").status_code == 403
    assert "Lidl" not in stranger.get("/transactions/").text
    assert stranger.get(f"/transactions/{row.uid}/menu/").status_code == 404
    assert "Lidl" in owner.get(f"/transactions/{row.uid}/menu/", headers=HTMX).text


def test_what_others_keep_private_is_neither_listed_nor_summed(owner: Client, household: Household) -> None:
    editor = join(household, "editor")
    shared = AccountFactory.create(household=household, name="Shared")
    with household_scope(household.pk):
        own = actions.add_account(
            household=household, by=editor, name="Hidden", currency="EUR", opened_on=TODAY, private_to=editor
        )
        actions.add_transfer(household=household, by=editor, source=shared, target=own, amount=700, on=TODAY)
    add(household, own, -12345, payee="Surprise")
    page = owner.get("/transactions/").text
    assert names(page) == ["Transfer to a private account"]
    assert "123.45" not in page
    assert {"Surprise", "Shared → Hidden"} <= set(names(logged_in(editor).get("/transactions/").text))


def test_what_is_kept_of_a_page_is_forgotten_with_the_next_change(
    owner: Client, viewer: Client, household: Household, account: Account
) -> None:
    add(household, account, -100, payee="Lidl")
    assert names(owner.get("/transactions/").text) == names(viewer.get("/transactions/").text) == ["Lidl"]
    add(household, account, -200, payee="Rewe")
    assert names(owner.get("/transactions/").text) == ["Rewe", "Lidl"]


def test_an_open_page_asks_for_as_many_rows_as_it_has(owner: Client, household: Household, account: Account) -> None:
    fill(household, account, 130)
    part = owner.get("/transactions/?shown=100", headers=HTMX).text
    assert len(ids(part)) == 100
    assert 'id="tally"' in part
    assert 'id="listed"' not in part
    for shown, rows in (("", 50), ("x", 50), ("-1", 50), ("99999999999", 50), ("5000", 130), ("3", 50)):
        assert len(ids(owner.get(f"/transactions/?shown={shown}", headers=HTMX).text)) == rows


def test_sums_that_take_longer_are_asked_for_by_themselves(
    owner: Client, household: Household, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(household, account, -12345, payee="Lidl")
    monkeypatch.setattr("ledger.queries.listing.Listing.tally_is_cheap", False)
    page = owner.get("/transactions/?q=lidl").text
    assert "Adding up" in page
    assert 'hx-get="/transactions/tally/?q=lidl"' in page
    assert 'value="-123.45"' in owner.get("/transactions/tally/?q=lidl", headers=HTMX).text
    page = owner.get("/transactions/tally/?q=lidl", follow=True).text
    assert "Adding up" not in page
    assert page.count('value="-123.45"') >= 3


def test_the_help_lists_every_operator_with_an_example_one_can_try(owner: Client) -> None:
    page = owner.get("/transactions/search/").text
    for words in ("amount&gt;50", "has:attachment", "before:2026-03", "-tag:work"):
        assert words in page
    for url in re.findall(r'href="(/transactions/\?q=[^"]+)"', page):
        assert owner.get(url.replace("&amp;", "&")).status_code == 200


def test_names_are_shown_whole_and_as_they_are(owner: Client, household: Household, account: Account) -> None:
    name = "Kleine Nachtmusik <i>Kinderbuchhandlung</i> & Spielwaren, Pankow eG"
    add(household, account, -999999999, payee=name, values={"notes": "שלום <script>"})
    page = owner.get("/transactions/").text
    assert "Kleine Nachtmusik &lt;i&gt;Kinderbuchhandlung&lt;/i&gt; &amp; Spielwaren, Pankow eG" in page
    assert "<script>" not in page.replace("<script src", "")
    assert 'value="-9999999.99"' in page


def test_the_page_costs_the_same_with_3_rows_and_with_300(
    owner: Client, household: Household, account: Account, django_assert_num_queries: Any
) -> None:
    other = AccountFactory.create(household=household, name="Savings")
    for rows in (3, 300):
        fill(household, account, rows)
        with household_scope(household.pk):
            actions.add_transfer(household=household, by=None, source=account, target=other, amount=5, on=TODAY)
        with django_assert_num_queries(11):
            page = owner.get("/transactions/")
        with django_assert_num_queries(11):
            owner.get("/transactions/?month=2026-11", headers=LISTED)
    assert len(page.content) < 100_000


def test_search_of_the_whole_finds_transactions(
    owner: Client, viewer: Client, stranger: Client, household: Household, account: Account
) -> None:
    for number in range(7):
        add(household, account, -100 - number, payee="Lidl Nord")
    for client in (owner, viewer):
        found = client.get("/search/?q=lidl", headers=HTMX).text
        assert found.count("Lidl Nord, 21 Nov 2026") == 5
        assert links(found, "All matches") == ["/transactions/?q=lidl"]
    assert "Lidl" not in stranger.get("/search/?q=lidl", headers=HTMX).text
    assert "Transactions</h2>" not in owner.get("/search/?q=zzz", headers=HTMX).text
