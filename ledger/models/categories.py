"""What money was for, and who it went to: categories, payees, tags."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financeflow.tenancy.models import HouseholdOwned, Trashable
from financeflow.web.plain_text import validate_plain_text
from ledger.calc import CATEGORY_ICONS, HUES
from ledger.calc.words import name_key
from ledger.models.sight import OfPayeeManager, PayeeManager, TagManager


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
    tax_relevant = models.BooleanField(_("matters for taxes"), default=False)
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


def validate_tag(name: str) -> None:
    """What is typed after a # must be able to end, and lists of tags are written with commas."""
    if "," in name or "#" in name:
        raise ValidationError(gettext("A tag holds no comma and no #."), code="tag")


class KnownByName(models.Model):
    """A row that is found by its name, whatever its case, accents and punctuation."""

    key = models.CharField(max_length=160, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its key."""
        self.before_save()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(*args, **kwargs)

    def before_save(self) -> None:
        """The key follows the name, however that came about."""
        self.key = name_key(self.name)  # type: ignore[attr-defined]


class Payee(Trashable, KnownByName, HouseholdOwned):
    """Who money went to or came from, known by a name and by other spellings of it."""

    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_text])
    default_category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="default_of",
        verbose_name=_("usual category"),
    )
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[PayeeManager[Self]] = PayeeManager()

    history_leaves_out = ("edit_version", "key")

    class Meta(HouseholdOwned.Meta):
        default_related_name = "payees"
        ordering = ["name", "id"]
        verbose_name = _("payee")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "key"],
                condition=models.Q(trashed_at=None),
                name="payee_name_once",
                violation_error_message=_("There is a payee of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PayeeAlias(KnownByName, HouseholdOwned):
    """Another spelling of a payee, as banks write it."""

    payee = models.ForeignKey(Payee, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("other spelling"), max_length=120, validators=[validate_plain_text])

    objects: ClassVar[OfPayeeManager[Self]] = OfPayeeManager()

    history_leaves_out = ("key",)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "payee_aliases"
        ordering = ["name", "id"]
        verbose_name = _("other spelling of a payee")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "key"],
                name="payee_alias_once",
                violation_error_message=_("This is another spelling of a payee already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Tag(Trashable, KnownByName, HouseholdOwned):
    """A word of one's own on transactions, across categories."""

    name = models.CharField(_("name"), max_length=40, validators=[validate_plain_text, validate_tag])
    hue = models.PositiveSmallIntegerField(_("colour"), choices=HUES, default=11)
    tax_relevant = models.BooleanField(_("matters for taxes"), default=False)
    edit_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[TagManager[Self]] = TagManager()

    history_leaves_out = ("edit_version", "key")

    class Meta(HouseholdOwned.Meta):
        default_related_name = "tags"
        ordering = ["name", "id"]
        verbose_name = _("tag")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "key"],
                condition=models.Q(trashed_at=None),
                name="tag_name_once",
                violation_error_message=_("There is a tag of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
