"""Notices as a letter: in the reader's language, as text and as a page, with a way to get no more of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from financeflow.notify.kinds import Letter, NoticeKind, kinds
from financeflow.notify.models import Notification
from financeflow.notify.stopping import stop_link

Known = Sequence[tuple[Notification, NoticeKind]]


def send_letter(notices: Sequence[Notification]) -> bool:
    """All of these, which are one member's, in one; false without an address, or with nothing left to write about."""
    every = kinds()
    known = [(notice, every[notice.kind]) for notice in notices if notice.kind in every]
    reader, household = notices[0].user, notices[0].household
    if not known or not reader.email or reader.is_guest or not reader.is_active:
        return False
    with translation.override(reader.language or settings.LANGUAGE_CODE), timezone.override(household.time_zone):
        _letter(known, _written(known)).send()
    return True


def _written(known: Known) -> Letter:
    """One notice has a letter of its own; several that waited are told one after the other."""
    (first, kind), *others = known
    if not others:
        return kind.letter(first)
    words = ngettext("%(count)s notice from “%(household)s”", "%(count)s notices from “%(household)s”", len(known))
    subject = words % {"count": len(known), "household": first.household}
    told = [(notice, kind, _address(notice.path)) for notice, kind in known]
    return Letter(subject, "emails/notify/digest", {"told": told})


def _letter(known: Known, written: Letter) -> EmailMultiAlternatives:
    first, kind = known[0]
    named = {kind.name: kind.label for _notice, kind in known}
    context: dict[str, Any] = {
        **written.context,
        "notice": first,
        "user": first.user,
        "household": first.household,
        "subject": written.subject,
        "site": settings.SITE_URL,
        "action": kind.action,
        "link": _address(first.path),
        "choose": _address(reverse("settings_notifications")),
        "stops": [(label, stop_link(first, [name])) for name, label in named.items()],
    }
    letter = EmailMultiAlternatives(
        " ".join(written.subject.split()),
        render_to_string(f"{written.template}.txt", context),
        to=[first.user.email],
        # Mail programs make a button of the first two: it stops all kinds in the letter. Holiday replies heed the last.
        headers={
            "List-Unsubscribe": f"<{stop_link(first, named)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    letter.attach_alternative(render_to_string(f"{written.template}.html", context), "text/html")
    return letter


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path or reverse('notification_list')}"
