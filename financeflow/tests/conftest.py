"""What holds for all tests: those that ask no database run once, and what stays is not searched for garbage."""

from __future__ import annotations

import pytest

from financeflow.web.memory import settle

DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
# These say in which half of the matrix they run.
PLACED = {"django_db", "browser", "postgresql", "redis", "once"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks no database would say the same in both halves of the matrix."""
    for item in items:
        asks = DATABASE.intersection(getattr(item, "fixturenames", ()))
        if not asks and not any(item.get_closest_marker(name) for name in PLACED):
            item.add_marker(pytest.mark.once)


def pytest_collection_finish() -> None:
    """Saves a fifth of the time."""
    settle()
