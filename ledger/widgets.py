"""What the ledger hangs on the dashboard: what is owned and owed, the accounts, and a start for who has none."""

from __future__ import annotations

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.widgets import Widget
from ledger import queries

ACCOUNTS_SHOWN = 8


def widgets(request: MemberRequest) -> list[Widget]:
    sheet = queries.account_sheet(request.household, today=today_in(request.household.time_zone))
    if not sheet.count:
        return [
            Widget("ledger/widgets/_welcome.html", {"role": request.membership.role}, order=0, is_head=True),
            Widget("ledger/widgets/_start.html", {"role": request.membership.role}, order=10),
        ]
    accounts = [account for group in sheet.groups for account in group.accounts]
    shown = {"accounts": accounts[:ACCOUNTS_SHOWN], "more": max(0, len(accounts) - ACCOUNTS_SHOWN)}
    return [
        Widget("ledger/widgets/_head.html", {"sheet": sheet}, order=0, is_head=True),
        Widget("ledger/widgets/_standing.html", {"sheet": sheet}, order=10),
        Widget("ledger/widgets/_accounts.html", shown, span=5, order=40),
    ]
