"""Lines of a journal that are no entries: what they declare is used, and what cannot be carried is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book
from ledger.importing.apps.chart_of_accounts import ASSET, EQUITY, EXPENSE, INCOME, LIABILITY, Chart
from ledger.importing.apps.ledger_amounts import Marks, raw_amount

_TYPES = {"A": ASSET, "C": ASSET, "L": LIABILITY, "E": EQUITY, "V": EQUITY, "R": INCOME, "G": INCOME, "X": EXPENSE}
_TYPE_WORDS = {
    "asset": ASSET,
    "cash": ASSET,
    "liability": LIABILITY,
    "equity": EQUITY,
    "conversion": EQUITY,
    "revenue": INCOME,
    "income": INCOME,
    "expense": EXPENSE,
}
_TYPE = re.compile(r"(?:^|[ ,;])type:[ \t]*(\w+)")
_SILENT = {"payee", "tag", "define", "def", "assert", "check", "expr", "eval", "import", "value", "capture", "N", "end"}
_CLOSED_BY = {"comment": "end comment", "test": "end test", "python": "end python"}


def _counted() -> dict[str, str]:
    included = _("Included files are not in this one; import each by itself: %(count)s.")
    clocked = _("Hours that were clocked were not carried over: %(count)s.")
    return {
        "P": _("Prices were not carried over: %(count)s."),
        "=": _("Automated entries were not carried over: %(count)s."),
        "~": _("Periodic entries and budgets were not carried over: %(count)s."),
        "include": included,
        **dict.fromkeys(("i", "o", "b", "h", "I", "O"), clocked),
    }


@dataclass(slots=True)
class Directives:
    """What a journal has said so far about itself."""

    book: Book
    marks: Marks
    chart: Chart = field(default_factory=Chart)
    year: str = ""
    aliases: dict[str, str] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    counted: dict[str, str] = field(default_factory=_counted)

    def closing(self, line: str) -> str:
        """What ends a block that is skipped whole, if this line begins one."""
        return _CLOSED_BY.get(line.strip(), "")

    def account_named(self, name: str) -> str:
        """The whole name of an account, below the one that is applied and without its alias."""
        alias = name if self.aliases else ""
        while alias:
            if alias in self.aliases:
                name = self.aliases[alias] + name[len(alias) :]
                break
            alias = alias.rpartition(":")[0]
        return ":".join([*self.parents, name])

    def take(self, number: int, lines: list[str]) -> bool:
        """Whether the first of these lines is a directive; the others stand indented below it."""
        text = lines[0].lstrip("!@").partition(";")[0].rstrip()
        word, _gap, told = text.partition(" ")
        counted = self.counted
        mark = word if word in counted else text[:1] if text[:1] in ("=", "~") else ""
        if mark:
            self.book.count(counted[mark], number)
        elif word in _SILENT or word.startswith("--"):
            self._end(text)
        elif match := re.fullmatch(r"(?:Y|year|apply year)[ \t]*(\d{4})", text):
            self.year = match[1]
        elif word in ("alias", "apply", "account", "commodity", "decimal-mark", "D", "bucket", "A"):
            self._declare(word, told.strip(), number, lines)
        else:
            return False
        return True

    def _end(self, text: str) -> None:
        if text in ("end", "end apply account", "end apply") and self.parents:
            self.parents.pop()

    def _declare(self, word: str, told: str, number: int, lines: list[str]) -> None:
        below = [line.strip() for line in lines[1:]]
        if word == "alias":
            self._alias(told, number)
        elif word == "apply":
            self._apply(told, number)
        elif word == "account":
            self._account(told, lines)
        elif word == "decimal-mark" and told in (".", ","):
            self.marks.declared = told
        elif word in ("commodity", "D"):
            self._commodity(word, told, [line[6:].strip() for line in below if line.startswith("format")])
        elif word in ("bucket", "A"):
            self.book.count(_("A default account for entries with one posting is not used: %(count)s."), number)

    def _alias(self, told: str, number: int) -> None:
        alias, _equals, account = told.partition("=")
        if alias.startswith("/"):
            self.book.count(_("Aliases by pattern were not used; accounts keep their names: %(count)s."), number)
        elif alias.strip() and account.strip():
            self.aliases[alias.strip()] = account.strip()

    def _apply(self, told: str, number: int) -> None:
        if told.startswith("account "):
            self.parents.append(told[8:].strip())
        else:
            self.book.count(_("What is applied to many entries at once was left out: %(count)s."), number)

    def _account(self, told: str, lines: list[str]) -> None:
        name = self.account_named(re.split(r"  |\t", told)[0].strip())
        for line in lines:
            text = line.partition(";")[2] if ";" in line else ""
            if match := _TYPE.search(text):
                side = _TYPES.get(match[1].upper()) or _TYPE_WORDS.get(match[1].lower())
                if side:
                    self.chart.declared[name] = side
            if line.strip().startswith("alias ") and line is not lines[0]:
                self.aliases[line.strip()[6:].strip()] = name

    def _commodity(self, word: str, told: str, formats: list[str]) -> None:
        for text in [told, *formats]:
            if found := raw_amount(text):
                self.marks.declare(found[0])
                if word == "D":
                    self.marks.default = found[0].commodity
