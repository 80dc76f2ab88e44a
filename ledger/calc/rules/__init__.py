"""Rules: conditions that a transaction meets or not, and deeds that say what becomes of it; values in, values out."""

from ledger.calc.rules.checking import check_rule
from ledger.calc.rules.deciding import Decision, decide
from ledger.calc.rules.facts import Facts, SharePart
from ledger.calc.rules.fields import DEEDS, FIELDS, OPS, Kind
from ledger.calc.rules.matching import Compiled, Known, compile_rule
from ledger.calc.rules.patterns import BadPattern, safe_pattern
from ledger.calc.rules.reading import read_conditions, read_deeds
from ledger.calc.rules.schema import Condition, Deed, Problem, RuleProblems, Told, as_json

__all__ = [
    "DEEDS",
    "FIELDS",
    "OPS",
    "BadPattern",
    "Compiled",
    "Condition",
    "Decision",
    "Deed",
    "Facts",
    "Kind",
    "Known",
    "Problem",
    "RuleProblems",
    "SharePart",
    "Told",
    "as_json",
    "check_rule",
    "compile_rule",
    "decide",
    "read_conditions",
    "read_deeds",
    "safe_pattern",
]
