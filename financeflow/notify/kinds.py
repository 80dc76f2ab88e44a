"""The kinds of notices: settings name each one; what a kind says by mail is its own to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from financeflow.notify.models import Notification


@dataclass(frozen=True)
class Letter:
    """What a notice says by mail: the names of two templates, without their endings, and what they read."""

    subject: str
    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class NoticeKind:
    """One thing a member may be told: `shown` and `mailed` say how, until the member chooses."""

    name: str
    label: Any
    about: Any
    letter: Callable[[Notification], Letter]
    shown: bool = True
    mailed: bool = False
    icon: str = "bell"


def kinds() -> dict[str, NoticeKind]:
    """Every kind by its name, in the order of the settings."""
    found: list[NoticeKind] = [import_string(path) for path in settings.NOTICE_KINDS]
    return {kind.name: kind for kind in found}
