"""What one chooses from while writing a rule: accounts, categories, tags, payees, currencies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_plain
from ledger.models import Account, Category, Tag
from ledger.queries.categories import category_groups, offered_categories
from ledger.queries.choosing import payee_choices
from ledger.queries.payees import tags

# Value, words, hue of the dot before it.
Option = tuple[str, str, int]
Options = list[tuple[str, list[Option]]]
MOST_TAGS = 500


@dataclass(frozen=True)
class RuleDesk:
    """Everything that the form of a rule offers, asked for once."""

    household: Household
    accounts: list[Option]
    open_accounts: list[Option]
    categories: Options
    tags: list[Option]
    payees: list[str]
    currencies: list[Option]
    names: dict[str, str]

    def amount_text(self, value: str) -> str:
        """A decimal as the household writes amounts."""
        currency, locale = self.household.base_currency, self.household.locale
        minor = Decimal(value) * 10 ** minor_digits(currency)
        return format_plain(int(minor), currency, locale) if minor == int(minor) else value


def rule_desk(household: Household) -> RuleDesk:
    accounts = list(Account.objects.filter(trashed_at=None).order_by("position", "pk"))
    groups = category_groups(offered_categories())
    known_tags = list(tags().order_by("key")[:MOST_TAGS])
    every = Category.objects.filter(trashed_at=None).values_list("uid", "name")
    names = {str(uid): name for uid, name in every}
    names |= {str(row.uid): row.name for rows in (accounts, known_tags) for row in rows}
    return RuleDesk(
        household,
        [_option(account) for account in accounts],
        [_option(account) for account in accounts if account.closed_on is None],
        [
            (group.category.name, [_option(each, each.hue) for each in (group.category, *group.children)])
            for group in groups
        ],
        [_option(tag, tag.hue) for tag in known_tags],
        [payee.name for payee in payee_choices()],
        [(code, code, 0) for code in sorted({account.currency for account in accounts} | {household.base_currency})],
        names,
    )


def _option(row: Account | Category | Tag, hue: int = 0) -> Option:
    return str(row.uid), row.name, hue
