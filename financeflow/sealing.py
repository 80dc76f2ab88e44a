"""Secrets that must be read again are kept sealed: encrypted with keys that come from SECRET_KEY."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str) -> str:
    return _seals(_secrets()).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed; InvalidToken when no key fits. Keys that were rotated out stay in SECRET_KEY_FALLBACKS."""
    return _seals(_secrets()).decrypt(sealed.encode("ascii", "replace")).decode()


def reseal(sealed: str) -> str:
    """The same, sealed with the newest key."""
    return _seals(_secrets()).rotate(sealed.encode("ascii", "replace")).decode("ascii")


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _seals(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"financeflow.sealing").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
