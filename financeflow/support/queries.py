"""Questions of support staff. Each returns a queryset or a frozen value; none writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from financeflow.households.models import Household, User
from financeflow.jobs.models import Job
from financeflow.support.models import SignInProblem, SupportLook


@dataclass(frozen=True)
class Figures:
    """What the first page tells at a glance."""

    people: int
    guests: int
    households: int
    sandboxes: int
    jobs_waiting: int
    jobs_failed: int
    problems: int


def figures() -> Figures:
    day = timezone.now() - timedelta(days=1)
    people, households, jobs = User.objects, Household.objects, Job.objects
    return Figures(
        people=people.filter(is_guest=False).count(),
        guests=people.filter(is_guest=True).count(),
        households=households.filter(expires_at__isnull=True).count(),
        sandboxes=households.filter(expires_at__isnull=False).count(),
        jobs_waiting=jobs.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).count(),
        jobs_failed=jobs.filter(state=Job.State.FAILED, finished_at__gt=day).count(),
        problems=SignInProblem.objects.filter(at__gt=day).count(),
    )


def open_looks(user: Any) -> QuerySet[SupportLook]:
    """The looks into books this person has open now; only a superuser ever has any."""
    looks = SupportLook.objects.filter(by=user.pk, household__isnull=False, books_until__gt=timezone.now())
    return looks if user.is_active and user.is_superuser else looks.none()


def sessions_alive(keys: list[str]) -> int:
    return Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).count()
