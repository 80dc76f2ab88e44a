"""The chore that removes files of papers which nothing points at any more."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.core.files.storage import default_storage
from django.utils import timezone

from ledger.queries.attachments import lost_files

FOLDER = "papers"
AT_ONCE = 400
# A file is written a moment before its row, and an upload that failed leaves one behind.
GRACE = timedelta(days=1)


@shared_task
def remove_lost_papers() -> int:
    """Remove files older than a day that no attachment has; how many there were."""
    before = timezone.now() - GRACE
    gone = 0
    stored = sorted(_stored())
    for start in range(0, len(stored), AT_ONCE):
        some = stored[start : start + AT_ONCE]
        old = [name for name in some if default_storage.get_modified_time(name) < before]
        for name in lost_files(old):
            default_storage.delete(name)
            gone += 1
    return gone


def _stored() -> list[str]:
    if not default_storage.exists(FOLDER):
        return []
    return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
