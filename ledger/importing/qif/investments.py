"""Entries of an investment account: what moves nothing but money, and which way. Trades are told and not read."""

from __future__ import annotations

_IN = frozenset(
    (
        "cash",
        "xin",
        "contribx",
        "intinc",
        "div",
        "miscinc",
        "cglong",
        "cgmid",
        "cgshort",
    )
)
# Their amounts are written without a minus and are money out all the same.
_OUT = frozenset(("xout", "withdrwx", "miscexp", "margint"))


def sign_of(action: str) -> int:
    """1 where the amount is as written, -1 where it is money out whatever its sign, 0 for trades in securities."""
    word = "".join(action.casefold().split())
    if not word or word in _IN:
        return 1
    return -1 if word in _OUT else 0
