"""How logs are written: one JSON object a line in production, readable in development, and never a secret."""

from __future__ import annotations

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from financeflow.tenancy.scope import scope_for_logs

HIDDEN = "[hidden]"
# What is called like this is never written, whatever it holds.
SECRET = re.compile(
    r"pass(word|wd|phrase)?|secret|token|auth|cookie|session|credential|csrf|otp|totp|recovery|signature|(^|_)(key|code)($|_)"
    r"|e_?mail|payee|amount|balance|iban|price|money",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*")
# Signed values, JWTs and random tokens: long, of one piece, with figures and letters mixed.
UUID = r"(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
TOKEN = re.compile(UUID + r"(?<![\w:.-])(?=[\w:.-]*\d)(?=[\w:.-]*[A-Za-z])[\w:.-]*[\w-]{24,}[\w:.-]*(?![\w-])")
KNOWN = frozenset({"request_id", "timestamp", "logger", "level", "route", "exception", "task"})


def hide_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Hide what is named like a secret, and e-mail addresses and tokens wherever they stand."""
    return {key: value if key in KNOWN - {"exception"} else _hidden(key, value) for key, value in event.items()}


def _hidden(key: str, value: Any) -> Any:
    if key not in KNOWN and SECRET.search(key):
        return HIDDEN
    if isinstance(value, dict):
        return {name: _hidden(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(key, inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    text = EMAIL.sub("[e-mail]", str(value))
    return text if key == "exception" else TOKEN.sub(HIDDEN, text)


def add_household(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Whose rows the code that speaks may see."""
    scope = scope_for_logs()
    if scope is not None:
        event.setdefault("household", scope)
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    add_household,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
]


# Django's debug lines are SQL with what people entered, and its warnings repeat what the request's line says.
LEVELS = {
    "django": "INFO",
    "django.db.backends": "WARNING",
    "django.request": "ERROR",
    "django.security.DisallowedHost": "CRITICAL",
    "django.server": "INFO",
    "uvicorn": "WARNING",
    "celery": "WARNING",
    "kombu": "WARNING",
}


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: our lines, Django's, Celery's and uvicorn's through one formatter."""
    stamped: list[Processor] = [
        *SHARED,
        structlog.processors.TimeStamper(fmt="iso" if as_json else "%H:%M:%S", utc=as_json),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *stamped,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _formatter(stamped, as_json=as_json)},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"level": least, "handlers": [], "propagate": True} for name, least in LEVELS.items()},
    }


def _formatter(stamped: list[Processor], *, as_json: bool) -> dict[str, Any]:
    readable = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": stamped,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            hide_secrets,
            structlog.processors.JSONRenderer() if as_json else readable,
        ],
    }
