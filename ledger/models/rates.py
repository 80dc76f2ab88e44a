"""What currencies were worth: rates that were published, and rates a household typed in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import validate_currency
from financeflow.tenancy.models import HouseholdOwned
from ledger.calc.conversion import LARGEST_RATE
from ledger.calc.rate_text import exact_text
from ledger.models.transactions import DAY

WORTH = [
    MinValueValidator(1, _("A rate is more than nothing.")),
    MaxValueValidator(LARGEST_RATE, _("This rate is too large to keep.")),
]


class BillionthsField(models.BigIntegerField[int, int]):
    """A rate in billionths, which people read with a point; in the database it is a whole number like any other."""

    def in_words(self, value: int, locale: str) -> str:
        return exact_text(value, locale)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs


class ExchangeRate(models.Model):
    """What one euro was worth on a day, as it was published; the same for every household."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    per_euro = models.BigIntegerField()
    source = models.CharField(max_length=20)

    class Meta:
        default_related_name = "exchange_rates"
        constraints = [models.UniqueConstraint(fields=["currency", "on"], name="exchange_rate_once")]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"


class RateRefresh(models.Model):
    """How it went when the service that publishes rates was asked; one row for the whole server."""

    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    away_since = models.DateTimeField(null=True)

    class Meta:
        default_related_name = "rate_refreshes"

    def __str__(self) -> str:
        return str(self.answered_at)


class TypedRate(HouseholdOwned):
    """What a unit of a currency was worth in another on a day, as the household says; it goes before the published."""

    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])
    against = models.CharField(_("in"), max_length=3, validators=[validate_currency])
    on = models.DateField(_("date"), validators=DAY)
    worth = BillionthsField(_("worth"), validators=WORTH)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    history_leaves_out = ("edit_version",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "typed_rates"
        ordering = ["-on", "currency"]
        verbose_name = _("exchange rate")
        constraints = [
            models.UniqueConstraint(fields=["household", "currency", "against", "on"], name="typed_rate_once"),
            models.CheckConstraint(condition=models.Q(worth__gt=0), name="typed_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} → {self.against}"

    def clean(self) -> None:
        if self.currency == self.against:
            raise ValidationError({"against": gettext("Choose two different currencies.")})
        alike = TypedRate.objects.filter(currency=self.currency, against=self.against, on=self.on)
        if alike.exclude(pk=self.pk).exists():
            raise ValidationError({"on": gettext("A rate for this day is there already. Change that one.")})
