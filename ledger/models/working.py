"""What people work with: rules and their runs, saved views, statements to reconcile with, pairs that are none."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.plain_text import validate_plain_text
from ledger.models.accounts import Account
from ledger.models.sight import InAccountManager, OfTransactionManager
from ledger.models.told import ConditionsField, DeedsField
from ledger.models.transactions import AMOUNT, DAY, Transaction


class Statement(HouseholdOwned):
    """A bank's statement that an account is checked against; locked once every cent is explained."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    on = models.DateField(_("statement date"), validators=DAY)
    balance = models.BigIntegerField(_("balance on the statement"), validators=AMOUNT)
    currency = models.CharField(_("currency"), max_length=3, editable=False)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    # What stands on it once it is locked; nothing of that changes until it is unlocked.
    total = models.BigIntegerField(_("what its rows add up to"), default=0, editable=False)
    rows = models.PositiveIntegerField(_("number of rows"), default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[InAccountManager[Self]] = InAccountManager()

    history_leaves_out = ("edit_version",)
    history_money = {"balance": "currency", "total": "currency"}

    class Meta(HouseholdOwned.Meta):
        default_related_name = "statements"
        ordering = ["-on", "-id"]
        verbose_name = _("statement")
        constraints = [models.UniqueConstraint(fields=["account", "on"], name="statement_once_a_day")]

    def __str__(self) -> str:
        return gettext("Statement of “%(account)s”") % {"account": self.account}

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Tick(HouseholdOwned):
    """A transaction that somebody found on an open statement; when that is locked, the transaction points there itself.

    Ticking is work on the way to a locked statement and no change of the books: history hears of ticks only when they
    come and go with a statement.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE)
    transaction = models.OneToOneField(Transaction, on_delete=models.CASCADE, related_name="tick")

    objects: ClassVar[OfTransactionManager[Self]] = OfTransactionManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "ticks"
        verbose_name = _("tick")

    def __str__(self) -> str:
        return gettext("Tick")


class Rule(Trashable, HouseholdOwned):
    """What to do with transactions that look like this; conditions and deeds are read by ledger.calc.rules."""

    class Match(models.TextChoices):
        ALL = "all", _("all of these")
        ANY = "any", _("any of these")

    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    match = models.CharField(_("when"), max_length=3, choices=Match, default=Match.ALL)
    conditions = ConditionsField(_("conditions"), default=list)
    deeds = DeedsField(_("what it does"), default=list)
    is_active = models.BooleanField(_("in force"), default=True)
    stops = models.BooleanField(_("no later rule after this one"), default=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    hits = models.PositiveIntegerField(default=0, editable=False)
    last_hit_at = models.DateTimeField(null=True, blank=True, editable=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    history_leaves_out = ("edit_version", "hits", "last_hit_at")
    edit_ignores = ("position",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "rules"
        ordering = ["position", "id"]
        verbose_name = _("rule")

    def __str__(self) -> str:
        return self.name


class RuleRun(HouseholdOwned):
    """One time that rules were applied to what is already in the books."""

    rule = models.ForeignKey(Rule, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    looked_at = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    change_set = models.ForeignKey("history.ChangeSet", null=True, on_delete=models.SET_NULL)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "rule_runs"
        ordering = ["-id"]
        verbose_name = _("run of rules")

    def __str__(self) -> str:
        return f"{self.rule_id} {self.at}"


class SavedView(HouseholdOwned):
    """A search of transactions kept under a name; each member has their own."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    query = models.CharField(_("search"), max_length=2000, blank=True, validators=[MaxLengthValidator(2000)])
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "saved_views"
        ordering = ["position", "id"]
        verbose_name = _("saved view")
        constraints = [models.UniqueConstraint(fields=["household", "member", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class SavedReport(HouseholdOwned):
    """A report as its address asks for it, kept under a name by a member, and shared with the others if they like.

    Without a member it came back with an export, and is everybody's.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    report = models.SlugField(_("report"), max_length=40, db_index=False)
    query = models.CharField(_("address"), max_length=2000, blank=True, validators=[MaxLengthValidator(2000)])
    is_shared = models.BooleanField(_("shared with the household"), default=False)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "saved_reports"
        ordering = ["position", "id"]
        verbose_name = _("saved report")
        constraints = [models.UniqueConstraint(fields=["household", "member", "name"], name="saved_report_once")]

    def __str__(self) -> str:
        return self.name


class NoPair(HouseholdOwned):
    """Two transactions that look like one transfer and are none, somebody said; they are not proposed again."""

    outgoing = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="+")
    incoming = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="+")

    class Meta(HouseholdOwned.Meta):
        default_related_name = "no_pairs"
        verbose_name = _("pair that is no transfer")
        constraints = [models.UniqueConstraint(fields=["outgoing", "incoming"], name="no_pair_once")]

    def __str__(self) -> str:
        return f"{self.outgoing_id} {self.incoming_id}"
