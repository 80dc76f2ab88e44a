"""What an address asks of a report: its period, what it is compared with, its filter, and the report's own choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.web.days import day_as_typed
from financeflow.web.forms import DayTextField
from financeflow.web.months import YEARS
from ledger.calc.periods import Kind, Period, latest_months, period_of
from ledger.calc.terms import LONGEST, Search, read_search
from ledger.queries.reports.asked import Compared, Question
from ledger.reporting.kinds import Choice, ReportKind

# What may name a period; the first that stands in an address counts.
PERIODS: Final = ("from", "to", "cycle", "quarter", "month", "year", "latest")
COMPARED: Final[tuple[Compared, ...]] = ("before", "year")
MOST_LATEST = 120
LONGEST_VALUE = 60
Pairs = list[tuple[str, str]]


class Unclear(ValueError):
    """Why a period is not one, and which part of the address is to blame."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class AskingForm(forms.Form):
    """The parts of an address that say of when a report is; what is left out is as usual."""

    def __init__(self, sent: QueryDict, *, kind: ReportKind, household: Household, today: date) -> None:
        super().__init__(sent)
        self.kind, self.household, self.today = kind, household, today
        self.period = usual_period(kind, today)
        for name, label in (("from", gettext_lazy("From")), ("to", gettext_lazy("To"))):
            field = DayTextField(label=label, required=False, help_text="")
            field.is_of(locale=household.locale, today=today)
            self.fields[name] = field
        labels = {
            "month": gettext_lazy("Month"),
            "quarter": gettext_lazy("Quarter"),
            "year": gettext_lazy("Year"),
            "cycle": gettext_lazy("Pay cycle"),
            "latest": gettext_lazy("Latest months"),
            "compare": gettext_lazy("Compared with"),
        }
        for name, label in labels.items():
            self.fields[name] = forms.CharField(label=label, required=False, max_length=LONGEST_VALUE)

    def clean_compare(self) -> Compared:
        said: str = self.cleaned_data["compare"]
        for way in ("", *COMPARED):
            if said == way:
                return way
        raise forms.ValidationError(_("Write “before” or “year”."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and self.kind.asks_period:
            try:
                self.period = self._asked(said)
            except Unclear as wrong:
                self.add_error(wrong.field, str(wrong))
        return said

    def _asked(self, said: dict[str, Any]) -> Period:
        readers = {
            "cycle": self._cycle,
            "quarter": _quarter,
            "month": self._month,
            "year": _year,
            "latest": self._latest,
        }
        name = next((name for name in PERIODS if said.get(name)), "")
        if name in ("from", "to"):
            period, name = self._days(said["from"], said["to"]), "to"
        else:
            period = readers[name](said[name]) if name else self.period
        if len(period.months()) > self.kind.most_months:
            most = {"most": self.kind.most_months}
            raise Unclear(name, _("This report takes %(most)s months at most.") % most)
        return period

    def _days(self, first: date | None, last: date | None) -> Period:
        if first is None:
            raise Unclear("from", _("Write the first day too."))
        last = last or max(self.today, first)
        if last < first:
            raise Unclear("to", _("This is before the first day."))
        return Period(first, last)

    def _month(self, text: str) -> Period:
        """2026-11; or its number alone, beside a year."""
        found = re.fullmatch(r"(?:([0-9]{4})-)?([0-9]{1,2})", text)
        year = (found and found[1]) or self.cleaned_data["year"] or ""
        if not found or not re.fullmatch(r"[0-9]{4}", year) or not 1 <= int(found[2]) <= 12:
            raise Unclear("month", _("Write a month like %(example)s.") % {"example": "2026-11"})
        return period_of("month", _in_year(int(year), int(found[2]), "year" if not found[1] else "month"))

    def _cycle(self, text: str) -> Period:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Unclear("cycle", _("Write a day like %(example)s.") % {"example": "2026-11-25"}) from None
        _in_year(day.year, 1, "cycle")
        return period_of("cycle", day, start_day=self.household.month_start_day)

    def _latest(self, text: str) -> Period:
        if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_LATEST:
            raise Unclear("latest", _("Write a number from 1 to %(most)s.") % {"most": MOST_LATEST})
        return latest_months(int(text), self.today)


def _quarter(text: str) -> Period:
    found = re.fullmatch(r"([0-9]{4})-[Qq]?([1-4])", text)
    if not found:
        raise Unclear("quarter", _("Write a quarter like %(example)s.") % {"example": "2026-3"})
    return period_of("quarter", _in_year(int(found[1]), int(found[2]) * 3, "quarter"))


def _year(text: str) -> Period:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise Unclear("year", _("Write a year like %(example)s.") % {"example": "2026"})
    return period_of("year", _in_year(int(text), 1, "year"))


def _in_year(year: int, month: int, field: str) -> date:
    if year not in YEARS:
        limits = {"first": YEARS[0], "last": YEARS[-1]}
        raise Unclear(field, _("Write a year from %(first)s to %(last)s.") % limits)
    return date(year, month, 1)


def usual_period(kind: ReportKind, today: date) -> Period:
    if kind.usual == "latest":
        return latest_months(12, today)
    usual: Kind = kind.usual
    return period_of(usual, today)


def said_as(period: Period, locale: str) -> Pairs:
    """The period as an address says it."""
    if period.kind == "cycle":
        return [("cycle", period.first.isoformat())]
    if period.is_month:
        return [("month", f"{period.first:%Y-%m}")]
    if period.kind == "quarter":
        return [("quarter", f"{period.first.year}-{(period.first.month + 2) // 3}")]
    if period.kind == "year" or (period.whole_months == 12 and period.first.month == 1):
        return [("year", str(period.first.year))]
    return [("from", day_as_typed(period.first, locale)), ("to", day_as_typed(period.last, locale))]


@dataclass(frozen=True)
class AskedReport:
    """A report as an address asks for it; with `form.errors` it cannot be built, and is asked for as usual."""

    kind: ReportKind
    form: AskingForm
    question: Question
    sent: QueryDict

    @property
    def errors(self) -> dict[str, list[str]]:
        return {name: [str(error) for error in errors] for name, errors in self.form.errors.items()}

    def said(self, *names: str) -> Pairs:
        """What of these stands in the address, as it was typed."""
        return [(name, value) for name in names for value in self.sent.getlist(name) if value.strip()]

    @property
    def period_said(self) -> Pairs:
        return self.said(*PERIODS) if self.kind.asks_period else []

    @property
    def rest_said(self) -> Pairs:
        """All but the period."""
        names = [*(["compare"] if self.kind.compares else []), *(["q"] if self.kind.filters else [])]
        return self.said(*names, *(choice.name for choice in self.kind.choices))

    @property
    def all_said(self) -> Pairs:
        return [*self.period_said, *self.rest_said]

    @property
    def query(self) -> str:
        """The same again, as the end of an address; relative days stay relative."""
        return urlencode(self.all_said)

    def but(self, **changed: str | Sequence[str]) -> str:
        """The same with something else under a name; nothing takes it out."""
        kept = [(name, value) for name, value in self.all_said if name not in changed]
        new = [(name, [values] if isinstance(values, str) else values) for name, values in changed.items()]
        said = [*kept, *((name, value) for name, values in new for value in values if value)]
        return f"?{urlencode(said)}"

    def at(self, period: Period) -> str:
        """The same of another period."""
        return f"?{urlencode([*said_as(period, self.question.household.locale), *self.rest_said])}"


def read_report(kind: ReportKind, sent: QueryDict, *, household: Household, today: date) -> AskedReport:
    """What an address asks for; what it names wrongly stands in the errors of its form."""
    choices: dict[str, tuple[str, ...]] = {}
    form, question = read_question(kind, sent, household=household, today=today, choices=choices)
    for choice in kind.choices:
        # What a choice offers may depend on those before it.
        choices[choice.name] = _chosen(choice, question, sent)
    return AskedReport(kind, form, question, sent)


def read_question(
    kind: ReportKind,
    sent: QueryDict,
    *,
    household: Household,
    today: date,
    choices: dict[str, tuple[str, ...]] | None = None,
) -> tuple[AskingForm, Question]:
    """The same but for what the report itself lets one choose, about which the books have to be asked."""
    form = AskingForm(sent, kind=kind, household=household, today=today)
    form.is_valid()
    question = Question(
        household,
        today,
        form.period,
        search=_search(sent, household, today) if kind.filters else Search(),
        compared=form.cleaned_data.get("compare", "") if kind.compares else "",
        choices={} if choices is None else choices,
    )
    return form, question


def _search(sent: QueryDict, household: Household, today: date) -> Search:
    line = sent.get("q", "")[: LONGEST + 1].replace("\x00", " ").strip()
    return read_search(line, today=today, locale=household.locale)


def _chosen(choice: Choice, question: Question, sent: QueryDict) -> tuple[str, ...]:
    known = [option.value for option in choice.options(question)]
    asked = dict.fromkeys(sent.getlist(choice.name))
    chosen = [value for value in asked if value in known][: choice.most]
    if not chosen and choice.most == 1:
        chosen = known[:1]
    return tuple(chosen)
