"""How far one goes with a guess: it is filed at once, it is suggested, or the question is left open."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _


class Band(StrEnum):
    """What a guess is good for."""

    FILED = "filed"
    SUGGESTED = "suggested"
    OPEN = "open"


# From so sure on, in percent, where a household has chosen nothing else.
FILED_FROM: Final = 95
SUGGESTED_FROM: Final = 50


def band_of(confidence: float, *, filed_from: int = FILED_FROM, suggested_from: int = SUGGESTED_FROM) -> Band:
    """The band of a confidence from 0 to 1; the ends belong to the better one."""
    percent = round(confidence * 100, 6)
    if percent >= filed_from:
        return Band.FILED
    return Band.SUGGESTED if percent >= suggested_from else Band.OPEN


# From so sure on it is called so.
_CALLED: Final = ((95, "certain"), (80, "very"), (50, "likely"))


def how_sure(percent: int) -> str:
    """A confidence in words."""
    name = next((name for least, name in _CALLED if percent >= least), "")
    words = {"certain": _("almost certain"), "very": _("very likely"), "likely": _("likely")}
    return words.get(name, _("only a guess"))
