"""What support hears: log-ins that fail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from financeflow.support import actions


@receiver(user_login_failed, dispatch_uid="support notes sign-in problems")
def note_sign_in_problem(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **more: Any
) -> None:
    email = credentials.get("email") or credentials.get("username")
    if email and not (request and request.user.is_authenticated):
        actions.note_problem(email=str(email), request=request)
