"""Which numbers the dashboard shows at first: all of them at once, so that they can be built before somebody looks."""

from __future__ import annotations

from datetime import date

from financeflow.households.models import Household
from financeflow.inbox.queries import counts
from ledger.calc.periods import period_of
from ledger.queries.reports.asked import Question
from ledger.queries.reports.dashboard import month_shown
from ledger.queries.reports.standing import accounts_shown, net_worth

# How many months back the line of net worth goes where nothing else is chosen.
WORTH_MONTHS = 18


def make_ready(household: Household, *, today: date) -> None:
    """The month that runs, for the member in scope; each number is kept where it is worked out."""
    question = Question(household, today, period_of("month", today))
    if question.accounts:
        month_shown(question)
        net_worth(question, WORTH_MONTHS)
        accounts_shown(question)
        counts(household)
