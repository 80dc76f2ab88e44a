"""The form of a split: any number of parts, each with a category, an amount and a memo, and what remains."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from financeflow.money.numerals import read_number
from financeflow.money.text import AmountError, format_money, format_plain, parse_amount
from financeflow.money.writing import writing
from financeflow.web.plain_text import validate_plain_text
from ledger.actions import Part
from ledger.actions.lines import MOST_PARTS
from ledger.calc import splits
from ledger.calc.splits import NOTHING, REST, Share
from ledger.forms.transactions import Desk
from ledger.models import Category, Transaction

LONGEST_MEMO = 200
REST_WORDS = frozenset({"rest", "="})
_NUMBERED = re.compile(r"(remove|up|down)-(\d{1,3})")


@dataclass
class Row:
    """One part as it stands on the page, and what is wrong with it."""

    category: str = ""
    amount: str = ""
    memo: str = ""
    share: Share = NOTHING
    comes_to: int = 0
    percent: int | None = None
    errors: dict[str, str] = field(default_factory=dict)
    focus: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.category or self.amount.strip() or self.memo.strip())

    @property
    def is_worked_out(self) -> bool:
        """Whether the amount stands there in other words than figures."""
        return self.share.kind in ("percent", "rest")


class SplitForm:
    """What a person says about the parts of a transaction, written in its direction: of money out, what went out."""

    def __init__(self, sent: QueryDict | None, *, transaction: Transaction, desk: Desk) -> None:
        self.transaction, self.desk = transaction, desk
        self.currency, self.locale = transaction.currency, desk.household.locale
        self.sign = -1 if transaction.amount <= 0 else 1
        self.is_bound = sent is not None
        self.data = QueryDict(mutable=True) if sent is None else sent
        self.errors: list[str] = []
        lines = list(transaction.lines.all())
        self.was_split = len(lines) > 1
        offered = [(str(group.category), [group.category, *group.children]) for group in desk.groups]
        self.categories = {str(row.uid): row for _group, rows in offered for row in rows}
        others = {str(line.category.uid): line.category for line in lines if line.category}
        no_longer = [row for uid, row in others.items() if uid not in self.categories]
        self.categories |= others
        self._offered = [*offered, *([(_("No longer offered"), no_longer)] if no_longer else [])]
        self.whole_text = self.data.get("whole", format_plain(abs(transaction.amount), self.currency, self.locale))
        self.rows = self._sent() if self.is_bound else self._kept(lines)
        self._read()

    @cached_property
    def options(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """The categories to choose from, by group: what each is called and coloured."""
        return [(group, [(str(row.uid), str(row), row.hue) for row in rows]) for group, rows in self._offered]

    def _sent(self) -> list[Row]:
        names = ("category", "amount", "memo")
        columns = (self.data.getlist(name)[: MOST_PARTS + 1] for name in names)
        each_row = zip_longest(*columns, fillvalue="")
        return [Row(category, amount, memo) for category, amount, memo in each_row]

    def _kept(self, lines: list[Any]) -> list[Row]:
        """The parts there are; of one that is not split yet the whole is the rest, until another part takes some."""
        if not self.was_split:
            uid = str(lines[0].category.uid) if lines[0].category else ""
            return [Row(uid, _("rest"), lines[0].memo), Row(focus="category")]
        return [
            Row(
                str(line.category.uid) if line.category else "",
                format_plain(self.sign * line.amount, self.currency, self.locale),
                line.memo,
            )
            for line in lines
        ]

    @property
    def edit_version(self) -> int:
        said = self.data.get("edit_version", self.transaction.edit_version)
        return int(said) if str(said).isdecimal() and len(str(said)) < 10 else 0

    @property
    def may_change_whole(self) -> bool:
        return not self.transaction.is_locked

    def _read(self) -> None:
        """What each row says, what it comes to, and what remains."""
        self.whole = self._whole()
        for row in self.rows:
            row.share = self._share(row)
        for row, amount in zip(self.rows, splits.placed([row.share for row in self.rows], self.whole), strict=True):
            row.comes_to = amount
            row.percent = splits.whole_percent(amount, self.whole) if row.share is not NOTHING else None

    def _whole(self) -> int:
        if not self.may_change_whole:
            return abs(self.transaction.amount)
        try:
            whole = parse_amount(self.whole_text, self.currency, self.locale)
        except AmountError as error:
            self._complain(str(error))
            return abs(self.transaction.amount)
        if whole < 0:
            self._complain(_("Write the whole without a minus."))
        return abs(whole)

    def _complain(self, words: str) -> None:
        if words not in self.errors:
            self.errors.append(words)

    def _share(self, row: Row) -> Share:
        text = row.amount.strip()
        if not text:
            return NOTHING
        if text.casefold() in REST_WORDS | {_("rest").casefold()}:
            return REST
        try:
            if "%" in text:
                return Share("percent", percent=self._percent(text))
            return Share("amount", amount=parse_amount(text, self.currency, self.locale))
        except AmountError as error:
            row.errors["amount"] = str(error)
            return NOTHING

    def _percent(self, text: str) -> Fraction:
        style = writing(self.currency, self.locale)
        bare = text.replace("%", "", 1).strip()
        found = read_number(bare, point=style.point, group=style.group) if bare[:1].isdigit() else None
        if found is None or found.value > splits.HUNDRED or found.decimals > 4:
            raise AmountError(_("Write a percentage from 0 to 100."))
        return found.value

    @property
    def remainder(self) -> int:
        return self.whole - sum(row.comes_to for row in self.rows)

    @property
    def remainder_text(self) -> str:
        return str(format_money(abs(self.remainder), self.currency, self.locale))

    def press(self, button: str) -> None:
        """Do what a button of the page does to the rows."""
        deeds: dict[str, Callable[[], None]] = {
            "add": self._add,
            "even": lambda: self._write(splits.evenly(self.whole, len(self.rows))),
            "proportion": lambda: self._write(splits.in_proportion(self._amounts(), self.whole)),
            "last": self._put_last,
            "percent": self._in_percent,
        }
        numbered = _NUMBERED.fullmatch(button)
        if numbered and 0 < int(numbered[2]) <= len(self.rows):
            self._move(numbered[1], int(numbered[2]) - 1)
        elif self.rows and button in deeds:
            deeds[button]()
        self._read()

    def _amounts(self) -> list[int]:
        return [row.comes_to for row in self.rows]

    def _write(self, amounts: list[int]) -> None:
        for row, amount in zip(self.rows, amounts, strict=True):
            row.amount = format_plain(amount, self.currency, self.locale)
            row.errors.pop("amount", None)

    def _add(self) -> None:
        if len(self.rows) < MOST_PARTS:
            self.rows.append(Row(focus="category"))

    def _put_last(self) -> None:
        amounts = self._amounts()
        amounts[-1] += self.remainder
        self.rows[-1].amount = format_plain(amounts[-1], self.currency, self.locale)
        self.rows[-1].focus = "amount"

    def _in_percent(self) -> None:
        hundredths = splits.in_hundredths(self._amounts())
        if hundredths is None:
            self._complain(_("Percentages want parts that all go the same way."))
            return
        point = writing(self.currency, self.locale).point
        for row, each in zip(self.rows, hundredths, strict=True):
            text = f"{each // 100}{point}{each % 100:02d}".rstrip("0").removesuffix(point)
            row.amount = f"{text}%"

    def _move(self, deed: str, at: int) -> None:
        row = self.rows.pop(at)
        if deed == "remove":
            self.rows = self.rows or [Row()]
            self.rows[min(at, len(self.rows) - 1)].focus = "category"
            return
        row.focus = deed
        self.rows.insert(max(0, at - 1) if deed == "up" else at + 1, row)

    def is_valid(self) -> bool:
        """Whether it can be saved; if not, each row and the form say why."""
        if not self.is_bound:
            return False
        self.rows = [row for row in self.rows if not row.is_blank] or [Row()]
        for row in self.rows:
            self._check(row)
        if len(self.rows) > MOST_PARTS:
            self.errors.append(_("A transaction has from 1 to %(most)s parts.") % {"most": MOST_PARTS})
        elif not any(row.errors for row in self.rows) and self.remainder:
            self.errors.append(self.missing)
        return not self.errors and not any(row.errors for row in self.rows)

    @property
    def missing(self) -> str:
        """By how much the parts do not add up."""
        words = _("%(money)s still to place.") if self.remainder > 0 else _("%(money)s too much.")
        return words % {"money": self.remainder_text}

    def _check(self, row: Row) -> None:
        if row.share is NOTHING and "amount" not in row.errors:
            row.errors["amount"] = _("Write an amount, a percentage or “rest”.")
        if row.category and row.category not in self.categories:
            row.errors["category"] = _("Choose one from the list.")
        try:
            validate_plain_text(row.memo)
        except ValidationError as error:
            row.errors["memo"] = error.messages[0]
        if len(row.memo) > LONGEST_MEMO:
            row.errors["memo"] = _("Write up to %(most)s characters.") % {"most": LONGEST_MEMO}

    def parts(self) -> list[Part]:
        return [
            Part(self.sign * row.comes_to, self.categories.get(row.category), row.memo.strip()) for row in self.rows
        ]

    @property
    def amount(self) -> int:
        return self.sign * self.whole

    def joined(self) -> list[Part]:
        """One part in place of all: under the category that most of it was for."""
        lines = self.transaction.lines.all()
        largest: Category | None = max(lines, key=lambda line: abs(line.amount)).category
        return [Part(self.transaction.amount, largest)]
