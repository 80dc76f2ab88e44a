"""Tables of other apps: categories, tags, splits and transfers, which the corpus does not tell."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.module_loading import import_string

from ledger.importing.formats import Format
from ledger.importing.found import Found, FoundCategory, FoundPart, FoundRow, Refused
from ledger.importing.how import How
from ledger.importing.source import Source
from ledger.tests.importing.samples import CORPUS, Sample


def book(name: str) -> Found:
    return Sample(CORPUS / "apps" / name).read()


def format_of(key: str) -> Format:
    chosen: Format = import_string(f"ledger.importing.apps.{key}.FORMAT")
    return chosen


def rows(found: Found, account: str) -> list[FoundRow]:
    return next(each.rows for each in found.statements if each.account == account)


def test_firefly_files_each_part_of_a_split_by_itself() -> None:
    shop, pay = rows(book("firefly-splits.csv"), "Giro")
    assert shop.parts == (
        FoundPart(-1200, "Groceries", "Bread and cheese"),
        FoundPart(-750, "Household", "Soap"),
    )
    assert shop.tags == ("home",)
    assert [part.amount for part in pay.parts] == [150000, 12000]


def test_firefly_tells_kinds_categories_tags_and_both_sides_of_a_transfer() -> None:
    found = book("firefly-first-month.csv")
    shop, _pay, aside = rows(found, "Giro Nord")
    assert (shop.category, shop.tags, shop.notes) == ("Groceries", ("weekly", "fresh"), "apples, pears")
    assert (aside.transfer, aside.category) == ("Rainy days savings", "")
    assert aside.transfer_key == rows(found, "Rainy days savings")[0].transfer_key != ""
    assert [each.kind for each in found.statements] == ["checking", "savings", "cash"]
    assert rows(found, "Wallet")[0].posted_on == date(2026, 1, 30)
    assert FoundCategory("Salary", is_income=True) in found.categories
    assert FoundCategory("Groceries", is_income=False) in found.categories


def test_firefly_keeps_what_was_paid_abroad() -> None:
    book_bought = rows(book("firefly-older-version.csv"), "Current account")[1]
    assert (book_bought.original_amount, book_bought.original_currency) == (-5000, "EUR")


def test_ynab_pairs_transfers_and_knows_income() -> None:
    found = book("ynab-dollars.csv")
    checking, card = rows(found, "Oak Checking"), rows(found, "Elm Visa")
    assert checking[0].category == "Everyday: Lunch"
    assert (checking[0].tags, checking[0].notes) == (("Red",), "with K.")
    assert (checking[1].transfer, card[0].transfer) == ("Elm Visa", "Oak Checking")
    assert checking[1].transfer_key == card[0].transfer_key != ""
    assert FoundCategory("Inflow: Ready to Assign", is_income=True) in found.categories
    assert found.statements[1].kind == "credit_card"


def test_ynab_splits_become_parts_and_a_transfer_within_stands_apart() -> None:
    found = book("ynab-splits-with-transfer.csv")
    fair, moved, _half = rows(found, "Oak")
    assert fair.parts == (FoundPart(-500, "Fun: Rides", "wheel"), FoundPart(-700, "Food: Out", "nuts"))
    assert moved.transfer_key == rows(found, "Purse")[0].transfer_key != ""


def test_a_transfer_to_an_account_that_is_not_in_the_file_keeps_its_name() -> None:
    rent = rows(book("ynab4-register.csv"), "Old Savings")[1]
    assert (rent.transfer, rent.transfer_key, rent.notes) == ("Old Checking", "", "rent")


def test_dates_that_fit_both_ways_are_asked_about_and_the_answer_is_kept() -> None:
    found = book("ynab-day-or-month.csv")
    assert [(each.key, each.taken) for each in found.questions] == [("date_order", "dmy")]
    assert found.mapping == {"date_order": "dmy"}
    assert book("ynab-day-or-month-answered.csv").questions == []


def test_mint_card_payments_within_days_are_transfers() -> None:
    found = book("mint-two-accounts.csv")
    paid, received = rows(found, "Maple Checking")[2], rows(found, "Maple Card")[0]
    assert (paid.transfer, received.transfer) == ("Maple Card", "Maple Checking")
    assert paid.transfer_key == received.transfer_key != ""
    assert (paid.category, rows(found, "Maple Card")[1].category) == ("", "")
    assert rows(found, "Maple Checking")[0].tags == ("Date night", "Shared")


def test_monarch_keeps_the_category_of_a_transfer_without_its_other_side() -> None:
    found = book("monarch-three-accounts.csv")
    _pay, moved, elsewhere = rows(found, "Blue Checking")
    assert (moved.transfer, moved.category) == ("Silver Savings", "")
    assert (elsewhere.transfer, elsewhere.category) == ("", "Transfer")
    assert rows(found, "Silver Savings")[0].tags == ("Health", "Yearly plan")


def test_sure_tags_may_hold_a_comma() -> None:
    found = book("sure-transactions.csv")
    assert rows(found, "Everyday")[0].tags == ("fresh", "two, or three")
    assert FoundCategory("Income", is_income=True) in found.categories


def test_actual_puts_the_parts_of_a_split_together() -> None:
    found = book("actual-all-accounts.csv")
    plums, shop, moved = rows(found, "Everyday")
    assert plums.tags == ("market",)
    assert shop.parts == (FoundPart(-1250, "Food: Groceries", "milk"), FoundPart(-1750, "Home: Things", "candles"))
    assert shop.notes == "Sunday"
    assert moved.transfer_key == rows(found, "Holiday pot")[0].transfer_key != ""


def test_gnucash_files_by_the_chart_of_accounts() -> None:
    found = book("gnucash-every-split.csv")
    shop, moved = rows(found, "Assets:Current Assets:Barley Bank")
    assert shop.parts == (FoundPart(-2000, "Food", "flour"), FoundPart(-1100, "House", "brush"))
    assert shop.notes == "week 2"
    assert moved.transfer == "Assets:Savings"
    assert [each.name for each in found.statements] == ["Barley Bank", "Savings"]
    assert found.statements[0].opening_on == date(2026, 1, 1)
    german = book("gnucash-german-numbers.csv")
    assert FoundCategory("Lohn", is_income=True) in german.categories
    assert rows(german, "Aktiva:Girokonto")[0].notes == "Brot"


def test_other_tables_of_an_app_are_refused_with_what_to_choose() -> None:
    with pytest.raises(Refused, match="Choose its register"):
        book("ynab-plan.csv")
    with pytest.raises(Refused, match=r"Choose its transactions\.csv"):
        book("sure-accounts-not-transactions.csv")


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("mint", "Date,Description,Amount,Transaction Type,Category,Account Name"),
        ("monarch", "Date,Merchant,Category,Account,Amount,Notes"),
        ("ynab", "Account,Date,Payee,Memo,Outflow,Inflow"),
        ("sure", "date,name,amount,currency,category"),
        ("actual", "Account,Date,Payee,Notes,Category,Amount,Balance"),
        ("firefly", "type,amount,currency_code,description,date,category,tags,notes"),
        ("gnucash", "Date,Account Name,Number,Description,Amount Num.,Reconcile"),
    ],
)
def test_a_bank_s_table_with_some_of_the_headings_is_not_taken(key: str, heading: str) -> None:
    row = ",".join("x" * len(heading.split(",")))
    assert not format_of(key).knows(Source("bank.csv", f"{heading}\n{row}\n".encode()))


@pytest.mark.parametrize("name", ["mint-two-accounts.csv", "sure-transactions.csv", "ynab-dollars.csv"])
def test_a_table_without_the_line_of_its_headings_is_never_read_by_guess(name: str) -> None:
    sample = Sample(CORPUS / "apps" / name)
    rest = sample.content.partition(b"\n")[2]
    chosen = format_of(book(name).format)
    with pytest.raises(Refused, match="names the columns"):
        chosen.read(Source(name, rest), How(today=date(2026, 1, 1), currency="USD"))
