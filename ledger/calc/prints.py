"""What two rows of two files have in common when they say the same: a short print of date, amount and words."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b


def row_print(*, day: date, amount: int, words: tuple[str, ...]) -> str:
    """Equal where day, amount and all words are, but for case and blanks; two honest twins have one print."""
    said = " ".join(" ".join(words).casefold().split())
    return blake2b(f"{day.isoformat()}|{amount}|{said}".encode(), digest_size=16).hexdigest()
