"""Amounts and dates in templates."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation

from financeflow.web import dates


def rendered(source: str, locale: str = "en-GB", **values: object) -> str:
    request = SimpleNamespace(household=SimpleNamespace(locale=locale))
    return Template(source).render(Context({"request": request, **values}))


def test_an_amount_is_marked_up_for_reading_and_for_machines() -> None:
    assert rendered('{% money -18600 "EUR" "strong" %}') == (
        '<data class="money money--strong" value="-186.00">−<span class="money__currency">€</span>186.00</data>'
    )


def test_the_cents_of_a_headline_step_back() -> None:
    assert '7,001<span class="money__cents">.07</span>' in rendered('{% money 700107 "EUR" "big" %}')


def test_money_in_has_its_plus_and_money_out_has_none() -> None:
    assert rendered('{% money 100 "EUR" "flow" %}').startswith('<data class="money money--in" value="1.00">+')
    assert "money--in" not in rendered('{% money -100 "EUR" "flow" %}')


@pytest.mark.parametrize(
    ("locale", "inside"),
    [
        ("de-DE", '−1,00\xa0<span class="money__currency">€</span>'),
        ("nl-NL", '<span class="money__currency">€</span>\xa0−1,00'),
        ("he-IL", '−1.00\xa0<span class="money__currency">€</span>'),
    ],
)
def test_the_household_decides_where_sign_and_currency_stand(locale: str, inside: str) -> None:
    assert f">{inside}<" in rendered('{% money -100 "EUR" %}', locale)


def test_an_amount_without_a_household_is_written_as_english() -> None:
    assert Template('{% money_text 123456 "EUR" %}').render(Context()) == "€1,234.56"


@time_machine.travel(datetime(2026, 11, 21, 23, 30, tzinfo=UTC), tick=False)
def test_days_have_names_near_today() -> None:
    with timezone.override("Europe/Berlin"):
        source = "{% day_name day %}"
        assert rendered(source, day=date(2026, 11, 22)) == "Today, Sunday, 22 November"
        assert rendered(source, day=date(2026, 11, 21)) == "Yesterday, Saturday, 21 November"
        assert rendered(source, day=date(2026, 11, 1)) == "Sunday, 1 November"
        assert rendered(source, day=date(2025, 12, 31)) == "Wednesday, 31 December 2025"
        assert rendered("{% clock at %}", at=timezone.now()) == "00:30"
        assert rendered("{% moment at %}", at=timezone.now()) == "22 Nov 2026, 00:30"
        assert rendered("{% day at %}|{% day none %}", at=timezone.now(), none=None) == "22 Nov 2026|"


@pytest.mark.parametrize(
    ("language", "locale", "short", "weekday"),
    [
        ("en", "en-US", "11/21/26", "Saturday, November 21"),
        ("en", "de-DE", "21/11/2026", "Saturday, 21 November"),
        ("de", "de-DE", "21.11.26", "Samstag, 21. November"),
        ("fr", "fr-FR", "21/11/2026", "samedi 21 novembre"),
        ("es", "es-ES", "21/11/26", "sábado, 21 de noviembre"),
        ("he", "he-IL", "21.11.2026", "יום שבת, 21 בנובמבר"),
        ("en", "ja-JP", "21/11/2026", "Saturday, 21 November"),
        ("xx", "yy-ZZ", "21/11/2026", "Saturday, 21 November"),
    ],
)
def test_words_are_the_persons_and_order_is_the_households(
    language: str, locale: str, short: str, weekday: str
) -> None:
    day = date(2026, 11, 21)
    with translation.override("en"):
        said = [dates.day_text(day, style, language=language, locale=locale) for style in ("short", "weekday")]
    assert said == [short, weekday]
