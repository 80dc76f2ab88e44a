"""What the bank saw and what it was for: transactions, their lines, transfers, refunds, tags."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import validate_currency
from financeflow.money.values import LARGEST, Money
from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.plain_text import validate_plain_text
from ledger.calc import FIRST_DAY, LAST_DAY
from ledger.calc.texts import validate_note
from ledger.models.accounts import Account
from ledger.models.categories import Category, Payee
from ledger.models.files import remove_once_committed
from ledger.models.sight import InAccountManager, OfLineManager, OfTransactionManager

AMOUNT = [
    MinValueValidator(-LARGEST, _("This amount is too large to keep.")),
    MaxValueValidator(LARGEST, _("This amount is too large to keep.")),
]
DAY = [
    MinValueValidator(FIRST_DAY, _("Choose a day after 1900.")),
    MaxValueValidator(LAST_DAY, _("Choose a day before 2200.")),
]
LONGEST_NOTE = 2000
KEPT = models.Q(trashed_at=None)


class RateState(models.TextChoices):
    """How an amount became one in the base currency."""

    SAME = "same", _("in the base currency")
    DATED = "dated", _("at the day's rate")
    ESTIMATED = "estimated", _("at the rate of an earlier day")
    MISSING = "missing", _("no rate is known")


class Transfer(HouseholdOwned):
    """Money that moved between two accounts: neither earned nor spent. Two transactions point here."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "transfers"
        verbose_name = _("transfer")

    def __str__(self) -> str:
        return gettext("Transfer")


class Transaction(Trashable, HouseholdOwned):
    """One movement of money as the account saw it. What it was for stands in its lines."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        CLEARED = "cleared", _("Cleared")
        RECONCILED = "reconciled", _("Reconciled")

    class Source(models.TextChoices):
        TYPED = "typed", _("Typed in")
        IMPORTED = "imported", _("From a file")
        SYNCED = "synced", _("From the bank")
        API = "api", _("By a program")
        SAMPLE = "sample", _("Sample")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, verbose_name=_("account"))
    date = models.DateField(_("date"), validators=DAY)
    posted_on = models.DateField(_("posted on"), null=True, blank=True, validators=DAY)
    amount = models.BigIntegerField(_("amount"), validators=AMOUNT)
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency], editable=False)
    payee = models.ForeignKey(
        Payee, null=True, blank=True, on_delete=models.PROTECT, db_index=False, verbose_name=_("payee")
    )
    description = models.CharField(_("bank's words"), max_length=500, blank=True, validators=[validate_plain_text])
    notes = models.TextField(_("notes"), blank=True, validators=[MaxLengthValidator(LONGEST_NOTE), validate_note])
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CLEARED)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.TYPED, editable=False)
    external_id = models.CharField(_("bank's reference"), max_length=200, blank=True, editable=False)
    # The row of a file that it came with, or was completed by.
    import_row = models.ForeignKey(
        "ImportRow", null=True, blank=True, on_delete=models.SET_NULL, editable=False, db_index=False, related_name="+"
    )
    original_amount = models.BigIntegerField(_("original amount"), null=True, blank=True, validators=AMOUNT)
    original_currency = models.CharField(
        _("original currency"), max_length=3, blank=True, validators=[validate_currency]
    )
    transfer = models.ForeignKey(
        Transfer, null=True, blank=True, on_delete=models.CASCADE, verbose_name=_("transfer"), related_name="sides"
    )
    statement = models.ForeignKey(
        "Statement", null=True, blank=True, on_delete=models.PROTECT, editable=False, verbose_name=_("statement")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False, db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # A form carries a number of its own: sent twice by accident, it is still one transaction.
    form_number = models.UUIDField(null=True, blank=True, editable=False)
    # Worked out by ledger.actions.books from the above, never set by hand.
    base_amount = models.BigIntegerField(null=True, editable=False)
    rate_state = models.CharField(max_length=9, choices=RateState, default=RateState.SAME, editable=False)
    payee_words = models.CharField(max_length=160, blank=True, editable=False)
    words = models.TextField(blank=True, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[InAccountManager[Self]] = InAccountManager()

    history_leaves_out = ("edit_version", "base_amount", "rate_state", "payee_words", "words")
    history_label = ("payee__name", "description")
    history_money = {"amount": "currency", "original_amount": "original_currency"}

    class Meta(HouseholdOwned.Meta):
        default_related_name = "transactions"
        ordering = ["-date", "-id"]
        verbose_name = _("transaction")
        indexes = [
            # The sums at its end are what the biggest of a month are found by, without looking at any other row.
            models.Index(
                fields=["household", "-date", "-id", "base_amount", "transfer"],
                condition=KEPT,
                name="transaction_latest",
            ),
            models.Index(fields=["account", "-date", "-id"], condition=KEPT, name="transaction_of_account"),
            models.Index(fields=["payee", "-date", "-id"], condition=KEPT, name="transaction_of_payee"),
            models.Index(
                fields=["account", "external_id"], condition=~models.Q(external_id=""), name="transaction_external"
            ),
            models.Index(
                fields=["import_row"], condition=models.Q(import_row__isnull=False), name="transaction_import_row"
            ),
            models.Index(
                fields=["household", "status", "-date"],
                condition=models.Q(status="pending"),
                name="transaction_pending",
            ),
            models.Index(
                fields=["household", "trashed_at"],
                condition=models.Q(trashed_at__isnull=False),
                name="transaction_trashed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "form_number"],
                condition=models.Q(form_number__isnull=False),
                name="transaction_form_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.payee) if self.payee_id else self.description or str(self._meta.verbose_name)

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def is_locked(self) -> bool:
        return self.status == self.Status.RECONCILED

    def trashed_with(self) -> models.QuerySet[Transaction]:
        """What goes to the trash and comes back together with this: the other side of a transfer."""
        rows = Transaction.objects.exclude(pk=self.pk)
        return rows.filter(transfer=self.transfer_id) if self.transfer_id else rows.none()

    def owed_links(self) -> list[RefundLink]:
        """What is owed back of it or came back for it; or what it came back for."""
        concerned = models.Q(line__transaction=self) | models.Q(refund=self)
        links = RefundLink.objects.filter(concerned).select_related("line__transaction__payee").order_by("pk")
        return list(links.prefetch_related("refund"))

    @classmethod
    def about_to_vanish(cls, rows: models.QuerySet[Any]) -> None:
        """Papers go with the transactions they belong to; the rows they came with stay out from then on."""
        row: Any = cls._meta.get_field("import_row").related_model
        row.about_to_stay_out(rows.values("import_row"))
        names = rows.values_list("attachments__file", "attachments__thumbnail")
        remove_once_committed(name or "" for pair in names for name in pair)

    def clean(self) -> None:
        if bool(self.original_currency) != (self.original_amount is not None):
            raise ValidationError({"original_amount": gettext("An original amount needs its currency, and only then.")})


class Line(HouseholdOwned):
    """What a transaction, or a part of it, was for. The lines of a transaction add up to its amount."""

    transaction = models.ForeignKey(
        Transaction, on_delete=models.CASCADE, related_name="lines", verbose_name=_("transaction")
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, db_index=False, verbose_name=_("category")
    )
    amount = models.BigIntegerField(_("amount"), validators=AMOUNT)
    memo = models.CharField(_("memo"), max_length=200, blank=True, validators=[validate_plain_text])
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    # How sure it was, in percent, where it was filed without anybody saying so; 0 where a person, a rule or a file did.
    learned = models.PositiveSmallIntegerField(_("filed by itself, sure in percent"), default=0, editable=False)
    # Copied from the transaction by ledger.actions.books, so that sums by day and category read one table.
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, editable=False, db_index=False, related_name="+", null=True
    )
    date = models.DateField(default=date.today, editable=False)
    is_transfer = models.BooleanField(default=False, editable=False)
    is_kept = models.BooleanField(default=True, editable=False)
    base_amount = models.BigIntegerField(null=True, editable=False)
    rate_state = models.CharField(max_length=9, choices=RateState, default=RateState.SAME, editable=False)

    objects: ClassVar[OfTransactionManager[Self]] = OfTransactionManager()

    history_leaves_out = ("account", "date", "is_transfer", "is_kept", "base_amount", "rate_state")
    history_label = ("memo", "category__name")

    class Meta(HouseholdOwned.Meta):
        default_related_name = "lines"
        ordering = ["transaction", "position", "id"]
        verbose_name = _("line")
        indexes = [
            models.Index(fields=["household", "-date"], condition=models.Q(is_kept=True), name="line_by_day"),
            models.Index(
                fields=["category", "-date", "-transaction"], condition=models.Q(is_kept=True), name="line_of_category"
            ),
            models.Index(
                fields=["household", "-date", "-transaction"],
                condition=models.Q(is_kept=True, category=None, is_transfer=False),
                name="line_uncategorised",
            ),
            models.Index(
                fields=["household", "-date"],
                condition=models.Q(is_kept=True, rate_state="missing"),
                name="line_without_rate",
            ),
            models.Index(
                fields=["household", "-date"], condition=models.Q(is_kept=True, learned__gt=0), name="line_learned"
            ),
        ]

    def __str__(self) -> str:
        return self.memo or (str(self.category) if self.category_id else gettext("Uncategorised"))


class RefundLink(HouseholdOwned):
    """Money of a line that is expected back, or has come back.

    What came back is filed under the category of the line, in the month it came: so every sum of that category is net.
    """

    line = models.ForeignKey(Line, on_delete=models.CASCADE, verbose_name=_("line"))
    expected = models.BigIntegerField(_("expected back"), validators=[MinValueValidator(1), *AMOUNT[1:]])
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency], editable=False)
    owed_by = models.CharField(_("owed by"), max_length=120, blank=True, validators=[validate_plain_text])
    refund = models.ForeignKey(
        Transaction,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="refund_of",
        verbose_name=_("money back"),
    )
    since = models.DateField(_("since"), validators=DAY)
    given_up_on = models.DateField(_("given up on"), null=True, blank=True, validators=DAY)

    objects: ClassVar[OfLineManager[Self]] = OfLineManager()

    history_money = {"expected": "currency"}

    class Meta(HouseholdOwned.Meta):
        default_related_name = "refund_links"
        ordering = ["since", "id"]
        verbose_name = _("money owed back")

    def __str__(self) -> str:
        return self.owed_by or gettext("Money owed back")
