"""The step of a log-in at which an address must be proved, where that is asked for."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.stages import EmailVerificationStage
from allauth.account.utils import has_verified_email
from django.conf import settings


class ConfirmEmailStage(EmailVerificationStage):
    """Stops whoever has not proved the address; where that is optional, only sends the code to new people."""

    def handle(self) -> Any:
        if settings.EMAIL_VERIFICATION not in {"optional", "none"} or self.login.user is None:
            return super().handle()
        new = self.login.signup and not has_verified_email(self.login.user, self.login.email)
        if new and settings.EMAIL_VERIFICATION == "optional":
            send_verification_email_at_login(self.request, self.login)
        return None, True
