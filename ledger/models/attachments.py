"""Receipts and papers that belong to transactions."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.plain_text import validate_plain_text
from ledger.models.files import remove_once_committed
from ledger.models.sight import OfTransactionManager
from ledger.models.transactions import Transaction


class Attachment(Trashable, HouseholdOwned):
    """A receipt or paper with a transaction; its file has a random name and is served to members only."""

    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=200, validators=[validate_plain_text])
    content_type = models.CharField(max_length=60, editable=False)
    size = models.PositiveIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    file = models.FileField(upload_to="papers/", max_length=200, editable=False)
    thumbnail = models.FileField(upload_to="papers/", max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[OfTransactionManager[Self]] = OfTransactionManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "attachments"
        ordering = ["id"]
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def about_to_vanish(cls, rows: models.QuerySet[Any]) -> None:
        """Their files go with them."""
        remove_once_committed(name for pair in rows.values_list("file", "thumbnail") for name in pair)
