"""Sending letters, after whoever wrote the notices is done."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from financeflow.notify import actions, queries
from financeflow.notify.mailing import send_letter
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import every_household, household_scope

log = logging.getLogger(__name__)


@shared_task
def mail_notices(household_id: int, keys: list[int]) -> int:
    """Send these notices to who wants them by mail, each once and read with its reader's eyes; how many went out."""
    with household_scope(household_id):
        waiting = list(queries.unsent(keys))
    return sum(_mail(notice) for notice in waiting)


def _mail(notice: Notification) -> bool:
    with household_scope(notice.household_id, viewer=notice.user_id):
        if not actions.claim_mail(notice):
            return False
        try:
            return send_letter(notice)
        except OSError as error:
            log.warning("a notice was not mailed: %s", type(error).__name__)
            actions.release_mail(notice)
            return False


@shared_task
def mail_left_behind() -> int:
    """Try again what no mail server took when it was due, for as long as it is news."""
    with every_household("letters of all households may wait"):
        found = list(queries.left_behind(timezone.now()))
    return sum(_mail(notice) for notice in found)
