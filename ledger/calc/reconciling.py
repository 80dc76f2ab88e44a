"""Which day the next statement is probably of."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def next_statement_day(last: date | None, today: date) -> date:
    """A month after the last one, as far into the month; without one, the end of last month; never after today."""
    if last is None:
        return today.replace(day=1) - timedelta(days=1)
    following = last.replace(day=1) + timedelta(days=32)
    length = monthrange(following.year, following.month)[1]
    is_last_day = last.day == monthrange(last.year, last.month)[1]
    return max(
        last + timedelta(days=1), min(today, following.replace(day=length if is_last_day else min(last.day, length)))
    )
