"""Every report there is, in the order it is offered in."""

from __future__ import annotations

from typing import Final

from ledger.reporting import (
    balances,
    calendar,
    categories,
    flow,
    income,
    monthly,
    payees,
    tax,
    trends,
    worth,
    year,
)
from ledger.reporting.kinds import ReportKind

REPORTS: Final[dict[str, ReportKind]] = {
    kind.name: kind
    for kind in (
        monthly.KIND,
        year.KIND,
        income.KIND,
        categories.KIND,
        trends.KIND,
        flow.KIND,
        payees.KIND,
        calendar.KIND,
        worth.KIND,
        balances.KIND,
        tax.KIND,
    )
}
