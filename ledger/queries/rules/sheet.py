"""What the page of rules shows: each rule in one sentence, what it is at odds with, and how often it did something."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from financeflow.households.models import Household
from financeflow.jobs.models import Job
from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_money
from ledger.calc.rules.sentences import Amount, sentence_of
from ledger.models import Rule
from ledger.queries.rate_sheet import running_jobs
from ledger.queries.rules.known import names_of, rules, told_of
from ledger.queries.rules.warnings import Warned, warnings_of


@dataclass(frozen=True)
class RuleRow:
    """A rule as its page shows it."""

    rule: Rule
    sentence: str
    warned: list[Warned]


@dataclass(frozen=True)
class RuleSheet:
    rows: list[RuleRow]
    running: list[Job]

    @property
    def has_active(self) -> bool:
        return any(row.rule.is_active for row in self.rows)


def rule_sheet(household: Household) -> RuleSheet:
    every = list(rules())
    if not every:
        return RuleSheet([], [])
    names, warned = names_of().by_uid, warnings_of(household)
    amount = amounts_in(household)
    rows = [RuleRow(rule, sentence_of(told_of(rule), names, amount), warned.get(rule.pk, [])) for rule in every]
    return RuleSheet(rows, running_jobs(["ledger.apply_rules"]))


def amounts_in(household: Household) -> Amount:
    """Writes a decimal as an amount of the household's base currency."""
    currency, locale = household.base_currency, household.locale

    def amount(value: str) -> str:
        minor = Decimal(value) * 10 ** minor_digits(currency)
        return str(format_money(int(minor), currency, locale)) if minor == int(minor) else value

    return amount
