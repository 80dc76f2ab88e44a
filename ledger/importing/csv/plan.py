"""How a whole table will be read, decided before the first row is: days, amounts, signs, currency, and what is open."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.csv.dates import Days
from ledger.importing.csv.day_columns import days_in
from ledger.importing.csv.directions import directions_of, usual_directions
from ledger.importing.csv.figures import Figures, currency_of, point_of, written
from ledger.importing.csv.headings import currency_in, role_of
from ledger.importing.csv.mapping import Mapping
from ledger.importing.csv.running import Step, course_of
from ledger.importing.csv.sorting import Columns
from ledger.importing.csv.survey import Survey
from ledger.importing.found import Question, Refused, Remark
from ledger.importing.how import How

Texts = dict[int, set[str]]
MONEY = ("amount", "debit", "credit", "balance", "fee")


@dataclass(slots=True, kw_only=True)
class Plan:
    """Everything that the reading of one row needs. Factors are 1 or −1."""

    columns: Columns
    headings: list[str]
    days: Days
    posted: Days | None
    point: str
    currency: str
    # Amounts themselves name more than one currency.
    is_mixed: bool = False
    short: bool = False
    unmarked: int = 1
    debit: int = -1
    credit: int = 1
    directions: dict[str, int] = field(default_factory=dict)
    # What an amount is multiplied with whose direction is −1, 0 or 1.
    factors: dict[int, int] = field(default_factory=lambda: {-1: 1, 0: 1, 1: 1})
    fee: str = ""
    # Whether the first rows leave something open that all of them may tell, or a row came that does not fit.
    surprised: bool = False
    questions: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def place(self, role: str) -> int | None:
        found = self.columns.get(role)
        return found if isinstance(found, int) else None

    def places(self, role: str) -> list[int]:
        found = self.columns.get(role, [])
        return found if isinstance(found, list) else [found]

    @property
    def currency_columns(self) -> dict[int, str]:
        """Columns that have amounts of one currency each, which the heading names."""
        return {
            place: known_currency(self.headings[place][:3]) if place < len(self.headings) else self.currency
            for place in self.places("amounts")
        }

    def figures(self, currency: str, *, is_balance: bool = False) -> Figures:
        unmarked = 1 if is_balance else self.unmarked
        return Figures(self.point, currency, short=self.short, unmarked=unmarked)


def cell(row: list[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def wanted(columns: Columns) -> list[int]:
    """Columns whose every text has to be seen before anything is decided."""
    places = [columns[role] for role in ("date", "posted_on", "sign", "amounts", *MONEY) if role in columns]
    return [each for place in places for each in (place if isinstance(place, list) else [place])]


def planned(columns: Columns, survey: Survey, texts: Texts, how: How, mapping: Mapping, *, is_sheet: bool) -> Plan:
    if "date" not in columns:
        raise Refused(_("No column of dates was found. Say which column holds the date, or choose another file."))
    if not {"amount", "amounts", "debit", "credit"} & columns.keys():
        raise Refused(_("No column of amounts was found. Say which column holds the amount, or choose another file."))
    currency, is_mixed = _currency(columns, survey, texts, how, mapping)
    days, posted = days_in(columns, survey, texts, how, mapping, is_sheet)
    plan = Plan(
        columns=columns,
        headings=survey.headings,
        days=days,
        posted=posted,
        point=".",
        currency=currency,
        is_mixed=is_mixed,
    )
    if "columns" not in mapping:
        _tell_guesses(plan)
    _ask_about_days(plan)
    _decide_point(plan, survey, texts, how, mapping)
    _decide_marks(plan, texts)
    _decide_sides(plan, survey)
    _decide_directions(plan, survey, texts, mapping)
    return plan


def _tell_guesses(plan: Plan) -> None:
    """Where no heading says which columns are the day and the amount, they are guessed, and that is said."""
    if not plan.headings:
        plan.remarks.append(Remark(_("This table has no headings: its columns were told by what stands in them.")))
        return
    places = [place for role in ("date", "amount", "debit", "credit") for place in plan.places(role)]
    if not all(role_of(plan.headings[place]) for place in places if place < len(plan.headings)):
        words = _("Not all headings are known: the columns of days and amounts were told by what stands in them.")
        plan.remarks.append(Remark(words))


def _ask_about_days(plan: Plan) -> None:
    if not plan.days.open:
        return
    names = {"dmy": _("Day, month, year"), "mdy": _("Month, day, year"), "ymd": _("Year, month, day")}
    sentence = _(
        "The dates of this file can be read in more than one way, and nothing in it tells which one is meant. "
        "They were read as: %(order)s."
    )
    orders = (plan.days.order, *plan.days.open)
    choices = tuple((order, names[order]) for order in orders)
    sentence %= {"order": names[plan.days.order]}
    plan.questions.append(Question("date_order", sentence, plan.days.order, choices))


def _currency(columns: Columns, survey: Survey, texts: Texts, how: How, mapping: Mapping) -> tuple[str, bool]:
    """Of rows that have no currency of their own, and whether the amounts name several."""
    places = [place for role in MONEY if isinstance(place := columns.get(role), int)]
    marks = {found.currency for place in places for text in texts.get(place, ()) if (found := written(text))}
    marks.discard("")
    named = {currency_of(mark, how.currency) for mark in marks}
    if given := mapping.get("currency"):
        return given, len(named) > 1
    headings = [survey.headings[place] for place in places if place < len(survey.headings)]
    in_headings = next((code for heading in headings if (code := currency_in(heading))), "")
    if len(named) == 1:
        return named.pop(), False
    return in_headings or how.currency, len(named) > 1


def _decide_point(plan: Plan, survey: Survey, texts: Texts, how: How, mapping: Mapping) -> None:
    numbers = {text for role in ("amounts", *MONEY) for place in plan.places(role) for text in texts.get(place, ())}
    point = point_of(numbers, plan.currency, how.locale)
    plan.point = mapping.get("decimal") or point.mark
    plan.surprised = point.open and not mapping.get("decimal")
    if not mapping.get("decimal") and point.open:
        plan.point = _point_by_balance(plan, survey) or point.mark
        if not _point_by_balance(plan, survey):
            _ask_about_point(plan)
    decimals = [len(number.rpartition(plan.point)[2]) for text in numbers if plan.point in (number := _number(text))]
    plan.short = 0 < decimals.count(3) * 2 < len(decimals)


def _number(text: str) -> str:
    return found.number if (found := written(text)) else ""


def _point_by_balance(plan: Plan, survey: Survey) -> str:
    """The mark with which the balances follow the amounts, where only one does."""
    fitting = {}
    for mark in (".", ","):
        trial = dataclasses.replace(plan, point=mark, posted=None)
        _decide_sides(trial, survey)
        fitting[mark] = course_of(steps_in(trial, survey)).fitting
    if fitting["."] == fitting[","]:
        return ""
    return "." if fitting["."] > fitting[","] else ","


def _ask_about_point(plan: Plan) -> None:
    sentence = _(
        "The amounts of this file can be read with a decimal point or with a decimal comma. "
        "They were read with “%(mark)s” before the decimals."
    )
    choices = ((".", _("Point: 1,234.50")), (",", _("Comma: 1.234,50")))
    plan.questions.append(Question("decimal", sentence % {"mark": plan.point}, plan.point, choices))


def _decide_marks(plan: Plan, texts: Texts) -> None:
    """Where only what came in is marked (with CR or a plus), the rest went out; and the other way round."""
    place = plan.place("amount")
    if place is None or "sign" in plan.columns:
        return
    parts = [found for text in texts.get(place, ()) if (found := written(text))]
    plan.surprised = plan.surprised or not any(found.negative for found in parts)
    sides = {1 if found.plus else -1 if found.negative else found.side for found in parts}
    if sides in ({0, 1}, {0, -1}) and any(found.side or found.plus for found in parts):
        plan.unmarked = -max(sides, key=abs)
        words = (
            _("Only money in is marked in this file; amounts without a mark were read as money out.")
            if plan.unmarked < 0
            else _("Only money out is marked in this file; amounts without a mark were read as money in.")
        )
        plan.remarks.append(Remark(words))


def amounts_in(plan: Plan, survey: Survey, role: str) -> list[int]:
    figures = plan.figures(plan.currency)
    texts = (cell(row, plan.place(role)) for row in survey.cells)
    return [value for text in texts if isinstance(value := figures[text], int) and value]


def _decide_sides(plan: Plan, survey: Survey) -> None:
    """In a column of money out the usual sign means out, whichever it is; the rare other one is money back."""
    for role, out in (("debit", -1), ("credit", 1)):
        amounts = amounts_in(plan, survey, role) if role in plan.columns else []
        negative = sum(1 for amount in amounts if amount < 0) * 2 > len(amounts)
        setattr(plan, role, -out if negative else out)


def _decide_directions(plan: Plan, survey: Survey, texts: Texts, mapping: Mapping) -> None:
    place = plan.place("sign")
    if place is None or plan.place("amount") is None:
        return
    found = directions_of(texts.get(place, set()) - set(survey.headings))
    if "directions" not in mapping and found is None:
        # A line at the end may stand in the column: what the first rows say is enough then.
        found = usual_directions(cell(row, place) for row in survey.cells)
    plan.directions = mapping.get("directions") or found or {}
    figures = plan.figures(plan.currency)
    ways: dict[int, list[int]] = {-1: [], 1: []}
    for row in survey.cells:
        value, way = figures[cell(row, plan.place("amount"))], plan.directions.get(cell(row, place), 0)
        if isinstance(value, int) and value and way:
            ways[way].append(value)
    for way, amounts in ways.items():
        against = sum(1 for amount in amounts if amount < 0)
        negative = against * 2 > len(amounts) or (way < 0 and against * 2 == len(amounts) > 0)
        plan.factors[way] = way * (-1 if negative else 1)
        if 0 < against < len(amounts) <= 4 * against:
            words = _("Amounts stand with and without a minus beside the same word for their direction: check them.")
            plan.remarks.append(Remark(words))
    if plan.factors[-1] < 0 and plan.factors[1] < 0:
        words = _("The column of directions says the contrary of the signs: the signs were turned round.")
        plan.remarks.append(Remark(words))


def amount_in(plan: Plan, figures: Figures, row: list[str]) -> int | str | None:
    """What a row of the sample moves, with the plan as it stands."""
    if (place := plan.place("amount")) is not None:
        value = figures[cell(row, place)]
        way = plan.directions.get(cell(row, plan.place("sign")), 0) if plan.directions else 0
        return value * plan.factors[way] if isinstance(value, int) else value
    if amounts := plan.places("amounts"):
        return next((value for place in amounts if (value := figures[cell(row, place)]) is not None), None)
    debit, credit = figures[cell(row, plan.place("debit"))], figures[cell(row, plan.place("credit"))]
    if isinstance(debit, str) or isinstance(credit, str):
        return debit if isinstance(debit, str) else credit
    if debit is None and credit is None:
        return None
    return plan.debit * (debit or 0) + plan.credit * (credit or 0)


def steps_in(plan: Plan, survey: Survey) -> list[Step]:
    """The sample as steps of a balance."""
    figures, balances = plan.figures(plan.currency), plan.figures(plan.currency, is_balance=True)
    steps = []
    for row in survey.cells:
        amount, balance = amount_in(plan, figures, row), balances[cell(row, plan.place("balance"))]
        if isinstance(amount, int):
            steps.append(Step(amount, balance if isinstance(balance, int) else None))
    return steps
