"""`manage.py import_file FILE`: the whole way of a file into the books, for scripts."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from financeflow.history.refusal import Refused
from financeflow.households.models import Household, Membership, User
from financeflow.jobs.actions import claim_job
from financeflow.jobs.models import Job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.guards import RANKS
from financeflow.tenancy.scope import household_scope
from ledger.actions.imports import receive_file, remove_import, start_bringing
from ledger.importing.reading import MOST_BYTES
from ledger.models import Account, Import, ImportRow
from ledger.queries.imports.waiting import still_out

REFUSED: Final = 2
LOOK_EVERY: Final = 0.2


class Command(BaseCommand):
    help = (
        "Read a bank's file and bring in what is new. What needs a decision stays at the import desk. "
        "Ends with 0 when it is in, 2 when the file or what was said of it was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--household", required=True, help="its name, or its public id")
        parser.add_argument("--account", default="", help="name or public id; needed where the file names none we know")
        parser.add_argument("--as", dest="person", default="", metavar="EMAIL", help="else the first owner")
        parser.add_argument("--look-only", action="store_true", help="say what would happen, and keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            household = _household(options["household"])
            with household_scope(household.pk):
                person = _person(household, options["person"])
            with household_scope(household.pk, viewer=person.pk):
                self._import(household, person, options)
        except _Refusal as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(REFUSED) from refusal

    def _import(self, household: Household, person: User, options: dict[str, Any]) -> None:
        target = _account(options["account"]) if options["account"] else None
        path = Path(options["file"])
        upload = receive_file(household=household, by=person, name=path.name, content=_content(path), target=target)
        try:
            upload = _worked_on(upload)
            self._tell_verdicts(upload)
        finally:
            if options["look_only"] or upload.state != Import.State.READY:
                remove_import(upload=upload)
        if options["look_only"]:
            return
        try:
            start_bringing(upload=upload, by=person)
        except Refused as refusal:
            remove_import(upload=upload)
            raise _Refusal(str(refusal)) from refusal
        upload = _worked_on(upload)
        self.stdout.write(str(upload.job.result["message"]) if upload.job else "")
        if waiting := still_out(upload).filter(deed=ImportRow.Deed.ASK).count():
            self.stdout.write(f"{waiting} rows wait for a decision at /imports/{upload.uid}/")

    def _tell_verdicts(self, upload: Import) -> None:
        for verdict in ImportRow.Verdict:
            if count := ImportRow.objects.filter(sheet__upload=upload, verdict=verdict).count():
                self.stdout.write(f"{count:>8}  {verdict.label}")


class _Refusal(Exception):
    """What a script is told."""


def _household(named: str) -> Household:
    found = Household.objects.filter(**_named(named))[:2]
    if len(found) != 1:
        raise _Refusal(f"“{named}” is {'no household' if not found else 'more than one household'} here.")
    return found[0]


def _named(named: str) -> dict[str, Any]:
    try:
        return {"uid": uuid.UUID(named)}
    except ValueError:
        return {"name__iexact": named}


def _person(household: Household, email: str) -> User:
    members = Membership.objects.filter(household=household).select_related("user").order_by("pk")
    member = next((each for each in members if _is_meant(each, email)), None)
    if member is None:
        raise _Refusal(f"Nobody called {email} may change these books." if email else "This household has no owner.")
    return member.user


def _is_meant(member: Membership, email: str) -> bool:
    if not email:
        return member.role == "owner"
    return member.user.email.casefold() == email.casefold() and RANKS[member.role] >= RANKS["editor"]


def _account(named: str) -> Account:
    found = Account.objects.filter(trashed_at=None, **_named(named))[:2]
    if len(found) != 1:
        raise _Refusal(f"“{named}” is {'no account' if not found else 'more than one account'} of this household.")
    return found[0]


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _Refusal(f"{path.name} is larger than {MOST_BYTES // 1024**2} MB.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}") from error


def _worked_on(upload: Import) -> Import:
    """The upload after its job: done here, or waited for where a worker was quicker."""
    upload.refresh_from_db(fields=["job"])
    key = upload.job_id or 0
    if claimed := claim_job(key):
        carry_out(claimed)
    while not Job.objects.get(pk=key).is_over:
        time.sleep(LOOK_EVERY)
    upload = Import.objects.select_related("household", "job").get(pk=upload.pk)
    if upload.job and upload.job.state != Job.State.DONE:
        raise _Refusal(upload.job.message)
    if upload.state == Import.State.REFUSED:
        raise _Refusal(upload.refusal)
    return upload
