"""The letters of households, in plain text and as a page."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from financeflow.households.models import Invitation

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, *, link: str) -> bool:
    """Send the link; false when no mail goes out just now."""
    words = {"name": invitation.by or _("Somebody"), "household": invitation.household.name}
    subject = _("%(name)s invites you to “%(household)s”") % words
    context = {
        "invitation": invitation,
        "link": link,
        "subject": subject,
        "site": settings.SITE_URL,
        "household": invitation.household,
    }
    letter = EmailMultiAlternatives(
        " ".join(subject.split()),
        render_to_string("emails/households/invitation.txt", context),
        to=[invitation.email],
    )
    letter.attach_alternative(render_to_string("emails/households/invitation.html", context), "text/html")
    try:
        letter.send()
    except OSError as error:
        log.warning("an invitation was not sent: %s", type(error).__name__)
        return False
    return True
