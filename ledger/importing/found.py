"""What a file was found to say: accounts with their rows, and all that could not be read, with the reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


class Refused(Exception):
    """The file cannot be read at all. Its text is one clear sentence: what it is, and what to do about it."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about how the file was read; where it concerns one line, that line."""

    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One part of a split, as the file has it."""

    amount: int
    category: str = ""
    memo: str = ""


@dataclass(slots=True, kw_only=True)
class FoundRow:
    """One movement of money as the file tells it. Amounts are minor units of `currency`, money out is negative."""

    # Where it begins in the file, counted from 1: a line, or the row of a sheet; `original` is what stands there.
    line: int
    original: str
    date: dt.date
    amount: int
    currency: str
    # Who the money went to or came from, where the file says so apart from the rest.
    payee: str = ""
    # The bank's own words, without what stands in the other fields.
    description: str = ""
    # What payer and payee wrote to each other to know it by, such as an end-to-end reference or a cheque number.
    reference: str = ""
    # What the bank itself knows the movement by; only ever compared within one account.
    bank_id: str = ""
    # `date` is when it was done (bought); this is when it was booked or valued, where the file tells both.
    posted_on: dt.date | None = None
    is_pending: bool = False
    # What the account held after it, where the file tells.
    balance: int | None = None
    original_amount: int | None = None
    original_currency: str = ""
    notes: str = ""
    # As the file names it; “Group: Name” where it has two levels.
    category: str = ""
    tags: tuple[str, ...] = ()
    parts: tuple[FoundPart, ...] = ()
    # The other account of a transfer, by its name or number in the file. Rows that share a key are its two sides.
    transfer: str = ""
    transfer_key: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that is there and could not be understood, as it stands in the file."""

    line: int
    original: str
    problem: str


@dataclass(slots=True, kw_only=True)
class FoundStatement:
    """The rows of one account. `account` is what the file calls it, such as an IBAN; empty where it does not."""

    currency: str
    account: str = ""
    # What to show a person, where that differs, and one of ledger.models.Account.Kind, where the file tells.
    name: str = ""
    kind: str = ""
    opening_balance: int | None = None
    opening_on: dt.date | None = None
    closing_balance: int | None = None
    closing_on: dt.date | None = None
    rows: list[FoundRow] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FoundCategory:
    """A category of another app: `name` as its rows have it, “Group: Name” where it has two levels."""

    name: str
    is_income: bool = False


@dataclass(slots=True, kw_only=True)
class Found:
    """All that a file says, in the order in which it says it. `format` is the key of the format that read it."""

    format: str
    statements: list[FoundStatement]
    # Of the whole file; from another app also what could not be carried over.
    remarks: list[Remark] = field(default_factory=list)
    categories: list[FoundCategory] = field(default_factory=list)
    # Whether this is another app's whole book: accounts may then be created from it, and not only chosen.
    is_a_book: bool = False
    # How a table was understood (ledger.importing.csv says how): shown, changed and given back in How.mapping.
    mapping: dict[str, object] | None = None
    # What only a person can know and what was taken for the time being: keys into the mapping, with the reason.
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Question:
    """Both readings fit. `key` is the entry of the mapping in question; `taken` stands until somebody says."""

    key: str
    sentence: str
    taken: str
    choices: tuple[tuple[str, str], ...]
