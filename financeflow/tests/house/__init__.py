"""The rules of the house: each reads something and says what it does not like, in sentences."""

from collections.abc import Iterable


def nothing_wrong(complaints: Iterable[str]) -> None:
    """Fail with every complaint on a line of its own."""
    found = list(complaints)
    assert not found, "\n".join(["", *found])
