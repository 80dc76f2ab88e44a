"""A way to read a bank's files is kept, and known by the headings of the next one; or forgotten."""

from __future__ import annotations

from django.db import transaction

from ledger.importing.csv.mapping import checked, kept, signature
from ledger.models import Account, Import, ImportProfile


@transaction.atomic
def keep_profile(*, upload: Import, name: str, mapping: dict[str, object], account: Account | None) -> ImportProfile:
    """Of files with these headings; what was kept for them before is replaced."""
    said = checked(mapping)
    values = {"name": name, "mapping": kept(said), "account": account}
    profile, _is_new = ImportProfile.objects.update_or_create(
        household=upload.household, signature=signature(said), defaults=values
    )
    return profile


def forget_profile(*, profile: ImportProfile) -> None:
    profile.delete()
