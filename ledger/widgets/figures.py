"""The month in a sentence and in four figures, each against the month before and the same month a year ago."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ledger.calc.flows import Flow
from ledger.calc.periods import Period
from ledger.calc.terms import Term
from ledger.queries.reports.dashboard import MONTH_DAYS
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING
from ledger.reporting.wording import honesty
from ledger.widgets.sheet import Sheet

SPARK_WIDTH, SPARK_HEIGHT = 100, 26
POINTS = 100


@dataclass(frozen=True)
class Change:
    """By how much a figure changed, in words, and whether that is good; the note says against what."""

    words: str
    tone: str
    icon: str
    note: str
    url: str


@dataclass(frozen=True)
class Figure:
    """One figure of the month; `ratio` where it is a part of something and no amount."""

    key: str
    name: str
    url: str
    minor: int | None
    ratio: str
    changes: Sequence[Change]
    spark: str
    spark_now: str


def head(sheet: Sheet) -> dict[str, Any]:
    month, name = sheet.month, sheet.day(sheet.month.period.first, "month")
    if not sheet.question.accounts:
        return {"title": _("Welcome"), "text": _welcome(sheet)}
    if month.is_running:
        title = _("%(month)s so far") % {"month": name}
    elif month.period.first > sheet.look.today:
        title = _("%(month)s, still to come") % {"month": name}
    else:
        title = name
    flow = month.flow
    honest = honesty(sheet.question.listing(), flow)
    return {"title": title, "text": _sentence(sheet), "honest": honest, "is_arranged": True}


def _welcome(sheet: Sheet) -> str:
    if sheet.may_edit:
        return _("Your books are open and empty. A first account is a minute’s work.")
    return _("There are no accounts in this household yet. What others add shows here by itself.")


def _sentence(sheet: Sheet) -> SafeString | str:
    """What was kept of what came in, and how that compares with the usual month by now."""
    month, flow = sheet.month, sheet.month.flow
    if flow.is_nothing:
        return _nothing(sheet)
    if not flow.income and flow.spending >= 0:
        said, amount, terms = _("%(amount)s went out, and nothing came in"), flow.spending, (SPENDING,)
    elif flow.kept >= 0:
        said, amount, terms = _("You have kept %(amount)s of what came in"), flow.kept, (NOT_TRANSFER,)
    else:
        said, amount, terms = _("%(amount)s more went out than came in"), -flow.kept, (NOT_TRANSFER,)
    told = _filled(said, amount=sheet.link(amount, sheet.door(*terms)))
    if month.usual is None:
        return _filled(_("%(told)s."), told=told)
    return _filled(_("%(told)s, %(compared)s."), told=told, compared=_against_usual(sheet, terms[0]))


def _nothing(sheet: Sheet) -> str:
    if sheet.month.period.first > sheet.look.today:
        return _("Nothing is entered for it yet.")
    return _("Nothing has come in or gone out yet.") if sheet.month.is_running else _("Nothing came in or went out.")


def _against_usual(sheet: Sheet, term: Term) -> SafeString:
    """How much more or less than usual was kept, or was spent where that is what the sentence speaks of."""
    month, usual = sheet.month, sheet.month.usual
    assert usual is not None
    day = month.until.last.day if month.is_running else MONTH_DAYS
    now, before = month.so_far.kept, usual.kept_by(day)
    if term is SPENDING:
        now, before = month.so_far.spending, usual.spent_by(day)
    if now < 0 and term is not SPENDING:
        said = _("where %(amount)s is left as a rule") if before >= 0 else _("where %(amount)s is missing as a rule")
        return _filled(said, amount=sheet.html(abs(before)))
    if now == before:
        return _filled(_("as much as usual by now") if month.is_running else _("as much as usual"))
    if now > before:
        said = _("%(amount)s more than usual by now") if month.is_running else _("%(amount)s more than usual")
    else:
        said = _("%(amount)s less than usual by now") if month.is_running else _("%(amount)s less than usual")
    return _filled(said, amount=sheet.html(abs(now - before)))


def _filled(said: str, **parts: SafeString | str) -> SafeString:
    """A sentence with markup in its places."""
    escaped = {name: part if isinstance(part, SafeString) else escape(part) for name, part in parts.items()}
    return mark_safe(escape(said) % escaped)  # noqa: S308 - all of it escaped just now, or drawn by ourselves


def figures(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.question.accounts:
        return None
    return {
        "figures": [
            _figure(sheet, "income", _("Money in"), lambda flow: flow.income, [INCOME], good=1),
            _figure(sheet, "spending", _("Money out"), lambda flow: flow.spending, [SPENDING], good=-1),
            _figure(sheet, "kept", _("Kept"), lambda flow: flow.kept, [NOT_TRANSFER], good=1),
            _rate(sheet),
        ]
    }


def _figure(
    sheet: Sheet, key: str, name: str, value: Callable[[Flow], int], terms: Sequence[Term], *, good: int
) -> Figure:
    month = sheet.month
    changes = [
        _change(sheet, value(month.so_far) - value(other), note, sheet.door(*terms, period=period), good)
        for other, period, note in _others(sheet)
    ]
    line, now = _spark([value(flow) for _month, flow in month.months()])
    return Figure(key, name, sheet.door(*terms), value(month.flow), "", changes, line, now)


def _others(sheet: Sheet) -> list[tuple[Flow, Period, str]]:
    """What a figure is compared with, where the books reach back to it."""
    month = sheet.month
    last_year = _("than a year ago")
    found = [
        (month.before, month.before_period, _before_words(sheet)),
        (month.last_year, month.last_year_period, last_year),
    ]
    return [(flow, period, note) for flow, period, note in found if flow is not None]


def _before_words(sheet: Sheet) -> str:
    period = sheet.month.before_period
    if sheet.month.is_running:
        return _("than by %(day)s") % {"day": sheet.day(period.last, "day")}
    return _("than in %(month)s") % {"month": sheet.day(period.first, "month")}


def _change(sheet: Sheet, more: int, note: str, url: str, good: int) -> Change:
    if not more:
        return Change(_("no more and no less"), "", "minus", note, url)
    words = _("%(amount)s more") if more > 0 else _("%(amount)s less")
    tone = "good" if more * good > 0 else "bad"
    return Change(words % {"amount": sheet.text(abs(more))}, tone, _icon(more), note, url)


def _icon(more: float) -> str:
    return "up-right" if more > 0 else "down-right"


def _rate(sheet: Sheet) -> Figure:
    month = sheet.month
    rate = month.flow.rate
    changes = []
    for flow, period, note in _others(sheet):
        if month.so_far.rate is not None and flow.rate is not None:
            changes.append(_points(month.so_far.rate - flow.rate, note, sheet.door(NOT_TRANSFER, period=period)))
    rates = [flow.rate or 0.0 for _month, flow in month.months()]
    line, now = _spark([max(-1.0, each) for each in rates])
    return Figure("rate", _("Savings rate"), sheet.door(NOT_TRANSFER), None, percent(rate), changes, line, now)


def percent(rate: float | None) -> str:
    if rate is None:
        return ""
    return f"{100 * rate:.1f}".replace("-", "−")


def _points(more: float, note: str, url: str) -> Change:
    points = round(POINTS * more, 1)
    if not points:
        return Change(_("no more and no less"), "", "minus", note, url)
    words = _("%(points)s points up") if points > 0 else _("%(points)s points down")
    return Change(words % {"points": abs(points)}, "good" if points > 0 else "bad", _icon(points), note, url)


def _spark(values: Sequence[float]) -> tuple[str, str]:
    """A line through the months and its last piece, as points of a drawing 100 wide; one month is no line."""
    if len(values) < 2:
        return "", ""
    low, high = min(values), max(values)
    step, span = SPARK_WIDTH / (len(values) - 1), (high - low) or 1
    points = [
        f"{place * step:.1f},{2 + SPARK_HEIGHT * (high - value) / span:.1f}" for place, value in enumerate(values)
    ]
    return " ".join(points), " ".join(points[-2:])
