"""What there is to know about how a person gets in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from financeflow.households.models import User
from financeflow.households.signin.devices import device_name, is_phone


@dataclass(frozen=True)
class Device:
    pk: int
    name: str
    address: str
    last_seen: datetime
    is_here: bool
    is_phone: bool


@dataclass(frozen=True)
class Passkey:
    pk: int
    name: str
    added: datetime
    last_used: datetime | None


@dataclass(frozen=True)
class SecondStep:
    """How a log-in is proved beyond the password."""

    has_app: bool
    codes_left: int | None
    passkeys: list[Passkey]


def email_is_confirmed(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())


def second_step_of(user: User) -> SecondStep:
    found = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = next((each for each in found if each.type == Authenticator.Type.RECOVERY_CODES), None)
    return SecondStep(
        has_app=any(each.type == Authenticator.Type.TOTP for each in found),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
        passkeys=[
            Passkey(each.pk, each.wrap().name, each.created_at, each.last_used_at)
            for each in found
            if each.type == Authenticator.Type.WEBAUTHN
        ],
    )


def devices_of(user: User, *, here: str) -> list[Device]:
    """Where the person is logged in, this device first, then the one seen last."""
    sessions = list(UserSession.objects.filter(user=user))
    keys = [session.session_key for session in sessions]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list("pk", flat=True)
    )
    devices = [
        Device(
            pk=session.pk,
            name=device_name(session.user_agent),
            address=session.ip,
            last_seen=session.last_seen_at,
            is_here=session.session_key == here,
            is_phone=is_phone(session.user_agent),
        )
        for session in sessions
        if session.session_key in alive
    ]
    return sorted(devices, key=lambda device: (not device.is_here, -device.last_seen.timestamp()))
