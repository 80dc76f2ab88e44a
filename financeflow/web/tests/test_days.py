"""Days as people type them, in many languages and orders."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from financeflow.households.choices import LOCALES
from financeflow.money.writing import locale_of
from financeflow.web.day_words import day_words
from financeflow.web.days import FIRST_DAY, LAST_DAY, DayError, NotADay, day_as_typed, day_pattern, read_day

TODAY = date(2026, 11, 18)  # a Wednesday
MORE_LOCALES = "ar bg-BG cs-CZ el-GR fa-IR fi-FI hi-IN hu-HU it-IT ko-KR pl-PL pt-BR ru-RU th-TH tr-TR uk-UA zh-CN"
ALL_LOCALES = [code for code, _ in LOCALES] + MORE_LOCALES.split()
locales = st.sampled_from(ALL_LOCALES)
days = st.dates(FIRST_DAY, LAST_DAY)
todays = st.dates(date(1990, 1, 1), date(2100, 1, 1))
SIGNS = "0123456789/.-+ '’٣१年月日" + "adeflmnortuvy"


def read(text: str, locale: str = "en-GB", today: date = TODAY) -> str:
    """The day as ISO writes it, or the sentence that says why not."""
    try:
        return read_day(text, today=today, locale=locale).isoformat()
    except DayError as error:
        return str(error)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-03", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("today", "2026-11-18"),
        (" Yesterday ", "2026-11-17"),
        ("tomorrow", "2026-11-19"),
        ("+3", "2026-11-21"),
        ("-2", "2026-11-16"),
        ("− 2", "2026-11-16"),
        ("friday", "2026-11-13"),
        ("wed", "2026-11-18"),
        ("last wed", "2026-11-11"),
        ("last friday", "2026-11-13"),
        ("next wed", "2026-11-25"),
        ("next mon", "2026-11-23"),
        ("this friday", "2026-11-20"),
        ("3 nov", "2026-11-03"),
        ("nov 3", "2026-11-03"),
        ("Nov 3, 2025", "2025-11-03"),
        ("3 november 2025", "2025-11-03"),
        ("3rd of November", "2026-11-03"),
        ("3-Nov-25", "2025-11-03"),
        ("3 sept", "2026-09-03"),
        ("Tuesday 3 Nov", "2026-11-03"),
        ("12/3", "2026-03-12"),
        ("3.11.", "2026-11-03"),
        ("03-11-26", "2026-11-03"),
        ("3 / 11 / 2026", "2026-11-03"),
        ("٣/١١/٢٠٢٦", "2026-11-03"),
        ("\u200f3/11/2026\u200f", "2026-11-03"),
        ("３／１１", "2026-11-03"),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("locale", "text", "day"),
    [
        ("en-US", "12/3", "2026-12-03"),
        ("en-US", "13/3", "2026-03-13"),
        ("en-US", "11/3/26", "2026-11-03"),
        ("en-US", "31/12/2025", "2025-12-31"),
        ("en-IN", "12/3", "2026-03-12"),
        ("de-DE", "3. Dez", "2026-12-03"),
        ("de-DE", "3. Dezember 2025", "2025-12-03"),
        ("de-DE", "3. März", "2026-03-03"),
        ("de-DE", "Fr. 13.11.2026", "2026-11-13"),
        ("de-DE", "Mi.", "2026-11-18"),
        ("de-DE", "gestern", "2026-11-17"),
        ("de-DE", "übermorgen", "2026-11-20"),
        ("de-DE", "letzten Freitag", "2026-11-13"),
        ("de-DE", "yesterday", "2026-11-17"),
        ("fr-FR", "1er mai", "2026-05-01"),
        ("fr-FR", "le 3 févr. 2026", "2026-02-03"),
        ("fr-FR", "3 dec", "2026-12-03"),
        ("fr-FR", "mar", "2026-11-17"),
        ("fr-FR", "mar 3 nov", "2026-11-03"),
        ("fr-FR", "avant-hier", "2026-11-16"),
        ("fr-FR", "aujourd'hui", "2026-11-18"),
        ("fr-FR", "vendredi dernier", "2026-11-13"),
        ("he-IL", "3 בנובמבר", "2026-11-03"),
        ("he-IL", "יום שלישי", "2026-11-17"),
        ("he-IL", "אתמול", "2026-11-17"),
        ("es-ES", "3 de noviembre de 2025", "2025-11-03"),
        ("es-ES", "3 mar", "2026-03-03"),
        ("es-ES", "mié", "2026-11-18"),
        ("es-ES", "pasado mañana", "2026-11-20"),
        ("es-ES", "sábado pasado", "2026-11-14"),
        ("pl-PL", "3 listopada", "2026-11-03"),
        ("pl-PL", "3 listopad", "2026-11-03"),
        ("pl-PL", "3 lis", "2026-11-03"),
        ("pl-PL", "środa", "2026-11-18"),
        ("ja-JP", "12/3", "2026-12-03"),
        ("ja-JP", "11月3日", "2026-11-03"),
        ("ja-JP", "2025年11月3日", "2025-11-03"),
        ("sv-SE", "12/3", "2026-03-12"),
        ("sv-SE", "i går", "2026-11-17"),
        ("nl-NL", "eergisteren", "2026-11-16"),
    ],
)
def test_the_household_s_order_and_words_are_understood(locale: str, text: str, day: str) -> None:
    assert read(text, locale) == day


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 12, 20), "3 jan", "2027-01-03"),
        (date(2026, 11, 18), "19 dec", "2026-12-19"),
        (date(2026, 11, 18), "20 dec", "2025-12-20"),
        (date(2026, 11, 18), "29 feb", "2024-02-29"),
        (date(2026, 11, 18), "1/1/46", "2046-01-01"),
        (date(2026, 11, 18), "1/1/47", "1947-01-01"),
        (date(2099, 6, 1), "1/1/01", "2101-01-01"),
    ],
)
def test_a_year_left_out_or_cut_short_is_the_likely_one(today: date, text: str, day: str) -> None:
    assert read(text, today=today) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a day, like 18/11/2026."),
        ("   ", "Write a day, like 18/11/2026."),
        ("x" * 61, "Write a day, like 18/11/2026."),
        ("soon", "“soon” is not a day. Write one like 18/11/2026, or yesterday."),
        ("3 soon", "“3 soon” is not a day. Write one like 18/11/2026, or yesterday."),
        ("12", "“12” is not a day. Write one like 18/11/2026, or yesterday."),
        ("$3 nov", "“$3 nov” is not a day. Write one like 18/11/2026, or yesterday."),
        ("nov 2026", "Write which day of the month too."),
        ("31 feb", "February 2026 has 28 days."),
        ("2026-02-31", "February 2026 has 28 days."),
        ("30/2", "February 2026 has 28 days."),
        ("0 nov", "November 2026 has 30 days."),
        ("13/13", "There is no month 13."),
        ("0000-01-01", "Choose a day between 1900 and 2199."),
        ("3/11/0", "Choose a day between 1900 and 2199."),
        ("1899-12-31", "Choose a day between 1900 and 2199."),
        ("2200-01-01", "Choose a day between 1900 and 2199."),
        ("+999999", "Choose a day between 1900 and 2199."),
        ("Fri 3 Nov 2026", "That day is Tuesday, 3 November 2026."),
    ],
)
def test_what_is_no_day_is_said_plainly(text: str, sentence: str) -> None:
    assert read(text) == sentence


def test_what_is_not_about_a_day_is_told_from_a_day_that_is_not_there() -> None:
    with pytest.raises(NotADay):
        read_day("lunch", today=TODAY, locale="en-GB")
    with pytest.raises(DayError) as refused:
        read_day("31 feb", today=TODAY, locale="en-GB")
    assert not isinstance(refused.value, NotADay)


@settings(max_examples=400)
@given(days, locales, todays)
def test_what_is_written_is_read_back(day: date, locale: str, today: date) -> None:
    assert read_day(day_as_typed(day, locale), today=today, locale=locale) == day
    assert read_day(day.isoformat(), today=today, locale=locale) == day


@given(todays, st.integers(-400, 400), locales)
def test_days_from_today_are_counted(today: date, number: int, locale: str) -> None:
    assert read_day(f"{number:+}", today=today, locale=locale) == today + timedelta(days=number)


@pytest.mark.parametrize("locale", ALL_LOCALES)
def test_every_month_of_the_locale_is_known_by_its_names(locale: str) -> None:
    known = locale_of(locale)
    for width in ("wide", "abbreviated"):
        for month, name in known.months["format"][width].items():
            if not any(char.isdigit() for char in name):
                assert read_day(f"3 {name} 2026", today=TODAY, locale=locale) == date(2026, month, 3)


@pytest.mark.parametrize("locale", ALL_LOCALES)
def test_every_weekday_of_the_locale_is_known_by_its_names(locale: str) -> None:
    known = locale_of(locale)
    for width in ("wide", "abbreviated"):
        for weekday, name in known.days["format"][width].items():
            read_day_ = read_day(name, today=TODAY, locale=locale)
            assert (read_day_.weekday(), (TODAY - read_day_).days < 7) == (weekday, True)


def test_one_locale_s_names_do_not_leak_into_the_next() -> None:
    """Babel hands on the stand-alone names it looked up before; they must not be taken for this locale's."""
    for locale in ("he-IL", "pl-PL", "cs-CZ", "es-ES"):
        day_words.__wrapped__(locale)
    assert "נובמבר" not in day_words.__wrapped__("es-ES").months
    assert read("3 listopad", "es-ES").endswith("or yesterday.")


@settings(max_examples=500)
@given(st.text(max_size=80) | st.text(SIGNS, max_size=40), locales, todays)
@example("\ud800", "en-GB", TODAY)
@example("\u200f\u202e3/11", "he-IL", TODAY)
@example("9" * 10_000, "en-GB", TODAY)
@example("a b " * 2500, "en-GB", TODAY)
@example("½ nov", "en-GB", TODAY)
@example("²/³", "en-GB", TODAY)
@example("+" + "9" * 59, "en-GB", TODAY)
def test_any_text_is_a_day_of_the_books_or_a_sentence(text: str, locale: str, today: date) -> None:
    said = read(text, locale, today)
    assert said.endswith(".") or FIRST_DAY <= date.fromisoformat(said) <= LAST_DAY


def test_the_pattern_is_the_locale_s() -> None:
    patterns = {locale: day_pattern(locale) for locale in ("en-US", "en-GB", "de-DE", "nl-NL", "sv-SE", "ja-JP")}
    assert patterns == {
        "en-US": "m/d/yyyy",
        "en-GB": "dd/mm/yyyy",
        "de-DE": "d.m.yyyy",
        "nl-NL": "d-m-yyyy",
        "sv-SE": "yyyy-mm-dd",
        "ja-JP": "yyyy/m/d",
    }
