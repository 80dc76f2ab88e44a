"""Sums that every write keeps: by month and category, and by day."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned
from ledger.models.accounts import Account
from ledger.models.categories import Category
from ledger.models.sight import InAccountManager


class Total(HouseholdOwned):
    """In and out of lines, in the account's currency and in the base currency.

    What could not be converted is in neither base sum, and counted in `missing`; `estimated` counts amounts that
    were converted at an earlier day's rate.
    """

    sum_in = models.BigIntegerField(default=0)
    sum_out = models.BigIntegerField(default=0)
    count = models.IntegerField(default=0)
    base_in = models.BigIntegerField(default=0)
    base_out = models.BigIntegerField(default=0)
    estimated = models.IntegerField(default=0)
    missing = models.IntegerField(default=0)
    # How many transactions have their first line here; over categories it adds up to the number of transactions.
    transactions = models.IntegerField(default=0)

    objects: ClassVar[InAccountManager[Self]] = InAccountManager()

    class Meta(HouseholdOwned.Meta):
        abstract = True


class MonthTotal(Total):
    """The lines of one account, calendar month and category. `slot` is the category's key, or one of these two."""

    UNCATEGORISED = 0
    TRANSFER = -1

    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    month = models.DateField()
    slot = models.BigIntegerField()
    category = models.ForeignKey(Category, null=True, on_delete=models.CASCADE, db_index=False)

    class Meta(Total.Meta):
        default_related_name = "month_totals"
        verbose_name = _("sum of a month")
        indexes = [
            models.Index(fields=["household", "month"], name="month_total_by_month"),
            models.Index(fields=["category", "month"], name="month_total_of_category"),
        ]
        constraints = [models.UniqueConstraint(fields=["account", "month", "slot"], name="month_total_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month} {self.slot}"


class DayTotal(Total):
    """The lines of one account and day that were earned, spent or moved."""

    class Flow(models.IntegerChoices):
        INCOME = 1, _("Income")
        EXPENSE = 2, _("Spending")
        TRANSFER = 3, _("Transfer")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    flow = models.PositiveSmallIntegerField(choices=Flow)

    class Meta(Total.Meta):
        default_related_name = "day_totals"
        verbose_name = _("sum of a day")
        indexes = [models.Index(fields=["household", "day"], name="day_total_by_day")]
        constraints = [models.UniqueConstraint(fields=["account", "day", "flow"], name="day_total_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day} {self.flow}"
