"""What kind of account a name speaks of, where it says so clearly."""

from __future__ import annotations

import re
from functools import cache

_WORDS = (
    ("credit_card", "credit card|creditcard|kreditkarte|visa|mastercard|amex|american express|carte de crédit|tarjeta"),
    ("savings", "savings|saving|sparkonto|sparen|tagesgeld|épargne|ahorro|ahorros|emergency fund"),
    ("cash", "cash|wallet|petty cash|bargeld|kasse|portemonnaie|espèces|efectivo|contanti"),
    ("loan", "loan|loans|mortgage|darlehen|hypothek|prêt|emprunt|préstamo|hipoteca|student loan"),
    (
        "investment",
        "investment|investments|brokerage|broker|depot|401k|ira|roth|tfsa|rrsp|isa|pension|portfolio|stocks|crypto",
    ),
    ("property", "house|home|property|real estate|car|vehicle|immobilie|apartment"),
    ("checking", "checking|chequing|current account|current|giro|girokonto|courant|corriente"),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _WORDS)


@cache
def kind_of(name: str) -> str:
    """One of ledger.models.Account.Kind, empty where the name does not tell."""
    plain = re.sub(r"[:_\-./]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower()
    return next((kind for kind, pattern in _PATTERNS if pattern.search(plain)), "")


# Which kinds fit what is owned and what is owed.
_OWNED = {"savings", "cash", "investment", "property", "checking"}
_OWED = {"credit_card", "loan"}


@cache
def kind_on(side: str, name: str) -> str:
    """The kind of an account of which it is known whether it is owned (“asset”) or owed (“liability”)."""
    kind = kind_of(name)
    fitting = {"asset": _OWNED, "liability": _OWED}.get(side, _OWNED | _OWED)
    if side == "liability" and kind not in _OWED and re.search(r"(?i)\b(?:card|karte|credit)\b", name):
        return "credit_card"
    return kind if kind in fitting else ""
