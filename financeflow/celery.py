"""The Celery application: how work is sent to the background, embedded or on Redis alike."""

import os
from typing import Any

import structlog
from celery import Celery, signals

from financeflow.web.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financeflow.settings.dev")

app = Celery("financeflow")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def leave_logging_alone(**_: Any) -> None:
    """Logs are Django's: Celery sets up none when somebody listens here."""


@signals.before_task_publish.connect
def send_request_id(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """What a request starts is found in the log under the request's id."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and request_id:
        headers["request_id"] = request_id


@signals.task_prerun.connect
def take_request_id(task_id: str, task: Any, **_: Any) -> None:
    if not task.request.is_eager:
        structlog.contextvars.clear_contextvars()
        request_id = (task.request.headers or {}).get("request_id") or getattr(task.request, "request_id", None)
        structlog.contextvars.bind_contextvars(request_id=request_id or task_id, task=task.name)


@signals.worker_init.connect
def settle_memory(**_: Any) -> None:
    """Before the worker makes children, which then share what they never change."""
    settle()


@signals.worker_shutting_down.connect
def stop_running_work(**_: Any) -> None:
    """Running jobs go back to the queue at their next step instead of holding up the end."""
    from financeflow.jobs.progress import stopping  # noqa: PLC0415 - needs the app registry

    stopping.set()
