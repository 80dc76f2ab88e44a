"""The household the running code may see: set by middleware, tasks and streams, read when SQL is compiled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final


class OutsideScope(RuntimeError):
    """A household's table was asked for without saying whose rows are meant."""


class _Everyone:
    """The scope of support staff and of chores that walk all households."""


EVERYONE: Final = _Everyone()
_scope: ContextVar[int | _Everyone | None] = ContextVar("household_scope", default=None)


@dataclass(frozen=True)
class Viewer:
    """The member who looks: what others keep private is out of sight. `seen` holds what was found out on the way."""

    user_id: int
    seen: dict[str, Any] = field(default_factory=dict)


_viewer: ContextVar[Viewer | None] = ContextVar("viewer", default=None)


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


def current_viewer() -> Viewer | None:
    """The member whose eyes the running code looks with; none when the household as a whole is meant."""
    return _viewer.get()


@contextmanager
def household_scope(household_id: int, *, viewer: int | None = None) -> Iterator[None]:
    """Let the code inside see this household's rows and no others; with a viewer, what that member may see of them."""
    token = _scope.set(household_id)
    eyes = _viewer.set(None if viewer is None else Viewer(viewer))
    try:
        yield
    finally:
        _viewer.reset(eyes)
        _scope.reset(token)


@contextmanager
def whole_household() -> Iterator[None]:
    """Let the code inside see what members keep private too: for writes that must reach every row."""
    eyes = _viewer.set(None)
    try:
        yield
    finally:
        _viewer.reset(eyes)


@contextmanager
def every_household(reason: str) -> Iterator[None]:
    """Let the code inside see all households; the reason is for whoever reads the code."""
    if not reason:
        raise ValueError("Say why every household must be seen.")
    token = _scope.set(EVERYONE)
    eyes = _viewer.set(None)
    try:
        yield
    finally:
        _viewer.reset(eyes)
        _scope.reset(token)
