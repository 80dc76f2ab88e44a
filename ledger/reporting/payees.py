"""Where money goes by payee, and who pays in: how much, how often, when last, and how that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.money.values import half_even
from ledger.calc.flows import change, share
from ledger.models import Payee
from ledger.queries.reports.asked import Question
from ledger.queries.reports.payees import PayeeSum, PayeeSums, amounts_by_payee, left_out, payee_sums, payees_named
from ledger.reporting.document import Amount, Cell, Count, Day, Document, Figure, Figures, Row, Share, Table, Words
from ledger.reporting.doors import INCOME, SPENDING, Doors
from ledger.reporting.kinds import Choice, ReportKind, these
from ledger.reporting.wording import honest_words, money_words, percent_words, period_text

MOST_ROWS: Final = 100
LARGEST: Final = 10
FLOWS: Final = ("spending", "income")
Earlier = dict[int | None, int]


def build(question: Question) -> Document:
    flow, other = question.choice("flow", FLOWS[0]), question.other_period
    found = payee_sums(question.listing(), flow)
    earlier = amounts_by_payee(question.listing(other), flow) if other else None
    missing = left_out(question.listing(), flow) if found.missing else ()
    return Document(
        name="payees",
        title=_("Who pays in") if flow == "income" else _("Where money goes"),
        subtitle=period_text(question),
        currency=question.currency,
        sections=[_figures(question, found, earlier), _Sheet(question, found, earlier).table()],
        told=_told(question, found),
        honest=honest_words(missing, found.estimated),
    )


def _term(question: Question) -> Any:
    return INCOME if question.choice("flow", FLOWS[0]) == "income" else SPENDING


def _told(question: Question, found: PayeeSums) -> str:
    if not found.rows or found.amount <= 0:
        return ""
    largest = found.rows[:LARGEST]
    part = share(sum(row.amount for row in largest), found.amount)
    if len(found.rows) <= len(largest) or part is None:
        return ""
    words = {"share": percent_words(question, part).lstrip("+"), "count": len(largest), "all": len(found.rows)}
    if question.choice("flow") == "income":
        return _("%(share)s of it came from %(count)s of %(all)s payees.") % words
    return _("%(share)s of it went to %(count)s of %(all)s payees.") % words


def _figures(question: Question, found: PayeeSums, earlier: Earlier | None) -> Figures:
    currency, doors, term = question.currency, Doors(question), _term(question)
    label = _("Came in") if term is INCOME else _("Spent")
    note = ""
    if earlier is not None and question.other_period:
        before = sum(earlier.values())
        changed = change(found.amount, before)
        words = {"amount": money_words(question, before), "period": period_text(question, question.other_period)}
        note = _("%(amount)s in %(period)s") % words
        note = note if changed is None else f"{percent_words(question, changed)}, {note}"
    rest = ngettext("with %(count)s payee", "with %(count)s payees", len(found.rows)) % {"count": len(found.rows)}
    return Figures(
        [
            Figure("amount", label, Amount(found.amount, currency, doors.to(term)), note),
            Figure("times", _("Transactions"), Count(found.times, doors.to(term)), rest),
            Figure("average", _("On average"), Amount(_average(found.amount, found.times), currency)),
        ]
    )


def _average(amount: int, times: int) -> int:
    return half_even(amount, times) if times else 0


class _Sheet:
    """The table of payees: those with most first, all others as one, their sum at the end."""

    def __init__(self, question: Question, found: PayeeSums, earlier: Earlier | None) -> None:
        self.question, self.found, self.earlier = question, found, earlier
        self.doors, self.term, self.currency = Doors(question), _term(question), question.currency
        # One row more tells no more than “Other” does.
        most = MOST_ROWS if len(found.rows) > MOST_ROWS + 1 else len(found.rows)
        self.shown, self.rest = found.rows[:most], found.rows[most:]
        self.names = payees_named([row.payee for row in self.shown if row.payee])

    def table(self) -> Table:
        compared = [_("Before"), _("Change")] if self.earlier is not None else []
        head = [_("Payee"), _("Amount"), _("Share"), _("How often"), _("Average"), _("Last"), *compared]
        rows = [self.row(row) for row in self.shown]
        if self.rest:
            rows.append(self.others(self.rest))
        if rows:
            rows.append(self.sum())
        return Table("payees", _("By payee"), head, rows, empty=_("Nobody in this time."))

    def row(self, row: PayeeSum) -> Row:
        payee = self.names.get(row.payee) if row.payee else None
        terms = (self.term, self.doors.payee(payee))
        name = _name(payee)
        before = (self.earlier or {}).get(row.payee, 0)
        url, other = self.doors.to(*terms), self.question.other_period
        door = self.doors.to(*terms, period=other) if other else ""
        return Row(self._cells(name, row.amount, row.times, url, Day(row.last), (before, door)))

    def others(self, rest: Sequence[PayeeSum]) -> Row:
        """No list asks for so many payees at once, so they stand without a door."""
        label = ngettext("Other (%(count)s payee)", "Other (%(count)s payees)", len(rest)) % {"count": len(rest)}
        amount, times, last = (
            sum(row.amount for row in rest),
            sum(row.times for row in rest),
            max(row.last for row in rest),
        )
        shown = {row.payee for row in self.shown}
        before = sum(minor for payee, minor in (self.earlier or {}).items() if payee not in shown)
        return Row(self._cells(Words(label), amount, times, "", Day(last), (before, "")))

    def sum(self) -> Row:
        found, other = self.found, self.question.other_period
        door = self.doors.to(self.term, period=other) if other else ""
        before = (sum((self.earlier or {}).values()), door)
        return Row(
            self._cells(Words(_("Together")), found.amount, found.times, self.doors.to(self.term), None, before),
            is_sum=True,
        )

    def _cells(
        self, name: Words, amount: int, times: int, url: str, last: Day | None, before: tuple[int, str]
    ) -> list[Cell]:
        cells: list[Cell] = [
            name,
            Amount(amount, self.currency, url),
            Share(share(amount, self.found.amount)),
            Count(times, url),
            Amount(_average(amount, times), self.currency),
            last,
        ]
        if self.earlier is not None:
            cells += [Amount(before[0], self.currency, before[1]), Share(change(amount, before[0]), signed=True)]
        return cells


def _name(payee: Payee | None) -> Words:
    return Words(payee.name, reverse("payee_show", args=[payee.uid])) if payee else Words(_("No payee"))


KIND = ReportKind(
    name="payees",
    title=gettext_lazy("Payees"),
    about=gettext_lazy("Where money goes and who pays in: how much, how often, when last."),
    icon="users",
    build=build,
    usual="year",
    choices=(
        Choice(
            "flow",
            gettext_lazy("Which"),
            these(("spending", gettext_lazy("Spending")), ("income", gettext_lazy("Income"))),
        ),
    ),
)
