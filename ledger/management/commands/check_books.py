"""`manage.py check_books`: look for every fault the books could have, and mend what follows from what was written."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.actions.rebuilding import rebuild
from ledger.queries.checking import violations

MOST_TOLD = 50


class Command(BaseCommand):
    help = "Check every invariant of the books of all households, or of one; with --fix work out anew what is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--household", metavar="UID", help="only this household, by its public id")
        parser.add_argument("--fix", action="store_true", help="work out balances, totals and copies anew where wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Household.objects.order_by("pk")
        if options["household"]:
            found = found.filter(uid=options["household"])
        wrong = sum(self._check(household, fix=options["fix"]) for household in found.iterator())
        if wrong:
            raise CommandError(f"{wrong} faults were found.")
        self.stdout.write("The books are in order.")

    def _check(self, household: Household, *, fix: bool) -> int:
        """How many faults are left in this household."""
        with household_scope(household.pk):
            faults = violations()
            self._tell(household, faults)
            if faults and fix:
                rebuild(household)
                left = violations()
                self.stdout.write(f"{household.uid}: {len(faults) - len(left)} mended, {len(left)} left")
                return len(left)
        return len(faults)

    def _tell(self, household: Household, faults: list[str]) -> None:
        for fault in faults[:MOST_TOLD]:
            self.stdout.write(f"{household.uid}: {fault}")
        if len(faults) > MOST_TOLD:
            self.stdout.write(f"{household.uid}: and {len(faults) - MOST_TOLD} more")
