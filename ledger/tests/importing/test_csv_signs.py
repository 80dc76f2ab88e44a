"""Money in and money out: never turned round on a guess that nobody is told of."""

from __future__ import annotations

import pytest

from ledger.tests.importing.table_samples import Move, found, how, moves, told_lines

pytestmark = pytest.mark.once

HEAD = "Date,Description,Amount\n"


def amounts(read: list[Move]) -> list[int]:
    return [amount for _, amount, _ in read]


def test_a_payment_out_of_an_ordinary_account_stays_money_out() -> None:
    read = found(HEAD + "2026-02-13,SALARY,3000.00\n2026-02-14,INTEREST,5.00\n2026-02-15,RENT PAYMENT,-800.00\n")
    assert amounts(moves(read)) == [300000, 500, -80000]
    assert [(each.key, each.taken) for each in read.questions] == [("sign", "as_is")]


def test_a_card_whose_bill_was_paid_is_turned_and_asked_about() -> None:
    read = found(HEAD + "2026-02-13,SHOP,30.00\n2026-02-14,BAR,5.00\n2026-02-15,PAYMENT - THANK YOU,-35.00\n")
    assert amounts(moves(read)) == [-3000, -500, 3500]
    assert [(each.key, each.taken) for each in read.questions] == [("sign", "flipped")]
    told = found(HEAD + "2026-02-13,SHOP,30.00\n2026-02-14,BAR,5.00\n", how(mapping={"sign": "flipped"}))
    assert (amounts(moves(told)), told.questions) == ([-3000, -500], [])


def test_amounts_without_any_sign_are_asked_about() -> None:
    read = found(HEAD + "2026-02-13,SHOP,30.00\n2026-02-14,BAR,5.00\n")
    assert [each.key for each in read.questions] == ["sign"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("13.02.2026;a;12,50;S\n14.02.2026;b;3,00;H\n", [-1250, 300]),
        ("13.02.2026;a;-12,50;S\n14.02.2026;b;3,00;H\n", [-1250, 300]),
        (
            "13.02.2026;a;12,50;S\n14.02.2026;b;8,00;S\n15.02.2026;c;-3,00;S\n16.02.2026;d;1,00;H\n",
            [-1250, -800, 300, 100],
        ),
    ],
)
def test_a_word_beside_the_amount_says_the_direction(rows: str, expected: list[int]) -> None:
    assert amounts(moves(found("Datum;Text;Betrag;Soll/Haben\n" + rows))) == expected


def test_a_word_that_nobody_knows_leaves_its_row_unread() -> None:
    rows = "".join(f"{day}.02.2026;a;1,00;{'S' if day % 2 else 'H'}\n" for day in range(10, 28))
    read = found("Datum;Text;Betrag;Soll/Haben\n" + rows + "28.02.2026;b;2,00;?\n")
    assert len(moves(read)) == 18
    assert told_lines(read) == [20]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("13.02.2026;a;12,50;\n14.02.2026;b;;3,00\n", [-1250, 300]),
        ("13.02.2026;a;-12,50;\n14.02.2026;b;;3,00\n", [-1250, 300]),
        ("13.02.2026;a;12,50;0,00\n14.02.2026;b;0,00;3,00\n", [-1250, 300]),
    ],
)
def test_columns_for_out_and_in_whatever_their_own_sign(rows: str, expected: list[int]) -> None:
    assert amounts(moves(found("Datum;Text;Soll;Haben\n" + rows))) == expected


def test_out_and_in_at_once_is_not_added_up() -> None:
    read = found("Datum;Text;Soll;Haben\n13.02.2026;a;12,50;3,00\n14.02.2026;b;;3,00\n")
    assert (amounts(moves(read)), told_lines(read)) == ([300], [2])


def test_totals_and_footers_are_left_out_with_their_line_and_a_row_called_total_is_not() -> None:
    text = "Datum;Text;Betrag\n13.02.2026;Total;-50,00\n14.02.2026;Lohn;60,00\n;Summe;10,00\nEnde des Auszugs;;\n"
    read = found(text)
    assert amounts(moves(read)) == [-5000, 6000]
    assert told_lines(read) == [4, 5]


def test_accounts_and_currencies_in_columns_become_statements_of_their_own() -> None:
    text = "Account,Date,Description,Amount,Currency\nA1,2026-02-13,a,-1.00,EUR\nA2,2026-02-13,b,-2,JPY\n"
    text += "A1,2026-02-14,c,3.00,USD\n"
    read = found(text)
    assert [(each.account, each.currency, [row.amount for row in each.rows]) for each in read.statements] == [
        ("A1", "EUR", [-100]),
        ("A2", "JPY", [-2]),
        ("A1", "USD", [300]),
    ]


def test_a_row_without_amount_or_with_a_cell_too_many_is_told_with_its_line() -> None:
    read = found(HEAD + "2026-02-13,a,-1.00\n2026-02-14,b,\n2026-02-15,c,-1,234.56\n2026-02-16,d,2.00\n")
    assert (amounts(moves(read)), told_lines(read)) == ([-100, 200], [3, 4])


def test_a_last_row_that_was_cut_off_is_told() -> None:
    read = found(HEAD + "2026-02-13,a,-1.50\n2026-02-14,b,2.50\n2026-02-15,c,-123.4")
    assert (amounts(moves(read)), told_lines(read)) == ([-150, 250], [4])
