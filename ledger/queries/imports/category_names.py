"""Categories of the household by the names that files have for them."""

from __future__ import annotations

from ledger.calc.words import name_key
from ledger.models import Category
from ledger.queries.categories import categories

LONGEST = 80
_BETWEEN = ": "


class KnownCategories:
    """Found by “Group: Name” or by the name alone, whatever case and accents; a category goes before a group."""

    def __init__(self) -> None:
        self.by_group: dict[tuple[str, str], Category] = {}
        self.by_name: dict[str, list[Category]] = {}
        for category in categories().select_related("parent"):
            self.know(category)

    def know(self, category: Category) -> None:
        group = name_key(category.parent.name) if category.parent else ""
        self.by_group.setdefault((group, name_key(category.name)), category)
        self.by_name.setdefault(name_key(category.name), []).append(category)

    def named(self, name: str) -> Category | None:
        """What a row is filed under whose file says this."""
        return self.find(name)

    def find(self, name: str) -> Category | None:
        """None where there is no such category, or several that it could be."""
        group, own = parts_of(name)
        if group and (known := self.by_group.get((name_key(group), name_key(own)))):
            return known
        alike = self.by_name.get(name_key(own), [])
        below = [each for each in alike if each.parent_id] or alike
        return below[0] if len(below) == 1 else None


def parts_of(name: str) -> tuple[str, str]:
    """Of “Group: Name” both; what has no group stands alone."""
    group, between, own = name.partition(_BETWEEN)
    if between and own.strip():
        return group.strip()[:LONGEST], own.strip()[:LONGEST]
    return "", name.strip()[:LONGEST]
