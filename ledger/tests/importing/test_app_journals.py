"""Journals of double entry: what each account sees, and what of an entry cannot be seen by an account."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.importing.apps import beancount, ledger_cli
from ledger.importing.found import Found, FoundCategory, FoundPart, FoundRow
from ledger.importing.how import How
from ledger.importing.source import Source
from ledger.tests.importing.samples import CORPUS, Sample

HOW = How(today=date(2026, 10, 31), currency="EUR")


def book(name: str) -> Found:
    return Sample(CORPUS / "apps" / name).read()


def bean(text: str) -> Found:
    return beancount.FORMAT.read(Source("a.beancount", text.encode()), HOW)


def journal(text: str, currency: str = "EUR") -> Found:
    how = How(today=HOW.today, currency=currency)
    return ledger_cli.FORMAT.read(Source("a.journal", text.encode()), how)


def rows(found: Found, account: str) -> list[FoundRow]:
    return next(each.rows for each in found.statements if each.account == account)


def problems(found: Found) -> list[str]:
    return [each.problem for statement in found.statements for each in statement.unread]


def test_categories_have_two_levels_and_say_whether_they_are_income() -> None:
    found = bean(
        '2026-01-01 * "Pay"\n  Assets:Bank  10.00 EUR\n  Income:Job:Bonus:Spring\n'
        '2026-01-02 * "Eat"\n  Assets:Bank  -5.00 EUR\n  Expenses:Job\n'
    )
    assert found.categories == [
        FoundCategory("Job (income): Bonus / Spring", is_income=True),
        FoundCategory("Job", is_income=False),
    ]
    assert [row.category for row in rows(found, "Assets:Bank")] == ["Job (income): Bonus / Spring", "Job"]


def test_tags_links_notes_and_flags_of_beancount_are_kept() -> None:
    found = book("beancount-household.beancount")
    bread, aside, lamp = rows(found, "Assets:Bank:Giro")
    assert (bread.tags, bread.reference, bread.category) == (("breakfast",), "r-17", "Food: Bakery")
    assert bread.notes == "receipt: box 3\nrye"
    assert (aside.is_pending, aside.transfer) == (True, "Assets:Bank:Sparen")
    assert lamp.parts == (FoundPart(-1800, "Home: Lamps"), FoundPart(-1200, "Food: Snacks"))
    assert [(each.name, each.kind) for each in found.statements] == [("Giro", "checking"), ("Sparen", "savings")]
    assert found.statements[0].opening_on == date(2026, 1, 1)


def test_shares_stay_behind_and_the_money_for_them_is_told() -> None:
    found = book("beancount-shares-and-prices.beancount")
    bought, abroad, changed = rows(found, "Assets:Bank")
    assert bought.parts == (FoundPart(-6000, "", "Assets:Depot 3 OAKS {20.00 EUR}"), FoundPart(-150, "Fees"))
    assert (abroad.original_amount, abroad.original_currency, abroad.category) == (-1000, "USD", "Travel")
    assert changed.transfer_key == rows(found, "Assets:Dollars")[0].transfer_key != ""


def test_money_that_moves_and_is_spent_in_one_entry_is_told_as_two_rows() -> None:
    found = bean('2026-01-01 * "M"\n  Assets:A  -100 EUR\n  Assets:B  60 EUR\n  Expenses:Food  40 EUR\n')
    moved, spent = rows(found, "Assets:A")
    assert (moved.amount, moved.transfer, spent.amount, spent.category) == (-6000, "Assets:B", -4000, "Food")
    assert rows(found, "Assets:B")[0].transfer_key == moved.transfer_key


def test_pay_that_goes_to_two_accounts_is_shared_out_and_adds_up() -> None:
    found = bean(
        '2026-01-01 * "Pay"\n  Income:Job  -3000 EUR\n  Expenses:Tax  500 EUR\n'
        "  Assets:Pension  300 EUR\n  Assets:Bank\n"
    )
    (pension,), (bank,) = rows(found, "Assets:Pension"), rows(found, "Assets:Bank")
    assert (pension.amount, pension.category) == (30000, "Job")
    assert bank.amount == 220000
    assert bank.parts == (FoundPart(270000, "Job"), FoundPart(-50000, "Tax"))


def test_money_changed_with_a_fee_balances_in_both_currencies() -> None:
    found = bean('2026-01-01 * "C"\n  Assets:Eur  -105 EUR\n  Expenses:Fee  5 EUR\n  Assets:Usd  110 USD @@ 100 EUR\n')
    moved, fee = rows(found, "Assets:Eur")
    assert (moved.amount, fee.amount, fee.category) == (-10000, -500, "Fee")
    assert rows(found, "Assets:Usd")[0].amount == 11000


def test_an_opening_balance_after_other_rows_is_a_row() -> None:
    found = bean(
        '2026-01-01 * "A"\n  Assets:B  1 EUR\n  Income:X\n'
        '2026-02-01 * "O"\n  Assets:B  9 EUR\n  Equity:Opening-Balances\n'
    )
    (statement,) = found.statements
    assert statement.opening_balance is None
    assert [row.amount for row in statement.rows] == [100, 900]


def test_a_quotation_mark_in_a_comment_swallows_nothing() -> None:
    found = bean(
        '2026-01-01 * "Pipe" ; 5" wide\n  Assets:B  -1 EUR ; 3" more\n  Expenses:X\n\n'
        '2026-01-02 * "Next"\n  Assets:B  -2 EUR\n  Expenses:X\n'
    )
    assert [row.amount for row in rows(found, "Assets:B")] == [-100, -200]


def test_tags_values_and_codes_of_hledger_are_kept() -> None:
    found = book("hledger-household.journal")
    shop, paid = rows(found, "assets:bank:current")
    assert (shop.tags, shop.reference, shop.posted_on) == (("trip",), "44", date(2026, 1, 4))
    assert shop.notes == "trip:, seen: yes\nbought in a hurry"
    assert shop.parts == (FoundPart(-1250, "food: groceries"), FoundPart(-200, "fun"))
    assert (paid.is_pending, paid.transfer) == (True, "liabilities:card")
    assert found.statements[1].kind == "credit_card"


def test_declared_types_make_accounts_of_any_name() -> None:
    found = book("hledger-declared-types.journal")
    assert [(each.account, each.kind) for each in found.statements] == [("giro", "checking"), ("visa", "credit_card")]
    assert rows(found, "visa")[0].tags == ("abend", "freunde")
    assert rows(found, "giro")[0].posted_on == date(2026, 3, 2)
    assert found.categories == [FoundCategory("lohn", is_income=True), FoundCategory("essen", is_income=False)]


@pytest.mark.parametrize(
    ("amounts", "minor"),
    [
        ("1,000.00 EUR", 100000),
        ("1.000,00 EUR", 100000),
        ("1,000 EUR", 100000),
        ("1.000 EUR", 100000),
        ("1,00 EUR", 100),
        ("EUR -1.5", -150),
        ("-€1.5", -150),
        ("€-1.5", -150),
        ("1 234 567,89 EUR", 123456789),
        ("1'234.50 EUR", 123450),
        ("12,34,567.00 EUR", 123456700),
        ("0,125 EUR", None),
        ("1,0000 EUR", 100),
        ("1.00.00 EUR", None),
        ("1,00,00 EUR", None),
        ("--1 EUR", None),
        ("1 EUR USD", None),
    ],
)
def test_amounts_are_read_exactly_or_not_at_all(amounts: str, minor: int | None) -> None:
    found = journal(f"2026-01-01 x\n    assets:a  {amounts}\n    income:b\n")
    read = [row.amount for statement in found.statements for row in statement.rows]
    assert read == ([] if minor is None else [minor])
    assert len(problems(found)) == (minor is None)


def test_what_one_amount_leaves_open_the_others_of_its_commodity_tell() -> None:
    found = journal(
        "2026-01-01 x\n    assets:a  1,000 KWD\n    income:b\n2026-01-02 y\n    assets:a  2,50 KWD\n    income:b\n"
    )
    assert [row.amount for row in rows(found, "assets:a")] == [1000, 2500]
    alone = journal("2026-01-01 x\n    assets:a  1,000 KWD\n    income:b\n")
    assert "two ways" in problems(alone)[0]


def test_a_dollar_sign_is_the_household_s_own_dollar() -> None:
    text = "2026-01-01 x\n    assets:a  $1.00\n    income:b\n"
    assert journal(text, "CAD").statements[0].currency == "CAD"
    assert journal(text, "EUR").statements[0].currency == "USD"
    assert "“$” was taken for CAD." in [each.message for each in journal(text, "CAD").remarks]


def test_a_file_that_ends_within_a_line_says_so() -> None:
    found = journal("2026-01-01 x\n    income:b\n    assets:a  12.5")
    assert [(each.line, "ends in the middle" in each.message) for each in found.remarks] == [(3, True)]


def test_envelopes_beside_the_books_do_not_change_a_row() -> None:
    found = journal(
        "2026-01-01 x\n    assets:a  -5 EUR\n    expenses:b\n    [assets:a:saved]  5 EUR\n    [assets:a]  -5 EUR\n"
    )
    assert [row.amount for row in rows(found, "assets:a")] == [-500]


def test_accounts_of_one_name_in_two_currencies_are_two() -> None:
    found = journal(
        "2026-01-01 x\n    assets:a  5 EUR\n    income:b\n2026-01-02 x\n    assets:a  6 USD\n    income:b\n"
    )
    assert [(each.account, each.name, each.currency) for each in found.statements] == [
        ("assets:a", "a EUR", "EUR"),
        ("assets:a", "a USD", "USD"),
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_encodings_do_not_matter(end: str, encoding: str) -> None:
    text = "2026-01-01 Bäcker\n    ausgaben:brot  1,20 EUR\n    aktiva:giro\n".replace("\n", end)
    source = Source("a.journal", text.encode(encoding))
    assert ledger_cli.FORMAT.knows(source)
    (row,) = rows(ledger_cli.FORMAT.read(source, HOW), "aktiva:giro")
    assert (row.amount, row.payee, row.category) == (-120, "Bäcker", "brot")


def test_a_text_of_a_bank_is_no_journal() -> None:
    statement = "2024-01-15  Purchase    -12.50\n   Ref: 123\n2024-01-16  Cash   -20.00\n   Ref: 124\n"
    for chosen in (beancount.FORMAT, ledger_cli.FORMAT):
        assert not chosen.knows(Source("a.txt", statement.encode()))
        assert not chosen.knows(Source("a.csv", b"2024-01-15,Shop,-12.50\n2024-01-16,Shop,-1.00\n"))
