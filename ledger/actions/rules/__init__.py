"""Every write to rules, and every write that rules do."""

from ledger.actions.rules.applying import Applied, apply_rules
from ledger.actions.rules.arriving import add_by_rules, enter_transaction, ruled
from ledger.actions.rules.keeping import (
    add_rule,
    change_rule,
    delete_rule,
    move_rule,
    order_rules,
    switch_rule,
)

__all__ = [
    "Applied",
    "add_by_rules",
    "add_rule",
    "apply_rules",
    "change_rule",
    "delete_rule",
    "enter_transaction",
    "move_rule",
    "order_rules",
    "ruled",
    "switch_rule",
]
