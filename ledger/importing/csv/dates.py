"""The columns of days: one order for a whole column, with whatever else in the file tells which one it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from ledger.importing.csv.days import ORDERS, order_of, readings

_SOMEWHERE = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?![\d./-])")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_START = dt.date(1899, 12, 30)


class Known(dict[str, "dt.date | str"]):
    """The days that were met, each worked out once."""

    def __init__(self, days: Days) -> None:
        super().__init__()
        self._days = days

    def __missing__(self, text: str) -> dt.date | str:
        day = self[text] = self._days.work_out(text)
        return day


@dataclass(slots=True, kw_only=True)
class Days:
    """How one column of days is read. `open` are the orders that fit as well, where nothing told between them."""

    order: str
    today: dt.date
    open: tuple[str, ...] = ()
    # Some days in the column can only be read one way and some only the other: what fits both ways is not guessed.
    torn: bool = False
    is_sheet: bool = False
    known: Known = field(init=False)
    # Whether a day was met that only another order reads.
    surprised: bool = False

    def __post_init__(self) -> None:
        self.known = Known(self)

    def read(self, text: str) -> dt.date | str:
        """The day, or why it is none."""
        return self.known[text]

    def work_out(self, text: str) -> dt.date | str:
        found = _all_readings(text, self.today, self.is_sheet)
        shown = text.strip()[:40]
        day = found.get(self.order)
        if day is None and not found:
            return _("“%(text)s” is not a date.") % {"text": shown} if shown else _("The date is missing.")
        if day is None:
            self.surprised = True
            words = _("“%(text)s” is written in another order than the other dates.")
            return words % {"text": shown}
        if self.torn and len(set(found.values())) > 1:
            return _("“%(text)s” can be two days: the dates of this file are not all written alike.") % {"text": shown}
        if day.year < 1900 or day > self.today + dt.timedelta(days=366):
            return _("“%(text)s” is not a likely date: it lies too far from today.") % {"text": shown}
        return day


def _all_readings(text: str, today: dt.date, is_sheet: bool) -> dict[str, dt.date]:
    if is_sheet and (match := _SERIAL.fullmatch(text.strip())):
        day = _SERIAL_START + dt.timedelta(days=int(match[1]))
        return dict.fromkeys(ORDERS, day)
    return readings(text, today)


def looks_like_a_day(text: str, today: dt.date) -> bool:
    return any(1950 <= day.year <= today.year + 1 for day in readings(text, today).values())


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What else may tell: days in their order (a sample), other texts, the language of headings, the household."""

    today: dt.date
    locale: str
    is_foreign: bool = False
    texts: Collection[str] = ()
    given: str = ""
    is_sheet: bool = False
    # The days of a column that is understood already, beside the same rows.
    beside: list[dt.date | str] = field(default_factory=list)


def days_of(texts: Collection[str], in_order: list[str], evidence: Evidence) -> Days:
    """How a column is read: by what fits most of it, then by the evidence, at last by the household's custom."""
    told = [_all_readings(text, evidence.today, evidence.is_sheet) for text in texts if text.strip()]
    if evidence.given:
        return Days(order=evidence.given, today=evidence.today, is_sheet=evidence.is_sheet)
    counted = {order: sum(order in each for each in told) for order in ORDERS}
    most = max(counted.values())
    home = order_of(evidence.locale)
    likely = sorted((order for order in counted if counted[order] == most), key=lambda order: order != home)
    candidates = _different(_without_leaps(likely, counted, told), told)
    days = Days(order=candidates[0], today=evidence.today, is_sheet=evidence.is_sheet)
    days.torn = _is_torn(told, days.order)
    if len(candidates) > 1:
        days.order, days.open = _decided(candidates, told, in_order, evidence)
    return days


def _without_leaps(likely: list[str], counted: dict[str, int], told: list[dict[str, dt.date]]) -> list[str]:
    """Where days leap over many years in what fits most, an order in which they do not and that fits nearly all."""
    spans = {order: _span([each[order] for each in told if order in each]) for order in counted if counted[order]}
    near = {order: span for order, span in spans.items() if counted[order] * 3 >= counted[likely[0]] * 2}
    leaping = _leaping(near)
    others = [order for order in near if not leaping[order] and (order == "ymd") != (likely[0] == "ymd")]
    return others if others and all(leaping.get(order) for order in likely) else likely


def _leaping(spans: dict[str, int]) -> dict[str, bool]:
    """Orders by which the days are spread over years and far wider than by another: a day was taken for the year."""
    least = min(spans.values(), default=0)
    return {order: span > 3 * 366 and span > 3 * least for order, span in spans.items()}


def _different(orders: list[str], told: list[dict[str, dt.date]]) -> list[str]:
    """Orders that read at least one day otherwise than those before them."""
    kept: list[str] = []
    for order in orders:
        if not any(all(each.get(order) == each.get(other) for each in told) for other in kept):
            kept.append(order)
    return kept


def _is_torn(told: list[dict[str, dt.date]], order: str) -> bool:
    only = sum(1 for each in told if order in each and len(set(each.values())) == 1)
    others = sum(1 for each in told if each and order not in each)
    return others > 1 and others * 20 > only


def _decided(
    candidates: list[str], told: list[dict[str, dt.date]], in_order: list[str], evidence: Evidence
) -> tuple[str, tuple[str, ...]]:
    sequences = {
        order: [day for text in in_order if (day := readings(text, evidence.today).get(order))] for order in candidates
    }
    leaping = _leaping({order: _span(sequences[order]) for order in candidates})
    costs = (
        {order: int(leaping[order]) for order in candidates},
        {order: _apart(sequences[order], evidence.beside) for order in candidates},
        {order: _out_of_order(sequences[order]) for order in candidates},
        {order: _against(evidence.texts, order) for order in candidates},
    )
    for cost in costs:
        least = min(cost.values())
        best = [order for order in candidates if cost[order] == least]
        if len(best) == 1:
            return best[0], ()
        candidates = best
    # Days to come speak against an order, and do not settle it: payments are announced, and clocks are wrong.
    candidates = sorted(candidates, key=lambda order: _in_future(told, order, evidence.today) > 0)
    year_first = "ymd" in candidates and order_of(evidence.locale) == "ymd"
    if "dmy" in candidates and not year_first and (evidence.is_foreign or _is_dotted(in_order)):
        return "dmy", ()
    return candidates[0], tuple(candidates[1:])


def _in_future(told: Iterable[dict[str, dt.date]], order: str, today: dt.date) -> int:
    edge = today + dt.timedelta(days=1)
    return sum(1 for each in told if each.get(order, today) > edge)


def _span(days: list[dt.date]) -> int:
    return (max(days) - min(days)).days if days else 0


def _apart(days: list[dt.date], beside: list[dt.date | str]) -> int:
    """Roughly how many days lie between the two columns of the same rows."""
    pairs = [(one, other) for one, other in zip(days, beside, strict=False) if isinstance(other, dt.date)]
    return sum(min(abs((one - other).days), 400) for one, other in pairs) // 5 if len(days) == len(beside) else 0


def _out_of_order(days: list[dt.date]) -> int:
    """How often the rows go back in time, or forward where they go backward."""
    ups = sum(1 for one, other in pairwise(days) if one < other)
    downs = sum(1 for one, other in pairwise(days) if one > other)
    return min(ups, downs)


def _against(texts: Collection[str], order: str) -> int:
    """Days in other texts of the file that cannot be read in this order."""
    found = [match for text in texts for match in _SOMEWHERE.findall(text)]
    if order == "dmy":
        return sum(1 for first, second, _year in found if int(second) > 12 >= int(first))
    if order == "mdy":
        return sum(1 for first, second, _year in found if int(first) > 12 >= int(second))
    return 0


def _is_dotted(texts: list[str]) -> bool:
    return all("." in text.split(" ")[0] for text in texts if text.strip())
