"""One entry of a register as a row: its day, amount, words, category or other account, and the parts of a split."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _

from financeflow.money.values import half_even
from ledger.importing.amounts import NotAnAmount
from ledger.importing.found import FoundPart, FoundRow, Remark
from ledger.importing.qif.days import Days, NotADay
from ledger.importing.qif.figures import Figures
from ledger.importing.qif.sections import Entry, Section

_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s*%?", re.ASCII)
_NO_CATEGORY = frozenset(("--split--", "split", "<split>", "--form--"))


class NotARow(ValueError):
    """Its text is a sentence for a person."""


@dataclass(slots=True)
class _Split:
    """One part as it stands in the entry."""

    category: str
    memo: str = ""
    amount: str = ""
    percent: str = ""


@dataclass(slots=True)
class Letters:
    """An entry by its letters: each text once, several lines of a memo as one."""

    single: dict[str, str] = field(default_factory=dict)
    address: list[str] = field(default_factory=list)
    splits: list[_Split] = field(default_factory=list)


def letters_of(entry: Entry) -> Letters:
    """Raises NotARow where two entries run into each other, so that no one knows which amount has which day."""
    found = Letters()
    single = found.single
    for letter, value in entry.fields():
        if letter in "SE$%":
            _add_split(found.splits, letter, value)
        elif letter == "A":
            found.address.append(value)
        elif letter not in single:
            single[letter] = value
        elif letter in "DTU":
            raise NotARow(_("Two rows run into each other here, so that neither can be read."))
        elif letter in "MP" and value:
            single[letter] = f"{single[letter]} {value}".strip()
    return found


def _add_split(splits: list[_Split], letter: str, value: str) -> None:
    if letter == "S":
        splits.append(_Split(value))
    elif not splits:
        # What stands before the first part belongs to no part.
        return
    elif letter == "E":
        splits[-1].memo = value
    elif letter == "$":
        splits[-1].amount = value
    else:
        splits[-1].percent = value


def figures_of(sections: Iterable[Section]) -> tuple[list[str], list[str]]:
    """All days and all amounts, to tell by all of them how they are written; the last one of a file may be cut."""
    days: list[str] = []
    amounts: list[str] = []
    for section in sections:
        for entry in section.entries:
            for letter, text in entry.figures()[: -1 if is_cut(section, entry) else None]:
                (days if letter == "D" else amounts).append(text)
    return days, amounts


def is_cut(section: Section, entry: Entry) -> bool:
    """Whether the file breaks off within a figure, which then is not what it was."""
    if not entry.is_open or section.ends_with_line:
        return False
    return entry.fields()[-1][0] in "DTU$%"


@lru_cache(maxsize=4096)
def target_of(text: str) -> tuple[str, str, str]:
    """“[Savings]/Trip” is a transfer, a category or nothing, and a class: the three apart."""
    text = text.strip()
    if text.startswith("[") and "]" in text:
        account, _bracket, rest = text[1:].partition("]")
        return account.strip(), "", rest.lstrip("/ ").strip()
    category, _slash, tag = text.partition("/")
    if category.casefold() in _NO_CATEGORY:
        category = ""
    return "", ": ".join(part.strip() for part in category.split(":") if part.strip()), tag.strip()


def _meant(splits: list[_Split], row: FoundRow) -> list[_Split]:
    """Without those that hold nothing, and without a line of a memo that only begins with the letter of a split."""
    told = [each for each in splits if each.category or each.memo or each.amount.strip("+-0., ")]
    if len(told) == 1 and row.category and not (told[0].amount or told[0].percent):
        row.description = f"{row.description} S{told[0].category}".strip()
        return []
    return told


class RowReader:
    """Makes rows of entries; what should be known of one stands in `remarks`."""

    def __init__(self, days: Days, figures: Figures) -> None:
        self.remarks: list[Remark] = []
        self._days = days
        self._figures = figures

    def row(self, entry: Entry, letters: Letters) -> FoundRow:
        """Raises NotARow where a day or an amount cannot be read: nothing is guessed."""
        single = letters.single
        transfer, category, tag = target_of(single["L"]) if "L" in single else ("", "", "")
        payee, memo = " ".join(single.get("P", "").split()), " ".join(single.get("M", "").split())
        row = FoundRow(
            line=entry.line,
            original=entry.original,
            date=self.day(single),
            amount=self.amount(single),
            currency=self._figures.currency,
            payee=payee,
            description="" if memo == payee else memo,
            reference=single.get("N", ""),
            transfer=transfer,
            category=category,
            tags=(tag,) if tag else (),
        )
        if letters.address:
            row.notes = "\n".join(each for each in letters.address if each and each != row.payee)
        if splits := _meant(letters.splits, row):
            self._split(row, splits)
        return row

    def day(self, single: dict[str, str]) -> dt.date:
        text = single.get("D", "")
        if not text:
            raise NotARow(_("There is no date in this row."))
        try:
            return self._days.day(text)
        except NotADay as no:
            raise NotARow(str(no)) from no

    def amount(self, single: dict[str, str]) -> int:
        told = [text for text in (single.get("T", ""), single.get("U", "")) if text]
        if not told:
            raise NotARow(_("There is no amount in this row."))
        try:
            amounts = {self._figures.amount(text) for text in dict.fromkeys(told)}
        except NotAnAmount as no:
            raise NotARow(str(no)) from no
        if len(amounts) > 1:
            words = _("There are two amounts in this row: “%(one)s” and “%(two)s”.")
            raise NotARow(words % {"one": told[0], "two": told[1]})
        return amounts.pop()

    def _split(self, row: FoundRow, splits: list[_Split]) -> None:
        """A split of one part is none. What the parts do not add up to is a part of its own."""
        if len(splits) == 1 and self._part_amount(row, splits[0]) in (None, row.amount):
            row.transfer, row.category, tag = target_of(splits[0].category)
            row.tags = (tag,) if tag else row.tags
            row.description = row.description or splits[0].memo
            return
        amounts = [self._part_amount(row, each) for each in splits]
        self._fill_in(row, amounts)
        row.parts = tuple(
            self._part(row, each, amount) for each, amount in zip(splits, amounts, strict=True) if amount is not None
        )
        row.category = ""
        missing = row.amount - sum(part.amount for part in row.parts)
        if missing:
            row.parts = (*row.parts, FoundPart(missing))
            words = _("The parts of this split do not add up to its amount: a part without a category takes the rest.")
            self.remarks.append(Remark(words, row.line))

    def _fill_in(self, row: FoundRow, amounts: list[int | None]) -> None:
        """A single part that names no amount has what the others leave."""
        if amounts.count(None) == 1:
            amounts[amounts.index(None)] = row.amount - sum(amount for amount in amounts if amount is not None)

    def _part(self, row: FoundRow, split: _Split, amount: int) -> FoundPart:
        transfer, category, _tag = target_of(split.category)
        if transfer:
            words = _("A part of this split goes to the account “%(account)s”: it is kept without a category.")
            self.remarks.append(Remark(words % {"account": transfer}, row.line))
        return FoundPart(amount, category, split.memo or transfer)

    def _part_amount(self, row: FoundRow, split: _Split) -> int | None:
        if split.amount:
            try:
                return self._figures.amount(split.amount)
            except NotAnAmount as no:
                words = _("A part of this split cannot be read. %(reason)s")
                self.remarks.append(Remark(words % {"reason": no}, row.line))
                return None
        match = _PERCENT.fullmatch(split.percent)
        if match is None:
            return None
        decimals = match[2] or ""
        return half_even(row.amount * int(match[1] + decimals), 100 * 10 ** len(decimals))
