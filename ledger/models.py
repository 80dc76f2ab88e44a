"""The tables of the ledger: accounts and categories."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import validate_currency
from financeflow.money.values import LARGEST, Money
from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.plain_text import validate_plain_text
from ledger.calc import ACCOUNT_ICONS, CATEGORY_ICONS, FIRST_DAY, HUES, LAST_DAY


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

    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CHECKING)
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])
    opening_balance = models.BigIntegerField(
        _("opening balance"),
        default=0,
        validators=[
            MinValueValidator(-LARGEST, _("This amount is too large to keep.")),
            MaxValueValidator(LARGEST, _("This amount is too large to keep.")),
        ],
    )
    opened_on = models.DateField(
        _("opening date"),
        validators=[
            MinValueValidator(FIRST_DAY, _("Choose a day after 1900.")),
            MaxValueValidator(LAST_DAY, _("Choose a day before 2200.")),
        ],
    )
    in_net_worth = models.BooleanField(_("counts towards net worth"), default=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    history_leaves_out = ("edit_version",)
    history_money = {"opening_balance": "currency"}
    edit_ignores = ("position",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "accounts"
        ordering = ["position", "id"]
        verbose_name = _("account")
        indexes = [models.Index(fields=["household", "position"], name="account_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def balance(self) -> int:
        return self.opening_balance

    @property
    def money(self) -> Money:
        return Money(self.balance, self.currency)

    @property
    def icon(self) -> str:
        return ACCOUNT_ICONS[self.kind]


class Category(Trashable, HouseholdOwned):
    """What money was for: two levels, income or expense."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Expense")
        INCOME = "income", _("Income")

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("group")
    )
    key = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.EXPENSE)
    hue = models.PositiveSmallIntegerField(_("colour"), choices=HUES, default=11)
    icon = models.CharField(_("icon"), max_length=30, choices=CATEGORY_ICONS, default="tag")
    position = models.PositiveIntegerField(default=0, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    history_leaves_out = ("edit_version",)
    edit_ignores = ("position",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "categories"
        ordering = ["position", "id"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        indexes = [models.Index(fields=["household", "position"], name="category_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["household", "key"], condition=~models.Q(key=""), name="category_key_once"),
            models.CheckConstraint(condition=models.Q(hue__range=(1, 12)), name="category_hue_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Two levels, one kind within a group, and nothing below what is in the trash."""
        if self.parent_id is None or self.parent is None:
            return
        if self.parent_id == self.pk or self.parent.parent_id is not None:
            raise ValidationError({"parent": gettext("A category stands in a group, not in another category.")})
        if self.parent.trashed_at and not self.trashed_at:
            words = gettext("Its group “%(group)s” is in the trash. Take that out first.")
            raise ValidationError({"parent": words % {"group": self.parent}})
        if self.parent.kind != self.kind:
            raise ValidationError({"parent": gettext("Income and expenses do not mix in one group.")})
