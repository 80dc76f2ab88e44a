"""How allauth meets our people: new ones get a household, guests have no account, secrets are kept sealed."""

from __future__ import annotations

import io
import logging
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import is_headless_request
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow import sealing
from financeflow.households import queries
from financeflow.households.signin import actions, inactivity
from financeflow.households.signin.devices import device_name
from financeflow.households.signin.stages import ConfirmEmailStage
from financeflow.web import errors
from financeflow.web.client import client_address

logger = logging.getLogger(__name__)

# Set on the session by the page of an invitation: whom it was sent to joins that household and opens none.
INVITATION_SESSION_KEY = "invitation"
MAIL_SENT = "account/messages/email_confirmation_sent.txt"
# What is in the mails that somebody waits for.
AWAITED = {"code", "password_reset_url", "signup_url"}
# How long a person is kept out after too many wrong passwords, as allauth's limit "login_failed" has it.
LOCK_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "email_password_mismatch": gettext_lazy("The e-mail or the password is not right."),
        "email_taken": gettext_lazy("This address has an account already. Log in, or ask for a new password."),
        "enter_current_password": gettext_lazy("That is not your password now."),
        "incorrect_code": gettext_lazy("That code is not right. Look for the newest one."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Wait five minutes, or ask for a new password."),
        "not_invited": gettext_lazy("The invitation was sent to another address. Make the account with that one."),
        "same_as_current": gettext_lazy("This is your address already."),
        "rate_limited": gettext_lazy("That was too quick. Wait a little, then ask for another code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_OPEN or self._invited_as(request))

    def may_sign_up(self, request: HttpRequest, email: str) -> bool:
        """Anybody where sign-up is open; else only the address that the invitation at hand was sent to."""
        return bool(settings.SIGNUP_OPEN or email.lower() == self._invited_as(request))

    def _invited_as(self, request: HttpRequest) -> str:
        """The address of the invitation that this browser came by, while it is open."""
        return queries.invited_address(request.session.get(INVITATION_SESSION_KEY))

    def get_login_stages(self) -> list[str]:
        ours = f"{ConfirmEmailStage.__module__}.{ConfirmEmailStage.__qualname__}"
        return [ours if each.endswith(".EmailVerificationStage") else each for each in super().get_login_stages()]

    def save_user(self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True) -> Any:
        user.name = form.cleaned_data.get("name", "")
        super().save_user(request, user, form, commit=commit)
        if commit and user.email.lower() != self._invited_as(request):
            first_name = (user.name or user.email.partition("@")[0]).split()[0]
            actions.open_first_household(
                by=user,
                name=_("%(name)s’s household") % {"name": first_name[:60]},
                languages=request.headers.get("Accept-Language", ""),
                time_zone=form.cleaned_data.get("time_zone", ""),
            )
        return user

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session[inactivity.SESSION_KEY] = inactivity.now()
        # The log-in form says otherwise afterwards, when "Stay logged in" was ticked.
        if "_session_expiry" not in request.session:
            request.session.set_expiry(0)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            headless = is_headless_request(request)
            answer = ratelimit.respond_429(request) if headless else errors.too_many(request, wait=LOCK_SECONDS)
            raise ImmediateHttpResponse(answer) from too_many

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Say how many tries are left when they are nearly used up."""
        left = self._tries_left(request, self._get_login_attempts_cache_key(request, **credentials))
        if left is not None and left <= 2:
            words = ngettext(
                "The e-mail or the password is not right. %(left)s more try before a short wait.",
                "The e-mail or the password is not right. %(left)s more tries before a short wait.",
                left,
            )
            self.error_messages = {**self.error_messages, "email_password_mismatch": words % {"left": left}}

    def _tries_left(self, request: HttpRequest, key: str) -> int | None:
        app, action = "allauth.account", "login_failed"
        for rate in ratelimit.get_rates(app=app, action=action):
            if rate.per == "key":
                used = cache.get(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key), [])
                return max(0, int(rate.amount) - len(used))
        return None

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends every session but the one it was chosen in."""
        super().set_password(user, password)
        actions.end_sessions(by=user, but=context.request.session.session_key or "")

    def reauthenticate(self, user: Any, password: str) -> bool:
        # By the address on the person: who was made at the command line has no other.
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_address(request)
        return "0.0.0.0" if address == "unknown" else address  # noqa: S104 - stands for "not known", nothing listens

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings_security")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        if self.request.user.is_authenticated:
            return reverse("settings_security")
        return str(super().get_email_verification_redirect_url(email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away keeps nobody out: the page says so where somebody waits for the mail."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as trouble:
            logger.warning("Mail %s was not sent: %s", template_prefix, type(trouble).__name__)
            if not AWAITED.isdisjoint(context):
                self.request.mail_failed = True
                words = _("The mail to %(email)s could not be sent. Try again later, or ask whoever runs this server.")
                self.add_message(self.request, messages.WARNING, message=words % {"email": email})

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        template = kwargs.get("message_template") or (args[0] if args else "")
        if template != MAIL_SENT or not getattr(request, "mail_failed", False):
            super().add_message(request, level, *args, **kwargs)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        if not user.is_guest:
            super().send_password_reset_mail(user, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if user.is_guest:
            return
        device = device_name(self.get_http_user_agent(self.request))
        known = {**(context or {}), "user": user, "device": device}
        super().send_notification_mail(template_prefix, user, known, email or user.email)


class SecondStepAdapter(DefaultMFAAdapter):
    """Authenticator app, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code is not right. Wait for the next one, or use a recovery code."),
        "incorrect_passkey": gettext_lazy("That passkey does not open this account."),
        "unverified_email": gettext_lazy("Confirm your e-mail first, so that you can always get back in."),
    }

    def build_totp_svg(self, url: str) -> str:
        drawing = io.BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", xmldecl=False, omitsize=True, border=2, light="#fff")
        return drawing.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return sealing.unseal(encrypted_text)
        except InvalidToken:
            # Sealed with a key that is gone: nothing typed in may ever fit.
            logger.error("A second step cannot be read: was SECRET_KEY changed without SECRET_KEY_FALLBACKS?")
            return str(generate_totp_secret())

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return device_name(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": "FinanceFlow"}
