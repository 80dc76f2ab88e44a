"""manage.py restore_household FILE --email OWNER: an export becomes a household again."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from financeflow.households.models import User
from financeflow.households.restoring import NotAnExport, restore_household


class Command(BaseCommand):
    help = "Restore a household from the ZIP that “Export everything” wrote, as a new household of its owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP file")
        parser.add_argument("--email", required=True, help="who shall own the household; the account must exist")

    def handle(self, *args: Any, file: Path, email: str, **options: Any) -> None:
        owner = User.objects.filter(email__iexact=email, is_guest=False).first()
        if owner is None:
            raise CommandError(f"There is no account with the address {email}. Sign up first.", returncode=2)
        if not file.is_file():
            raise CommandError(f"There is no file {file}.", returncode=2)
        try:
            household = restore_household(file, owner=owner)
        except NotAnExport as error:
            raise CommandError(f"{file.name} was not restored. {error}", returncode=2) from error
        self.stdout.write(
            f"Restored “{household.name}”, owned by {owner.email}. Members are not restored: invite them."
        )
