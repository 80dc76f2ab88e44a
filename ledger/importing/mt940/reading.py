"""The reader of MT940: messages in their order, pages of one statement put together."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from ledger.importing.amounts import NotAnAmount, known_currency, minor_units
from ledger.importing.found import Found, FoundRow, FoundStatement, Refused, Remark, Unread
from ledger.importing.how import How
from ledger.importing.mt940.fields import DAMAGED, Field, fields_of, with_line_feeds
from ledger.importing.mt940.information import Information, information, non_swift_information
from ledger.importing.mt940.letters import text_of
from ledger.importing.mt940.messages import Message, joined, set_account, set_currency
from ledger.importing.mt940.statement_lines import Balance, NotRead, StatementLine, balance, statement_line
from ledger.importing.source import Source

_BEGINS = re.compile(r"^:(?:20|25P?|60[FM]):", re.M)
_GOES_ON = re.compile(r"^:(?:28[CD]?|60[FM]|61|62[FM]|34F|13D?):", re.M)
_OTHER_MONEY = re.compile(r"/OCMT/([A-Z]{3})(\d+,?\d*)")
_CHARGES = re.compile(r"/CHGS?/([A-Z]{3}\d+,?\d*)")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
# An interim report has no closing balance that would have to follow: it ends with a line.
_WHOLE_ENDS = ("\n", "-", "}", "\x03")
_STEP = 5000


class Mt940:
    """SWIFT, as banks of Europe and of large companies send it."""

    key = "mt940"
    title = "MT940"

    def knows(self, source: Source) -> bool:
        text = with_line_feeds(source.head_text)
        return _BEGINS.search(text) is not None and _GOES_ON.search(text) is not None

    def read(self, source: Source, how: How) -> Found:
        text = with_line_feeds(text_of(source.content))
        reader = _Reader(text, how)
        for number, each in enumerate(fields_of(text)):
            reader.take(each)
            if number % _STEP == 0:
                how.step(each.end, len(text))
        reader.finish()
        if not reader.messages:
            raise Refused(_("There is no statement in this MT940 file. Download it anew."))
        statements = [each.statement for each in joined(reader.messages)]
        return Found(format=self.key, statements=statements, remarks=_unknown_letters(text))


FORMAT = Mt940()


def _unknown_letters(text: str) -> list[Remark]:
    place = text.find("\ufffd")
    if place < 0:
        return []
    return [
        Remark(_("Some letters could not be told, first here: they show as “\ufffd”."), text.count("\n", 0, place) + 1)
    ]


class _Reader:
    """Takes field after field. A movement waits for its information before it becomes a row."""

    def __init__(self, text: str, how: How) -> None:
        self.text, self.how = text, how
        self.messages: list[Message] = []
        self._line: Field | None = None
        self._information: list[Field] = []
        self._last: Field | None = None

    def take(self, each: Field) -> None:
        if each.tag in {"86", "NS"} and self._line is not None:
            self._information.append(each)
            return
        self._finish_row()
        self._last = each
        if self._begins_message(each):
            self.messages.append(Message(FoundStatement(currency=self.how.currency), each.line))
        if each.tag == "61":
            self._line = each
        elif each.tag == DAMAGED:
            problem = _("This looks like a movement, but its tag “:61:” is damaged.")
            stands = self.text[each.start : each.end].strip()
            self.messages[-1].statement.unread.append(Unread(each.line, stands, problem))
        else:
            self._take_heading(each, self.messages[-1])

    def _begins_message(self, each: Field) -> bool:
        """With its reference; where a bank leaves that out, with what can stand in a message only once."""
        if not self.messages or each.tag == "20":
            return True
        message = self.messages[-1]
        return message.is_closed and each.tag in {"25", "25P", "28", "28C", "60F", "60M"}

    def finish(self) -> None:
        self._finish_row()
        last = self.messages[-1] if self.messages else None
        if last is not None and not self._is_whole(last):
            words = _("The file ends before the statement does. What is whole was read; download it anew for the rest.")
            last.statement.remarks.append(Remark(words, self.text.count("\n", 0, len(self.text.rstrip())) + 1))

    def _is_whole(self, last: Message) -> bool:
        """Whether the last message ends, and nothing begins after it."""
        if not last.is_closed:
            return last.is_interim and self.text.endswith(_WHOLE_ENDS)
        behind = self.text.rpartition("\n-")[2].strip("}\x01\x03-\r\n ")
        return "\n-" not in self.text or behind.startswith("{") or "\n:" in behind or not behind

    def _take_heading(self, each: Field, message: Message) -> None:
        statement = message.statement
        if each.tag in {"25", "25P"}:
            set_account(message, each.text)
        elif each.tag in {"34F", "13", "13D"}:
            message.is_interim = not message.begins_a_page and statement.opening_balance is None
            set_currency(message, each.text[:3])
        elif each.tag in {"90C", "90D"}:
            count = re.match(r"\d{1,5}", each.text)
            message.announced += int(count[0]) if count else 0
        elif each.tag[:2] in {"60", "62"}:
            self._set_balance(each, message)

    def _set_balance(self, each: Field, message: Message) -> None:
        statement = message.statement
        message.is_interim = False
        if each.tag[:2] == "62":
            message.is_closed = True
        try:
            found = balance(each.text, self.how.today)
            self._refuse_cut_off(each, found)
        except NotRead as no:
            statement.remarks.append(Remark(_("A balance was left out: %(reason)s") % {"reason": no}, each.line))
            return
        if message.currency_is_told and found.currency != statement.currency and statement.rows:
            words = _("A balance was left out: it is in %(other)s, and the rows are in %(currency)s.")
            names = {"other": found.currency, "currency": statement.currency}
            statement.remarks.append(Remark(words % names, each.line))
            return
        statement.currency, message.currency_is_told = found.currency, True
        if each.tag[:2] == "60":
            statement.opening_balance, statement.opening_on = found.amount, found.on
            message.begins_a_page = each.tag == "60M"
        else:
            statement.closing_balance, statement.closing_on = found.amount, found.on
            message.ends_a_page = each.tag == "62M"

    def _refuse_cut_off(self, each: Field, found: Balance) -> None:
        """A last amount without all its decimals, in a file that ends right there."""
        decimals = len(each.text.rpartition(",")[2]) if "," in each.text else 0
        if each.end == len(self.text) and not self.text.endswith("\n") and decimals < minor_digits(found.currency):
            raise NotRead(_("the file ends within it."))

    def _finish_row(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        told, self._information = self._information, []
        end = told[-1].end if told else line.end
        original = self.text[line.start : end].strip()
        message = self.messages[-1]
        try:
            found = statement_line(line.text, message.statement.currency, self.how.today)
            self._add_row(message, line, found, told, original)
        except NotRead as no:
            message.statement.unread.append(Unread(line.line, original, str(no)))

    def _add_row(self, message: Message, line: Field, found: StatementLine, told: list[Field], original: str) -> None:
        words, on = _words(told), found.booked or found.valued
        below = _IBAN.match(found.more)
        counter = words.counter_account or (below[0] if below else "")
        row = FoundRow(
            line=line.line,
            original=original,
            date=on,
            amount=found.amount,
            currency=message.statement.currency,
            payee=words.payee,
            description=words.description or _plain_words(found.more),
            reference=words.reference or ("" if _is_account(found.reference, counter) else found.reference),
            bank_id=found.bank_id,
            posted_on=found.valued if found.valued != on else None,
            is_pending=found.is_expected or message.is_interim,
        )
        _set_other_money(row, "".join([found.more, *(each.text for each in told)]).replace("\n", ""))
        message.statement.rows.append(row)
        if found.is_reversal and not row.is_pending:
            message.reversals.append(row)
        if counter:
            message.by_counter.append((counter, row))


def _words(told: list[Field]) -> Information:
    """Of field 86; of field NS where a bank writes that instead."""
    swift = "\n".join(each.text for each in told if each.tag == "86")
    if swift.strip():
        return information(swift)
    return non_swift_information("\n".join(each.text for each in told))


def _is_account(reference: str, counter: str) -> bool:
    """Some banks put the other account, or as much of it as fits, where the reference would be."""
    return len(reference) >= 15 and counter.startswith(reference)


def _plain_words(more: str) -> str:
    """What a bank puts below a movement: its own words, unless they are codes between slashes or a bare number."""
    words = " ".join(more.split())
    return "" if words.startswith("/") or re.fullmatch(r"[\d ]*", words) or _IBAN.fullmatch(words) else words


def _set_other_money(row: FoundRow, text: str) -> None:
    """The amount before it was exchanged, and what the bank took for that."""
    other, charges = _OTHER_MONEY.search(text), _CHARGES.search(text)
    if other is not None and known_currency(other[1]) and other[1] != row.currency:
        try:
            amount = minor_units(other[2], other[1])
        except NotAnAmount:
            return
        row.original_amount, row.original_currency = (-amount if row.amount < 0 else amount), other[1]
    if charges is not None and charges[1][3:].strip("0,"):
        row.notes = _("Charges: %(amounts)s") % {"amounts": f"{charges[1][3:]} {charges[1][:3]}"}
