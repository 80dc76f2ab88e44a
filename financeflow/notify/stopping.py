"""The link in each letter that ends letters of its kinds: signed, good for ever, and asking for no log-in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from financeflow.notify.models import Notification

SALT = "financeflow.letters"


@dataclass(frozen=True)
class Stop:
    """Whose letters end, from which household, of which kinds."""

    household: uuid.UUID
    user: uuid.UUID
    names: tuple[str, ...]


def stop_link(notice: Notification, names: Iterable[str]) -> str:
    """Whole, as it stands in a letter."""
    token = stop_token(notice.household.uid, notice.user.uid, names)
    return f"{settings.SITE_URL}{reverse('notification_stop', args=[token])}"


def stop_token(household: uuid.UUID, user: uuid.UUID, names: Iterable[str]) -> str:
    return signing.Signer(salt=SALT).sign_object([household.hex, user.hex, *names])


def stop_of(token: str) -> Stop | None:
    """What a link says; none where nobody here wrote it."""
    try:
        household, user, *names = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return Stop(uuid.UUID(household), uuid.UUID(user), tuple(names))
