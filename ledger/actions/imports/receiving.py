"""A file arrives at the import desk, is read again in another way, or goes again."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from pathlib import PurePath
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.events.publishing import publish
from financeflow.history.editing import locked
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from financeflow.jobs.actions import start_job
from ledger.actions.imports.staging import clear, write
from ledger.models import Account, Import
from ledger.models.files import remove_once_committed

READ: Final = "ledger.read_import"
TOPIC: Final = "imports.changed"
_SAME: Final[Any] = object()
LONGEST_NAME: Final = 120


@transaction.atomic
def receive_file(
    *, household: Household, by: User | None, name: str, content: bytes, target: Account | None = None
) -> Import:
    """Keep the file as it came; a job reads it. `target` is the account it belongs to, where somebody said."""
    upload = Import(
        household=household,
        by=by,
        name=readable_name(name),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        target=target,
    )
    upload.file.save(secrets.token_hex(16), ContentFile(content), save=False)
    upload.save(force_insert=True)
    _start_reading(upload, by)
    return upload


def readable_name(name: str) -> str:
    """The last part of what the file calls itself, without what cannot be seen."""
    last = PurePath(name.replace("\\", "/")).name
    seen = "".join(char for char in last if unicodedata.category(char)[0] != "C").strip()
    return seen[-LONGEST_NAME:] or _("file")


@transaction.atomic
def read_again(
    *,
    upload: Import,
    by: User | None,
    mapping: dict[str, object] | None = _SAME,
    target: Account | None = _SAME,
) -> None:
    """Read it from the beginning: in another way, or into another account. What was decided is decided anew."""
    upload = free(upload)
    if upload.state == Import.State.DONE:
        raise Refused(_("This was brought in already. Take it back first."))
    upload.mapping = upload.mapping if mapping is _SAME else mapping
    upload.target = upload.target if target is _SAME else target
    upload.state = Import.State.READING
    upload.save(update_fields=["mapping", "target", "state"])
    _start_reading(upload, by)


@transaction.atomic
def remove_import(*, upload: Import) -> None:
    """Take a file off the desk; one that was brought in stays, so that it is known when it comes again."""
    upload = free(upload)
    if upload.state == Import.State.DONE:
        raise Refused(_("This was brought in already. Take it back first."))
    remove_once_committed([upload.file.name or ""])
    clear(upload)
    upload.delete()
    publish(TOPIC, household_id=upload.household_id, refreshes=False)


def free(upload: Import) -> Import:
    """The upload, held; Refused while a job is at it."""
    upload = locked(upload)
    if upload.is_busy:
        raise Refused(_("This file is being worked on. Wait until that is done."))
    return upload


def _start_reading(upload: Import, by: User | None) -> None:
    upload.job = start_job(household=upload.household, by=by, kind=READ, upload=str(upload.uid))
    write(upload, "job")
    publish(TOPIC, household_id=upload.household_id, refreshes=False)
