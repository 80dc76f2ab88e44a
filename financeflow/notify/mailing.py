"""A notice as a letter: in the reader's language, as text and as a page."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from financeflow.notify.kinds import Letter, kinds
from financeflow.notify.models import Notification


def send_letter(notice: Notification) -> bool:
    """Send it; false where the member has no address, or nothing is left to write about."""
    kind = kinds().get(notice.kind)
    if kind is None or not notice.user.email or notice.user.is_guest or not notice.user.is_active:
        return False
    with translation.override(notice.user.language or settings.LANGUAGE_CODE):
        _letter(notice, kind.letter(notice)).send()
    return True


def _letter(notice: Notification, written: Letter) -> EmailMultiAlternatives:
    context = {
        **written.context,
        "user": notice.user,
        "household": notice.household,
        "subject": written.subject,
        "site": settings.SITE_URL,
        "link": f"{settings.SITE_URL}{notice.path}",
    }
    letter = EmailMultiAlternatives(
        " ".join(written.subject.split()),
        render_to_string(f"{written.template}.txt", context),
        to=[notice.user.email],
    )
    letter.attach_alternative(render_to_string(f"{written.template}.html", context), "text/html")
    return letter
