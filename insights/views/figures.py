"""What components/chart.html draws of how guesses fared: the part that was right month by month, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.dates import day_text
from insights.queries.faring import Fared, Share, all_of
from insights.queries.sheet import LearningSheet


@dataclass(frozen=True)
class Figure:
    """One chart, and whether there is enough of anything to draw it."""

    label: str
    data: dict[str, Any]
    table: dict[str, Any]
    is_drawn: bool


class LearningFigures:
    """What the page tells in pictures and numbers, drawn when it is first asked for."""

    def __init__(self, request: MemberRequest, sheet: LearningSheet) -> None:
        self.request, self.sheet = request, sheet

    @cached_property
    def fared(self) -> Figure:
        return fared_figure(self.request, self.sheet.months)

    @cached_property
    def sums(self) -> dict[str, Any]:
        filed, suggested, left_open = all_of(self.sheet.months)
        return {"filed": share_words(filed), "suggested": share_words(suggested), "left_open": left_open}


def fared_figure(request: MemberRequest, months: Sequence[Fared]) -> Figure:
    series: list[dict[str, Any]] = [
        {"label": _("Filed by itself"), "hue": 1, "values": [each.filed.percent for each in months]},
        {"label": _("Suggested"), "hue": 2, "values": [each.suggested.percent for each in months]},
    ]
    data = {
        "labels": [_written(request, each.month, "month") for each in months],
        "short": [_written(request, each.month, "month_name") for each in months],
        "series": series,
        "locale": request.household.locale,
    }
    return Figure(
        label=_("How much of what was filed by itself and of what was suggested was right, month by month"),
        data=data,
        table=_table(request, months),
        is_drawn=any(value is not None for each in series for value in each["values"]),
    )


def _table(request: MemberRequest, months: Sequence[Fared]) -> dict[str, Any]:
    rows = [
        [_written(request, each.month, "month"), share_words(each.filed), share_words(each.suggested), each.left_open]
        for each in reversed(months)
    ]
    head = [_("Month"), _("Filed by itself, right"), _("Suggested, right"), _("Left open")]
    return {"caption": _("How guesses fared"), "head": head, "rows": rows}


def share_words(share: Share) -> str:
    """“12 of 13 (92 %)”; of few only how many."""
    if not share.of:
        return _("none")
    words = {"right": share.right, "of": share.of, "percent": share.percent}
    if share.percent is None:
        return _("%(right)s of %(of)s") % words
    return _("%(right)s of %(of)s (%(percent)s %%)") % words


def _written(request: MemberRequest, day: date, style: str) -> str:
    return day_text(day, style, language=get_language() or "en", locale=request.household.locale)
