"""What is left over: work that failed, files and their rows, statements, amounts without a rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.inbox.sources import Asking, Door, InboxItem, InboxKind, Source
from financeflow.jobs.models import Job
from financeflow.money.values import Money
from ledger.models import Import, Statement
from ledger.queries.desk_left import LeftOver, day_of, failed_work, files_left, open_statements
from ledger.queries.rate_sheet import Missing, missing_amounts
from ledger.queries.reports.keeping import kept

FAILED: Final = InboxKind("failed", gettext_lazy("Work that failed"), "alert", 65)
FILES: Final = InboxKind("import", gettext_lazy("Left over from files"), "import", 10)
RATES: Final = InboxKind("rate", gettext_lazy("Missing rates"), "coins", 12)
STATEMENTS: Final = InboxKind("statement", gettext_lazy("Statements to finish"), "check", 15)


def _failed(asking: Asking) -> list[InboxItem]:
    return asking.left([_job(jobs) for jobs in failed_work()])


def _job(jobs: Sequence[Job]) -> InboxItem:
    job = jobs[0]
    return InboxItem(
        key=str(job.uid),
        title=job.title,
        keys=tuple(str(each.uid) for each in jobs),
        day=day_of(job),
        reason=job.message or _("It stopped without saying why."),
        change=Door(_("Look at it"), reverse("job_show", args=[job.uid]), whole=True),
        url=reverse("job_show", args=[job.uid]),
        dismiss=_("Leave it"),
    )


def _files(asking: Asking) -> list[InboxItem]:
    return asking.left([_file(each) for each in files_left()])


def _file(left: LeftOver) -> InboxItem:
    address = reverse("import_show", args=[left.upload.uid])
    # What is kept back of a file that was brought in is another question than the file was.
    key = f"{left.upload.uid}.{left.upload.state}"
    return InboxItem(
        key=key,
        title=left.upload.name,
        keys=(key,),
        day=left.upload.created_at.date(),
        reason=_file_words(left),
        change=Door(_("Look at it"), address, whole=True),
        url=address,
        dismiss=_("Leave it"),
    )


def _file_words(left: LeftOver) -> str:
    if left.upload.state == Import.State.REFUSED:
        return left.upload.refusal or _("It could not be read.")
    if left.upload.state == Import.State.READY:
        return _("It was read, and nothing of it is in the books yet.")
    words = ngettext("%(count)s row was kept back", "%(count)s rows were kept back", left.rows)
    return words % {"count": left.rows}


def _rates(asking: Asking) -> list[InboxItem]:
    return asking.left([_rate(each) for each in kept(asking.household, "inbox_rates", missing_amounts)])


def _rate(missing: Missing) -> InboxItem:
    first = missing.first
    words = ngettext(
        "%(count)s amount is in no total, for no rate is known.",
        "%(count)s amounts are in no total, for no rate is known.",
        missing.count,
    )
    address = f"{reverse('rate_add')}?currency={missing.currency}&on={first.date:%Y-%m-%d}"
    return InboxItem(
        key=missing.currency,
        title=_("No rate for %(currency)s") % {"currency": missing.currency},
        keys=(missing.currency,),
        below=str(first),
        money=Money(first.amount, first.currency),
        day=first.date,
        reason=words % {"count": missing.count},
        change=Door(_("Type a rate"), address, size=""),
        url=reverse("rate_list"),
        dismiss=_("Leave it out of the totals"),
    )


def _statements(asking: Asking) -> list[InboxItem]:
    return asking.left([_statement(each) for each in open_statements()])


def _statement(statement: Statement) -> InboxItem:
    address = reverse("statement_show", args=[statement.uid])
    return InboxItem(
        key=str(statement.uid),
        title=statement.account.name,
        keys=(str(statement.uid),),
        money=Money(statement.balance, statement.currency),
        day=statement.on,
        reason=_("It was begun and is not reconciled yet."),
        change=Door(_("Go on with it"), address, whole=True),
        url=address,
        dismiss=_("Leave it"),
    )


SOURCES: Final = (
    Source(FAILED, lambda asking: len(_failed(asking)), _failed, is_kept=False),
    Source(FILES, lambda asking: len(_files(asking)), _files, is_kept=False),
    Source(RATES, lambda asking: len(_rates(asking)), _rates),
    Source(STATEMENTS, lambda asking: len(_statements(asking)), _statements),
)
