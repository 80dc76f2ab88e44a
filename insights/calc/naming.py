"""What is alike for all that are the same: a payee's key, else what is a name in a bank's words."""

from __future__ import annotations

from ledger.calc.payee_names import readable_name
from ledger.calc.words import name_key

LONGEST_WORDS = 300


def key_of(payee_key: str, description: str) -> str:
    """Empty where nothing is said at all."""
    return payee_key or name_key(readable_name(description) or description)


def words_of(payee: str, description: str) -> str:
    """All that is said of something, each thing once."""
    if not payee or payee.casefold() in description.casefold():
        said = description or payee
    else:
        said = f"{payee} {description}".strip()
    return said[:LONGEST_WORDS]
