"""What a file was found to say, as plain values for JSON; a row that was not understood is a warning."""

from __future__ import annotations

from typing import TypedDict

from financeflow.money.currencies import minor_digits
from ledger.importing.found import Found, FoundRow, FoundStatement


class RowTold(TypedDict):
    """Amounts are minor units, signed; `exponent` says how many of their digits are decimals."""

    date: str
    amount: int
    currency: str
    exponent: int
    payee: str
    description: str
    reference: str
    bank_id: str
    line: int


class WarningTold(TypedDict):
    """Without a line it concerns the whole."""

    line: int | None
    message: str


class StatementTold(TypedDict):
    """The rows of one account."""

    account: str
    currency: str
    exponent: int
    opening_balance: int | None
    closing_balance: int | None
    rows: list[RowTold]
    warnings: list[WarningTold]


class FileTold(TypedDict):
    """The whole file."""

    statements: list[StatementTold]


def as_json(found: Found) -> FileTold:
    """What concerns the whole file is said with its first statement."""
    statements = [_statement(each) for each in found.statements]
    general = [WarningTold(line=remark.line, message=remark.message) for remark in found.remarks]
    general += [WarningTold(line=None, message=question.sentence) for question in found.questions]
    if statements:
        statements[0]["warnings"] = sorted([*general, *statements[0]["warnings"]], key=_place)
    return FileTold(statements=statements)


def _statement(statement: FoundStatement) -> StatementTold:
    return StatementTold(
        account=statement.account,
        currency=statement.currency,
        exponent=minor_digits(statement.currency),
        opening_balance=statement.opening_balance,
        closing_balance=statement.closing_balance,
        rows=[_row(row) for row in statement.rows],
        warnings=_warnings(statement),
    )


def _row(row: FoundRow) -> RowTold:
    return RowTold(
        date=row.date.isoformat(),
        amount=row.amount,
        currency=row.currency,
        exponent=minor_digits(row.currency),
        payee=row.payee,
        description=row.description,
        reference=row.reference,
        bank_id=row.bank_id,
        line=row.line,
    )


def _warnings(statement: FoundStatement) -> list[WarningTold]:
    remarks = [WarningTold(line=remark.line, message=remark.message) for remark in statement.remarks]
    unread = [WarningTold(line=row.line, message=row.problem) for row in statement.unread]
    return sorted([*remarks, *unread], key=_place)


def _place(warning: WarningTold) -> int:
    return warning["line"] or 0
