"""The first steps in the ledger: an account, a transaction, categories made one's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from financeflow.history.models import ChangeSet
from financeflow.tenancy.prepared import Prepared
from financeflow.web.first_steps import Step
from financeflow.web.widgets import Look
from ledger.models import Account, MonthTotal
from ledger.models.sight import OUT_OF_SIGHT


def _entries() -> QuerySet[MonthTotal, Any]:
    return MonthTotal.objects.order_by().values_list("pk")[:1]


def _changes_of_categories() -> QuerySet[ChangeSet, Any]:
    return ChangeSet.objects.filter(verb__startswith="category.").order_by().values_list("pk")[:1]


def _accounts() -> QuerySet[Account, Any]:
    return Account.objects.filter(trashed_at=None).order_by().values_list("pk")[:1]


ACCOUNTS, ENTRIES = Prepared(_accounts, OUT_OF_SIGHT), Prepared(_entries, OUT_OF_SIGHT)
CHANGES_OF_CATEGORIES = Prepared(_changes_of_categories)


def steps(look: Look) -> list[Step]:
    has_account = bool(ACCOUNTS.rows())
    first = reverse("transaction_add") if has_account else reverse("account_add")
    return [
        Step("account", _("Add an account"), reverse("account_add"), has_account, opens_dialog=True),
        Step("transaction", _("Enter the first transaction"), first, bool(ENTRIES.rows()), opens_dialog=True),
        Step(
            "categories", _("Make the categories yours"), reverse("category_list"), bool(CHANGES_OF_CATEGORIES.rows())
        ),
    ]
