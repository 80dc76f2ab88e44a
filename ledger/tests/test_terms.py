"""The search language: what it asks for, what it says when it is not understood, and that it can be written again."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from financeflow.money.currencies import CODES
from financeflow.money.values import LARGEST
from ledger.calc.terms import LONGEST, OPERATORS, AmountRange, DayRange, Search, Term, Text, read_search
from ledger.calc.typed import words_of
from ledger.calc.words import amount_word

TODAY = date(2026, 11, 18)  # a Wednesday
LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "he-IL", "es-ES", "pl-PL"]


def read(text: str, locale: str = "en-GB") -> Search:
    return read_search(text, today=TODAY, locale=locale)


def exactly(text: str) -> AmountRange:
    return AmountRange(Decimal(text), Decimal(text))


def days(first: str | None, last: str | None) -> DayRange:
    return DayRange(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def test_the_search_everybody_is_shown_is_understood() -> None:
    found = read('amount>50 -tag:work category:none account:"Joint card" before:2026-03')
    assert found.problems == ()
    assert found.terms == (
        Term("amount", AmountRange(Decimal(50), None, over=True)),
        Term("tag", "work", negated=True),
        Term("category", None),
        Term("account", "Joint card"),
        Term("before", days(None, "2026-02-28")),
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("lunch", Term("text", Text("lunch"))),
        ("-lunch", Term("text", Text("lunch"), negated=True)),
        ('"big trip"', Term("text", Text("big trip", is_phrase=True))),
        ("“big trip”", Term("text", Text("big trip", is_phrase=True))),
        ('-"big trip"', Term("text", Text("big trip", is_phrase=True), negated=True)),
        ('"big trip', Term("text", Text("big trip", is_phrase=True))),
        ("12.50", Term("text", Text("12.50", amount=Decimal("12.5")))),
        ('"12.50"', Term("text", Text("12.50", is_phrase=True))),
        ("12:30", Term("text", Text("12:30"))),
        ("https://shop", Term("text", Text("https://shop"))),
        ("a>b", Term("text", Text("a>b"))),
        ("amount=9.99", Term("amount", exactly("9.99"))),
        ("amount:9.99", Term("amount", exactly("9.99"))),
        ("AMOUNT > 50", Term("amount", AmountRange(Decimal(50), None, over=True))),
        ("amount>=50", Term("amount", AmountRange(Decimal(50), None))),
        ("amount:>50", Term("amount", AmountRange(Decimal(50), None, over=True))),
        ("amount<=12.50", Term("amount", AmountRange(None, Decimal("12.5")))),
        ("amount<12.50", Term("amount", AmountRange(None, Decimal("12.5"), under=True))),
        ("amount:10..20", Term("amount", AmountRange(Decimal(10), Decimal(20)))),
        ("amount:20..10", Term("amount", AmountRange(Decimal(10), Decimal(20)))),
        ("amount:10..", Term("amount", AmountRange(Decimal(10), None))),
        ("amount>1,234.50", Term("amount", AmountRange(Decimal("1234.5"), None, over=True))),
        ("is:in", Term("is", "in")),
        ("is:Uncategorized", Term("is", "uncategorised")),
        ("-is:transfer", Term("is", "transfer", negated=True)),
        ("tag:none", Term("tag", None)),
        ('tag:"none"', Term("tag", "none")),
        ('category:"Eating out"', Term("category", "Eating out")),
        ("cat:dining", Term("category", "dining")),
        ("payee:lidl", Term("payee", "lidl")),
        ("note:none", Term("note", "none")),
        ("has:attachment", Term("has", "attachment")),
        ("before:yesterday", Term("before", days(None, "2026-11-16"))),
        ("before:2026", Term("before", days(None, "2025-12-31"))),
        ("after:2026-03-15", Term("after", days("2026-03-16", None))),
        ("after:2026-03", Term("after", days("2026-04-01", None))),
        ("on:yesterday", Term("on", days("2026-11-17", "2026-11-17"))),
        ('on:"3 nov"', Term("on", days("2026-11-03", "2026-11-03"))),
        ("on:2026-02", Term("on", days("2026-02-01", "2026-02-28"))),
        ("month:2026-11", Term("month", days("2026-11-01", "2026-11-30"))),
        ("month:11/2026", Term("month", days("2026-11-01", "2026-11-30"))),
        ("month:dec", Term("month", days("2025-12-01", "2025-12-31"))),
        ('month:"nov 2025"', Term("month", days("2025-11-01", "2025-11-30"))),
        ("month:last", Term("month", days("2026-10-01", "2026-10-31"))),
        ("year:2025", Term("year", days("2025-01-01", "2025-12-31"))),
        ("year:this", Term("year", days("2026-01-01", "2026-12-31"))),
        ("currency:usd", Term("currency", "USD")),
        ("source:imported", Term("source", "imported")),
        ("by:anna", Term("by", "anna")),
    ],
)
def test_a_term_is_read(text: str, term: Term) -> None:
    found = read(f"{text} ")
    assert (found.terms, found.problems) == ((term,), ())


@pytest.mark.parametrize(
    ("locale", "text", "term"),
    [
        ("de-DE", "amount>1.234,50", Term("amount", AmountRange(Decimal("1234.5"), None, over=True))),
        ("de-DE", "amount>1.234", Term("amount", AmountRange(Decimal(1234), None, over=True))),
        ("en-GB", "amount>1.234", Term("amount", AmountRange(Decimal("1.234"), None, over=True))),
        ("fr-FR", "on:hier", Term("on", days("2026-11-17", "2026-11-17"))),
        ("en-US", "on:12/3", Term("on", days("2026-12-03", "2026-12-03"))),
        ("en-GB", "on:12/3", Term("on", days("2026-03-12", "2026-03-12"))),
        ("es-ES", "month:noviembre", Term("month", days("2026-11-01", "2026-11-30"))),
        ("pl-PL", "month:listopad", Term("month", days("2026-11-01", "2026-11-30"))),
        ("he-IL", "on:אתמול", Term("on", days("2026-11-17", "2026-11-17"))),
    ],
)
def test_numbers_and_days_are_the_household_s(locale: str, text: str, term: Term) -> None:
    assert read(text, locale).terms == (term,)


CHOICES = "in, out, income, spending, transfer, split, refund, pending, cleared, reconciled, uncategorised, learned"


@pytest.mark.parametrize(
    ("text", "sentence", "candidates"),
    [
        ("catgory:food", "There is no search word “catgory:”. Text with a colon goes in quotes.", ("category:food",)),
        (
            '-acount:"Joint card"',
            "There is no search word “acount:”. Text with a colon goes in quotes.",
            ('-account:"Joint card"',),
        ),
        ("zzz:food", "There is no search word “zzz:”. Text with a colon goes in quotes.", ()),
        ("tag:", "Write what to look for after “tag:”.", ()),
        ('tag:""', "Write what to look for after “tag:”.", ()),
        ("is:inn", f"“is:” takes one of {CHOICES}.", ("is:in",)),
        ("-has:atachment", "“has:” takes one of attachment, note, tag, split.", ("-has:attachment",)),
        ("currency:us", "“us” is not a currency. Write its code, like usd.", ("currency:usd",)),
        ("amount>abc", "“abc” is not an amount. Write it in figures without a sign, like 12.50.", ()),
        ("amount>-5", "“-5” is not an amount. Write it in figures without a sign, like 12.50.", ()),
        ("amount>1e9", "“1e9” is not an amount. Write it in figures without a sign, like 12.50.", ()),
        ("amount:nan", "“nan” is not an amount. Write it in figures without a sign, like 12.50.", ()),
        ("amount:..", "Write an amount at one end of the dots at least, like 10..20.", ()),
        (
            "amount>10000000000000001",
            "“10000000000000001” is not an amount. Write it in figures without a sign, like 12.50.",
            (),
        ),
        ("on:2026-02-31", "February 2026 has 28 days.", ()),
        ("on:soon", "“soon” is not a day. Write one like 18/11/2026, or yesterday.", ()),
        ("month:2026-13", "There is no month 13.", ()),
        ("month:soon", "“soon” is not a month. Write one like 2026-11.", ()),
        ("year:26", "“26” is not a year. Write one like 2026.", ()),
        ("year:0000", "Choose a day between 1900 and 2199.", ()),
        ("☕", "“☕” has neither letters nor figures to look for.", ()),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_holds(
    text: str, sentence: str, candidates: tuple[str, ...]
) -> None:
    found = read(f"lunch {text} -tag:work")
    assert [str(term) for term in found.terms] == ["lunch", "-tag:work"]
    (problem,) = found.problems
    assert (problem.sentence, problem.candidates) == (sentence, candidates)
    assert found.line[slice(*problem.span)] == text


def test_signs_alone_are_passed_over() -> None:
    assert read("- -- & lunch , ").terms == (Term("text", Text("lunch")),)


def test_a_search_is_bounded() -> None:
    assert read("x" * (LONGEST + 1)).problems[0].sentence == "This search is too long. Keep it to 2000 characters."
    found = read("a " * 101)
    assert len(found.terms) == 100
    assert found.problems[0].sentence == "A search has 100 terms at most. Those from here on are left out."
    assert found.problems[0].span == (200, 202)


def test_a_term_is_added_and_taken_out_and_the_rest_stays_as_it_was_typed() -> None:
    found = read("lunch  on:yesterday zzz:1 -tag:work")
    assert found.with_term(Term("category", "Eating out")) == 'lunch on:yesterday zzz:1 -tag:work category:"Eating out"'
    assert found.without(lambda term: term.name == "tag") == "lunch on:yesterday zzz:1"
    assert found.without(lambda term: True) == "zzz:1"
    assert not read("zzz:1")
    assert found


@pytest.mark.parametrize(
    ("asked", "digits", "minor"),
    [
        (AmountRange(Decimal(50), None, over=True), 2, (5001, None)),
        (AmountRange(Decimal(50), None), 2, (5000, None)),
        (AmountRange(Decimal(50), None, over=True), 0, (51, None)),
        (AmountRange(None, Decimal("12.5"), under=True), 2, (None, 1249)),
        (AmountRange(None, Decimal("12.5"), under=True), 0, (None, 12)),
        (AmountRange(None, Decimal("12.505")), 2, (None, 1250)),
        (AmountRange(Decimal("12.505"), None, over=True), 2, (1251, None)),
        (AmountRange(Decimal(10), Decimal(20)), 3, (10000, 20000)),
        (exactly("12.505"), 2, (1251, 1250)),
    ],
)
def test_an_amount_is_compared_in_the_minor_units_of_each_currency(
    asked: AmountRange, digits: int, minor: tuple[int | None, int | None]
) -> None:
    assert asked.minor(digits) == minor


@given(st.integers(0, 10**12), st.sampled_from([0, 2, 3]))
def test_an_amount_typed_as_text_is_the_word_transactions_are_found_by(minor: int, digits: int) -> None:
    typed = str(Decimal(minor).scaleb(-digits))
    (term,) = read(typed).terms
    assert isinstance(term.value, Text)
    assert term.value.amount_word == amount_word(minor, digits)


def test_the_help_sheet_shows_what_works() -> None:
    for operator in OPERATORS.values():
        found = read(operator.example)
        assert [term.name for term in found.terms] == [operator.name]
        assert found.problems == ()
        assert str(operator.help)
        for choice in operator.choices:
            assert read(f"{operator.name}:{choice}").terms == (Term(operator.name, choice),)


names = st.text(max_size=15).map(words_of).filter(bool)
amounts = st.decimals(0, LARGEST, allow_nan=False, allow_infinity=False, places=3) | st.integers(0, 10**9).map(Decimal)
ranges = st.one_of(
    st.builds(lambda value: AmountRange(value, value), amounts),
    st.builds(lambda one, two: AmountRange(*sorted([one, two])), amounts, amounts),
    st.builds(lambda value, over: AmountRange(value, None, over=over), amounts, st.booleans()),
    st.builds(lambda value, under: AmountRange(None, value, under=under), amounts, st.booleans()),
)
some_days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def values_of(name: str) -> st.SearchStrategy[Any]:
    operator = OPERATORS[name]
    of_kind: dict[str, st.SearchStrategy[Any]] = {
        "amount": ranges,
        "choice": st.sampled_from(operator.choices or ("",)),
        "currency": st.sampled_from(CODES),
        "name": (names | st.none()) if operator.may_be_none else names,
        "month": st.sampled_from([days("2026-02-01", "2026-02-28"), days("1999-12-01", "1999-12-31")]),
        "year": st.sampled_from([days("2026-01-01", "2026-12-31")]),
    }
    by_name = {
        "before": some_days.map(lambda day: DayRange(None, day - timedelta(days=1))),
        "after": some_days.map(lambda day: DayRange(day + timedelta(days=1), None)),
        "on": some_days.map(lambda day: DayRange(day, day)) | of_kind["month"] | of_kind["year"],
    }
    return by_name[name] if name in by_name else of_kind[operator.kind]


made = st.sampled_from(sorted(OPERATORS)).flatmap(
    lambda name: st.builds(Term, st.just(name), values_of(name), st.booleans())
)


@settings(max_examples=400)
@given(st.lists(made, max_size=6), st.sampled_from(LOCALES))
def test_a_search_that_was_put_together_is_read_back(terms: list[Term], locale: str) -> None:
    search = Search(tuple(terms))
    assert read(search.text()[:LONGEST], locale).terms == search.terms or len(search.text()) > LONGEST


SIGNS = 'amounttagiscategory:<>=-."\\“” 0123456789,none\u200f\u202e٣☕'


@settings(max_examples=500)
@given(st.text(max_size=60) | st.text(SIGNS, max_size=80), st.sampled_from(LOCALES))
@example("\ud800", "en-GB")
@example('tag:"\\', "en-GB")
@example('"\\"', "en-GB")
@example("amount:1.234 1.234", "de-DE")
@example('tag:"' + "\\" * 400, "en-GB")
@example("x" * 10_000, "en-GB")
@example("amount" * 80, "en-GB")
@example("--tag:x ---y", "en-GB")
def test_any_text_is_a_search_that_can_be_written_again(text: str, locale: str) -> None:
    found = read(text, locale)
    assert found.line == text
    assert all(problem.sentence.endswith(".") for problem in found.problems)
    spans = [term.span for term in found.terms] + [problem.span for problem in found.problems]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    written = found.text()
    if len(written) <= LONGEST:
        again = read(written, locale)
        assert again == found
        assert again.text() == written
    assert "\u202e" not in written
