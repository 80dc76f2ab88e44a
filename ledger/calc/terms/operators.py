"""Every word with which a search can ask for more than text, and the line the help sheet says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Operator:
    """One word of the language. `kind` is what may follow it: amount, day, month, year, choice, currency or name."""

    name: str
    kind: str
    example: str
    help: Promise
    choices: tuple[str, ...] = ()
    may_be_none: bool = False
    also: tuple[str, ...] = ()


OPERATORS: Final[dict[str, Operator]] = {
    operator.name: operator
    for operator in (
        Operator("amount", "amount", "amount>50", _("An amount in or out: amount>50, amount<=12.50, amount:10..20")),
        Operator(
            "is",
            "choice",
            "is:out",
            _(
                "Money in or out, income or spending, transfers, splits, refunds, how far it is checked, "
                "uncategorised, learned (filed by itself)"
            ),
            choices=(
                *("in", "out", "income", "spending", "transfer", "split", "refund"),
                *("pending", "cleared", "reconciled", "uncategorised", "learned"),
            ),
        ),
        Operator(
            "category",
            "name",
            'category:"Eating out"',
            _("A category; a group means all in it; none means without one"),
            may_be_none=True,
            also=("cat", "categories"),
        ),
        Operator("account", "name", 'account:"Joint card"', _("An account"), also=("acc", "acct", "accounts")),
        Operator(
            "payee",
            "name",
            "payee:lidl",
            _("Who was paid, or who paid; none means nobody is named"),
            may_be_none=True,
            also=("payees", "to"),
        ),
        Operator("tag", "name", "tag:work", _("A tag; none means without tags"), may_be_none=True, also=("tags",)),
        Operator("note", "name", "note:birthday", _("Words in the notes"), also=("notes", "memo")),
        Operator(
            "has",
            "choice",
            "has:attachment",
            _("With an attachment, a note, a tag or a split"),
            choices=("attachment", "note", "tag", "split"),
        ),
        Operator("before", "day", "before:2026-03", _("Earlier than a day, month or year")),
        Operator("after", "day", "after:2026-03-15", _("Later than a day, month or year")),
        Operator("on", "day", "on:yesterday", _("On a day, also yesterday, friday or 3/11"), also=("date", "day")),
        Operator("month", "month", "month:2026-11", _("In a month; this and last work too")),
        Operator("year", "year", "year:2025", _("In a year; this and last work too")),
        Operator("currency", "currency", "currency:usd", _("In a currency"), also=("cur",)),
        Operator(
            "source",
            "choice",
            "source:imported",
            _("How it came: typed in, from a file, from the bank, by a program"),
            choices=("typed", "imported", "synced", "api", "sample"),
        ),
        Operator(
            "import", "name", "import:statement.csv", _("The file it came with, or was completed by"), also=("file",)
        ),
        Operator(
            "by",
            "name",
            "by:anna",
            _("Who entered it; none means nobody did by hand"),
            may_be_none=True,
            also=("user", "member"),
        ),
    )
}
SAME_AS: Final = {other: operator.name for operator in OPERATORS.values() for other in operator.also}
SPELLED_ALSO: Final = {
    "uncategorized": "uncategorised",
    "expense": "spending",
    "expenses": "spending",
    "transfers": "transfer",
    "splits": "split",
    "refunds": "refund",
    "notes": "note",
    "tags": "tag",
    "attachments": "attachment",
    "receipt": "attachment",
}
