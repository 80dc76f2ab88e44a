"""Cells of reports as HTML: each kind of value in its own way, amounts with the door to what makes them.

Hundreds stand on a page, too many for a template each. Whatever somebody wrote goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, format_percent
from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.money.text import format_money
from financeflow.web.dates import day_text, reading_locale
from financeflow.web.templatetags.web import locale_in, money_html, sprite
from ledger.reporting.document import Amount, Cell, Chart, Count, Day, Part, Row, Share, Table, Words

register = template.Library()
# A table of more columns is moved sideways, and does not fold on a phone.
MOST_FOLDED = 6


@register.simple_tag(takes_context=True)
def cell(context: Context, value: Cell, style: str = "") -> SafeString:
    """{% cell cell %}, or {% cell figure.value "big" %} for a large one."""
    return mark_safe(_pen(context).cell(value, style))  # noqa: S308 - the pen escapes


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """All rows of a table. On a phone a row folds, and cells after the second say what they are."""
    pen = _pen(context, is_wide=len(table.head) > MOST_FOLDED)
    heads = [f' data-head="{escape(str(head))}"' * (not pen.is_wide) for head in table.head]
    return mark_safe("".join(pen.row(row, heads) for row in table.rows))  # noqa: S308 - the pen escapes


@register.simple_tag
def section_head(section: Table | Chart | Part) -> SafeString:
    """What components/sheet_head.html is, for the many sections of a report."""
    note = "" if isinstance(section, Part) or not section.note else f"<p>{escape(section.note)}</p>"
    head = f'<h2 id="s-{escape(section.key)}">{escape(section.title)}</h2>'
    return mark_safe(f'<div class="sheet__head">{head}{note}</div>')  # noqa: S308 - all is escaped


@register.simple_tag
def table_heads(table: Table) -> SafeString:
    """The names of its columns, each where its cells stand: words and days at the start, figures at the end."""
    drawn = [
        f'<th scope="col"{" class=number" * _is_figures(table, n)}>{escape(str(h))}</th>'
        for n, h in enumerate(table.head)
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - all is escaped


def _is_figures(table: Table, place: int) -> bool:
    cells = (row.cells[place] for row in table.rows if place < len(row.cells))
    first = next((cell for cell in cells if cell is not None), None)
    return place > 0 and not isinstance(first, Words | Day)


@register.filter
def with_style(data: dict[str, Any], style: dict[str, Any]) -> dict[str, Any]:
    """What a chart reads, with how it writes amounts."""
    return {**style, **data}


def _pen(context: Context, *, is_wide: bool = False) -> Pen:
    return Pen(locale_in(context), get_language() or "en", is_wide)


@dataclass(frozen=True)
class Pen:
    """Draws cells for one who reads; a `style` is that of a large figure.

    A wide table has hundreds of amounts, which are written without markup of their own, and never folds.
    """

    locale: str
    language: str
    is_wide: bool = False

    def row(self, row: Row, heads: Sequence[str]) -> str:
        kinds = " ".join([*(["is-part"] if row.level else []), *(["is-sum"] if row.is_sum else [])])
        opening = f'<tr class="{kinds}">' if kinds else "<tr>"
        drawn = [opening, '<th scope="row">', self.cell(row.cells[0]), "</th>"]
        # On a phone the first amount stands beside the name, all else below.
        main = next((place for place, value in enumerate(row.cells) if place and type(value) is Amount), 1)
        for place, value in enumerate(row.cells):
            if not place:
                continue
            if value is None:
                # What is not there needs no name on a phone either.
                drawn.append("<td></td>")
            else:
                kind = type(value)
                drawn += OPENINGS[place == main, kind is Words or kind is Day], heads[place], ">"
                drawn += DRAWN[kind](self, value, ""), "</td>"
        drawn.append("</tr>\n")
        return "".join(drawn)

    def cell(self, value: Cell, style: str = "") -> str:
        return "" if value is None else DRAWN[type(value)](self, value, style)

    def amount(self, value: Amount, style: str) -> str:
        if self.is_wide:
            text = str(format_money(value.minor, value.currency, self.locale, plus=value.signed))
            return _door(escape(text), value.url, style)
        styles = f"{style} flow" if value.signed else style
        return _door(money_html(value.minor, value.currency, self.locale, styles), value.url, style)

    def share(self, value: Share, style: str) -> str:
        if value.value is None:
            return f'<span class="unknown" aria-label="{escape(_("unknown"))}">–</span>'
        text = percent_text(value.value, self.language, self.locale, exactly=bool(style))
        plus = "+" if value.signed and value.value > 0 and not _is_nothing(text) else ""
        return f'<span class="{"kpi__ratio" if style else "part"}">{plus}{text}</span>'

    def count(self, value: Count, style: str) -> str:
        text = str(format_decimal(value.value, locale=reading_locale(self.language, self.locale)))
        return _door(f'<span class="kpi__ratio">{text}</span>' if style else text, value.url, style)

    def words(self, value: Words, style: str) -> str:
        text, mark = escape(value.text), _mark(value.hue, value.icon)
        named = f'<span class="named">{mark}<span>{text}</span></span>' if mark else text
        return _door(named, value.url, style)

    def day(self, value: Day, style: str) -> str:
        return escape(day_text(value.day, value.style, language=self.language, locale=self.locale))


def percent_text(part: float, language: str, locale: str, *, exactly: bool) -> str:
    """In whole percent; the savings rate, which stands large, to a tenth."""
    known = reading_locale(language, locale)
    return _percent(round(part, 3 if exactly else 2), known, exactly)


@lru_cache(maxsize=4096)
def _percent(part: float, locale: Locale, exactly: bool) -> str:
    pattern = locale.percent_formats[None].pattern
    text = format_percent(part, format=pattern.replace("0", "0.0", 1) if exactly else None, locale=locale)
    return str(text).replace("-", "\N{MINUS SIGN}")


def _is_nothing(text: str) -> bool:
    return not any(sign in "123456789" for sign in text)


def _mark(hue: int | None, icon: str) -> str:
    """The colour or the icon that a name is known by."""
    if not icon:
        return "" if hue is None else f'<span class="dot hue-{hue}"></span>'
    drawing = f'<svg class="icon" aria-hidden="true" focusable="false"><use href="{sprite()}#{escape(icon)}"/></svg>'
    return drawing if hue is None else f'<span class="tile hue-{hue}">{drawing}</span>'


def _door(inside: str, url: str, style: str) -> str:
    return f'<a{" class=kpi__value" if style else ""} href="{escape(url)}">{inside}</a>' if url else inside


# How a cell begins: whether it is the main one of its row, whether it is words. Most are figures and say nothing.
OPENINGS = {
    (False, False): "<td",
    (False, True): '<td class="text"',
    (True, False): '<td class="is-main"',
    (True, True): '<td class="is-main text"',
}
DRAWN: dict[type[Any], Callable[[Pen, Any, str], str]] = {
    Amount: Pen.amount,
    Share: Pen.share,
    Count: Pen.count,
    Words: Pen.words,
    Day: Pen.day,
}
