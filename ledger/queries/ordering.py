"""Where things stand in an order that people make."""

from __future__ import annotations

from typing import Any

from django.db import models

from ledger.models import Account, Category, Rule


def place_of(row: Any) -> tuple[int, int]:
    return row.position, row.pk


def next_position(model: type[Account] | type[Category] | type[Rule]) -> int:
    """One past the last of the household."""
    last = model.objects.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1
