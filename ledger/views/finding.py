"""How the pages of one transaction find it, and what its form is filled in with."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from financeflow.history import activity
from financeflow.history.queries import history_of
from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from ledger import queries
from ledger.forms.papers import PapersForm
from ledger.forms.transaction_edits import accounts_of
from ledger.forms.transactions import Desk
from ledger.models import Transaction
from ledger.queries.attachments import papers_of
from ledger.queries.categories import category_groups, offered_categories
from ledger.queries.choosing import payee_choices, tag_choices
from ledger.queries.listing import attach_other_sides, with_all_shown
from ledger.queries.shown import make_shown
from ledger.queries.transactions import rows_of, transactions

MOST_TAGS = 12
MOST_DEEDS = 20


def found_transaction(request: MemberRequest, uid: uuid.UUID) -> Transaction:
    """The transaction with all that a page shows of it."""
    rows = with_all_shown(transactions()).select_related("account", "payee", "statement", "entered_by")
    found = get_object_or_404(rows, uid=uid)
    attach_other_sides([found])
    make_shown([found], request.household)
    return found


def desk_of(request: MemberRequest, transaction: Transaction | None = None) -> Desk:
    """What a form of a transaction is filled in with; where it stands is offered even if that is closed."""
    accounts = list(queries.open_accounts())
    here = accounts_of(transaction) if transaction else []
    return Desk(
        household=request.household,
        today=today_in(request.household.time_zone),
        accounts=[*accounts, *(account for account in here if account not in accounts)],
        groups=category_groups(offered_categories()),
    )


def choices() -> dict[str, Any]:
    """What the form proposes while one types."""
    return {"payees": payee_choices(), "tags": tag_choices()[:MOST_TAGS]}


def sheet_of(request: MemberRequest, transaction: Transaction) -> dict[str, Any]:
    """What stands beside the form: papers, and what happened to the transaction."""
    return {
        "transaction": transaction,
        "papers": papers_of(transaction),
        "paper_form": PapersForm(),
        "deeds": activity.told(history_of(rows_of(transaction), limit=MOST_DEEDS), membership=request.membership),
    }


def files(request: MemberRequest) -> Any:
    """What came with a form that was sent."""
    return request.FILES if request.method == "POST" else None


def blame(form: Any, error: Refused | ValidationError) -> None:
    """Say at the form why the action said no: at the field it is about, where the form has that one."""
    if isinstance(error, Refused):
        form.add_error(None, str(error))
        return
    named = {"target": "to_account", "source": "account"}
    found = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, errors in found.items():
        at = named.get(name, name)
        form.add_error(at if at in form.fields else None, errors)
