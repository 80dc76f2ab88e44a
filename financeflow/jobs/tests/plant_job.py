"""Run by tests in a process of its own: makes a database with a household and starts slow work in it."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs the app registry

from financeflow.jobs import actions  # noqa: E402 - needs the app registry
from financeflow.tenancy.scope import household_scope  # noqa: E402
from financeflow.testing import HouseholdFactory, owner_of  # noqa: E402

call_command("migrate", verbosity=0)
household = HouseholdFactory.create()
with household_scope(household.pk):
    actions.start_job(household=household, by=owner_of(household), kind="slow")
