"""The running balance of a statement: it tells the order of the rows, whether signs are right, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from ledger.importing.found import FoundRow, FoundStatement, Remark

_MOST_REMARKS = 20
# How much of a column has to follow the amounts to be believed.
_FEW, _MANY = 1, 2


class Step(NamedTuple):
    """One row that counts: what it moved, and the balance after it where one is told."""

    amount: int
    balance: int | None
    line: int = 0
    # A row before it could not be read, so that no balance can be expected here.
    after_a_gap: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """How the balances follow: of `told` steps that could fail, `fitting` did not."""

    fitting: int
    told: int
    descending: bool
    flipped: bool

    @property
    def holds(self) -> bool:
        return self.told > 0 and self.fitting * 2 > self.told


def course_of(steps: list[Step]) -> Course:
    """The way of reading in which most balances follow; the plain one where others are no better."""
    tried = []
    for flipped in (False, True):
        for descending in (False, True):
            fitting, told = _fitting(steps[::-1] if descending else steps, -1 if flipped else 1)
            tried.append(Course(fitting, told, descending, flipped))
            if told and fitting == told:
                return tried[-1]
    return max(tried, key=lambda course: course.fitting)


def _fitting(steps: list[Step], factor: int) -> tuple[int, int]:
    """How many balances follow the one before, or what that should have been; and how many could have."""
    fitting, told, moved = 0, 0, 0
    last: int | None = None
    meant: int | None = None
    for amount, balance, _line, _after_a_gap in steps:
        moved += amount
        if balance is None:
            continue
        expected = None
        if last is not None and moved:
            told += 1
            expected = last + factor * moved
            if balance == expected or (meant is not None and balance == meant + factor * moved):
                fitting, expected = fitting + 1, None
        last, meant, moved = balance, expected, 0
    return fitting, told


def steps_of(rows: list[FoundRow], gaps: set[int]) -> list[Step]:
    """Rows that are booked; `gaps` are lines behind which something could not be read."""
    return [Step(row.amount, row.balance, row.line, row.line in gaps) for row in rows if not row.is_pending]


def is_standing(steps: list[Step]) -> bool:
    """The same balance in every row: that of the day of the export, and no running one."""
    balances = {step.balance for step in steps}
    return len(steps) > 1 and len(balances) == 1 and None not in balances and any(step.amount for step in steps[1:])


def settle(statement: FoundStatement, course: Course, steps: list[Step]) -> None:
    """What the balances say of the statement: where it began and ended, and which rows do not fit."""
    if is_standing(steps):
        return
    in_time = steps[::-1] if course.descending else steps
    if course.told and not course.holds:
        statement.remarks.append(Remark(_("The column of balances does not follow the amounts; it was not used.")))
        return
    _tell_misfits(statement, in_time)
    _take_ends(statement, in_time, course)


def _take_ends(statement: FoundStatement, in_time: list[Step], course: Course) -> None:
    told = [place for place, step in enumerate(in_time) if step.balance is not None]
    if not told:
        return
    first, last = told[0], told[-1]
    opening = in_time[first].balance
    closing = in_time[last].balance
    assert opening is not None
    assert closing is not None
    if statement.opening_balance is None:
        statement.opening_balance = opening - sum(step.amount for step in in_time[: first + 1])
    if statement.closing_balance is None:
        statement.closing_balance = closing + sum(step.amount for step in in_time[last + 1 :])


def _tell_misfits(statement: FoundStatement, in_time: list[Step]) -> None:
    """One wrong balance is told once: the next may follow it, or what it should have been."""
    bases: tuple[int, ...] = ()
    moved, gap, count = 0, False, 0
    for step in in_time:
        moved += step.amount
        gap = gap or step.after_a_gap
        if step.balance is None:
            continue
        expected = [base + moved for base in bases]
        if bases and not gap and step.balance not in expected:
            count += 1
            if count <= _MOST_REMARKS:
                statement.remarks.append(_misfit(step, expected[0], statement.currency))
            bases = (step.balance, expected[0])
        else:
            bases = (step.balance,)
        moved, gap = 0, False
    if count > _MOST_REMARKS:
        statement.remarks.append(Remark(_("The balance does not fit in %(count)s rows.") % {"count": count}))


def _misfit(step: Step, expected: int, currency: str) -> Remark:
    digits = minor_digits(currency)
    told = decimal_text(step.balance or 0, digits)
    words = _(
        "The balance here is %(told)s, but by the amounts it would be %(expected)s: a row may be missing or wrong."
    )
    return Remark(words % {"told": told, "expected": decimal_text(expected, digits)}, step.line)
