"""The ledger's part in the export of everything its owner may see, also what is in the trash."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q, QuerySet

from financeflow.households.exporting import ExportTable
from financeflow.tenancy.models import HouseholdOwned
from ledger.models import (
    Account,
    Attachment,
    Category,
    Line,
    NoPair,
    Payee,
    PayeeAlias,
    RefundLink,
    Rule,
    SavedReport,
    Statement,
    Tag,
    Tick,
    Transaction,
    TransactionTag,
    Transfer,
    TypedRate,
)
from ledger.papers import checked_paper

# Each table: its name, its model, its fields, and what it refers to. Kept sums are worked out anew when it is restored.
ACCOUNT = "name kind currency opening_balance opened_on in_net_worth closed_on closed_because chosen_icon position"
RULE = ("name", "match", "conditions", "deeds", "is_active", "stops", "position", "hits", "last_hit_at", "trashed_at")
TRANSACTION = (
    "date posted_on amount currency description notes status source external_id original_amount original_currency"
    " created_at trashed_at"
)
Told = tuple[str, type[HouseholdOwned], str, dict[str, str]]
BEFORE: tuple[Told, ...] = (
    ("accounts", Account, f"{ACCOUNT} trashed_at", {}),
    (
        "categories",
        Category,
        "key name kind hue icon position tax_relevant archived_at trashed_at",
        {"parent": "categories"},
    ),
    ("payees", Payee, "name key trashed_at", {"default_category": "categories"}),
    ("payee_aliases", PayeeAlias, "name key", {"payee": "payees"}),
    ("tags", Tag, "name key hue tax_relevant trashed_at", {}),
    ("typed_rates", TypedRate, "currency against on worth", {}),
    ("statements", Statement, "on balance currency total rows locked_at created_at", {"account": "accounts"}),
    ("transfers", Transfer, "created_at", {}),
    (
        "transactions",
        Transaction,
        TRANSACTION,
        {"account": "accounts", "payee": "payees", "transfer": "transfers", "statement": "statements"},
    ),
    ("lines", Line, "amount memo position learned", {"transaction": "transactions", "category": "categories"}),
    ("transaction_tags", TransactionTag, "", {"transaction": "transactions", "tag": "tags"}),
    ("ticks", Tick, "", {"transaction": "transactions", "statement": "statements"}),
)


def tables() -> list[ExportTable]:
    told = [ExportTable(name, model, tuple(fields.split()), references) for name, model, fields, references in BEFORE]
    refunds = {"line": "lines", "refund": "transactions"}
    pair = {"outgoing": "transactions", "incoming": "transactions"}
    papers = ("name", "content_type", "size", "digest", "created_at", "trashed_at")
    of_papers = {"transaction": "transactions"}
    return [
        *told,
        ExportTable("rules", Rule, RULE, mentions=("conditions", "deeds")),
        ExportTable(
            "refund_links", RefundLink, ("expected", "currency", "owed_by", "since", "given_up_on"), refunds, _refunds
        ),
        ExportTable("no_pairs", NoPair, (), pair, _no_pairs),
        ExportTable("saved_reports", SavedReport, ("name", "report", "query", "is_shared", "position"), {}, _shared),
        ExportTable("attachments", Attachment, papers, of_papers, file="file", keep_file=_keep_paper),
    ]


def _refunds() -> QuerySet[RefundLink]:
    """But for those whose refund stands in an account that another keeps private."""
    return RefundLink.objects.filter(Q(refund=None) | Q(refund__in=Transaction.objects.all()))


def _no_pairs() -> QuerySet[NoPair]:
    seen = Transaction.objects.all()
    return NoPair.objects.filter(outgoing__in=seen, incoming__in=seen)


def _shared() -> QuerySet[SavedReport]:
    """Reports that the household has together; what members keep for themselves is not its owner's to take away."""
    return SavedReport.objects.filter(is_shared=True)


def _keep_paper(row: Attachment, content: bytes) -> None:
    """A paper that comes back is looked into like one that is sent; its thumbnail is drawn anew."""
    paper = checked_paper(SimpleUploadedFile(row.name, content, content_type=""))
    row.name, row.content_type, row.size, row.digest = paper.name, paper.content_type, len(content), paper.digest
    row.file = paper.file
    row.thumbnail = paper.small_file or ""
