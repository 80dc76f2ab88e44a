"""manage.py seed_demo: the story of the sandbox as a household of a real account."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from financeflow.households import actions
from financeflow.households.models import User

PLACE: dict[str, Any] = {"base_currency": "EUR", "time_zone": "Europe/Berlin", "locale": "en-GB"}


class Command(BaseCommand):
    help = "Make an account with a household of sample data; the same seed and day give the same data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=actions.SEED)
        parser.add_argument("--months", type=int, default=settings.SANDBOX_MONTHS)
        parser.add_argument("--email", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--name", default="Amara Lindqvist")
        parser.add_argument("--household", default="Lindenstraße household")

    def handle(self, *args: Any, email: str, password: str, name: str, **options: Any) -> None:
        if User.objects.filter(email__iexact=email).exists():
            self.stdout.write(f"{email} has an account already. Nothing was changed.")
            return
        if not 1 <= options["months"] <= 120:
            raise CommandError("--months must be from 1 to 120.", returncode=2)
        try:
            with transaction.atomic():
                person = actions.open_account(email=email, password=password, name=name)
                told = {"seed": options["seed"], "months": options["months"]}
                actions.open_demo_household(by=person, name=options["household"], **told, **PLACE)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        self.stdout.write(f"Made {email} with {options['months']} months of sample data.")
