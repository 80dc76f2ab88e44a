"""Patterns that somebody wrote: looked for in time that grows with the text and no faster, whatever the pattern."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import re2
from django.utils.translation import gettext as _

LONGEST_PATTERN: Final = 200
LONGEST_TEXT: Final = 500
# A pattern that would need more than this is not taken.
MOST_MEMORY: Final = 1 << 20


class BadPattern(ValueError):
    """A pattern that is not used, and why."""


@lru_cache(maxsize=512)
def safe_pattern(text: str) -> Any:
    """The pattern, whatever the case of letters; BadPattern where it is none or would take too much."""
    if len(text) > LONGEST_PATTERN:
        raise BadPattern(_("Write a pattern of up to %(most)s characters.") % {"most": LONGEST_PATTERN})
    options = re2.Options()
    options.max_mem, options.log_errors, options.case_sensitive = MOST_MEMORY, False, False
    try:
        return re2.compile(text, options)
    except re2.error as error:
        raise BadPattern(_why(_told_by(error))) from error


def found_in(pattern: Any, text: str) -> bool:
    return pattern.search(text[:LONGEST_TEXT]) is not None


def _told_by(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)


def _why(told: str) -> str:
    """The reason in our words; references back and looks around are what no quick search can do."""
    if "invalid escape" in told or "invalid perl operator" in told:
        return _("This pattern uses something that is not supported, such as looking ahead or back.")
    if "too large" in told or "repetition" in told or "nesting" in told:
        return _("This pattern would take too much. Write it more simply.")
    if "missing" in told or "unexpected" in told:
        return _("A bracket in this pattern is not closed, or not opened.")
    return _("This is not a pattern.")
