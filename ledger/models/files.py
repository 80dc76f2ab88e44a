"""Files that rows leave behind when they go for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction


def remove_once_committed(names: Iterable[str]) -> None:
    """Delete stored files, but only when what let go of them is certain."""
    kept = [name for name in names if name]

    def remove() -> None:
        for name in kept:
            default_storage.delete(name)

    transaction.on_commit(remove)
