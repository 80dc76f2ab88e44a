"""What gathers from every floor: settings name callables by string, in order; the ground calls them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def gathered(setting: str) -> list[Callable[..., Any]]:
    """The callables that a settings list names."""
    return list(_imported(tuple(getattr(settings, setting))))


@cache
def _imported(paths: tuple[str, ...]) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(path) for path in paths)
