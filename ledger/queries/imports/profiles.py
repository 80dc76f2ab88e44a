"""Ways to read a bank's tables that somebody confirmed: the next file of the bank is known by its headings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ledger.importing.csv.mapping import checked, signature
from ledger.importing.found import Found, Refused
from ledger.importing.how import How
from ledger.importing.source import HEAD, Source
from ledger.models import Account, Import, ImportProfile

Read = Callable[[Source, How], Found]


def how_it_is_read(upload: Import, source: Source, how: How, read: Read) -> Found:
    """The file, read as somebody said: for this file, else for one like it, else by itself."""
    if upload.mapping is None and (profile := profile_of(source, how, read)):
        upload.profile = profile
        # Of an account that somebody else keeps private, this viewer hears nothing.
        upload.target = upload.target or Account.objects.filter(pk=profile.account_id or 0).first()
        upload.save(update_fields=["profile", "target"])
        currency = upload.target.currency if upload.target else how.currency
        try:
            return read(source, replace(how, mapping=profile.mapping, currency=currency))
        except Refused:
            pass  # what fitted the file before does not fit this one
    return read(source, how)


def profile_of(source: Source, how: How, read: Read) -> ImportProfile | None:
    """The profile whose headings the file has, told by its beginning."""
    if not ImportProfile.objects.exists():
        return None
    head = source.content[:HEAD]
    if len(head) < len(source.content):
        head = head[: head.rfind(b"\n") + 1] or head
    if source.content.startswith(b"PK"):
        head = source.content  # a workbook cannot be cut
    try:
        found = read(Source(source.name, head), replace(how, step=lambda done, total: None))
    except Refused:
        return None
    if found.mapping is None:
        return None
    return ImportProfile.objects.filter(signature=signature(checked(found.mapping))).first()
