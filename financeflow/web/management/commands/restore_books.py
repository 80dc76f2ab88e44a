"""Put a back-up in the place of everything that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from financeflow.web.backups import NoBackup, restore


class Command(BaseCommand):
    help = "Replace the database and uploaded files by those of a back-up, and bring them to this version."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a ZIP made by back_up_books")
        parser.add_argument("--replace", action="store_true", help="yes, what is there now may go")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["replace"]:
            raise CommandError("This replaces everything that is there now. Stop the application, then add --replace.")
        try:
            restore(Path(options["file"]))
        except (NoBackup, OSError) as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("Restored.")
