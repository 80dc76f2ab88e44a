"""What the ledger tells people: the summary of a month with its letter, and what became of a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from financeflow.notify.kinds import Letter, NoticeKind
from financeflow.notify.models import Notification
from financeflow.web.months import Month
from ledger.actions.imports import news
from ledger.calc.periods import period_of
from ledger.queries.reports.asked import Question
from ledger.queries.summaries import KIND
from ledger.reporting import monthly
from ledger.reporting.document import Amount, Cell, Document, Share, Words
from ledger.reporting.wording import money_words, share_words

GROUPS_TOLD = 8


def letter(notice: Notification) -> Letter:
    """The report of the month as it is now, in the eyes of whoever reads it."""
    month = period_of("month", Month.parse(str(notice.params["month"])).first_day)
    question = Question(notice.household, month.after.first, month, compared="before")
    document = monthly.build(question)
    context = {
        "figures": [(figure.label, _text(question, figure.value), figure.note) for figure in document.figures],
        "rows": [(name.text, _text(question, amount)) for name, amount in _groups(document)],
        "honest": document.honest,
    }
    return Letter(notice.title, "emails/ledger/monthly_summary", context)


def _groups(document: Document) -> Iterator[tuple[Words, Amount]]:
    """The first groups of the breakdown by category: those with most in them."""
    tables = (table for table in document.tables if table.key == "spending")
    tops = (row.cells for table in tables for row in table.rows if not row.level and not row.is_sum)
    for name, amount, *_rest in islice(tops, GROUPS_TOLD):
        if isinstance(name, Words) and isinstance(amount, Amount):
            yield name, amount


def _text(question: Question, value: Cell) -> str:
    if isinstance(value, Amount):
        return money_words(question, value.minor, value.currency)
    if isinstance(value, Share) and value.value is not None:
        return share_words(question, value.value)
    return "–"


MONTHLY_SUMMARY = NoticeKind(
    name=KIND,
    label=_("Summary of the month"),
    about=_("On the first of each month: what came in, what was spent and what was kept in the last one."),
    letter=letter,
    icon="chart",
    action=_("Look at the report"),
)
IMPORT_FINISHED = NoticeKind(
    name=news.FINISHED,
    label=_("A file was brought in"),
    about=_("When that took a while: how much came in, and what still needs a look."),
    icon="import",
    action=_("Look at the file"),
)
IMPORT_REFUSED = NoticeKind(
    name=news.REFUSED,
    label=_("A file could not be read"),
    about=_("When you brought a file that nothing came of, and why."),
    icon="alert",
    action=_("See what to do"),
)
