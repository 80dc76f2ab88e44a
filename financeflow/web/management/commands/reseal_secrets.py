"""Seal every kept secret again with the newest key, so that older keys can be forgotten."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from financeflow.web.gathering import gathered


class Command(BaseCommand):
    help = "Seal kept secrets again with SECRET_KEY; afterwards SECRET_KEY_FALLBACKS may be emptied."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                count = sum(reseal() for reseal in gathered("SEALED"))
        except InvalidToken:
            raise CommandError(
                "A secret was sealed with a key that is in neither setting: nothing was changed."
            ) from None
        self.stdout.write(f"{count} sealed again.")
