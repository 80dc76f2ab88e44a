"""Where exports lie until they are fetched: outside of what any server shows, for some days."""

from __future__ import annotations

import shutil
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings


def path_of(household: uuid.UUID, job: uuid.UUID) -> Path:
    """The file that this job writes."""
    return _folder() / str(household) / f"{job}.zip"


def remove_all(household: uuid.UUID) -> None:
    """Everything a household exported."""
    shutil.rmtree(_folder() / str(household), ignore_errors=True)


def remove_older(before: datetime) -> int:
    """What was written before then; the number of files removed."""
    old = [path for path in _folder().glob("*/*") if path.is_file() and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "exports"
