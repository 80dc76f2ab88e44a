"""Mail in development: on the console, and kept as files one can read at /dev/mail/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.core.mail.message import EmailMessage
from django.utils import timezone


class KeptMailBackend(ConsoleBackend):
    """Prints each message and keeps it under var/mail/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.KEPT_MAIL_DIR
        folder.mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(email_messages):
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{number}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return super().send_messages(email_messages) or 0

    def write_message(self, message: Any) -> None:
        self.stream.write(
            f"Mail to {', '.join(message.to)}: {message.subject} (read it at {settings.SITE_URL}/dev/mail/)\n"
        )
