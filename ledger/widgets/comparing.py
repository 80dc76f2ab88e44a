"""Several months side by side: their figures, their bars, and what was spent on what in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.calc.flows import Flow, together
from ledger.calc.periods import Period, period_of
from ledger.calc.terms import Term
from ledger.queries.reports.dashboard import MonthFlows, months_shown
from ledger.reporting.doors import INCOME, NOT_TRANSFER, SPENDING
from ledger.reporting.wording import honest_words
from ledger.widgets.figures import percent
from ledger.widgets.pictures import bars
from ledger.widgets.sheet import Sheet

Row = dict[str, Any]


def _months(sheet: Sheet) -> list[tuple[Period, MonthFlows]]:
    periods = [sheet.period(month) for month in sheet.look.months]
    found = months_shown(sheet.question, periods)
    return [(period, found.get(period.first) or {}) for period in periods]


def _whole(flows: MonthFlows) -> Flow:
    return together(flows.values())


def head(sheet: Sheet) -> dict[str, Any]:
    months = _months(sheet)
    count = len(months)
    title = ngettext("%(count)s month side by side", "%(count)s months side by side", count) % {"count": count}
    known = [(period, _whole(flows)) for period, flows in months if flows]
    estimated = sum(flow.estimated for _period, flow in known)
    if not known:
        return {"title": title, "text": _("Nothing came in or went out in any of them.")}
    best = max(known, key=lambda each: each[1].kept)
    said = _("Most was kept in %(month)s: %(amount)s.") if best[1].kept > 0 else _("Nothing was kept in any of them.")
    text = said % {"month": _name(sheet, best[0]), "amount": sheet.text(best[1].kept)}
    return {
        "title": title,
        "text": text,
        "honest": " ".join(filter(None, [_missing(known), honest_words([], estimated)])),
    }


def _missing(known: Sequence[tuple[Period, Flow]]) -> str:
    count = sum(flow.missing for _period, flow in known)
    said = ngettext(
        "%(count)s amount without a rate not included", "%(count)s amounts without a rate not included", count
    )
    return said % {"count": count} if count else ""


def _name(sheet: Sheet, period: Period) -> str:
    return sheet.day(period.first, "month")


def _heads(sheet: Sheet, months: Sequence[tuple[Period, MonthFlows]]) -> list[Row]:
    return [{"name": sheet.day(period.first, "month_short"), "url": _alone(period)} for period, _flows in months]


def _alone(period: Period) -> str:
    return f"?month={period.first:%Y-%m}"


def figures(sheet: Sheet) -> dict[str, Any]:
    months = _months(sheet)
    kinds: list[tuple[str, Callable[[Flow], int], Term]] = [
        (_("Money in"), lambda flow: flow.income, INCOME),
        (_("Money out"), lambda flow: flow.spending, SPENDING),
        (_("Kept"), lambda flow: flow.kept, NOT_TRANSFER),
    ]
    rows: list[Row] = [
        {
            "name": name,
            "cells": [sheet.link(value(_whole(flows)), sheet.door(term, period=period)) for period, flows in months],
        }
        for name, value, term in kinds
    ]
    rates = [percent(_whole(flows).rate) for _period, flows in months]
    rows.append({"name": _("Savings rate"), "cells": [f"{rate} %" if rate else "–" for rate in rates]})
    return {"heads": _heads(sheet, months), "rows": rows}


def months(sheet: Sheet) -> dict[str, Any]:
    flows: list[tuple[date, Flow]] = [(period.first, _whole(flows)) for period, flows in _months(sheet)]
    return bars(sheet, flows)


def where(sheet: Sheet) -> dict[str, Any]:
    months = _months(sheet)
    spent = [dict(sheet.spent_on(flows)) for _period, flows in months]
    every = {category for each in spent for category in each}
    order = sorted(every, key=lambda category: -sum(each.get(category, 0) for each in spent))
    rows: list[Row] = [
        {
            "name": sheet.name_of(category),
            "hue": category.hue if category else 0,
            "cells": [
                _cell(sheet, each.get(category, 0), category, period)
                for each, (period, _f) in zip(spent, months, strict=True)
            ],
        }
        for category in order
    ]
    return {"heads": _heads(sheet, months), "rows": rows}


def _cell(sheet: Sheet, amount: int, category: Any, period: Period) -> SafeString | str:
    if not amount:
        return "–"
    more = () if category else (SPENDING,)
    return sheet.link(
        amount, sheet.door(sheet.doors.category(category), *more, period=period_of("month", period.first))
    )
