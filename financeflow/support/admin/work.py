"""Background work, announcements, and what was done in books that are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.events.models import Event
from financeflow.history.models import ChangeSet
from financeflow.jobs import actions
from financeflow.jobs.models import Job
from financeflow.notify.models import Notification
from financeflow.support.rows import BooksAdmin, HouseholdRowAdmin


@admin.register(Job)
class JobAdmin(HouseholdRowAdmin[Job]):
    """A job: how far it is, but neither what it was told nor what came of it."""

    list_display = ("kind", "state", "household", "progress", "attempts", "created_at", "heartbeat_at")
    list_filter = ("state", "kind", "created_at")
    search_fields = ("uid", "household__name", "by__email")
    list_select_related = ("household",)
    fields = (
        "uid",
        "kind",
        "state",
        "household",
        "by",
        "progress",
        "attempts",
        "cancel_asked",
        "created_at",
        "heartbeat_at",
        "finished_at",
    )
    actions = ("retry_jobs", "cancel_jobs")

    def has_run_permission(self, request: Any) -> bool:
        return bool(request.user.has_perm("support.run_jobs"))

    @admin.display(description=gettext_lazy("Progress"))
    def progress(self, job: Job) -> str:
        return f"{job.percent} %"

    @admin.action(description=gettext_lazy("Run again"), permissions=["run"])
    def retry_jobs(self, request: Any, jobs: QuerySet[Job]) -> None:
        self._do(request, jobs, _("Put back in the queue"), actions.retry_job)

    @admin.action(description=gettext_lazy("Cancel"), permissions=["run"])
    def cancel_jobs(self, request: Any, jobs: QuerySet[Job]) -> None:
        self._do(request, jobs, _("Asked to stop"), actions.cancel_job)

    def _do(self, request: Any, jobs: QuerySet[Job], what: str, act: Callable[[Job], None]) -> None:
        for job in jobs:
            act(job)
            self.log_change(request, job, what)
            self.message_user(request, f"{what}: {job.kind}", messages.SUCCESS)


@admin.register(Event)
class EventAdmin(HouseholdRowAdmin[Event]):
    """Announcements: names, never data."""

    list_display = ("id", "name", "household", "subject", "at")
    list_filter = ("name", "at")
    search_fields = ("household__name", "subject")
    list_select_related = ("household",)


@admin.register(Notification)
class NotificationAdmin(HouseholdRowAdmin[Notification]):
    """Notices: whether one was told and mailed, but not what it says, for that may be amounts."""

    list_display = ("kind", "once", "user", "household", "created_at", "read_at", "mailed_at")
    list_filter = ("kind", "is_mailed", "created_at")
    search_fields = ("uid", "household__name", "user__email")
    list_select_related = ("household", "user")
    fields = (
        *("uid", "kind", "once", "household", "user", "is_shown", "is_mailed"),
        *("created_at", "read_at", "held_until", "mailed_at"),
    )


@admin.register(ChangeSet)
class ChangeSetAdmin(BooksAdmin[ChangeSet]):
    """What was done in a household; its words may hold amounts, so it stays shut with the books."""

    list_display = ("at", "summary", "household", "by", "verb", "undone_at")
    list_filter = ("verb", "at")
    search_fields = ("summary",)
    list_select_related = ("household", "by")
    fields = ("at", "household", "by", "verb", "topic", "summary", "needs", "is_undoable", "undoes", "undone_at")
