"""Makes the category model that ships, out of the corpus: the same corpus makes the same model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from insights.calc.shared import PATH


class Command(BaseCommand):
    help = "Train the category model that ships on insights/corpus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=PATH, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        from insights.training import fitting  # noqa: PLC0415 - scikit-learn is slow to import

        arrays = fitting.train(say=lambda words: self.stdout.write(words))
        fitting.save(arrays, options["to"])
        size = options["to"].stat().st_size
        self.stdout.write(self.style.SUCCESS(f"Wrote {options['to']}: {size / 1e6:.1f} MB"))
