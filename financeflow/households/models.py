"""People, households, and who may do what in which."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import validate_currency, validate_locale, validate_time_zone
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.prepared import Prepared, Slot
from financeflow.tenancy.scope import every_household


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get(self, *args: Any, **asked: Any) -> User:
        """By the key alone it is asked with every page: then its SQL is written once."""
        if args or asked.keys() != {"pk"}:
            return super().get(*args, **asked)
        with every_household("people belong to none"):
            found: list[User] = BY_KEY.objects(key=asked["pk"])
        if not found:
            raise User.DoesNotExist("There is no such person.")
        return found[0]

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


BY_KEY = Prepared(lambda: User.objects.filter(pk=Slot("key")))


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by an e-mail address; or a guest, known by nothing yet."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("Like the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("Comfortable")
        COMPACT = "compact", _("Compact")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    picture = models.ImageField(_("picture"), upload_to="people/", blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    theme = models.CharField(_("theme"), max_length=8, choices=Theme, default=Theme.SYSTEM, blank=True)
    density = models.CharField(_("density"), max_length=12, choices=Density, default=Density.COMFORTABLE)
    blur_amounts = models.BooleanField(_("blur amounts until pointed at"), default=False)
    inactivity_minutes = models.PositiveSmallIntegerField(
        _("log out after minutes without activity"), null=True, blank=True
    )
    is_guest = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message=_("This e-mail address is taken.")
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = (self.name or self.email).replace(".", " ").replace("@", " ").split()
        return "".join(word[0] for word in words[:2]).upper() or "?"


class Household(models.Model):
    """One set of books and the people who keep it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    base_currency = models.CharField(_("base currency"), max_length=3, validators=[validate_currency], default="EUR")
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone], default="UTC")
    locale = models.CharField(_("dates and numbers"), max_length=12, validators=[validate_locale], default="en-GB")
    first_weekday = models.PositiveSmallIntegerField(
        _("a week starts on"), choices=[(0, _("Monday")), (5, _("Saturday")), (6, _("Sunday"))], default=0
    )
    month_start_day = models.PositiveSmallIntegerField(
        _("a month starts on"),
        default=1,
        validators=[
            MinValueValidator(1),
            MaxValueValidator(28, _("Choose a day from 1 to 28, so that each month has it.")),
        ],
    )
    version = models.PositiveBigIntegerField(default=1, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    delete_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_related_name = "households"
        indexes = [
            models.Index(fields=["expires_at"], name="household_expiry"),
            models.Index(fields=["delete_at"], name="household_deletion"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(HouseholdOwned):
    """One person in one household."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        VIEWER = "viewer", _("Viewer")

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.EDITOR)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(default=timezone.now, editable=False)
    # The parts of the dashboard in this member's order, and which of them are hidden: financeflow/web/widgets.py.
    dashboard = models.JSONField(default=dict, blank=True, editable=False)

    history_leaves_out = ("last_used_at", "dashboard")

    class Meta(HouseholdOwned.Meta):
        default_related_name = "memberships"
        constraints = [models.UniqueConstraint(fields=["household", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Invitation(HouseholdOwned):
    """A place in a household offered to an e-mail address, to be taken once and within days."""

    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role, default=Membership.Role.EDITOR)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invitations_sent")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "invitations"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
