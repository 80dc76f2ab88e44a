"""Forms of rules."""

from ledger.forms.rules.desk import RuleDesk, rule_desk
from ledger.forms.rules.form import RuleForm

__all__ = ["RuleDesk", "RuleForm", "rule_desk"]
