"""Which characters a short text may hold: anything one can read, nothing that steers what surrounds it."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Overrides and isolates turn the direction of what follows; alone they can make a name read as another.
STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def validate_plain_text(text: str) -> None:
    """Refuse line breaks, control characters, direction marks, and a text of which nothing can be seen."""
    if any(char in STEERING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text):
        raise ValidationError(_("This holds characters that cannot be seen. Type it again by hand."), code="unseen")
    if text and all(unicodedata.category(char) in _UNSEEN for char in text):
        raise ValidationError(_("Write something one can see."), code="unseen")
