"""What sign-in keeps sealed: the secrets of authenticator apps and the seeds of recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from financeflow.sealing import reseal

SEALED_FIELDS = {"secret", "seed"}


@transaction.atomic
def reseal_second_steps() -> int:
    """Seal each with the newest key; how many there are."""
    count = 0
    for step in Authenticator.objects.select_for_update().order_by("id"):
        sealed = {name: reseal(value) for name, value in step.data.items() if name in SEALED_FIELDS and value}
        if sealed:
            step.data = {**step.data, **sealed}
            step.save(update_fields=["data"])
            count += 1
    return count
