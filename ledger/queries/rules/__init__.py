"""Questions about rules: which there are, what they would change, and where they are at odds."""

from ledger.queries.rules.finding import candidates, facts_of
from ledger.queries.rules.known import active_rules, compiled, known_rows, names_of, rules, told_of
from ledger.queries.rules.preview import AT_A_GLANCE, AT_LENGTH, Preview, preview
from ledger.queries.rules.runs import run_page, runs
from ledger.queries.rules.sheet import RuleSheet, amounts_in, rule_sheet
from ledger.queries.rules.warnings import Warned, warnings_of, warnings_while_writing

__all__ = [
    "AT_A_GLANCE",
    "AT_LENGTH",
    "Preview",
    "RuleSheet",
    "Warned",
    "active_rules",
    "amounts_in",
    "candidates",
    "compiled",
    "facts_of",
    "known_rows",
    "names_of",
    "preview",
    "rule_sheet",
    "rules",
    "run_page",
    "runs",
    "told_of",
    "warnings_of",
    "warnings_while_writing",
]
