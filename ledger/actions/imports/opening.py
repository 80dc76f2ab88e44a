"""Accounts and categories of another app's books are added where the household has none of the name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min
from django.utils.translation import gettext as _

from financeflow.history.recording import Recording
from financeflow.households.models import Household
from financeflow.tenancy.clock import today_in
from ledger import queries
from ledger.calc.words import name_key
from ledger.models import Account, Category, Import, ImportedAccount, ImportRow
from ledger.queries.imports.category_names import LONGEST, KnownCategories, parts_of


def open_accounts_of(record: Recording, household: Household, sheets: Iterable[ImportedAccount]) -> None:
    """An account for each that shall have one."""
    position = queries.next_position(Account)
    for place, sheet in enumerate(each for each in sheets if each.is_new and each.account is None):
        first = sheet.rows.aggregate(first=Min("date"))["first"]
        account = Account(
            household=household,
            name=(sheet.name or sheet.number or _("Imported account"))[:LONGEST].strip(),
            kind=sheet.kind or Account.Kind.OTHER,
            currency=sheet.currency,
            opening_balance=sheet.opening_balance or 0,
            balance=sheet.opening_balance or 0,
            opened_on=sheet.opening_on or first or today_in(household.time_zone),
            position=position + place,
        )
        record.add(account)
        record.change(sheet, account=account, is_new=False)


def open_categories_of(record: Recording, household: Household, upload: Import) -> OpenedCategories:
    """A category for each name that the rows have, with its group, and the rows filed under it."""
    names = OpenedCategories(record, household, upload)
    rows = ImportRow.objects.filter(sheet__upload=upload, category=None, confidence=0).exclude(category_name="")
    for name in rows.order_by().values_list("category_name", flat=True).distinct():
        category = names.named(name)
        rows.filter(category_name=name).update(category=category, confidence=100, category_reason=_("as in the file"))
    return names


class OpenedCategories(KnownCategories):
    """The categories of the household by the names a file has for them; what is missing is added."""

    def __init__(self, record: Recording, household: Household, upload: Import) -> None:
        super().__init__()
        self.record, self.household = record, household
        self.incomes = {name_key(each["name"]) for each in upload.categories if each["is_income"]}
        self.position = queries.next_position(Category)

    def named(self, name: str) -> Category:
        if known := self.find(name):
            return known
        group, own = parts_of(name)
        kind = Category.Kind.INCOME if name_key(name) in self.incomes else Category.Kind.EXPENSE
        return self._add(own, kind, self._group(group, kind) if group else None)

    def _group(self, name: str, kind: str) -> Category:
        known = self.by_group.get(("", name_key(name)))
        return known if known and known.kind == kind else self._add(name, kind)

    def _add(self, name: str, kind: str, parent: Category | None = None) -> Category:
        look = {"hue": parent.hue, "icon": parent.icon} if parent else {}
        category = Category(household=self.household, parent=parent, name=name, kind=kind, **look)
        category.position, self.position = self.position, self.position + 1
        self.record.add(category)
        self.know(category)
        return category
