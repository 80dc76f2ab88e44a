"""The household the running code may see: set by middleware, tasks and streams, read when SQL is compiled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final


class OutsideScope(RuntimeError):
    """A household's table was asked for without saying whose rows are meant."""


class _Everyone:
    """The scope of support staff and of chores that walk all households."""


EVERYONE: Final = _Everyone()
_scope: ContextVar[int | _Everyone | None] = ContextVar("household_scope", default=None)


def current_scope() -> int | _Everyone:
    """The household id in force, or EVERYONE; raises when nobody has said."""
    scope = _scope.get()
    if scope is None:
        raise OutsideScope("No household is in scope: open household_scope(household_id) around this query.")
    return scope


def scope_for_logs() -> int | None:
    """The household id in force if there is one; for lines in the log, never for a query."""
    scope = _scope.get()
    return scope if isinstance(scope, int) else None


@contextmanager
def household_scope(household_id: int) -> Iterator[None]:
    """Let the code inside see this household's rows and no others."""
    token = _scope.set(household_id)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def every_household(reason: str) -> Iterator[None]:
    """Let the code inside see all households; the reason is for whoever reads the code."""
    if not reason:
        raise ValueError("Say why every household must be seen.")
    token = _scope.set(EVERYONE)
    try:
        yield
    finally:
        _scope.reset(token)
