"""What a household's own filing taught: one lesson for a line, how guesses fared, and how far one goes with them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned
from insights.calc.naming import LONGEST_WORDS
from insights.models.forgetting import Forgotten
from ledger.calc.bands import FILED_FROM, SUGGESTED_FROM, Band
from ledger.models import Account, Category, Line, Payee
from ledger.models.sight import InAccountManager

PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


class School(HouseholdOwned):
    """What is known of a household's learning as a whole, and from which confidence on it acts."""

    files_by_itself = models.BooleanField(_("file what is sure by itself"), default=True)
    filed_from = models.PositiveSmallIntegerField(_("file from"), default=FILED_FROM, validators=PERCENT)
    suggested_from = models.PositiveSmallIntegerField(_("suggest from"), default=SUGGESTED_FROM, validators=PERCENT)
    # Raised with every lesson, which carries it: whoever remembers lessons asks for those that are newer.
    version = models.PositiveBigIntegerField(default=0, editable=False)
    # Raised where lessons went away or categories changed: whoever remembers any begins anew.
    epoch = models.PositiveIntegerField(default=0, editable=False)
    # Change-sets that are too large to be learned at once, and were not yet.
    waiting = models.JSONField(default=list, editable=False)
    # Until the history that was there first is learned.
    is_new = models.BooleanField(default=True, editable=False)

    history_leaves_out = ("version", "epoch", "waiting", "is_new")

    class Meta(HouseholdOwned.Meta):
        default_related_name = "schools"
        verbose_name = _("school")
        constraints = [models.UniqueConstraint(fields=["household"], name="school_once")]

    def __str__(self) -> str:
        return gettext("What was learned")


class Lesson(HouseholdOwned):
    """Under what a line is filed, as somebody or a file said; without a category it teaches nothing any more."""

    line = models.OneToOneField(Line, on_delete=models.CASCADE, related_name="lesson")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    payee = models.ForeignKey(Payee, null=True, blank=True, on_delete=models.SET_NULL)
    # Alike for all that are the same: the payee's, else what is a name in the bank's words.
    key = models.CharField(max_length=160)
    words = models.CharField(max_length=LONGEST_WORDS)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    day = models.DateField()
    taught_at = models.DateTimeField(default=timezone.now)
    # It counts no more for as long as that row is there: undo takes it away, and brings it back.
    forgotten = models.ForeignKey(
        Forgotten, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False
    )
    version = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[InAccountManager[Self]] = InAccountManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "lessons"
        ordering = ["-taught_at", "-id"]
        verbose_name = _("lesson")
        indexes = [
            models.Index(fields=["household", "version"], name="lesson_by_version"),
            models.Index(fields=["household", "key", "-taught_at"], name="lesson_by_key"),
        ]

    def __str__(self) -> str:
        return self.words


class Outcome(HouseholdOwned):
    """How a guess fared: what would have been said of something before a person said what it was."""

    at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=160)
    words = models.CharField(max_length=LONGEST_WORDS)
    guess = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    percent = models.PositiveSmallIntegerField(default=0)
    band = models.CharField(max_length=9, choices=[(band.value, band.value) for band in Band], default=Band.OPEN.value)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+", db_index=False)
    is_right = models.BooleanField()

    objects: ClassVar[InAccountManager[Self]] = InAccountManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "outcomes"
        ordering = ["-at", "-id"]
        verbose_name = _("how a guess fared")
        indexes = [models.Index(fields=["household", "-at"], name="outcome_latest")]

    def __str__(self) -> str:
        return self.words
