"""The ledger's part in the story of the whole."""

from typing import Any


def tell(*args: Any, **kwargs: Any) -> list[Any]:
    return []
