"""The lines of a ledger or hledger journal, one block after another, as entries whose amounts are not yet read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book, NotADay
from ledger.importing.apps.entries import Entry
from ledger.importing.apps.journal_text import LONGEST_ENTRY, day_of
from ledger.importing.apps.ledger_comments import Said, said_in
from ledger.importing.apps.ledger_directives import Directives
from ledger.importing.apps.ledger_postings import RawPosting, raw_posting

DATE = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2})"
_HEAD = re.compile(
    rf"({DATE})(?:=({DATE}))?(?=[ \t]|$)[ \t]*([*!])?[ \t]*(?:\(([^)]*)\))?[ \t]*(.*)$", re.ASCII | re.DOTALL
)


@dataclass(slots=True)
class RawEntry:
    entry: Entry
    postings: list[RawPosting] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """Goes through a journal once."""

    book: Book
    directives: Directives
    entries: list[RawEntry] = field(default_factory=list)

    def read(self, text: str) -> None:
        lines = text.split("\n")
        number, count = 0, len(lines)
        while number < count:
            end = number + 1
            if lines[number][:1].strip():
                while end < count and lines[end][:1] in (" ", "\t") and lines[end].strip():
                    end += 1
                end = self._block(number, lines, end)
            elif lines[number].strip() and lines[number].strip()[0] not in ";#*|%":
                self.book.unread(number + 1, lines[number], _("This line is indented and belongs to no entry."))
            number = end

    def _block(self, number: int, lines: list[str], end: int) -> int:
        """What begins in this line; where the next thing begins."""
        line = lines[number]
        if line[0].isdigit():
            self._entry(number + 1, lines[number:end])
            return end
        if line[0] in ";#*|%":
            return number + 1
        if closing := self.directives.closing(line):
            while number < len(lines) and not lines[number].strip().startswith(closing):
                number += 1
            return number + 1
        if not self.directives.take(number + 1, lines[number:end]):
            self.book.unread(number + 1, "\n".join(lines[number:end]), _("This line is not understood."))
        return end

    def _entry(self, number: int, lines: list[str]) -> None:
        original = "\n".join(lines)[:LONGEST_ENTRY]
        match = _HEAD.match(lines[0])
        try:
            if match is None:
                raise NotADay(_("This line begins like a date and is none."))
            date = day_of(self._with_year(match[1]))
            raw = RawEntry(Entry(number, original, date, [], is_pending=match[3] == "!", reference=match[4] or ""))
            if match[2]:
                raw.entry.posted_on = day_of(self._with_year(match[2], str(date.year)))
            self._head(raw, match[5])
            for offset, line in enumerate(lines[1:], number + 1):
                self._below(raw, offset, line.strip())
        except ValueError as problem:
            self.book.unread(number, original, str(problem), account=self._first_account(lines))
            return
        self.entries.append(raw)

    def _with_year(self, text: str, year: str = "") -> str:
        if len(text) > 5 and text[:4].isdigit():
            return text
        year = year or self.directives.year
        if not year:
            words = _("“%(text)s” has no year. Put a line such as “Y 2026” above it.")
            raise NotADay(words % {"text": text})
        return re.sub(r"[-/.]", "-", f"{year}-{text}")

    def _head(self, raw: RawEntry, text: str) -> None:
        words, _mark, comment = text.partition(";")
        payee, bar, description = words.partition("|")
        raw.entry.payee = payee.strip()
        if bar:
            raw.entry.description = description.strip()
        if comment:
            self._said(raw, said_in(comment), None)

    def _below(self, raw: RawEntry, number: int, line: str) -> None:
        text, _mark, comment = line.partition(";")
        text = text.rstrip()
        posting = raw.postings[-1] if raw.postings else None
        if text:
            posting = raw_posting(text, number)
            posting.account = self.directives.account_named(posting.account)
            raw.postings.append(posting)
            if posting.amount is not None:
                self.directives.marks.see(posting.amount)
        if comment:
            self._said(raw, said_in(comment), posting)

    def _said(self, raw: RawEntry, said: Said, posting: RawPosting | None) -> None:
        entry = raw.entry
        entry.tags = tuple(dict.fromkeys([*entry.tags, *said.tags]))
        if posting is None:
            payee = said.values.get("Payee") or said.values.get("payee")
            if payee and not entry.description:
                entry.description, entry.payee = entry.payee, payee
            if said.words:
                entry.notes.append(said.words)
        elif said.words:
            posting.comment = f"{posting.comment} {said.words}".strip()
        if said.date:
            entry.posted_on = day_of(said.date)

    def _first_account(self, lines: list[str]) -> str:
        for line in lines[1:]:
            text = line.strip()
            if text and text[0] != ";":
                return self.directives.account_named(re.split(r"  |\t", text)[0].strip("()[] "))
        return ""
