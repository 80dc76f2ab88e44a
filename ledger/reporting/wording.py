"""Words that every report needs: a period, a change, what a sum leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from babel.numbers import format_percent
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from financeflow.money.text import format_money
from financeflow.web.dates import day_text, reading_locale
from ledger.calc.flows import Flow
from ledger.calc.periods import Period
from ledger.queries import tallies
from ledger.queries.listing import Listing
from ledger.queries.reports.asked import Question

NO_BREAK = "\N{NO-BREAK SPACE}"


def written(question: Question, day: date, style: str = "medium") -> str:
    return day_text(day, style, language=get_language() or "en", locale=question.household.locale)


def period_text(question: Question, period: Period | None = None) -> str:
    """November 2026, 2025, Q3 2026, or from one day to another."""
    period = period or question.period
    if period.is_month:
        return written(question, period.first, "month")
    if period.kind == "year" or (period.whole_months == 12 and period.first.month == 1):
        return str(period.first.year)
    if period.kind == "quarter":
        return _("Q%(quarter)d %(year)d") % {"quarter": (period.first.month + 2) // 3, "year": period.first.year}
    if period.whole_months:
        ends = written(question, period.first, "month_short"), written(question, period.last, "month_short")
    else:
        ends = written(question, period.first), written(question, period.last)
    return _("%(first)s to %(last)s") % {"first": ends[0], "last": ends[1]}


def money_words(question: Question, minor: int, currency: str = "") -> str:
    return str(format_money(minor, currency or question.currency, question.household.locale))


def percent_words(question: Question, part: float) -> str:
    """A change in whole percent, with its sign: +3%, −12%."""
    locale = reading_locale(get_language() or "en", question.household.locale)
    text = format_percent(abs(part), locale=locale)
    sign = "" if round(abs(part) * 100) == 0 else "+" if part > 0 else "\N{MINUS SIGN}"
    return f"{sign}{text}"


def share_words(question: Question, part: float) -> str:
    """A part of a whole, to a tenth of a percent: 39.7%."""
    locale = reading_locale(get_language() or "en", question.household.locale)
    pattern = locale.percent_formats[None].pattern.replace("0", "0.0", 1)
    return str(format_percent(part, format=pattern, locale=locale)).replace("-", "\N{MINUS SIGN}")


def honest_words(left_out: Iterable[tuple[str, int]], estimated: int) -> str:
    """What is not in the sums, and what is in them by an earlier day's rate."""
    words = [
        ngettext("%(count)s amount in %(currency)s not included", "%(count)s amounts in %(currency)s not included", n)
        % {"count": n, "currency": currency}
        for currency, n in left_out
    ]
    if estimated:
        words.append(
            ngettext("%(count)s at an earlier day’s rate", "%(count)s at an earlier day’s rate", estimated)
            % {"count": estimated}
        )
    return _("; ").join(words)


def honesty(listing: Listing, flow: Flow) -> str:
    """The same of a listing, whose flow is known already."""
    left_out: Iterable[tuple[str, int]] = ()
    if flow.missing:
        kept = listing.conditions.in_kept_totals
        left_out = tallies.kept_left_out(listing.conditions) if kept else tallies.left_out(listing.lines())
    return honest_words(left_out, flow.estimated)
