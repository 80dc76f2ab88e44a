"""The groups and categories a new household starts with; the keys never change, whatever the names become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Opening:
    """One category to start with, and those below it."""

    key: str
    name: Any
    hue: int
    icon: str
    kind: str = "expense"
    children: tuple[Opening, ...] = field(default=())


DEFAULT_CATEGORIES: Final = (
    Opening(
        "food-drinks",
        _("Food & Drinks"),
        5,
        "basket",
        children=(Opening("groceries", _("Groceries"), 5, "basket"), Opening("dining", _("Dining"), 4, "cup")),
    ),
    Opening(
        "housing-bills",
        _("Housing & Bills"),
        1,
        "home",
        children=(
            Opening("housing", _("Housing"), 1, "house"),
            Opening("utilities", _("Utilities"), 2, "bolt"),
            Opening("telecom", _("Phone & Internet"), 7, "wifi"),
            Opening("insurance", _("Insurance"), 3, "umbrella"),
            Opening("fees-interest", _("Fees & Interest"), 11, "percent"),
            Opening("taxes", _("Taxes"), 8, "tax"),
        ),
    ),
    Opening(
        "transportation",
        _("Transportation"),
        3,
        "train",
        children=(Opening("transport", _("Transport"), 3, "train"), Opening("fuel", _("Fuel"), 8, "fuel")),
    ),
    Opening(
        "education-growth",
        _("Education & Personal Growth"),
        10,
        "school",
        children=(
            Opening("education", _("Education"), 10, "school"),
            Opening("kids-pets", _("Kids & Pets"), 2, "kite"),
        ),
    ),
    Opening(
        "health-essentials",
        _("Health & Essentials"),
        12,
        "heart",
        children=(
            Opening("health", _("Health"), 12, "heart"),
            Opening("personal-care", _("Personal Care"), 6, "scissors"),
        ),
    ),
    Opening(
        "leisure-gifts",
        _("Leisure & Gifts"),
        6,
        "film",
        children=(
            Opening("entertainment", _("Entertainment"), 6, "film"),
            Opening("subscriptions", _("Subscriptions"), 11, "repeat"),
            Opening("shopping", _("Shopping"), 4, "bag"),
            Opening("travel", _("Travel"), 9, "plane"),
            Opening("gifts-donations", _("Gifts & Donations"), 8, "gift"),
        ),
    ),
    Opening(
        "everything-else",
        _("Other"),
        11,
        "dots",
        children=(Opening("cash", _("Cash"), 9, "cash"), Opening("other", _("Other"), 11, "tag")),
    ),
    Opening(
        "income",
        _("Income"),
        5,
        "coins",
        kind="income",
        children=(
            Opening("salary", _("Salary"), 5, "briefcase", kind="income"),
            Opening("bonus", _("Bonus"), 2, "star", kind="income"),
            Opening("interest", _("Interest"), 7, "percent", kind="income"),
            Opening("other-income", _("Other Income"), 1, "coins", kind="income"),
        ),
    ),
)
