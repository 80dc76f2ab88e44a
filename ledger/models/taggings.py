"""Which tags stand on which transactions."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned
from ledger.models.categories import Tag
from ledger.models.sight import OfTransactionManager
from ledger.models.transactions import Transaction


class TransactionTag(HouseholdOwned):
    """One tag on one transaction."""

    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")

    objects: ClassVar[OfTransactionManager[Self]] = OfTransactionManager()

    history_label = ("tag__name",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "transaction_tags"
        ordering = ["id"]
        verbose_name = _("tag on a transaction")
        constraints = [models.UniqueConstraint(fields=["transaction", "tag"], name="tag_once_on_transaction")]

    def __str__(self) -> str:
        return str(self.tag)
