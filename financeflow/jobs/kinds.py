"""The kinds of background work: settings name each one's callable, which may carry a title for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from financeflow.jobs.models import Job
    from financeflow.jobs.progress import Progress

Run = Callable[["Job", "Progress"], "dict[str, Any] | None"]
Named = TypeVar("Named", bound=Run)


class JobFailed(Exception):
    """Raised by a kind that cannot go on, with the sentence the person shall read."""


def titled(title: Any, *, is_personal: bool = False) -> Callable[[Named], Named]:
    """Give a kind the name by which people know it; what a personal one says is for who asked for it alone."""

    def name(run: Named) -> Named:
        run.title = title  # type: ignore[attr-defined]
        run.is_personal = is_personal  # type: ignore[attr-defined]
        return run

    return name


def run_of(kind: str) -> Run:
    run: Run = import_string(settings.JOB_KINDS[kind])
    return run


def title_of(kind: str) -> str:
    """What people call this work; its bare kind when settings no longer know it."""
    if kind not in settings.JOB_KINDS:
        return kind
    return str(getattr(run_of(kind), "title", kind))


def is_personal(kind: str) -> bool:
    return kind in settings.JOB_KINDS and getattr(run_of(kind), "is_personal", False)
