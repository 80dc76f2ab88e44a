"""The tables of the ledger: accounts and categories."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned, Trashable


class Account(Trashable, HouseholdOwned):
    """A place where money is, or is owed."""

    class Kind(models.TextChoices):
        CHECKING = "checking", _("Checking account")
        SAVINGS = "savings", _("Savings account")
        CREDIT_CARD = "credit_card", _("Credit card")
        CASH = "cash", _("Cash")
        LOAN = "loan", _("Loan")
        INVESTMENT = "investment", _("Investments")
        PROPERTY = "property", _("Property")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CHECKING)
    currency = models.CharField(_("currency"), max_length=3)
    opening_balance = models.BigIntegerField(_("opening balance"), default=0)
    opened_on = models.DateField(_("opening date"))
    in_net_worth = models.BooleanField(_("counts towards net worth"), default=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    history_leaves_out = ("edit_version",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "accounts"
        ordering = ["position", "id"]
        verbose_name = _("account")
        indexes = [models.Index(fields=["household", "position"], name="account_in_order")]

    def __str__(self) -> str:
        return self.name


class Category(Trashable, HouseholdOwned):
    """What money was for: two levels, income or expense."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Expense")
        INCOME = "income", _("Income")

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    key = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.EXPENSE)
    hue = models.PositiveSmallIntegerField(_("colour"), default=11)
    icon = models.CharField(_("icon"), max_length=30, default="tag")
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "categories"
        ordering = ["position", "id"]
        verbose_name = _("category")
        indexes = [models.Index(fields=["household", "position"], name="category_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["household", "key"], condition=~models.Q(key=""), name="category_key_once"),
            models.CheckConstraint(condition=models.Q(hue__range=(1, 12)), name="category_hue_known"),
        ]

    def __str__(self) -> str:
        return self.name
