"""Files that people bring: an upload, the accounts in it, and every row as it stands beside what is made of it."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.households.choices import validate_currency
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.scope import current_viewer
from financeflow.web.plain_text import validate_plain_text
from ledger.calc.certainty import is_suggested, learned_of
from ledger.models.accounts import Account
from ledger.models.categories import Category
from ledger.models.files import remove_once_committed
from ledger.models.sight import InSight, SightManager
from ledger.models.transactions import AMOUNT, DAY, Transaction

Owned = TypeVar("Owned", bound=HouseholdOwned)
# Whose column names the upload, seen from each of the tables.
_UPLOAD = {"Import": "pk", "ImportedAccount": "upload", "ImportRow": "sheet__upload"}


class ImportManager(SightManager[Owned], Generic[Owned]):
    """Sees one's own uploads, and those of others that stand in accounts one may see, all of them."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        rows = super().get_queryset()
        viewer = current_viewer()
        if viewer is None:
            return rows
        path = _UPLOAD[self.model.__name__]
        unseen = ImportedAccount.everything().filter(upload=OuterRef(path)).filter(Q(account=None) | ~Q(InSight()))
        if path != "pk":
            return rows.filter(Q(**{f"{path}__by": viewer.user_id}) | ~Exists(unseen))
        # Nobody knows yet whose rows are in a file that was not read: until then it is its owner's alone.
        told = Exists(ImportedAccount.everything().filter(upload=OuterRef("pk")))
        return rows.filter(Q(by=viewer.user_id) | (told & ~Exists(unseen)))


class ImportProfile(HouseholdOwned):
    """How a bank writes its tables, as somebody confirmed it: the bank's next file is read the same way by itself."""

    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_text])
    # What tells the bank's next file: ledger.importing.csv.signature makes it of the headings.
    signature = models.CharField(max_length=64, editable=False)
    mapping = models.JSONField(default=dict, editable=False)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(HouseholdOwned.Meta):
        default_related_name = "import_profiles"
        ordering = ["name", "id"]
        verbose_name = _("way to read a bank’s files")
        constraints = [
            models.UniqueConstraint(fields=["household", "signature"], name="import_profile_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Import(HouseholdOwned):
    """One file that somebody brought, and how far it has come."""

    class State(models.TextChoices):
        READING = "reading", _("Being read")
        READY = "ready", _("Ready to look at")
        DONE = "done", _("Brought in")
        REFUSED = "refused", _("Could not be read")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="imports/", max_length=200, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING)
    format = models.CharField(max_length=20, blank=True)
    # Why it could not be read, as one sentence.
    refusal = models.CharField(max_length=500, blank=True)
    # What Found has of the whole file: remarks as {"message", "line"}, questions, categories, and how a table is read.
    remarks = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(null=True, blank=True)
    is_a_book = models.BooleanField(default=False)
    profile = models.ForeignKey(ImportProfile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The account that was chosen before anything was read, for files that name none.
    target = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    job = models.ForeignKey(
        "jobs.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # The household's version when the verdicts were found: where it has gone on, they are found again before anything
    # is brought in.
    judged_at = models.PositiveBigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[ImportManager[Self]] = ImportManager()

    history_leaves_out = (
        *("remarks", "questions", "categories", "mapping", "is_a_book", "profile", "target", "job", "refusal"),
        *("file", "digest", "size", "format", "judged_at"),
    )

    class Meta(HouseholdOwned.Meta):
        default_related_name = "imports"
        ordering = ["-id"]
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.name

    @property
    def is_busy(self) -> bool:
        """Whether work on it is under way: it is being read, looked through, brought in or taken back."""
        return self.job is not None and not self.job.is_over

    @classmethod
    def about_to_vanish(cls, rows: models.QuerySet[Any]) -> None:
        """The files go with them."""
        remove_once_committed(rows.values_list("file", flat=True))


class ImportedAccount(HouseholdOwned):
    """The rows of one account within an upload, and which account of the household that is."""

    upload = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="sheets")
    position = models.PositiveIntegerField()
    # What the file calls it, such as an IBAN: the next file of it goes to the same account by itself.
    number = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    currency = models.CharField(max_length=3, validators=[validate_currency])
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("account"))
    # Of another app's books: an account of this name is added when it is brought in.
    is_new = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)
    opening_balance = models.BigIntegerField(null=True, blank=True, validators=AMOUNT)
    opening_on = models.DateField(null=True, blank=True, validators=DAY)
    closing_balance = models.BigIntegerField(null=True, blank=True, validators=AMOUNT)
    closing_on = models.DateField(null=True, blank=True, validators=DAY)
    # {"message", "line"} each.
    remarks = models.JSONField(default=list, blank=True)

    objects: ClassVar[ImportManager[Self]] = ImportManager()

    history_leaves_out = ("remarks",)
    history_money = {"opening_balance": "currency", "closing_balance": "currency"}

    class Meta(HouseholdOwned.Meta):
        default_related_name = "imported_accounts"
        ordering = ["upload", "position"]
        verbose_name = _("account in a file")

    def __str__(self) -> str:
        return self.name or self.number or str(self.upload)

    @classmethod
    def everything(cls) -> models.QuerySet[ImportedAccount]:
        """Past what a viewer may see, for the manager's own question."""
        return models.QuerySet[ImportedAccount](cls)


class ImportRow(HouseholdOwned):
    """One row of a file: what stands there, what was understood, the verdict and why, and what shall be done."""

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        HERE = "here", _("Already here")
        POSSIBLE = "possible", _("Possibly here already")
        TYPED = "typed", _("Typed in before")
        POSTED = "posted", _("Was pending, now booked")
        TRANSFER = "transfer", _("Side of a transfer")
        BILL = "bill", _("Pays a bill")
        THROWN = "thrown", _("Thrown away before")
        UNREAD = "unread", _("Could not be read")

    class Deed(models.TextChoices):
        ADD = "add", _("Bring in")
        MERGE = "merge", _("Complete what is here")
        LEAVE = "leave", _("Leave out")
        ASK = "ask", _("Decide")

    # Found by the indexes below; one more for each would be one more to write for every row.
    household = models.ForeignKey("households.Household", on_delete=models.CASCADE, db_index=False)
    sheet = models.ForeignKey(ImportedAccount, on_delete=models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    original = models.TextField()
    # As it was understood, and never changed: all empty where it could not be read.
    date = models.DateField(null=True)
    posted_on = models.DateField(null=True)
    amount = models.BigIntegerField(null=True)
    payee = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    bank_id = models.CharField(max_length=200, blank=True)
    is_pending = models.BooleanField(default=False)
    balance = models.BigIntegerField(null=True)
    original_amount = models.BigIntegerField(null=True)
    original_currency = models.CharField(max_length=3, blank=True)
    notes = models.TextField(blank=True)
    category_name = models.CharField(max_length=200, blank=True)
    # {"tags": […], "parts": [[amount, category, memo], …], "transfer": …, "transfer_key": …}, without what is empty.
    more = models.JSONField(null=True, blank=True)
    # Equal for rows that say the same of date, amount and words: what two files are compared by.
    print = models.CharField(max_length=32, blank=True)
    # What was found out about it.
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.NEW)
    reason = models.CharField(max_length=250, blank=True)
    # The transaction it is, or may be; and the other side of the transfer that it is one side of, here or in this file.
    match = models.ForeignKey(Transaction, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    other = models.ForeignKey(Transaction, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    other_row = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    # What shall be done, whether a person said so, and the payee and category it shall have.
    deed = models.CharField(max_length=5, choices=Deed, default=Deed.ADD)
    is_decided = models.BooleanField(default=False)
    payee_name = models.CharField(max_length=120, blank=True)
    category = models.ForeignKey(Category, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    category_reason = models.CharField(max_length=120, blank=True)
    # How sure the category is: ledger.calc.certainty says what the number stands for.
    confidence = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[ImportManager[Self]] = ImportManager()

    class Meta(HouseholdOwned.Meta):
        default_related_name = "import_rows"
        ordering = ["sheet", "position"]
        verbose_name = _("row of a file")
        indexes = [
            models.Index(fields=["sheet", "position"], name="import_row_in_order"),
            models.Index(fields=["match"], condition=Q(match__isnull=False), name="import_row_match"),
            models.Index(fields=["other"], condition=Q(other__isnull=False), name="import_row_other"),
            models.Index(fields=["other_row"], condition=Q(other_row__isnull=False), name="import_row_other_row"),
            models.Index(fields=["category"], condition=Q(category__isnull=False), name="import_row_category"),
        ]

    @property
    def is_suggested(self) -> bool:
        """Whether the category waits for a person: until then the row has none."""
        return self.category_id is not None and is_suggested(self.confidence)

    @property
    def learned(self) -> int:
        """In percent, where it is filed by itself."""
        return learned_of(self.confidence) if self.category_id else 0

    @classmethod
    def about_to_stay_out(cls, keys: Any) -> None:
        """What they became was thrown away and goes for good: they are brought in again only when somebody says so."""
        rows = models.QuerySet[ImportRow](cls).filter(pk__in=keys)
        said = _("What came of it was thrown away. Bring it in if you want it back.")
        rows.update(verdict=cls.Verdict.THROWN, reason=str(said), deed=cls.Deed.LEAVE, is_decided=True, match=None)

    def __str__(self) -> str:
        return self.payee_name or self.payee or self.description or self.original[:80]
