"""The ledger's part in the search of the whole: accounts and categories by name, and what one can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.money.text import format_money
from financeflow.tenancy.guards import RANKS, MemberRequest
from ledger import queries

MOST = 8


@dataclass(frozen=True)
class Hit:
    """One line of what was found."""

    label: str
    url: str
    icon: str
    note: str = ""
    key: str = ""
    method: str = ""


def find(request: MemberRequest, words: str) -> list[tuple[str, list[Hit]]]:
    may_edit = RANKS[request.membership.role] >= RANKS["editor"]
    found = [(_("Accounts"), _accounts(request, words, may_edit)), (_("Categories"), _categories(words, may_edit))]
    if may_edit:
        found.append((_("Do"), _deeds(words)))
    return [(title, hits) for title, hits in found if hits]


def _accounts(request: MemberRequest, words: str, may_edit: bool) -> list[Hit]:
    if not words:
        return []
    locale = request.household.locale
    return [
        Hit(
            account.name,
            reverse("account_edit", args=[account.uid]) if may_edit else reverse("account_list"),
            account.icon,
            str(format_money(account.balance, account.currency, locale)),
        )
        for account in queries.accounts().filter(name__icontains=words)[:MOST]
    ]


def _categories(words: str, may_edit: bool) -> list[Hit]:
    if not words:
        return []
    return [
        Hit(
            category.name,
            reverse("category_edit", args=[category.uid]) if may_edit else reverse("category_list"),
            category.icon,
            category.parent.name if category.parent else "",
        )
        for category in queries.categories().filter(name__icontains=words)[:MOST]
    ]


def _deeds(words: str) -> list[Hit]:
    deeds: list[tuple[Any, ...]] = [
        (_("Add an account"), reverse("account_add"), "plus", "", "a"),
        (_("Add a category"), reverse("category_add"), "tag"),
    ]
    return [Hit(*deed) for deed in deeds if words.casefold() in deed[0].casefold()]
