"""What an app hangs on the dashboard: a sheet, and how wide it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Widget:
    """One part of the dashboard; its template gets `it` and `span` (of twelve columns; none is all)."""

    template: str
    it: dict[str, Any] = field(default_factory=dict)
    span: int | None = None
    order: int = 50
    is_head: bool = False


def by_order(widget: Widget) -> int:
    return widget.order
