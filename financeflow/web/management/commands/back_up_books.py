"""Make a back-up of everything, while the application runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from financeflow.web.backups import NoBackup, back_up


class Command(BaseCommand):
    help = "Copy the database and uploaded files into one ZIP; the application may go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default=str(settings.VAR_DIR / "backups"), help="the folder (var/backups)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(str(back_up(Path(options["to"]))))
        except (NoBackup, OSError) as error:
            raise CommandError(str(error)) from None
