"""The forms of the door, in our words: one password field, labels above, no hints inside the fields."""

from __future__ import annotations

import struct
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from financeflow.households.forms import plain_name
from financeflow.households.models import User
from financeflow.households.signin.queries import second_step_of


class OurWords:
    """Labels and help of our own; what stands inside a field is what was typed."""

    fields: dict[str, forms.Field]
    labels: dict[str, Any] = {}
    first = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
        if self.first:
            self.fields[self.first].widget.attrs["autofocus"] = True


class NewPassword(OurWords):
    """A form that asks for a new password, once: who mistypes can look at it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        self.fields["password1"].widget.attrs["aria-describedby"] = "password-rules"

    @property
    def password_rules(self) -> list[str]:
        return [str(rule) for rule in password_validators_help_texts()]


class LogInForm(OurWords, account.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password"), "remember": _("Stay logged in on this device")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        asked_for = self.fields["password" if self.is_bound else "login"]
        asked_for.widget.attrs["autofocus"] = True

    @property
    def forgotten(self) -> SafeString:
        """The way out, at the end of the label."""
        return format_html('<a class="more" href="{}">{}</a>', reverse("account_reset_password"), _("Forgot it?"))


class SignUpForm(NewPassword, account.SignupForm):
    labels = {"email": _("E-mail"), "password1": _("Password")}
    first = "name"
    field_order = ["name", "email", "password1"]

    name = forms.CharField(
        label=_("Your name"),
        max_length=User._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        return plain_name(self.cleaned_data["name"])

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not account.get_adapter().may_sign_up(context.request, email):
            raise account.get_adapter().validation_error("not_invited")
        return email

    def validate_unique_email(self, value: str) -> str:
        """Where nobody waits for a mail, a taken address is said outright: there is no other way to learn it."""
        email: str = super().validate_unique_email(value)
        if self.account_already_exists and settings.EMAIL_VERIFICATION in {"optional", "none"}:
            raise account.get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> User:
        with transaction.atomic():
            user: User = super().save(request)
        return user


class EmailChangeForm(OurWords, account.AddEmailForm):
    labels = {"email": _("New e-mail")}
    first = "email"


class EmailCorrectForm(OurWords, account.ChangeEmailForm):
    labels = {"email": _("E-mail")}


class CodeField:
    """Codes are typed from a mail or a phone: the fitting keyboard, and no spelling help."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class EmailCodeForm(CodeField, OurWords, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code from the mail")}
    first = "code"


class PasswordChangeForm(NewPassword, account.ChangePasswordForm):
    labels = {"oldpassword": _("Password now"), "password1": _("New password")}
    first = "oldpassword"


class PasswordForgottenForm(OurWords, account.ResetPasswordForm):
    labels = {"email": _("E-mail")}
    first = "email"


class PasswordResetForm(NewPassword, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    first = "password1"


class PasswordAgainForm(OurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}
    first = "password"


class SecondStepForm(CodeField, OurWords, second_step.AuthenticateForm):
    labels = {"code": _("Code")}
    first = "code"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.has_app:
            self.fields["code"].label = _("Recovery code")
            del self.fields["code"].widget.attrs["autofocus"]

    @cached_property
    def has_app(self) -> bool:
        """Whoever has only passkeys is asked for one of those; the codes are the way out then."""
        return second_step_of(self.user).has_app


class SecondStepAgainForm(CodeField, OurWords, second_step.ReauthenticateForm):
    labels = {"code": _("Code")}
    first = "code"


class AuthenticatorForm(CodeField, OurWords, ActivateTOTPForm):
    labels = {"code": _("Code from the app")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


# What reading a passkey's answer may stumble over when the browser, or somebody in its place, sends nonsense.
NONSENSE = (AttributeError, LookupError, TypeError, ValueError, struct.error, InvalidSignature)


class PasskeyAnswer:
    """Nonsense in place of a passkey's answer is a wrong answer, not a fault of ours."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_passkey") from nonsense


class PasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    """A passkey always opens the door by itself: it is never only a second step."""

    labels = {"name": _("Name")}
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)
    name = forms.CharField(max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except NONSENSE as nonsense:
            raise get_adapter().validation_error("incorrect_passkey") from nonsense


class PasskeyStepForm(PasskeyAnswer, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyAgainForm(PasskeyAnswer, webauthn.ReauthenticateWebAuthnForm):
    """A passkey to prove again who is there."""


class PasskeyNameForm(OurWords, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name")}
    first = "name"
    name = forms.CharField(max_length=80)


class PasskeyLogInForm(PasskeyAnswer, webauthn.LoginWebAuthnForm):
    """A log-in by passkey, which may also stay logged in on this device."""

    remember = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "credential" in cleaned:
            context.request.session.set_expiry(settings.SESSION_COOKIE_AGE if cleaned.get("remember") else 0)
        return dict(cleaned)


class InactivityForm(forms.ModelForm[User]):
    """After how long this person is logged out when nobody is there."""

    CHOICES = [
        (5, _("5 minutes")),
        (15, _("15 minutes")),
        (30, _("30 minutes")),
        (60, _("1 hour")),
        (240, _("4 hours")),
        (0, _("Never")),
    ]

    USUAL = "usual"

    inactivity_minutes = forms.TypedChoiceField(
        label=_("Log out after"), coerce=lambda value: None if value == InactivityForm.USUAL else int(value)
    )

    class Meta:
        model = User
        fields = ["inactivity_minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[int, Any] = dict(self.CHOICES)
        own, usual = self.instance.inactivity_minutes, settings.INACTIVITY_MINUTES
        if own is not None:
            choices.setdefault(own, _in_minutes(own))
        as_usual = _("As usual here: %(time)s") % {"time": choices.get(usual) or _in_minutes(usual)}
        self.fields["inactivity_minutes"].choices = [(self.USUAL, as_usual), *choices.items()]  # type: ignore[attr-defined]
        if own is None:
            self.initial["inactivity_minutes"] = self.USUAL


def _in_minutes(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
