"""Sending letters, after whoever wrote the notices is done."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from itertools import groupby

from celery import shared_task
from django.utils import timezone

from financeflow.notify import actions, queries
from financeflow.notify.mailing import send_letter
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import every_household, household_scope

log = logging.getLogger(__name__)


def mail_soon(household_id: int, told: Iterable[Notification]) -> None:
    """Send what was just told to who wants it by mail, once it is written; what must wait for the morning waits."""
    keys = [notice.pk for notice in told if notice.is_mailed and notice.held_until is None]
    if keys:
        mail_notices.delay_on_commit(household_id, keys)


@shared_task
def mail_notices(household_id: int, keys: list[int]) -> int:
    """Send these notices to who wants them by mail, each once and read with its reader's eyes; how many went out."""
    with household_scope(household_id):
        waiting = list(queries.unsent(keys, timezone.now()))
    return _mail_all(waiting)


@shared_task
def mail_left_behind() -> int:
    """Send what waited for the end of quiet hours, and what no mail server took when it was due."""
    with every_household("letters of all households may wait"):
        found = list(queries.left_behind(timezone.now()))
    return _mail_all(found)


def _mail_all(notices: Iterable[Notification]) -> int:
    """One letter for all that waits for one member of one household; how many notices went out."""
    in_order = sorted(notices, key=_reader)
    return sum(_mail(list(some)) for _who, some in groupby(in_order, key=_reader))


def _reader(notice: Notification) -> tuple[int, int]:
    return notice.household_id, notice.user_id


def _mail(notices: Sequence[Notification]) -> int:
    household_id, user_id = _reader(notices[0])
    with household_scope(household_id, viewer=user_id):
        claimed = [notice for notice in notices if actions.claim_mail(notice)]
        try:
            return len(claimed) if claimed and send_letter(claimed) else 0
        except OSError as error:
            log.warning("notices were not mailed: %s", type(error).__name__)
            actions.release_mail(claimed)
        except Exception:
            log.exception("a letter could not be written")  # the others do not wait for it
        return 0
