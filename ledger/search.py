"""The ledger's part in the search of the whole: accounts, categories, payees, tags, transactions, and deeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from financeflow.money.text import format_money
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import RANKS, MemberRequest
from financeflow.web.dates import day_text
from ledger import queries
from ledger.calc.terms import read_search
from ledger.calc.words import plain_words
from ledger.queries.listing import listing
from ledger.queries.payees import recent_payees
from ledger.queries.shown import make_shown
from ledger.templatetags.transactions import transactions_of as transactions_url

MOST = 8
MOST_TRANSACTIONS = 5


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
    found = [
        (_("Accounts"), _accounts(request, words)),
        (_("Payees"), _payees(words)),
        (_("Categories"), _categories(words, may_edit)),
        (_("Tags"), _tags(words)),
        (_("Transactions"), _transactions(request, words, may_edit)),
    ]
    if may_edit:
        found.append((_("Do"), _deeds(words)))
    return [(title, hits) for title, hits in found if hits]


def _accounts(request: MemberRequest, words: str) -> list[Hit]:
    if not words:
        return []
    locale = request.household.locale
    return [
        Hit(
            account.name,
            reverse("account_show", args=[account.uid]),
            account.icon,
            str(format_money(account.balance, account.currency, locale)),
        )
        for account in queries.accounts().filter(name__icontains=words)[:MOST]
    ]


def _payees(words: str) -> list[Hit]:
    """Those used last first; a name of signs alone is none to look for."""
    found = recent_payees(words)[:MOST] if plain_words(words) else []
    return [
        Hit(
            payee.name,
            reverse("payee_show", args=[payee.uid]),
            "users",
            payee.default_category.name if payee.default_category else "",
        )
        for payee in found
    ]


def _tags(words: str) -> list[Hit]:
    key = plain_words(words)
    found = queries.tags().filter(key__contains=key)[:MOST] if key else []
    return [Hit(f"#{tag.name}", transactions_url("tag", tag.name), "tag") for tag in found]


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


def _transactions(request: MemberRequest, words: str, may_edit: bool) -> list[Hit]:
    """The latest few of those that a search in the list would find, and the way to all of them."""
    household = request.household
    search = read_search(words, today=today_in(household.time_zone), locale=household.locale)
    rows = listing(household, search).page(size=MOST_TRANSACTIONS).rows if search else []
    if not rows:
        return []
    make_shown(rows, household)
    page = "transaction_edit" if may_edit else "transaction_show"
    hits = [Hit(_named(row, household), reverse(page, args=[row.uid]), "list", _worth(row, household)) for row in rows]
    return [*hits, Hit(_("All matches"), f"{reverse('transaction_list')}?{urlencode({'q': words})}", "search")]


def _named(row: Any, household: Household) -> str:
    return f"{row.name}, {day_text(row.date, 'medium', language=get_language() or 'en', locale=household.locale)}"


def _worth(row: Any, household: Household) -> str:
    return str(format_money(row.amount, row.currency, household.locale, plus=True))


def _deeds(words: str) -> list[Hit]:
    deeds: list[tuple[Any, ...]] = [
        (_("Add a transaction"), reverse("transaction_add"), "plus", "", "a"),
        (_("Add an account"), reverse("account_add"), "wallet"),
        (_("Add a category"), reverse("category_add"), "tag"),
        (_("Add a payee"), reverse("payee_add"), "users"),
        (_("Add a tag"), reverse("tag_add"), "tag"),
        (_("Add a rule"), reverse("rule_add"), "rule"),
        (_("Apply all rules"), reverse("rule_apply_all"), "rule"),
    ]
    return [Hit(*deed) for deed in deeds if words.casefold() in deed[0].casefold()]
