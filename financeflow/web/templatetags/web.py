"""What every template may use without loading it: amounts and dates as the household writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text, format_money
from financeflow.money.writing import FALLBACK
from financeflow.web import dates

register = template.Library()

# Where the cents step back behind the whole.
HEADLINE = frozenset({"hero", "big"})


def locale_in(context: Context) -> str:
    """The locale of the household in force, once a rendering."""
    known = context.render_context.get("money_locale")
    if known is None:
        request = context.get("request")
        household: Any = getattr(request, "household", None) or context.get("household")
        known = getattr(household, "locale", None) or FALLBACK
        context.render_context["money_locale"] = known
    return str(known)


@register.simple_tag(takes_context=True)
def money(context: Context, minor: int, currency: str, style: str = "") -> SafeString:
    """{% money 123456 "EUR" "big flow" %}. Styles: hero, big, medium, strong, estimate, over; flow marks money in."""
    return money_html(minor, currency, locale_in(context), style)


@register.simple_tag(takes_context=True)
def money_text(context: Context, minor: int, currency: str) -> str:
    """The amount as plain text, for a title, a label or a chart."""
    return str(format_money(minor, currency, locale_in(context)))


@register.simple_tag(takes_context=True)
def icon_drawing(context: Context) -> SafeString:
    """What components/icon.html is: made once for each icon, for dozens stand on every page."""
    return _icon(str(context.get("name", "")), bool(context.get("small")), bool(context.get("flip")))


@cache
def _icon(name: str, small: bool, flip: bool) -> SafeString:
    names = "icon" + (" icon--small" if small else "") + (" icon--flip" if flip else "")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', names, sprite(), name
    )


@cache
def sprite() -> str:
    """The address of the drawing that all icons stand in."""
    return static("img/icons.svg")


@register.simple_tag
def number_rows(rows: Iterable[Sequence[Any]]) -> SafeString:
    """Rows of a table, each with its name first and numbers after it: put together at once, for charts have dozens."""
    drawn = []
    for name, *numbers in rows:
        cells = "".join([f'<td class="number">{conditional_escape(number)}</td>' for number in numbers])
        drawn.append(f'<tr><th scope="row">{conditional_escape(name)}</th>{cells}</tr>')
    return mark_safe("".join(drawn))  # noqa: S308 - cells are escaped, the rest is ours


def money_html(minor: int, currency: str, locale: str, style: str = "") -> SafeString:
    names, flow, headline = _styled(style)
    text = format_money(minor, currency, locale, plus=flow)
    cents = f'<span class="money__cents">{text.cents}</span>' if headline and text.cents else text.cents
    symbol = f'<span class="money__currency">{_escaped(text.currency)}</span>'
    number = text.whole + cents
    if not text.before:
        inside = f"{text.sign}{number}{text.gap}{symbol}"
    elif text.minus_inside:
        inside = f"{symbol}{text.gap}{text.sign}{number}"
    else:
        inside = f"{text.sign}{symbol}{text.gap}{number}"
    if flow and minor > 0:
        names += " money--in"
    value = decimal_text(minor, minor_digits(currency))
    return mark_safe(f'<data class="money{names}" value="{value}">{inside}</data>')  # noqa: S308 - all parts are ours


@cache
def _styled(style: str) -> tuple[str, bool, bool]:
    """The classes of a style, whether it marks money in, and whether it stands alone and large."""
    styles = style.split()
    names = "".join(f" money--{conditional_escape(name)}" for name in styles if name != "flow")
    return names, "flow" in styles, not HEADLINE.isdisjoint(styles)


@cache
def _escaped(symbol: str) -> str:
    return str(conditional_escape(symbol))


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime | None, style: str = "medium") -> str:
    """{% day account.opened_on "long" %}. Styles: short, medium, long, weekday(_short or _year), day, month."""
    if value is None:
        return ""
    return dates.day_text(_day_of(value), style, language=get_language() or "en", locale=locale_in(context))


@register.simple_tag(takes_context=True)
def day_name(context: Context, value: date | datetime) -> str:
    """Today, Yesterday, or the day in words."""
    today = timezone.now().astimezone(timezone.get_current_timezone()).date()
    return dates.day_name(_day_of(value), today, language=get_language() or "en", locale=locale_in(context))


@register.simple_tag(takes_context=True)
def clock(context: Context, value: datetime) -> str:
    """The time of day in the household's time zone."""
    return dates.time_text(_here(value), language=get_language() or "en", locale=locale_in(context))


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime) -> str:
    """Date and time in the household's time zone."""
    return dates.moment_text(_here(value), language=get_language() or "en", locale=locale_in(context))


def _here(value: datetime) -> datetime:
    return value.astimezone(timezone.get_current_timezone())


def _day_of(value: date | datetime) -> date:
    return _here(value).date() if isinstance(value, datetime) else value
