"""A whole QIF file: which rows are of which account, its categories, and what only a person can decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.importing.amounts import NotAnAmount
from ledger.importing.found import Found, FoundCategory, FoundStatement, Refused, Remark
from ledger.importing.how import How
from ledger.importing.letters import text_of
from ledger.importing.qif import days as day_orders
from ledger.importing.qif import figures as decimal_marks
from ledger.importing.qif.days import Days, NotADay
from ledger.importing.qif.figures import Figures
from ledger.importing.qif.register import Register
from ledger.importing.qif.rows import RowReader, figures_of
from ledger.importing.qif.sections import Entry, Section, sections_of
from ledger.importing.qif.transfers import pair
from ledger.importing.source import Source

_KINDS = {
    "bank": "checking",
    "cash": "cash",
    "ccard": "credit_card",
    "oth a": "other",
    "oth s": "other",
    "oth l": "loan",
    "invst": "investment",
    "port": "investment",
    "401(k)/403(b)": "investment",
    "mutual": "investment",
}
_KEYS = (day_orders.KEY, decimal_marks.KEY)
_LISTS = frozenset(
    ("class", "memorized", "memorised", "security", "prices", "price", "budget", "invitem", "template", "tag", "payee")
)


@dataclass(slots=True)
class _Account:
    """What a list of accounts tells of one."""

    name: str
    kind: str = ""
    balance: str = ""
    balance_on: str = ""


@dataclass(slots=True)
class _Told:
    """The sections of the file by what is in them; a register goes with its account where one is named before it."""

    registers: list[tuple[Section, _Account | None]] = field(default_factory=list)
    categories: list[Section] = field(default_factory=list)
    left_out: list[Section] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    has_accounts: bool = False
    date_order: str = ""


def found_in(source: Source, how: How) -> Found:
    """Raises Refused where nothing in it is a register or a list of categories."""
    text, remarks = text_of(source.content, how.locale)
    told = _told(sections_of(text))
    if not told.registers and not told.categories:
        raise Refused(_("There are no transactions in this QIF file. Export the account itself, not only its lists."))
    for section, _account in told.registers:
        section.ends_with_line = text.endswith(("\n", "\r"))
    told.remarks += _cut_list(told)
    reading = _Reading(told, how)
    found = reading.found()
    found.remarks[:0] = remarks
    return found


def _told(sections: list[Section]) -> _Told:
    told = _Told()
    account: _Account | None = None
    for section in _with_rows_apart(sections):
        if section.word == "account":
            account = _last_account(section, told)
        elif section.word == "clear":
            account = None
        elif section.word == "option":
            _option(section, told)
        else:
            _sort(section, account, told)
            account = None
    return told


def _with_rows_apart(sections: list[Section]) -> list[Section]:
    """Rows within a list have lost their header: they are a register of their own."""
    apart: list[Section] = []
    for section in sections:
        apart.append(section)
        if section.word != "account" and section.about not in ("cat", "class"):
            continue
        if rows := [entry for entry in section.entries if _is_row(entry)]:
            section.entries = [entry for entry in section.entries if not _is_row(entry)]
            apart.append(Section("type", "", rows[0].line, rows))
    return apart


def _is_row(entry: Entry) -> bool:
    figures = entry.figures()
    has_amount = any(char.isdigit() for letter, text in figures if letter in "TU" for char in text)
    return has_amount and any(letter == "D" and day_orders.is_like_a_day(text) for letter, text in figures)


def _last_account(section: Section, told: _Told) -> _Account | None:
    accounts = [_account(entry) for entry in section.entries]
    told.has_accounts = told.has_accounts or bool(accounts)
    return accounts[-1] if accounts else None


def _account(entry: Entry) -> _Account:
    letters = dict(reversed(entry.fields()))
    kind = _KINDS.get(" ".join(letters.get("T", "").casefold().split()), "")
    return _Account(letters.get("N", ""), kind, letters.get("$", ""), letters.get("/", ""))


def _cut_list(told: _Told) -> list[Remark]:
    """A file that ends within a list probably had more than that."""
    ends = [section.entries[-1] for section in [*told.categories, *told.left_out] if section.entries]
    words = _("The file ends within this entry. Download it anew if something is missing.")
    return [Remark(words, entry.line) for entry in ends if entry.is_open]


def _option(section: Section, told: _Told) -> None:
    """Some tell the order of their days in it. Set within a register, it is followed by its rows."""
    if section.about in day_orders.ORDERS:
        told.date_order = section.about
    if section.entries and told.registers:
        told.registers.append((section, told.registers[-1][1]))
    elif section.entries:
        told.registers.append((section, None))


def _sort(section: Section, account: _Account | None, told: _Told) -> None:
    if section.about == "cat":
        told.categories.append(section)
    elif section.about in _LISTS or (section.about not in _KINDS and not _has_rows(section)):
        told.left_out.append(section)
    else:
        told.registers.append((section, account))


def _kind_of(section: Section) -> str:
    """Under a header that is not known, securities tell what it is: their trades are no money in."""
    if section.about in _KINDS:
        return _KINDS[section.about]
    letters = {letter for entry in section.entries for letter, _value in entry.fields()}
    return "investment" if letters & {"Y", "Q"} else ""


def _has_rows(section: Section) -> bool:
    """A register under a header of another language: its entries have days and amounts."""
    letters = [{letter for letter, _value in entry.fields()} for entry in section.entries]
    return any("D" in each and each & {"T", "U"} for each in letters)


class _Reading:
    """The registers while they are read, with what all their days and amounts together tell."""

    def __init__(self, told: _Told, how: How) -> None:
        self._told = told
        self._how = how
        mapping = how.mapping or {}
        sections = [section for section, _account in told.registers]
        days, amounts = figures_of(sections)
        self._days = Days(days, how.today, how.locale, mapping.get(day_orders.KEY) or told.date_order)
        self._figures = Figures(amounts, how.currency, how.locale, mapping.get(decimal_marks.KEY))
        self._statements: dict[str, FoundStatement] = {}

    def found(self) -> Found:
        statements: list[FoundStatement] = []
        total = sum(len(section.entries) for section, _account in self._told.registers)
        done = 0
        for section, account in self._told.registers:
            statement = self._statement(section, account, statements)
            reader = RowReader(self._days, self._figures)
            Register(section, statement, reader).read(self._how.step, done, total)
            done += len(section.entries)
            statement.remarks += reader.remarks
            if account is not None:
                self._close(statement, account)
        for statement in statements:
            self._tell_future(statement)
            statement.remarks.sort(key=lambda remark: remark.line or 0)
        pair(statements)
        return self._whole(statements)

    def _whole(self, statements: list[FoundStatement]) -> Found:
        categories = [each for section in self._told.categories for each in _categories(section)]
        questions = [each for each in (self._days.question, self._figures.question) if each]
        named = [each for each in statements if each.account]
        return Found(
            format="qif",
            statements=statements,
            remarks=[*self._told.remarks, *self._left_out()],
            categories=categories,
            is_a_book=self._told.has_accounts and bool(categories or len(named) > 1),
            mapping=self._said(),
            questions=questions,
        )

    def _said(self) -> dict[str, object] | None:
        """Only what a person decided: what was taken for the time being stays in question."""
        said = {key: value for key, value in (self._how.mapping or {}).items() if key in _KEYS}
        return said or None

    def _left_out(self) -> list[Remark]:
        """Lists that are no movements of money are not carried over."""
        words = _("The list “%(list)s” was left out (entries: %(count)s): it holds no movements of money.")
        return [
            Remark(words % {"count": len(section.entries), "list": section.about}, section.line)
            for section in self._told.left_out
            if section.entries
        ]

    def _statement(self, section: Section, account: _Account | None, made: list[FoundStatement]) -> FoundStatement:
        """An account that comes twice goes on where it ended."""
        name = account.name if account else ""
        if section.word == "option" and made:
            return made[-1]
        if name and name in self._statements:
            return self._statements[name]
        kind = (account.kind if account else "") or _kind_of(section)
        statement = FoundStatement(currency=self._how.currency, account=name, kind=kind)
        made.append(statement)
        if name:
            self._statements[name] = statement
        return statement

    def _close(self, statement: FoundStatement, account: _Account) -> None:
        """The balance of the list of accounts is of the last paper statement: it counts where no row is later."""
        if not account.balance or not account.balance_on:
            return
        try:
            balance, day = self._figures.amount(account.balance), self._days.day(account.balance_on)
        except (NotAnAmount, NotADay):
            return
        if all(row.date <= day for row in statement.rows):
            statement.closing_balance, statement.closing_on = balance, day

    def _tell_future(self, statement: FoundStatement) -> None:
        latest = self._how.today + dt.timedelta(days=7)
        ahead = [row.line for row in statement.rows if row.date > latest]
        if ahead:
            words = ngettext(
                "A row is dated in the future; check that the file is right.",
                "%(count)s rows are dated in the future; check that the file is right.",
                len(ahead),
            )
            statement.remarks.append(Remark(words % {"count": len(ahead)}, ahead[0]))


def _categories(section: Section) -> list[FoundCategory]:
    found = []
    for entry in section.entries:
        letters = dict(reversed(entry.fields()))
        name = ": ".join(part.strip() for part in letters.get("N", "").split(":") if part.strip())
        if name:
            found.append(FoundCategory(name, is_income="I" in letters and "E" not in letters))
    return found
