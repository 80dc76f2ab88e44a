"""The month in pictures: where the money went, how fast, beside other months, and how it flowed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.web.dates import reading_locale
from financeflow.web.months import Month
from ledger.calc.flows import Flow, share
from ledger.calc.periods import Period, period_of
from ledger.models import Category
from ledger.queries.reports.dashboard import MONTH_DAYS
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING
from ledger.widgets.sheet import Rows, Sheet, first_named

INCOMES_NAMED = 4
ONE_DAY = timedelta(days=1)


def where(sheet: Sheet) -> dict[str, Any] | None:
    month = sheet.month
    if not sheet.question.accounts:
        return None
    spent = sheet.spent_on(month.by_category)
    total = month.flow.spending
    rows = [_row(sheet, name, hue, amount, total, url) for name, hue, amount, url in _named(sheet, spent)]
    slices = [row for row in rows if row["minor"] > 0]
    return {
        "rows": rows,
        "total": total,
        "currency": sheet.currency,
        "url": sheet.door(SPENDING),
        "data": {
            "slices": [{"label": row["name"], "value": row["minor"], "hue": row["hue"]} for row in slices],
            "urls": [row["url"] for row in slices],
            **sheet.money_style,
        },
    }


def _row(sheet: Sheet, name: str, hue: int, amount: int, total: int, url: str) -> dict[str, Any]:
    part = share(amount, total)
    said = "" if part is None else _("%(percent)s %%") % {"percent": round(100 * part)}
    return {"name": name, "hue": hue, "minor": amount, "share": said, "url": url}


def _named(sheet: Sheet, rows: Rows) -> list[tuple[str, int, int, str]]:
    """Name, hue, amount and door of the largest, and of all others together."""
    shown, rest = first_named(rows)
    found = [
        (sheet.name_of(category), category.hue if category else 0, amount, _door(sheet, category))
        for category, amount in shown
    ]
    if rest:
        name = ngettext("Other, %(count)s category", "Other, %(count)s categories", len(rest)) % {"count": len(rest)}
        terms = [sheet.doors.category(category) for category, _amount in rest]
        found.append((name, 0, sum(amount for _category, amount in rest), sheet.door(*terms)))
    return found


def _door(sheet: Sheet, category: Category | None) -> str:
    """What was spent on a category; what has none counts by its sign."""
    more = () if category else (SPENDING,)
    return sheet.door(sheet.doors.category(category), *more)


def pace(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.question.accounts:
        return None
    chosen, period = sheet.pace, sheet.month.period
    days = [period.first + ONE_DAY * step for step in range(period.days)]
    over = [day for day in days if day <= min(sheet.month.until.last, sheet.look.today)]
    spent = [(sheet.month.by_day.get(day) or Flow()).spending for day in over]
    totals = list(accumulate(spent))
    usual = sheet.month.usual
    by_then = [usual.spent_by(day.day if day != period.last else MONTH_DAYS) for day in days] if usual else None
    urls = [sheet.door(SPENDING, period=Period(period.first, day)) for day in over]
    day_urls = [sheet.door(SPENDING, period=Period(day, day)) for day in over]
    chart = {"days": [day.day for day in days], "actual": totals, "usual": by_then, **sheet.money_style}
    chart |= {"today": len(over) - 1 if sheet.month.is_running else None, "urls": urls}
    if chosen == "day":
        names = [sheet.day(day, "day") for day in days]
        chart |= {"labels": names, "actual": spent, "urls": day_urls}
    return {
        "kind": "pace" if chosen == "total" else "days",
        "label": _pace_label(sheet, totals),
        "data": chart if any(spent) or by_then else None,
        "table": _pace_table(sheet, over, spent, totals, by_then, urls, day_urls),
        "ways": [(words, sheet.look.address(pace=value), value == chosen) for value, words in _ways()],
        "series": _("This month") if sheet.month.is_running else sheet.day(period.first, "month"),
    }


def _ways() -> list[tuple[str, str]]:
    return [("total", _("Running total")), ("day", _("Each day"))]


def _pace_label(sheet: Sheet, totals: list[int]) -> str:
    if not totals:
        return _("Spending day by day: nothing yet")
    return _("Running total of money out, day by day: %(amount)s at the end") % {"amount": sheet.text(totals[-1])}


def _pace_table(
    sheet: Sheet,
    over: list[date],
    spent: list[int],
    totals: list[int],
    by_then: list[int] | None,
    urls: list[str],
    day_urls: list[str],
) -> dict[str, Any]:
    rows = [
        [
            sheet.day(day, "day"),
            sheet.link(spent[place], day_urls[place]),
            sheet.link(totals[place], urls[place]),
            *([sheet.text(by_then[place])] if by_then else []),
        ]
        for place, day in reversed(list(enumerate(over)))
    ]
    head = [_("Day"), _("Spent"), _("Running total"), *([_("Usual by then")] if by_then else [])]
    return {"caption": _("Spending, day by day"), "head": head, "rows": rows}


def months(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.question.accounts:
        return None
    return bars(sheet, sheet.month.months())


def bars(sheet: Sheet, flows: list[tuple[date, Flow]]) -> dict[str, Any]:
    """Money in and out of months side by side, with the same in a table."""
    rows, urls_in, urls_out = [], [], []
    for month, flow in flows:
        period = period_of("month", month)
        doors = [sheet.door(term, period=period) for term in (INCOME, SPENDING, NOT_TRANSFER)]
        urls_in.append(doors[0])
        urls_out.append(doors[1])
        amounts = zip((flow.income, flow.spending, flow.kept), doors, strict=True)
        rows.append([sheet.day(month, "month"), *(sheet.link(amount, url) for amount, url in amounts)])
    several_years = len({month.year for month, _flow in flows}) > 1 and len(flows) <= 6
    labels = [sheet.day(month, "month_short") if several_years else _short(sheet, month) for month, _flow in flows]
    head = [_("Month"), _("Money in"), _("Money out"), _("Kept")]
    return {
        "label": _("Money in and money out of %(count)s months") % {"count": len(flows)},
        "data": {
            "labels": labels,
            "money_in": [flow.income for _month, flow in flows],
            "money_out": [flow.spending for _month, flow in flows],
            "series_urls": [urls_in, urls_out],
            **sheet.money_style,
        },
        "table": {"caption": _("Month by month"), "head": head, "rows": rows[::-1]},
    }


def _short(sheet: Sheet, month: date) -> str:
    return Month.of(month).label(reading_locale(sheet.language, sheet.locale), short=True)


def flow(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.question.accounts:
        return None
    bands = _bands(sheet)
    rows = [[band["from"], band["to"], sheet.link(band["value"], band["url"])] for band in bands]
    return {
        "label": _("How money in became spending and savings; the same figures stand in the table beneath"),
        "data": {"flows": bands, "urls": [band["url"] for band in bands], **sheet.money_style} if bands else None,
        "table": {"caption": _("How the money flowed"), "head": [_("From"), _("To"), _("Amount")], "rows": rows},
    }


def _bands(sheet: Sheet) -> list[dict[str, Any]]:
    """From what it came by to what it was for; what was spent beyond that came from savings."""
    month, middle, taken = sheet.month, _("Money in"), set[str]()
    came, others = first_named(sheet.came_by(month.by_category), INCOMES_NAMED)
    found = []
    for category, amount in came:
        more = () if category else (INCOME,)
        url = sheet.door(sheet.doors.category(category), *more)
        found.append(_band(_once(sheet.name_of(category), taken), middle, amount, "in", url))
    if others:
        terms = [sheet.doors.category(category) for category, _amount in others]
        amount = sum(amount for _category, amount in others)
        found.append(_band(_once(_("Other income"), taken), middle, amount, "in", sheet.door(*terms)))
    kept = month.flow.kept
    if kept < 0:
        found.append(_band(_once(_("From savings"), taken), middle, -kept, "in", sheet.door(NOT_TRANSFER)))
    for name, hue, amount, url in _named(sheet, sheet.spent_on(month.by_category)):
        found.append(_band(middle, _once(name, taken), amount, hue, url))
    if kept > 0:
        found.append(_band(middle, _once(_("Kept"), taken), kept, "kept", sheet.door(NOT_TRANSFER)))
    return [band for band in found if band["value"] > 0]


def _band(source: str, target: str, value: int, hue: Any, url: str) -> dict[str, Any]:
    return {"from": source, "to": target, "value": value, "hue": hue, "url": url}


def _once(name: str, taken: set[str]) -> str:
    """A chart knows its ends by name: of two that are called alike, one gets a sign that nobody sees."""
    while name in taken or name == _("Money in"):
        name += "\N{ZERO WIDTH SPACE}"
    taken.add(name)
    return name
