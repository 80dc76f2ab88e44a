"""A whole table, from its grid to what was found: surveyed, planned, read, and held against its own balances."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from itertools import permutations
from typing import Protocol, cast

from django.utils.translation import gettext as _

from ledger.importing.csv.checking import check
from ledger.importing.csv.columns import columns_of
from ledger.importing.csv.headings import is_exact
from ledger.importing.csv.kinds import kinds_of
from ledger.importing.csv.mapping import Mapping
from ledger.importing.csv.plan import MONEY, Plan, Texts, cell, planned, steps_in, wanted
from ledger.importing.csv.preamble import Preamble, preamble_of
from ledger.importing.csv.reading import Reading
from ledger.importing.csv.records import GridRow
from ledger.importing.csv.running import course_of
from ledger.importing.csv.signs import fee_of, turned
from ledger.importing.csv.sorting import Columns
from ledger.importing.csv.survey import Survey, surveyed
from ledger.importing.found import Found, Refused, Remark
from ledger.importing.how import How

_ENOUGH = 3000


class Rows(Protocol):
    """A grid of any kind: delimited text, or a sheet. After a walk `remarks` tell what had to be mended."""

    remarks: list[Remark]

    def walk(self) -> Iterator[GridRow]: ...


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a table before it is read: the format's key, how its text was taken apart."""

    key: str
    mapping: Mapping
    delimiter: str = ""
    is_sheet: bool = False
    lines: int = 0
    # Whether its last line is ended like the others.
    is_closed: bool = True


def read_table(grid: Rows, how: How, given: Mapping, about: About) -> Found:
    """Refused with a sentence where it is no table of money."""
    survey = _surveyed(grid, how, given)
    said = preamble_of(survey.before)
    at_home = dataclasses.replace(how, currency=said.currency or how.currency)
    columns = _columns(survey, said, at_home, given, about)
    texts: Texts = {place: {cell(row, place) for row in survey.cells} for place in wanted(columns)}
    reading, turn = _read(grid, survey, columns, texts, at_home, given, about, is_last=False)
    if is_surprised(reading.plan):
        # The first rows were not enough: what all of them say is looked at, and they are read again.
        texts = _texts(grid, survey, columns)
        reading, turn = _read(grid, survey, columns, texts, at_home, given, about, is_last=True)
    turn *= check(reading, said, about.is_closed, given)
    return _found(grid, reading, said, given, about, turn)


def _read(
    grid: Rows,
    survey: Survey,
    columns: Columns,
    texts: Texts,
    how: How,
    given: Mapping,
    about: About,
    *,
    is_last: bool,
) -> tuple[Reading, int]:
    """The rows with what these texts decide; only begun where they do not decide enough."""
    plan = planned(dict(columns), survey, texts, how, given, is_sheet=about.is_sheet)
    if not survey.headings and "columns" not in given:
        _find_balance(plan, survey, how.today)
    _tell_widths(plan, survey)
    if "columns" not in given and "posted_on" not in columns:
        _tell_other_days(plan, survey, how.today)
    turn = turned(plan, survey, given)
    plan.fee = fee_of(plan, survey, given)
    reading = Reading(plan, survey, how, given, turn, about.delimiter)
    if is_last or not is_surprised(plan):
        reading.read(grid.walk(), about.lines)
    return reading, turn


def _tell_other_days(plan: Plan, survey: Survey, today: dt.date) -> None:
    """Days below a heading that is not known may be the better ones."""
    used = {place for role in plan.columns for place in plan.places(role)}
    for kind in kinds_of(survey.cells, today):
        heading = survey.headings[kind.place] if kind.place < len(survey.headings) else ""
        if kind.is_days and kind.place not in used and heading and not is_exact(heading):
            words = _("The column “%(heading)s” holds days that were not used: its heading is not known.")
            plan.remarks.append(Remark(words % {"heading": heading[:40]}, survey.header_line))


def _tell_widths(plan: Plan, survey: Survey) -> None:
    """Headings and rows with unlike many cells: then a name may stand above the wrong column."""
    named = max((place + 1 for place, heading in enumerate(survey.headings) if heading), default=0)
    filled = max((place + 1 for row in survey.cells for place, text in enumerate(row) if text.strip()), default=0)
    widest = max((len(row) for row in survey.cells), default=named)
    if named and (named > widest or filled > len(survey.headings)):
        words = _(
            "The line of headings does not have as many cells as the rows: check that each column has its own name."
        )
        plan.remarks.append(Remark(words, survey.header_line))


def is_surprised(plan: Plan) -> bool:
    days = [plan.days, *([plan.posted] if plan.posted else [])]
    return plan.surprised or any(each.open or each.surprised for each in days)


def _surveyed(grid: Rows, how: How, given: Mapping) -> Survey:
    line = given.get("header_line")
    survey = surveyed(grid.walk(), how.today, line)
    if line and survey.header_line != line:
        raise Refused(_("Line %(line)s cannot be the one with the headings.") % {"line": line}, line)
    if not survey.headings and not survey.sample:
        raise Refused(_("There is no table in this file. Choose the file with the transactions of your bank."))
    if max((len(row) for row in [survey.headings, *survey.cells]), default=0) < 2:
        raise Refused(
            _("Every line of this file is one piece of text and no table. Export it again as CSV with columns.")
        )
    return survey


def _columns(survey: Survey, said: Preamble, how: How, given: Mapping, about: About) -> Columns:
    width = max(len(row) for row in [survey.headings, *survey.cells])
    if "columns" not in given:
        kinds = kinds_of(survey.cells, how.today, is_sheet=about.is_sheet)
        return columns_of(survey.headings, kinds, survey.cells, said.account)
    columns = dict(given["columns"])
    for role, places in columns.items():
        for place in places if isinstance(places, list) else [places]:
            if place >= width:
                words = _("There is no column %(number)s for “%(role)s”: the table has %(width)s columns.")
                raise Refused(words % {"number": place + 1, "role": role, "width": width})
    return columns


def _texts(grid: Rows, survey: Survey, columns: Columns) -> Texts:
    """All days there are, and enough of the amounts."""
    texts: Texts = {place: set() for place in wanted(columns)}
    money = [columns[role] for role in MONEY if role in columns]
    open_ones = list(texts.items())
    for number, row in enumerate(grid.walk()):
        if row.line < survey.first_line:
            continue
        cells = row.cells
        width = len(cells)
        for place, seen in open_ones:
            if place < width:
                seen.add(cells[place])
        if number % _ENOUGH == 0:
            open_ones = [(p, seen) for p, seen in texts.items() if p not in money or len(seen) < _ENOUGH]
    for seen in texts.values():
        seen.difference_update(survey.headings)
    return texts


def _find_balance(plan: Plan, survey: Survey, today: dt.date) -> None:
    """Without headings, of all columns of figures the two of which one follows the other: amounts and their balance."""
    if "amount" not in plan.columns:
        return
    figures = [kind.place for kind in kinds_of(survey.cells, today) if kind.is_figures and kind.filled > 60]
    tried = [(plan.place("amount"), plan.place("balance")), *permutations(figures, 2)]
    best, most = None, (0, False)
    for amount, balance in tried:
        if amount is None or balance is None:
            continue
        trial = dataclasses.replace(plan, columns={**plan.columns, "amount": amount, "balance": balance})
        course = course_of(steps_in(trial, survey))
        score = (course.fitting, not course.flipped)
        if course.holds and score > most:
            best, most = trial.columns, score
    if best:
        plan.columns.update(best)


def _found(grid: Rows, reading: Reading, said: Preamble, given: Mapping, about: About, turn: int) -> Found:
    plan, survey = reading.plan, reading.survey
    mapping = cast(
        Mapping,
        {
            **about.mapping,
            "header_line": survey.header_line,
            "headings": survey.headings,
            "columns": plan.columns,
            "date_order": plan.days.order,
            "decimal": plan.point,
            "sign": "flipped" if turn < 0 else "as_is",
            "directions": plan.directions,
            "currency": plan.currency,
            "skipped": given.get("skipped", []),
        },
    )
    if plan.fee:
        mapping["fee"] = "apart" if plan.fee == "apart" else "included"
    return Found(
        format=about.key,
        statements=list(reading.statements.values()),
        remarks=[*grid.remarks, *plan.remarks],
        mapping=cast("dict[str, object]", mapping),
        questions=plan.questions,
    )


def sample(grid: Rows, mapping: Mapping, most: int = 20) -> list[list[str]]:
    """The first rows below the headings as they stand, for a preview beside the mapping."""
    rows = []
    for row in grid.walk():
        if row.line > mapping.get("header_line", 0):
            rows.append(row.cells)
        if len(rows) >= most:
            break
    return rows
