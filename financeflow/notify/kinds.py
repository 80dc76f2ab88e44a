"""The kinds of notices: settings name each one; what a kind says by mail may be its own to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from financeflow.notify.models import Notification


LOOK = _("Look at it")


@dataclass(frozen=True)
class Letter:
    """What a notice says by mail: the names of two templates, without their endings, and what they read."""

    subject: str
    template: str
    context: dict[str, Any]


def plain_letter(notice: Notification) -> Letter:
    """The same words as on the page, and where they lead."""
    return Letter(notice.title, "emails/notify/notice", {})


@dataclass(frozen=True)
class NoticeKind:
    """One thing a member may be told: `shown` and `mailed` say how, until the member chooses.

    `action` is the word on the button of its letter.
    """

    name: str
    label: Any
    about: Any
    letter: Callable[[Notification], Letter] = plain_letter
    shown: bool = True
    mailed: bool = False
    icon: str = "bell"
    action: Any = LOOK


def kinds() -> dict[str, NoticeKind]:
    """Every kind by its name, in the order of the settings."""
    found: list[NoticeKind] = [import_string(path) for path in settings.NOTICE_KINDS]
    return {kind.name: kind for kind in found}
