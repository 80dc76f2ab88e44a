"""Settings for the processes that tests kill: those of `make run`, with a slow kind of work and little patience."""

from datetime import timedelta

from financeflow.jobs.tests.known import KINDS
from financeflow.settings.dev import *  # noqa: F403 - settings are made of settings

JOB_KINDS = KINDS
JOB_SILENT_SECONDS = 2
CELERY_BEAT_SCHEDULE = {
    "recover jobs": {"task": "financeflow.jobs.tasks.recover_jobs", "schedule": timedelta(seconds=1)},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
