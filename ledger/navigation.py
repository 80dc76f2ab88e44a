"""What the ledger hangs into the frame: accounts, categories, and what one adds."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from financeflow.web.frame import NavigationItem


def items(request: HttpRequest) -> list[NavigationItem]:
    return [
        NavigationItem("account_list", _("Accounts"), "wallet", ("rail", "bottom"), key="g a", order=30),
        NavigationItem("category_list", _("Categories"), "tag", ("rail", "more"), key="g c", order=35),
        NavigationItem("account_add", _("Add an account"), "plus", ("add",), key="a", order=30, needs="editor"),
    ]
