"""Where money is: accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import validate_currency
from financeflow.money.values import LARGEST, Money
from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.plain_text import validate_plain_text
from ledger.calc import ACCOUNT_ICON_CHOICES, ACCOUNT_ICONS, FIRST_DAY, LAST_DAY
from ledger.models.sight import AccountManager


def seal(collector: Any, field: Any, accounts: Sequence[Any], using: str) -> None:
    """When a person is deleted: what they kept private is nobody's, and does not come into sight by that."""
    collector.add_field_update(field, None, accounts)
    collector.add_field_update(field.model._meta.get_field("sealed_at"), timezone.now(), accounts)


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
    # Kept by ledger.actions.books with every write: the opening balance and all that stands in the account.
    balance = models.BigIntegerField(default=0, editable=False)
    chosen_icon = models.CharField(_("icon"), max_length=30, choices=ACCOUNT_ICON_CHOICES, blank=True)
    in_net_worth = models.BooleanField(_("counts towards net worth"), default=True)
    private_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=seal,
        related_name="private_accounts",
        verbose_name=_("private to"),
    )
    # Who kept it private is gone for good: out of everybody's sight, so that the others' transfers keep their sides.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_because = models.CharField(
        _("reason for closing"), max_length=120, blank=True, validators=[validate_plain_text]
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[AccountManager[Self]] = AccountManager()

    history_leaves_out = ("edit_version", "balance")
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
    def money(self) -> Money:
        return Money(self.balance, self.currency)

    @property
    def icon(self) -> str:
        return self.chosen_icon or ACCOUNT_ICONS[self.kind]
