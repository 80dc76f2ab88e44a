"""What the parts of one dashboard share: the question, its numbers, doors to the rows, and how amounts are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.inbox.queries import Counted, counts
from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_money
from financeflow.web.dates import day_text
from financeflow.web.months import Month
from financeflow.web.templatetags.web import money_html
from financeflow.web.widgets import Look
from ledger.calc.flows import Flow
from ledger.calc.periods import Period, period_of
from ledger.calc.terms import Term
from ledger.models import Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.dashboard import MonthShown, month_shown
from ledger.queries.reports.ready import WORTH_MONTHS
from ledger.reporting.doors import Doors

# So many are named, all others are one.
NAMED = 7
# How many months net worth goes back, and how spending is drawn.
WORTH_SPANS = (str(WORTH_MONTHS), "6", "all")
PACES = ("total", "day")


class Sheet:
    """One look at the dashboard; nothing is asked before a part needs it."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.household = look.request.household
        self.currency, self.locale = self.household.base_currency, self.household.locale
        self.language = get_language() or "en"
        # What may be chosen is asked for at once: what is kept of the parts is kept apart by it.
        self.worth_span, self.pace = look.choice("worth", WORTH_SPANS), look.choice("pace", PACES)

    @cached_property
    def question(self) -> Question:
        return Question(self.household, self.look.today, self.period(self.look.months[-1]))

    def period(self, month: Month) -> Period:
        return period_of("month", month.first_day)

    @cached_property
    def doors(self) -> Doors:
        return Doors(self.question)

    @cached_property
    def month(self) -> MonthShown:
        return month_shown(self.question)

    @cached_property
    def waiting(self) -> list[Counted]:
        """How much of what waits in the inbox."""
        return [each for each in counts(self.household) if each.count]

    @property
    def may_edit(self) -> bool:
        return self.look.request.membership.role != "viewer"

    def door(self, *terms: Term, period: Period | None = None) -> str:
        return self.doors.to(*terms, period=period)

    def text(self, minor: int) -> str:
        return str(format_money(minor, self.currency, self.locale))

    def html(self, minor: int, style: str = "") -> SafeString:
        return money_html(minor, self.currency, self.locale, style)

    def link(self, minor: int, url: str) -> SafeString:
        """An amount that leads to the rows that make it."""
        return mark_safe(f'<a class="figure" href="{escape(url)}">{self.html(minor)}</a>')  # noqa: S308 - parts of our own

    def day(self, day: date, style: str) -> str:
        return day_text(day, style, language=self.language, locale=self.locale)

    @property
    def money_style(self) -> dict[str, Any]:
        """How a chart writes amounts."""
        return {"locale": self.locale, "currency": self.currency, "digits": minor_digits(self.currency)}

    def roots(self, amounts: Iterable[tuple[int, int]]) -> list[tuple[Category | None, int]]:
        """Amounts by key of category put together by group, the largest first."""
        found: dict[int, int] = {}
        for key, amount in amounts:
            category = self.question.categories.get(key)
            root = (category.parent_id or category.pk) if category else 0
            found[root] = found.get(root, 0) + amount
        rows = [(self.question.categories.get(key), amount) for key, amount in found.items() if amount]
        return sorted(rows, key=lambda row: (-row[1], row[0].pk if row[0] else 0))

    def spent_on(self, flows: dict[int, Flow]) -> list[tuple[Category | None, int]]:
        return self.roots((key, flow.spending) for key, flow in flows.items())

    def came_by(self, flows: dict[int, Flow]) -> list[tuple[Category | None, int]]:
        return self.roots((key, flow.income) for key, flow in flows.items())

    def name_of(self, category: Category | None) -> str:
        return category.name if category else _("Uncategorised")


Rows = Sequence[tuple[Category | None, int]]


def first_named(rows: Rows, named: int = NAMED) -> tuple[list[tuple[Category | None, int]], Rows]:
    """The rows that are named, and those that are told together. What has no category is always named: no list
    could hold it together with what has one."""
    if len(rows) <= named + 1:
        return list(rows), []
    loose = [row for row in rows if row[0] is None]
    filed = [row for row in rows if row[0] is not None]
    shown = filed[: named - len(loose)]
    return sorted([*shown, *loose], key=lambda row: -row[1]), filed[len(shown) :]
