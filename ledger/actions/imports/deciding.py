"""What a person says about a file before it is brought in: whose rows these are, and what becomes of each.

Nothing of this changes the books; it is written on the desk alone, and has no history.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.households.models import User
from financeflow.jobs.actions import start_job
from ledger.actions.imports.judging import judge
from ledger.actions.imports.receiving import free
from ledger.calc.certainty import A_PERSON
from ledger.models import Account, Category, Import, ImportedAccount, ImportRow
from ledger.queries.imports.preview import SUGGESTED
from ledger.queries.imports.waiting import became

JUDGE: Final = "ledger.judge_import"
# So many rows are looked through while one waits; more are a job.
AT_ONCE: Final = 5000
LONGEST_PAYEE: Final = 120
Deed = ImportRow.Deed
# To which rows a deed can be done: what could not be read has no amount, and only what has a match can complete it.
_FITTING: Final = {
    Deed.ADD: ~Q(verdict=ImportRow.Verdict.UNREAD),
    Deed.MERGE: Q(match__isnull=False, match__trashed_at=None) & ~Q(verdict=ImportRow.Verdict.UNREAD),
    Deed.LEAVE: ~Q(verdict=ImportRow.Verdict.UNREAD),
}


@transaction.atomic
def choose_account(
    *,
    sheet: ImportedAccount,
    by: User | None,
    account: Account | None = None,
    is_new: bool = False,
    is_left_out: bool = False,
) -> None:
    """Whose rows these are: of this account, of one that is added with them, or of none, for they are left out.

    It is said of all statements in the file that name the same account.
    """
    upload = free(sheet.upload)
    if upload.state != Import.State.READY:
        raise Refused(_("This file is not waiting to be brought in, so its account stays as it is."))
    if account is not None and account.currency != sheet.currency:
        words = _("These rows are in %(rows)s and the account “%(name)s” is in %(account)s. Choose another account.")
        raise Refused(words % {"rows": sheet.currency, "name": account.name, "account": account.currency})
    if account is not None and account.closed_on is not None:
        raise Refused(_("The account “%(name)s” is closed. Open it again, or choose another.") % {"name": account.name})
    alike = upload.sheets.filter(pk=sheet.pk)
    if sheet.number or sheet.name:
        alike = upload.sheets.filter(number=sheet.number, name=sheet.name, currency=sheet.currency)
    alike.update(account=account, is_new=is_new and account is None, is_left_out=is_left_out)
    judge_anew(upload, by=by)


@transaction.atomic
def decide_rows(*, upload: Import, rows: QuerySet[ImportRow], deed: str) -> int:
    """Bring them in, complete what is here, or leave them out; how many of them that could be said of."""
    rows = _open(upload, rows)
    return rows.filter(_FITTING[Deed(deed)]).update(deed=deed, is_decided=True)


@transaction.atomic
def undecide(*, upload: Import, by: User | None, rows: QuerySet[ImportRow]) -> int:
    """What was said of them is taken back: what becomes of them follows from what was found out."""
    rows = _open(upload, rows).filter(is_decided=True)
    if upload.state == Import.State.DONE:
        return rows.update(is_decided=False, deed=Deed.LEAVE)
    count = rows.update(is_decided=False)
    if count:
        judge_anew(upload, by=by)
    return count


@transaction.atomic
def set_payee(*, upload: Import, rows: QuerySet[ImportRow], name: str) -> int:
    """Who was paid, in a person's own words; the file's own stay as they are. No name means the file's."""
    file_name = Left("payee", LONGEST_PAYEE)
    return _open(upload, rows).filter(_FITTING[Deed.ADD]).update(payee_name=name or file_name)


@transaction.atomic
def set_category(*, upload: Import, rows: QuerySet[ImportRow], category: Category | None) -> int:
    """A person's own category is sure, and so is a person's own none."""
    rows = _open(upload, rows).filter(_FITTING[Deed.ADD])
    return rows.update(category=category, category_reason="", confidence=A_PERSON)


@transaction.atomic
def accept_suggestions(*, upload: Import, rows: QuerySet[ImportRow]) -> int:
    """What was suggested is what the person says; how many of them that could be said of."""
    rows = _open(upload, rows).filter(_FITTING[Deed.ADD], SUGGESTED)
    return rows.update(category_reason="", confidence=A_PERSON)


def _open(upload: Import, rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """Those of which one may still say something: also of a file that was brought in, if they stayed out."""
    if free(upload).state == Import.State.READY:
        return rows
    if upload.state == Import.State.DONE:
        return rows.filter(~Exists(became()))
    raise Refused(_("Nothing can be said about its rows: the file was not read."))


def judge_anew(upload: Import, *, by: User | None) -> None:
    """Find the verdicts again: at once, or as a job where they are many. Until then none of them counts."""
    Import.objects.filter(pk=upload.pk).update(judged_at=None)
    if ImportRow.objects.filter(sheet__upload=upload)[: AT_ONCE + 1].count() <= AT_ONCE:
        judge(upload)
        return
    upload.job = start_job(household=upload.household, by=by, kind=JUDGE, upload=str(upload.uid))
    upload.save(update_fields=["job"])
