"""Mail of a server that sends none: a line on the console, and a file to be read at /dev/mail/."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from financeflow.households.models import User

NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9]{1,6}")
SHOWN = 200


class KeptMailBackend(ConsoleBackend):
    """Prints a line for each message and keeps it under var/mail/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.KEPT_MAIL_DIR
        folder.mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(email_messages):
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{number}"
            (folder / f"{name}.eml").write_bytes(message.message().as_bytes())
        return super().send_messages(email_messages) or 0

    def write_message(self, message: Any) -> None:
        self.stream.write(
            f"Mail to {', '.join(message.to)}: {message.subject} (read it at {settings.SITE_URL}/dev/mail/)\n"
        )


@dataclass(frozen=True)
class KeptMail:
    """One message that was not sent but kept."""

    name: str
    subject: str
    sender: str
    to: str
    sent: datetime | None
    text: str
    html: str


def is_open_to(person: User | AnonymousUser) -> bool:
    """Whether this person may read the mail kept here: codes are in it, so only who runs the server, or a developer."""
    is_kept = f"{__name__}.{KeptMailBackend.__name__}" == settings.EMAIL_BACKEND
    return is_kept and (settings.DEBUG or (person.is_active and person.is_superuser))


def kept_mails() -> list[KeptMail]:
    """The newest first."""
    paths = sorted(settings.KEPT_MAIL_DIR.glob("*.eml"), reverse=True)
    return [_read(path) for path in paths[:SHOWN] if NAME.fullmatch(path.stem)]


def kept_mail(name: str) -> KeptMail | None:
    path = settings.KEPT_MAIL_DIR / f"{name}.eml"
    return _read(path) if NAME.fullmatch(name) and path.is_file() else None


def _read(path: Path) -> KeptMail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    sent = message["Date"]
    return KeptMail(
        name=path.stem,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        sent=parsedate_to_datetime(str(sent)) if sent else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: ParsedMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return str(found.get_content()) if found else ""
