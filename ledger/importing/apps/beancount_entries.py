"""The lines of a Beancount file, one after another, as entries, pads and balances."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.apps.beancount_amounts import NUMBER, posting_of
from ledger.importing.apps.books import Book
from ledger.importing.apps.chart_of_accounts import Chart
from ledger.importing.apps.entries import Entry
from ledger.importing.apps.journal_text import LONGEST_ENTRY, day_of
from ledger.importing.apps.padding import Balance, Pad
from ledger.importing.apps.plain_amounts import exact_amount
from ledger.importing.found import Remark

_DATED = re.compile(r"(\d{4}[-/]\d\d?[-/]\d\d?)[ \t]+(.*)", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FLAG = re.compile(r"(txn|[*!&#?%PSTCURM])(?=[ \t\"])[ \t]*")
_WORD = re.compile(r"([a-z]+)(?:[ \t]+|$)")
_META = re.compile(r"([a-z][\w-]*):(?:[ \t]+(.*))?$")
_TAG = re.compile(r"#([\w\-./]+)")
_LINK = re.compile(r"\^([\w\-./]+)")
_INDENTED = (" ", "\t")
_ROOT_OPTION = re.compile(r"name_(assets|liabilities|income|expenses|equity)$")
_SIDES = {"assets": "asset", "liabilities": "liability", "income": "income", "expenses": "expense", "equity": "equity"}
_BALANCE = re.compile(rf"(\S+)[ \t]+({NUMBER})[ \t]*(?:~[ \t]*{NUMBER}[ \t]*)?([A-Z][A-Z0-9'._-]*)$")


def _lost_words() -> dict[str, str]:
    return {
        "price": _("Prices were not carried over: %(count)s."),
        "note": _("Notes on accounts were not carried over: %(count)s."),
        "document": _("Documents were not carried over: %(count)s."),
        "event": _("Events were not carried over: %(count)s."),
        "query": _("Queries were not carried over: %(count)s."),
        "custom": _("Directives of plugins, such as budgets, were not carried over: %(count)s."),
        "include": _("Included files are not in this one; import each by itself: %(count)s."),
        "plugin": _("Plugins were not run: %(count)s."),
    }


@dataclass(slots=True)
class Reading:
    """Goes through a file once; what it met stands in its lists."""

    book: Book
    chart: Chart = field(default_factory=Chart)
    entries: list[Entry] = field(default_factory=list)
    pads: list[Pad] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    pushed: list[str] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=_lost_words)

    def read(self, text: str) -> None:
        lines = text.split("\n")
        number, count = 0, len(lines)
        while number < count:
            line = lines[number]
            if line[:1].isdigit():
                head = _head_length(lines, number)
                end = number + head
                while end < count and (lines[end][:1] in _INDENTED or _is_between(lines, end)):
                    end += 1
                self._block(number + 1, lines[number:end], head)
                number = end
            else:
                self._other(number + 1, line)
                number += 1

    def _block(self, number: int, lines: list[str], head: int) -> None:
        match = _DATED.match(lines[0])
        original = "\n".join(lines).rstrip()[:LONGEST_ENTRY]
        if match is None:
            self.book.unread(number, original, _("This line begins like a date and is none."))
            return
        rest = match[2]
        try:
            flag = _FLAG.match(rest)
            if flag or rest.startswith('"'):
                entry = Entry(number, original, day_of(match[1]), [], is_pending=bool(flag and flag[1] == "!"))
                self._entry(entry, "\n".join(lines[:head]), lines[head:], head)
            else:
                self._directive(number, match[1], rest, original)
        except ValueError as problem:
            self.book.unread(number, original, str(problem), account=_first_account(lines))

    def _directive(self, number: int, date: str, rest: str, original: str) -> None:
        word, *told = rest.partition(";")[0].split()
        if word == "pad" and len(told) == 2:
            self.pads.append(Pad(day_of(date), told[0], told[1], number, original))
        elif word == "balance":
            self._balance(number, date, " ".join(told))
        elif word in self.lost:
            self.book.count(self.lost[word], number)
        elif word not in ("open", "close", "commodity"):
            self.book.unread(number, original, _("“%(word)s” is no directive of Beancount.") % {"word": word[:30]})

    def _balance(self, number: int, date: str, told: str) -> None:
        match = _BALANCE.match(told)
        currency, amount = exact_amount(match[2], match[3]) if match else ("", 0)
        if match and currency:
            self.balances.append(Balance(day_of(date), match[1], amount, currency, number))
        self.book.count(_("Balance assertions were not carried over: %(count)s."), number)

    def _entry(self, entry: Entry, head: str, body: list[str], taken: int) -> None:
        strings = [each.replace('\\"', '"').replace("\\\\", "\\") for each in _STRING.findall(head)]
        marks = _STRING.sub(" ", head).partition(";")[0]
        if '"' in marks:
            raise ValueError(_("A quotation mark is opened here and never closed."))
        if len(strings) > 1:
            entry.payee, entry.description = " ".join(strings[0].split()), " ".join(strings[1].split())
        elif strings:
            entry.description = " ".join(strings[0].split())
        tags = [*self.pushed, *_TAG.findall(marks)]
        links = _LINK.findall(marks)
        for number, line in enumerate(body, entry.line + taken):
            self._below(entry, number, line.strip(), tags, links)
        entry.tags = tuple(dict.fromkeys(tags))
        entry.reference = " ".join(links)
        self.entries.append(entry)

    def _below(self, entry: Entry, number: int, line: str, tags: list[str], links: list[str]) -> None:
        if line[:1].isupper():
            entry.postings.append(posting_of(line, number))
            return
        if not line or line[0] == ";":
            return
        if line[0] in "#^":
            tags += _TAG.findall(line)
            links += _LINK.findall(line)
        elif match := _META.match(line):
            value = (match[2] or "").partition('" ;')[0].strip().strip('"')
            if match[1] not in ("filename", "lineno") and value:
                entry.notes.append(f"{match[1]}: {value}")
        else:
            entry.postings.append(posting_of(line, number))

    def _other(self, number: int, line: str) -> None:
        """What begins with no date: options, plugins, tags for all that follows; all else is commentary."""
        word = _WORD.match(line)
        strings = _STRING.findall(line)
        if word is None:
            if line[:1] in (" ", "\t") and line.strip() and line.strip()[0] not in ";*#":
                self.book.unread(number, line, _("This line is indented and belongs to no entry."))
        elif word[1] == "option" and len(strings) == 2:
            self._option(number, *strings)
        elif word[1] in ("pushtag", "poptag"):
            for tag in _TAG.findall(line):
                self.pushed = [each for each in self.pushed if each != tag]
                if word[1] == "pushtag":
                    self.pushed.append(tag)
        elif word[1] in self.lost:
            self.book.count(self.lost[word[1]], number)

    def _option(self, number: int, name: str, value: str) -> None:
        if match := _ROOT_OPTION.match(name):
            self.chart.roots[value.lower()] = _SIDES[match[1]]
        elif name == "title" and value:
            self.book.remarks.append(Remark(_("These are the books “%(title)s”.") % {"title": value[:80]}, number))


def _is_between(lines: list[str], number: int) -> bool:
    """A comment at the margin within an entry, which goes on below it."""
    return lines[number].startswith(";") and lines[number + 1 : number + 2] != [] and _goes_on(lines[number + 1])


def _goes_on(line: str) -> bool:
    return line[:1] in _INDENTED and line.strip() != ""


def _head_length(lines: list[str], number: int) -> int:
    """How many lines the first one takes up: a quoted text may go on, but never into the next directive."""
    head = lines[number]
    for taken in range(1, 20):
        if '"' not in _STRING.sub(" ", head).partition(";")[0]:
            return taken
        if number + taken >= len(lines) or _DATED.match(lines[number + taken]):
            break
        head += "\n" + lines[number + taken]
    return 1


def _first_account(lines: list[str]) -> str:
    return next((line.split()[0] for line in lines[1:] if line.strip() and ":" in line.split()[0]), "")
