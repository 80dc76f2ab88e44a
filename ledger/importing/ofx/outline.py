"""What a file consists of: its statements, where each of their records stands, and what the bank says beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.importing.ofx.tags import Tag, cleaned, masked, tags

_BEGINS = re.compile(r"<\s{0,3}(?:\w+:)?(LOANSTMTTRN|STMTTRNP?)(?:\s[^<>]*)?>", re.IGNORECASE)
_ENDS = re.compile(r"<\s{0,3}/\s{0,3}(?:\w+:)?(?:LOANSTMTTRN|STMTTRNP?)\s*>", re.IGNORECASE)
# Where a record ends that is never closed.
_FRAME = re.compile(
    r"<\s{0,3}/?\s{0,3}(?:\w+:)?(?:(?:BANK|CC|INV|LOAN)?TRANLISTP?|LEDGERBAL|AVAILBAL|(?:CC|INV|LOAN)?STMT(?:TRN)?RS"
    r"|\w+MSGSRSV\d|INVBANKTRAN|INVPOSLIST|INVBAL|BALLIST|OF[XC])\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"</\s{0,3}(?:\w+:)?OF[XC]\s*>", re.IGNORECASE)
_FIRST = re.compile(r"<\s{0,3}(?:\w+:)?OF[XC]\b", re.IGNORECASE)
_KINDS = {"STMTRS": "bank", "CCSTMTRS": "card", "INVSTMTRS": "investment", "LOANSTMTRS": "loan"}
_ACCOUNTS = {
    "BANKACCTFROM": "bank",
    "CCACCTFROM": "card",
    "INVACCTFROM": "investment",
    "LOANACCTFROM": "loan",
    "ACCTFROM": "bank",
}
# These speak of other things with the same words.
_ELSEWHERE = frozenset(
    (
        "SIGNUPMSGSRSV1",
        "SECLISTMSGSRSV1",
        "PROFMSGSRSV1",
        "INVPOSLIST",
        "INVOOLIST",
        "BALLIST",
        "ACCTINFO",
        "XFERINFO",
        "PMTINFO",
        "STMTENDRS",
        "CCSTMTENDRS",
    )
)
_LONGEST_ROW = 2000
_BALANCES = frozenset(("LEDGERBAL", "AVAILBAL"))
_OF_ACCOUNT = frozenset(("ACCTID", "BANKID", "BRANCHID", "ACCTTYPE", "BROKERID", "ACCTKEY"))


class Record(NamedTuple):
    """One row of a statement by its place; `is_cut` where the file breaks off in it."""

    start: int
    inside: int
    end: int
    line: int
    is_pending: bool
    is_cut: bool = False


@dataclass(slots=True)
class Outlined:
    """One statement: the fields of its account and balances, each as written, and its records."""

    kind: str
    line: int
    is_response: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    strays: list[Record] = field(default_factory=list)
    securities: list[int] = field(default_factory=list)

    def keep(self, name: str, value: str, line: int) -> None:
        """The first that is told counts."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.lines[name] = line


class Answer(NamedTuple):
    """What the bank's server said besides: a code, how bad it is, and its words."""

    code: str
    severity: str
    message: str
    line: int


def _is_closed(text: str) -> bool:
    """Several files may be one after another. Some are only a list, without all that should stand around it."""
    begun = max((match.start() for match in _FIRST.finditer(text)), default=-1)
    if begun >= 0:
        return _LAST.search(text, begun) is not None
    first = re.search(r"<([A-Za-z]\w*)", text)
    return first is not None and text.rstrip().endswith(f"</{first[1]}>")


class Outline:
    """Walks over the file once. Afterwards it knows `statements`, `answers`, the bank's name and where it broke off."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.statements: list[Outlined] = []
        self.answers: list[Answer] = []
        self.bank = ""
        self.broken_at: int | None = None
        self._masked = masked(text)
        self._break = "\n" if "\n" in text or "\r" not in text else "\r"
        self._counted = (0, 1)
        self._within = ""
        self._elsewhere = ""
        self._current: Outlined | None = None
        self._status: dict[str, str] = {}
        self._framed = (0, 0)
        self._size = self._end()
        self._walk()

    def _end(self) -> int:
        """Where the file breaks off, its last piece may be half of what it was: that is left alone."""
        text = self._masked
        size = len(text)
        if _is_closed(text):
            return size
        self.broken_at = self._line(len(text.rstrip()))
        self._counted = (0, 1)
        last = text.rfind("<")
        return size if last < 0 or re.match(r"</[\w.:]+\s*>\s*$", text[last : last + 60]) else last

    def _line(self, place: int) -> int:
        """Asked for in rising order, so that nothing is counted twice."""
        before, line = self._counted
        if place < before:
            return 1 + self.text.count(self._break, 0, place)
        line += self.text.count(self._break, before, place)
        self._counted = (place, line)
        return line

    def _walk(self) -> None:
        text, place = self._masked, 0
        match = _BEGINS.search(text, 0, self._size)
        while match is not None:
            self._frame(place, match.start())
            following = _BEGINS.search(text, match.end(), self._size)
            limit = following.start() if following else self._size
            place = self._record(match, limit, is_last=following is None)
            match = following
        self._frame(place, self._size)
        self._end_status()

    def _record(self, match: re.Match[str], limit: int, *, is_last: bool) -> int:
        """Notes the record and gives back where it ends."""
        text, is_cut = self._masked, False
        closing = text.find("</STMTTRN>", match.end(), limit)
        if closing >= 0:
            end, place = closing, closing + 10
        elif found := _ENDS.search(text, match.end(), limit):
            end, place = found.start(), found.end()
        elif found := _FRAME.search(text, match.end(), limit):
            end = place = found.start()
        else:
            end = place = limit
            is_cut = is_last
        pending = match[1].upper() == "STMTTRNP"
        record = Record(match.start(), match.end(), end, self._line(match.start()), pending, is_cut)
        self._statement(record.line).records.append(record)
        return place

    def original(self, record: Record) -> str:
        """The exact text of a record, with its tags."""
        if record.is_cut:
            return self.text[record.start :].rstrip()
        closing = _ENDS.match(self._masked, record.end)
        return self.text[record.start : closing.end() if closing else record.end].strip()

    def inside(self, record: Record) -> str:
        """What stands within a record, ready to be taken apart."""
        return self._masked[record.inside : record.end]

    def _statement(self, line: int, kind: str = "bank") -> Outlined:
        if self._current is None:
            self._current = Outlined(kind, line)
            self.statements.append(self._current)
        return self._current

    def _frame(self, start: int, end: int) -> None:
        if "<" not in self._masked[start:end]:
            return
        self._framed = (start, end)
        for tag in tags(self._masked, start, end):
            if self._elsewhere:
                self._leave(tag)
            elif tag.closes:
                self._closed(tag)
            else:
                self._opened(tag)

    def _leave(self, tag: Tag) -> None:
        if tag.name == self._elsewhere and tag.closes:
            self._elsewhere = ""
        elif not tag.closes and (tag.name in _KINDS or tag.name.endswith("MSGSRSV1")):
            self._elsewhere = ""
            self._opened(tag)

    def _closed(self, tag: Tag) -> None:
        if tag.name == self._within:
            self._within = ""
        if tag.name == "STATUS":
            self._end_status()
        elif tag.name in _KINDS or tag.name.endswith("STMTTRNRS"):
            self._current = None

    def _opened(self, tag: Tag) -> None:
        if tag.name in _ELSEWHERE:
            self._elsewhere = tag.name
        elif tag.name in _KINDS:
            self._response(tag)
        elif tag.name in _ACCOUNTS:
            self._account(tag)
        elif tag.name in _BALANCES or tag.name == "STATUS":
            self._within = tag.name
            self._end_status()
        elif reader := self._LEAVES.get(tag.name):
            reader(self, tag)

    def _response(self, tag: Tag) -> None:
        """Some tell the account before the response that it belongs to."""
        self._within = ""
        if self._current is not None and (self._current.is_response or self._current.records):
            self._current = None
        statement = self._statement(self._line(tag.start))
        statement.kind, statement.is_response = _KINDS[tag.name], True

    def _account(self, tag: Tag) -> None:
        """A second one within a statement begins another statement."""
        if self._current is not None and "ACCTID" in self._current.fields:
            self._current = None
        self._statement(self._line(tag.start), _ACCOUNTS[tag.name])
        self._within = "ACCOUNT"

    def _of_account(self, tag: Tag) -> None:
        if self._current is not None and self._within == "ACCOUNT":
            self._current.keep(tag.name, cleaned(tag.value), self._line(tag.start))

    def _of_balance(self, tag: Tag) -> None:
        if self._current is not None and self._within in _BALANCES:
            self._current.keep(f"{self._within} {tag.name}", tag.value.strip(), self._line(tag.start))

    def _old_balance(self, tag: Tag) -> None:
        if self._current is not None:
            self._current.keep("LEDGERBAL BALAMT", tag.value.strip(), self._line(tag.start))

    def _currency(self, tag: Tag) -> None:
        if value := cleaned(tag.value):
            self._statement(self._line(tag.start)).keep("CURDEF", value, self._line(tag.start))

    def _of_status(self, tag: Tag) -> None:
        if self._within == "STATUS":
            self._status.setdefault(tag.name, cleaned(tag.value))
            self._status.setdefault("LINE", str(self._line(tag.start)))

    def _end_status(self) -> None:
        if said := self._status:
            words = said.get("MESSAGE", "")
            self.answers.append(Answer(said.get("CODE", ""), said.get("SEVERITY", ""), words, int(said["LINE"])))
            self._status = {}

    def _of_bank(self, tag: Tag) -> None:
        self.bank = self.bank or cleaned(tag.value)

    def _stray(self, tag: Tag) -> None:
        """An amount outside of every record: a row whose beginning is missing."""
        line = self._line(tag.start)
        start, end = self._framed
        if end - start > _LONGEST_ROW:
            start, end = tag.start, tag.start + len(tag.value) + len("<TRNAMT>")
        self._statement(line).strays.append(Record(start, tag.start, end, line, False))

    def _security(self, tag: Tag) -> None:
        self._statement(self._line(tag.start), "investment").securities.append(self._line(tag.start))

    _LEAVES: dict[str, Callable[[Outline, Tag], None]] = {
        **dict.fromkeys(_OF_ACCOUNT, _of_account),
        **dict.fromkeys(("BALAMT", "DTASOF"), _of_balance),
        **dict.fromkeys(("CODE", "SEVERITY", "MESSAGE"), _of_status),
        "LEDGER": _old_balance,
        "CURDEF": _currency,
        "ORG": _of_bank,
        "TRNAMT": _stray,
        "INVTRAN": _security,
    }
