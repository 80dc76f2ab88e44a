"""A whole OFX file as statements: their accounts, balances and rows, and all that a person should know of them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.importing.amounts import known_currency
from ledger.importing.found import Found, FoundRow, FoundStatement, Refused, Remark, Unread
from ledger.importing.how import How
from ledger.importing.letters import text_of
from ledger.importing.ofx.outline import Answer, Outline, Outlined
from ledger.importing.ofx.rows import Beside, NotARow, row_of
from ledger.importing.ofx.values import NotADay, NotAnAmount, amount_of, day_of
from ledger.importing.source import Source

_CHARSET = re.compile(r"CHARSET\s*[:=]\s*\"?([\w-]+?)(?=COMPRESSION|[\s<\"]|$)", re.IGNORECASE)
_ENCODING = re.compile(r"encoding\s*[:=]\s*[\"']?([\w-]+?)(?=CHARSET|[\s<\"']|$)", re.IGNORECASE)
_KINDS = {
    "CHECKING": "checking",
    "SAVINGS": "savings",
    "MONEYMRKT": "savings",
    "CD": "savings",
    "CREDITLINE": "loan",
    "0": "checking",
    "1": "savings",
    "2": "credit_card",
    "3": "savings",
}
_BY_RESPONSE = {"card": "credit_card", "investment": "investment", "loan": "loan"}
_STEP = 2000


def found_in(source: Source, how: How) -> Found:
    """Raises Refused where there is no statement in it, with the bank's own words where it gave any."""
    text, remarks = text_of(source.content, how.locale, _declared(source))
    outline = Outline(text)
    outlined = [each for each in outline.statements if each.records or each.strays or each.fields or each.securities]
    if not outlined:
        raise Refused(_why_none(outline.answers), _line_of_fault(outline.answers))
    found = Found(format="ofx", statements=[], remarks=[*remarks, *_faults(outline)])
    total = sum(len(each.records) for each in outlined)
    for each in outlined:
        done = sum(len(statement.rows) + len(statement.unread) for statement in found.statements)
        found.statements.append(_Reading(outline, each, how, done, total).statement())
    _tell_apart(found.statements, outlined)
    return found


def _declared(source: Source) -> str:
    head = source.content[:1024].decode("latin-1")
    head = head[: head.upper().find("<OFX>")] if "<OFX>" in head.upper() else head
    charset, encoding = _CHARSET.search(head), _ENCODING.search(head)
    if charset and charset[1].upper() != "NONE":
        return charset[1]
    return encoding[1] if encoding else ""


def _bad(answers: list[Answer]) -> list[Answer]:
    return [each for each in answers if each.code.strip("0 ") and each.severity.upper() != "INFO"]


def _why_none(answers: list[Answer]) -> str:
    bad = _bad(answers)
    if not bad:
        return _("There is no statement in this OFX file. Download it anew, and choose an account and a period first.")
    words = _("The bank put an error into this file instead of a statement: %(message)s Download it anew.")
    return words % {"message": _said(bad[0])}


def _line_of_fault(answers: list[Answer]) -> int | None:
    bad = _bad(answers)
    return bad[0].line if bad else None


def _said(answer: Answer) -> str:
    message = answer.message[:200].rstrip(". ")
    return f"“{message}” ({answer.code})." if message else f"{answer.code}."


def _faults(outline: Outline) -> list[Remark]:
    remarks = [
        Remark(_("The bank says with this: %(message)s") % {"message": _said(each)}, each.line)
        for each in _bad(outline.answers)
    ]
    if outline.broken_at is not None:
        words = _("The file breaks off here. What stands before was read; download it anew to have the rest.")
        remarks.append(Remark(words, outline.broken_at))
    return remarks


def _tell_apart(statements: list[FoundStatement], outlined: list[Outlined]) -> None:
    """Some banks give one number to all accounts of a member: then the kind of account belongs to its name."""
    kinds: dict[str, set[str]] = {}
    for statement, each in zip(statements, outlined, strict=True):
        kinds.setdefault(statement.account, set()).add(each.fields.get("ACCTTYPE", "").upper())
    for statement, each in zip(statements, outlined, strict=True):
        kind = each.fields.get("ACCTTYPE", "").upper()
        if statement.account and kind and len(kinds[statement.account]) > 1:
            statement.account = f"{statement.account} {kind}"


class _Reading:
    """One statement while it is read."""

    def __init__(self, outline: Outline, outlined: Outlined, how: How, done: int, total: int) -> None:
        self.outline = outline
        self.outlined = outlined
        self.how = how
        self.done = done
        self.total = total
        self.beside = Beside()
        told = outlined.fields.get("CURDEF", "")
        self.found = FoundStatement(currency=known_currency(told) or how.currency)
        if told and not known_currency(told):
            words = _("“%(code)s” is not a currency in use: the amounts were read as %(currency)s.")
            self._tell(words % {"code": told[:10], "currency": how.currency}, outlined.lines["CURDEF"])

    def _tell(self, message: str, line: int | None) -> None:
        self.found.remarks.append(Remark(message, line))

    def statement(self) -> FoundStatement:
        self._account()
        self._balance()
        for number, record in enumerate(self.outlined.records):
            if number % _STEP == 0:
                self.how.step(self.done + number, self.total)
            original = self.outline.original(record)
            try:
                if record.is_cut:
                    raise NotARow(_("The file breaks off in this row."))
                row = row_of(
                    self.outline.inside(record),
                    line=record.line,
                    original=original,
                    currency=self.found.currency,
                    is_pending=record.is_pending,
                    beside=self.beside,
                )
            except NotARow as no:
                self.found.unread.append(Unread(record.line, original, str(no)))
            else:
                self.found.rows.append(row)
        self._strays()
        self._remarks()
        return self.found

    def _account(self) -> None:
        fields, found = self.outlined.fields, self.found
        found.account = fields.get("ACCTID", "")
        found.kind = _BY_RESPONSE.get(self.outlined.kind) or _KINDS.get(fields.get("ACCTTYPE", "").upper(), "")
        if self.outline.bank and found.account:
            found.name = f"{self.outline.bank} {found.account}"

    def _balance(self) -> None:
        """What is available may include credit, and of a card it is nothing else: there it is not taken."""
        fields, lines = self.outlined.fields, self.outlined.lines
        source = "LEDGERBAL"
        if "LEDGERBAL BALAMT" not in fields:
            source = "AVAILBAL"
            if "AVAILBAL BALAMT" not in fields or self.outlined.kind in _BY_RESPONSE:
                return
            words = _("The file tells only what is available, which was taken for the balance: it may include credit.")
            self._tell(words, lines["AVAILBAL BALAMT"])
        try:
            self.found.closing_balance = amount_of(fields[f"{source} BALAMT"], self.found.currency)
        except NotAnAmount as no:
            self._tell(_("The balance cannot be read. %(reason)s") % {"reason": no}, lines[f"{source} BALAMT"])
            return
        self.found.closing_on = _day_or_none(fields.get(f"{source} DTASOF", ""))

    def _strays(self) -> None:
        words = _("The beginning of this row is missing, so that it cannot be read.")
        for stray in self.outlined.strays:
            self.found.unread.append(Unread(stray.line, self.outline.original(stray), words))
        if self.outlined.strays:
            self.found.unread.sort(key=lambda unread: unread.line)

    def _remarks(self) -> None:
        for line, message in self.beside.own_remarks:
            self._tell(message, line)
        if odd := self.beside.odd_signs:
            words = ngettext(
                "A row is called a debit or a credit and has the other sign; the sign was believed.",
                "%(count)s rows are called a debit or a credit and have the other sign; the sign was believed.",
                len(odd),
            )
            self._tell(words % {"count": len(odd)}, odd[0])
        if odd := self.beside.odd_days:
            words = ngettext(
                "A row was done more than a year before it was posted; the posting counts.",
                "%(count)s rows were done more than a year before they were posted; the posting counts.",
                len(odd),
            )
            self._tell(words % {"count": len(odd)}, odd[0])
        if lines := self.outlined.securities:
            words = ngettext(
                "A movement of securities was left out: only movements of money are read.",
                "%(count)s movements of securities were left out: only movements of money are read.",
                len(lines),
            )
            self._tell(words % {"count": len(lines)}, lines[0])
        self._tell_future()
        self._tell_shared()
        self.found.remarks.sort(key=lambda remark: remark.line or 0)

    def _tell_future(self) -> None:
        """A day or two ahead is a matter of time zones and bank holidays."""
        latest = self.how.today + dt.timedelta(days=7)
        ahead = [row.line for row in self.found.rows if row.date > latest]
        if ahead:
            words = ngettext(
                "A row is dated in the future; check that the file is right.",
                "%(count)s rows are dated in the future; check that the file is right.",
                len(ahead),
            )
            self._tell(words % {"count": len(ahead)}, ahead[0])

    def _tell_shared(self) -> None:
        """Rows that differ and yet have one id of the bank: it identifies nothing."""
        rows = self.found.rows
        counted = Counter(row.bank_id for row in rows if row.bank_id)
        if len(counted) == sum(counted.values()):
            return
        seen: dict[str, FoundRow] = {}
        for row in rows:
            first = seen.setdefault(row.bank_id, row) if row.bank_id else row
            if (first.date, first.amount, first.payee) != (row.date, row.amount, row.payee):
                words = _("The bank gave one id to rows that differ: “%(id)s” is also in line %(line)s.")
                self._tell(words % {"id": row.bank_id, "line": first.line}, row.line)
                return


def _day_or_none(text: str) -> dt.date | None:
    try:
        return day_of(text)
    except NotADay:
        return None
