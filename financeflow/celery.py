"""The Celery application: how work is sent to the background, embedded or on Redis alike."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.dev")

app = Celery("financeflow")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
