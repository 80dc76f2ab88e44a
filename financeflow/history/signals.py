"""What history announces: a change-set that is committed, for upper floors that keep something of their own by it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent after commit with household_id, change_set_id, touched (how many rows) and models (the tables' labels).
# Whoever listens only enqueues or records, and asks the database what became of the rows.
recorded = Signal()
