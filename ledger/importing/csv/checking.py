"""What is looked at when all rows are read: the balances, days to come, and whether the file ends in the middle."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.importing.csv.mapping import Mapping
from ledger.importing.csv.preamble import Preamble, balance_in
from ledger.importing.csv.reading import Reading
from ledger.importing.csv.running import Course, Step, course_of, is_standing, settle, steps_of
from ledger.importing.found import FoundStatement, Refused, Remark, Unread


def check(reading: Reading, said: Preamble, is_closed: bool, given: Mapping) -> int:
    """−1 where all signs were turned because only so the balances follow."""
    if not reading.statements:
        _empty(reading, said)
    if not is_closed:
        _check_end(reading)
    statements = list(reading.statements.values())
    if len(statements) == 1:
        _take_said(statements[0], reading, said)
    turn = 1
    if reading.plan.place("balance") is not None:
        turn = _check_balances(reading, statements, is_open="sign" not in given)
    _tell_future(reading, statements)
    return turn


def _check_balances(reading: Reading, statements: list[FoundStatement], *, is_open: bool) -> int:
    all_steps = [steps_of(statement.rows, reading.gaps) for statement in statements]
    courses = [course_of(steps) for steps in all_steps]
    turn = _turn(statements, all_steps, courses) if is_open else 1
    for statement, steps, course in zip(statements, all_steps, courses, strict=True):
        if turn < 0:
            steps = steps_of(statement.rows, reading.gaps)
            course = course_of(steps)
        settle(statement, course, steps)
    return turn


def _empty(reading: Reading, said: Preamble) -> None:
    if not reading.survey.header_line:
        raise Refused(_("There is no row with a date and an amount in this file."))
    currency = reading.plan.currency
    reading.statements["", currency] = FoundStatement(currency=currency, account=said.account)


def _take_said(statement: FoundStatement, reading: Reading, said: Preamble) -> None:
    figures = reading.plan.figures(statement.currency, is_balance=True)
    statement.account = statement.account or said.account
    if statement.opening_balance is None:
        statement.opening_balance = balance_in(said.opening, figures)
    if statement.closing_balance is None:
        statement.closing_balance = balance_in(said.closing, figures)


def _turn(statements: list[FoundStatement], all_steps: list[list[Step]], courses: list[Course]) -> int:
    """The balances of all statements together say whether the signs are right."""
    told = [course for course, steps in zip(courses, all_steps, strict=True) if course.holds and not is_standing(steps)]
    if not told or not all(course.flipped for course in told):
        return 1
    for statement in statements:
        for row in statement.rows:
            row.amount = -row.amount
    words = _("The balances follow the amounts only with all signs turned round: so they were read.")
    statements[0].remarks.append(Remark(words))
    return -1


def _tell_future(reading: Reading, statements: list[FoundStatement]) -> None:
    if reading.future and statements:
        count = len(reading.future)
        words = ngettext(
            "%(count)s row lies in the future, the first in this line.",
            "%(count)s rows lie in the future, the first in this line.",
            count,
        )
        statements[0].remarks.append(Remark(words % {"count": count}, reading.future[0]))


def _check_end(reading: Reading) -> None:
    """The last line has no end, and its row is shorter than the others: the file was cut off within it."""
    rows = [statement.rows for statement in reading.statements.values() if statement.rows]
    if not rows:
        return
    last_of = max(rows, key=lambda each: each[-1].line)
    last = last_of[-1]
    if last.line != reading.last_line or not reading.is_cut(last):
        return
    last_of.pop()
    statement = next(each for each in reading.statements.values() if each.rows is last_of)
    words = _("The file ends in the middle of this row. Download it again from your bank.")
    statement.unread.append(Unread(last.line, last.original, words))
