"""S1 and S2: a bank's CSV on its whole way into an empty account, then the same file again."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import sys
import time
from datetime import date
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.dev")

import django

django.setup()

import ledgers
from django.core.management import call_command
from django.db import connection

from financeflow.households.actions import open_household
from financeflow.households.models import User
from financeflow.jobs.actions import claim_job
from financeflow.jobs.models import Job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import household_scope
from financeflow.web.memory import settle
from ledger import actions
from ledger.actions.imports import receive_file, start_bringing
from ledger.models import Import, Transaction


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("bench@example.org", "not a secret")
    household = open_household(by=owner, base_currency="EUR", name="Bench")
    content = as_statement(count)
    settle()  # as a server and a worker do when they start
    with household_scope(household.pk, viewer=owner.pk):
        account = actions.add_account(
            household=household, by=None, name="Bank", kind="checking", currency="EUR", opened_on=date(2016, 1, 1)
        )
        seconds = []
        for name in ("first.csv", "again.csv"):
            started = time.perf_counter()
            upload = receive_file(household=household, by=owner, name=name, content=content, target=account)
            run(upload)
            read = time.perf_counter()
            start_bringing(upload=upload, by=owner)
            run(upload)
            seconds += [read - started, time.perf_counter() - read]
        came = Transaction.objects.count()
    if came != count:
        raise SystemExit(f"{came} of {count} rows came in.")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": [round(each, 2) for each in seconds], "memory": memory, "vendor": connection.vendor}))


def run(upload: Import) -> None:
    upload.refresh_from_db()
    job = claim_job(upload.job_id or 0)
    if job is None:
        raise SystemExit("The job was taken by somebody else.")
    carry_out(job)
    job = Job.objects.get(pk=job.pk)
    if job.state != Job.State.DONE:
        raise SystemExit(job.message)


def as_statement(count: int) -> bytes:
    """A file as banks write it: day, payee, words, amount with a decimal point, oldest first."""
    names = ledgers.payee_names()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Date", "Payee", "Description", "Amount"])
    for row in islice(ledgers.rows(count + count // 5 + 10), count):
        sign, size = "-" if row.amount < 0 else "", abs(row.amount)
        writer.writerow([row.day, names[row.payee], row.description, f"{sign}{size // 100}.{size % 100:02}"])
    return text.getvalue().encode()


if __name__ == "__main__":
    main(int(sys.argv[1]))
