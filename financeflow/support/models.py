"""What support staff looked at, and which log-ins went wrong."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.households.models import Household


class SupportLook(models.Model):
    """One look at a household; it outlives the household and the person who looked."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, verbose_name=_("who"))
    by_email = models.EmailField(_("e-mail address"))
    # No constraint: a household is removed with its own rows, and this line stays.
    household = models.ForeignKey(
        Household, null=True, on_delete=models.DO_NOTHING, db_constraint=False, verbose_name=_("household")
    )
    household_uid = models.UUIDField(_("household’s public id"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    path = models.CharField(_("page"), max_length=200)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    books_until = models.DateTimeField(_("books open until"), null=True, blank=True)

    history_leaves_out = ("by", "by_email", "household", "household_uid", "at", "path")

    class Meta:
        default_related_name = "support_looks"
        ordering = ["-id"]
        verbose_name = _("look at a household")
        verbose_name_plural = _("looks at households")
        permissions = [
            ("assist_people", "Can verify an e-mail, end sessions, send a password reset and lift a log-in lock"),
            ("run_jobs", "Can run jobs again and cancel them"),
        ]
        indexes = [models.Index(fields=["at"], name="support_look_by_age")]

    def __str__(self) -> str:
        return str(_("FinanceFlow support"))


class SignInProblem(models.Model):
    """A log-in that failed: kept for a month, so that support can tell a person why."""

    class Reason(models.TextChoices):
        WRONG_PASSWORD = "wrong_password", _("Wrong password")
        NO_ACCOUNT = "no_account", _("No account has this address")
        NO_PASSWORD = "no_password", _("The account has no password")
        CLOSED = "closed", _("The account is closed")

    email = models.CharField(_("e-mail address"), max_length=254)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    address = models.CharField(_("network address"), max_length=45)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        default_related_name = "sign_in_problems"
        ordering = ["-id"]
        verbose_name = _("sign-in problem")
        verbose_name_plural = _("sign-in problems")
        indexes = [
            models.Index(fields=["at"], name="sign_in_problem_by_age"),
            models.Index(fields=["email"], name="sign_in_problem_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_reason_display()}"


class SandboxManager(models.Manager["Sandbox"]):
    """Only the households that end by themselves."""

    def get_queryset(self) -> models.QuerySet[Sandbox]:
        return super().get_queryset().filter(expires_at__isnull=False)


class Sandbox(Household):
    """A guest's household, shown apart from those of people with an account."""

    objects: ClassVar[SandboxManager] = SandboxManager()

    class Meta:
        proxy = True
        verbose_name = _("sandbox")
        verbose_name_plural = _("sandboxes")
