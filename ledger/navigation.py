"""What the ledger hangs into the frame: accounts, categories, and what one adds."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem

# The pages of what transactions are filed by stand behind one door, and lead to each other.
FILING = ("/categories/", "/payees/", "/tags/", "/rules/")
ACCOUNTS = ("/accounts/", "/statements/")


def items(request: HttpRequest) -> list[NavigationItem]:
    return [
        NavigationItem("transaction_list", _("Transactions"), "list", ("rail", "bottom"), key="g t", order=20),
        NavigationItem(
            "account_list", _("Accounts"), "wallet", ("rail", "bottom"), key="g a", order=30, under=ACCOUNTS
        ),
        NavigationItem("report_list", _("Reports"), "chart", ("rail", "more"), key="g r", order=25),
        NavigationItem("category_list", _("Categories"), "tag", ("rail", "more"), key="g c", order=35, under=FILING),
        NavigationItem("payee_list", _("Payees"), "users", ("more",), order=36),
        NavigationItem("tag_list", _("Tags"), "flag", ("more",), order=37),
        NavigationItem("rule_list", _("Rules"), "rule", ("more",), order=38),
        NavigationItem("owed_list", _("Owed to me"), "people", ("more",), key="g o", order=22),
        NavigationItem("transfer_suggestions", _("Transfers to link"), "swap", ("more",), order=23),
        NavigationItem(
            "transaction_categorise", _("Categorise the rest"), "spark", ("more",), order=21, needs="editor"
        ),
        NavigationItem("import_list", _("Import"), "import", ("rail_end", "more"), key="g i", order=60),
        NavigationItem("rate_list", _("Exchange rates"), "swap", ("settings",), order=95),
        NavigationItem("transaction_add", _("Add a transaction"), "plus", ("add",), key="a", order=10, needs="editor"),
        NavigationItem("account_add", _("Add an account"), "plus", ("add",), order=30, needs="editor"),
    ]
