"""Rows of files compared with what an account knows: by counts, by numbers of the bank, by days and words."""

from __future__ import annotations

import pytest

from ledger.calc.verdicts import Alike, alike, wording
from ledger.tests.imports.compared import fact, row, told, typed, verdicts


def test_what_says_the_same_is_here_and_two_honest_twins_stay_two() -> None:
    assert verdicts([row(1), row(2), row(3)], [fact(), fact()]) == {1: ("here", "print"), 2: ("here", "print")}


def test_each_movement_is_taken_by_one_row() -> None:
    found = told([row(1), row(2)], [fact(), fact()])
    assert sorted(match.fact for match in found.values()) == [0, 1]


def test_the_same_number_of_the_bank_is_the_same_movement_in_other_words() -> None:
    known = fact(said="card payment", bank_id="20260310-77")
    assert verdicts([row(1, said="Lidl Berlin", day=12, bank_id="20260310-77")], [known]) == {1: ("here", "number")}


def test_a_number_met_again_long_after_is_another_movement() -> None:
    assert verdicts([row(1, day=30, bank_id="20260310-77", said="x")], [fact(bank_id="20260310-77", day=1)]) == {}


def test_short_numbers_count_rows_of_a_file_and_nothing_else() -> None:
    known = fact(bank_id="0003", said="bakery")
    assert verdicts([row(1, day=12, said="cinema", bank_id="0003")], [known]) == {}


def test_a_number_that_several_rows_of_the_file_have_is_none() -> None:
    rows = [row(1, said="one", day=12, bank_id="CHEQUE-1"), row(2, said="two", day=12, bank_id="CHEQUE-1")]
    assert verdicts(rows, [fact(bank_id="CHEQUE-1", said="three")]) == {}


def test_a_bank_that_gives_new_numbers_with_each_file_doubles_nothing() -> None:
    rows = [row(1, bank_id="NEW-00001"), row(2, day=12, bank_id="NEW-00002")]
    known = [fact(bank_id="OLD-00001"), fact(day=12, bank_id="OLD-00002")]
    assert verdicts(rows, known) == {1: ("here", "print"), 2: ("here", "print")}


def test_where_numbers_last_a_twin_at_the_cut_of_the_file_is_asked() -> None:
    rows = [row(1, day=5, bank_id="LAST-00001"), row(2, bank_id="LAST-00003")]
    known = [fact(day=5, bank_id="LAST-00001"), fact(bank_id="LAST-00002")]
    assert verdicts(rows, known, last=10)[2] == ("possible", "twin")
    assert verdicts(rows, known)[2] == ("here", "print")


def test_another_amount_under_one_number_is_booked_or_asked() -> None:
    rows = [row(1, -1200, bank_id="HOTEL-00001", day=12)]
    assert verdicts(rows, [fact(bank_id="HOTEL-00001", is_pending=True)]) == {1: ("posted", "booked")}
    assert verdicts(rows, [fact(bank_id="HOTEL-00001")]) == {1: ("possible", "renumbered")}
    assert verdicts(rows, [fact(bank_id="HOTEL-00001", state="trashed")]) == {}


def test_what_was_thrown_away_stays_out_once_for_each_time() -> None:
    rows = [row(1), row(2), row(3)]
    known = [fact(state="trashed"), fact(), fact(state="gone", transaction=0)]
    found = verdicts(rows, known)
    assert found == {1: ("here", "print"), 2: ("thrown", "print"), 3: ("thrown", "print")}


def test_what_was_left_out_by_choice_stays_out() -> None:
    assert verdicts([row(1)], [fact(state="left", transaction=0)]) == {1: ("thrown", "left")}


def test_other_words_on_the_same_day_are_the_same_where_another_kind_of_file_said_them() -> None:
    known = fact(said="Stadtwerke Neuheim monthly instalment", tongue="camt")
    assert verdicts([row(1, said="STADTWERKE NEUHEIM GMBH")], [known]) == {1: ("here", "words")}
    assert verdicts([row(1, said="Blumen Anders")], [known]) == {}


def test_other_words_in_the_same_kind_of_file_are_asked_where_it_may_be_cut() -> None:
    known = fact(said="AMZN Mktp DE AB12CD")
    rows = [row(1, said="AMZN Mktp DE EF34GH")]
    assert verdicts(rows, [known], first=10)[1] == ("possible", "near")
    assert verdicts(rows, [known])[1] == ("here", "words")


def test_the_coffee_of_each_day_is_never_that_of_the_day_before() -> None:
    known = [fact(-250, day=day, said="Blue Bottle") for day in (8, 9)]
    rows = [row(day, -250, day=day, said="Blue Bottle") for day in (9, 10, 11)]
    assert verdicts(rows, known, first=9, last=11) == {9: ("here", "print")}


def test_a_few_days_apart_in_another_kind_of_file_is_asked() -> None:
    known = fact(said="Blue Bottle", tongue="camt")
    assert verdicts([row(1, day=12, said="Blue Bottle Cafe")], [known]) == {1: ("possible", "near")}
    assert verdicts([row(1, day=14, said="Blue Bottle Cafe")], [known]) == {}
    assert verdicts([row(1, day=12, said="Roses")], [known]) == {}


@pytest.mark.parametrize("day", [6, 10, 14])
def test_what_was_typed_by_hand_is_completed(day: int) -> None:
    assert verdicts([row(1, day=day, said="LIDL SAGT DANKE")], [typed()]) == {1: ("typed", "typed")}


def test_what_was_typed_long_before_is_another_movement() -> None:
    assert verdicts([row(1, day=15)], [typed()]) == {}


def test_what_was_typed_in_other_words_is_the_same_where_nothing_else_fits() -> None:
    lunch = typed(-1837, said="lunch with a friend")
    assert verdicts([row(1, -1837, day=11, said="Pizzeria Bella")], [lunch]) == {1: ("typed", "lone")}
    round_sum = typed(-2000, said="cash for Anna")
    assert verdicts([row(1, -2000, day=12, said="Cinema")], [round_sum]) == {1: ("possible", "near")}


def test_the_nearest_of_what_was_typed_goes_with_each_row() -> None:
    rows = [row(1, day=11), row(2, day=13)]
    found = told(rows, [typed(day=13), typed(day=10), typed(day=25)])
    assert {key: match.fact for key, match in found.items()} == {1: 1, 2: 0}


def test_what_was_pending_is_booked_days_later() -> None:
    known = fact(is_pending=True, said="Shell 0042 Ulm")
    assert verdicts([row(1, day=14, said="SHELL ULM")], [known]) == {1: ("posted", "booked")}
    assert verdicts([row(1, day=21, said="SHELL ULM")], [known]) == {}
    assert verdicts([row(1, day=14, said="Roses")], [known]) == {}


def test_a_tip_on_what_was_pending_is_asked() -> None:
    known = fact(-4000, is_pending=True, said="Trattoria Sole")
    assert verdicts([row(1, -4600, day=12, said="TRATTORIA SOLE")], [known]) == {1: ("possible", "tip")}
    assert verdicts([row(1, -5600, day=12, said="TRATTORIA SOLE")], [known]) == {}
    assert verdicts([row(1, -4600, day=12, said="Roses")], [known]) == {}


def test_a_pending_row_that_was_booked_since_is_here() -> None:
    known = fact(day=12, said="SHELL ULM")
    assert verdicts([row(1, day=10, said="Shell Ulm 7731", is_pending=True)], [known]) == {1: ("here", "booked")}


def test_what_was_pending_and_thrown_away_is_asked_when_it_is_booked() -> None:
    known = fact(is_pending=True, state="trashed")
    assert verdicts([row(1, day=12)], [known]) == {1: ("possible", "pending_thrown")}


def test_the_same_row_booked_now_completes_what_is_pending() -> None:
    assert verdicts([row(1)], [fact(is_pending=True)]) == {1: ("posted", "print")}
    assert verdicts([row(1, is_pending=True)], [fact(is_pending=True)]) == {1: ("here", "print")}


def test_what_was_reconciled_is_here_and_is_never_completed() -> None:
    assert verdicts([row(1)], [typed(is_locked=True)]) == {1: ("here", "both")}
    assert verdicts([row(1)], [fact(is_locked=True, is_pending=True)]) == {1: ("here", "print")}


def test_a_statement_beside_it_in_the_same_upload_says_the_same() -> None:
    beside = fact(is_beside=True, transaction=0)
    assert verdicts([row(1)], [beside]) == {1: ("here", "print")}
    assert verdicts([row(1)], [beside], first=10) == {1: ("possible", "twin")}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("REWE Markt GmbH", "Rewe", Alike.SAME),
        ("STARBUCK", "Starbucks 1234 Seattle", Alike.MUCH),
        ("Kartenzahlung EDEKA Ulm 12.03.", "EDEKA ULM Sagt Danke", Alike.MUCH),
        ("bottle blue", "BLUEBOTTLE COFFEE", Alike.SOMEWHAT),
        ("Rewe Berlin", "Edeka Berlin", Alike.SOMEWHAT),
        ("Cinema", "Bakery", Alike.NOT),
        ("", "Bakery", Alike.BLANK),
        ("4711 0815", "4711 0815", Alike.SAME),
        ("4711 0815", "4711 0816", Alike.BLANK),
        ("Lastschrift", "Lastschrift Miete Mai", Alike.BLANK),
    ],
)
def test_how_alike_two_wordings_are(one: str, other: str, expected: Alike) -> None:
    assert alike(wording(one), wording(other)) == expected
    assert alike(wording(other), wording(one)) == expected
