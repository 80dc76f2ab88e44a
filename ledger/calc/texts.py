"""Which characters a longer text may hold: line breaks too, but nothing that steers what surrounds it."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.web.plain_text import STEERING

# How many tags a transaction may have, and how long each may be.
MOST_TAGS, LONGEST_TAG = 20, 40


def validate_note(text: str) -> None:
    """Refuse control characters and direction marks in a text of several lines."""
    hidden = (char for char in text if char not in "\n\r\t")
    if any(char in STEERING or unicodedata.category(char) in ("Cc", "Cs") for char in hidden):
        raise ValidationError(_("This holds characters that cannot be seen. Type it again by hand."), code="unseen")
