"""Rates and currencies as a page writes them."""

from __future__ import annotations

from fractions import Fraction

from babel.numbers import get_currency_name
from django import template
from django.template.context import Context
from django.utils.translation import get_language, gettext_lazy

from financeflow.money.writing import locale_of
from financeflow.web.templatetags.web import locale_in
from ledger.calc.rate_text import exact_text, rate_text
from ledger.queries.rate_sheet import TYPED
from ledger.rate_sources import frankfurter, packaged

register = template.Library()

SOURCES = {
    packaged.SOURCE: gettext_lazy("European Central Bank"),
    frankfurter.SOURCE: gettext_lazy("European Central Bank, by Frankfurter"),
    TYPED: gettext_lazy("typed in here"),
}


@register.simple_tag(takes_context=True)
def rate(context: Context, worth: Fraction | int) -> str:
    """A rate that was worked out, to five digits; or one that was typed (in billionths), to the last digit."""
    locale = locale_in(context)
    return exact_text(worth, locale) if isinstance(worth, int) else rate_text(worth, locale)


@register.filter
def source_name(source: str) -> str:
    return str(SOURCES.get(source, source))


@register.filter
def currency_name(code: str) -> str:
    """What CLDR calls it in the language of whoever reads."""
    return str(get_currency_name(code, locale=locale_of(get_language() or "en")))
