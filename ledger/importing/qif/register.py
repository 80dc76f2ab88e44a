"""One section of transactions as a statement: its rows, its opening balance, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.importing.found import FoundRow, FoundStatement, Remark, Unread
from ledger.importing.qif.investments import sign_of
from ledger.importing.qif.rows import Letters, NotARow, RowReader, is_cut, letters_of, target_of
from ledger.importing.qif.sections import Entry, Section

# As the programs of several countries call the entry that is no movement.
_OPENING = frozenset(
    (
        "opening balance",
        "starting balance",
        "solde initial",
        "solde d'ouverture",
        "solde à l'ouverture",
        "solde de départ",
        "anfangssaldo",
        "anfangsstand",
        "eröffnungssaldo",
        "anfangsbestand",
        "saldo inicial",
        "saldo iniziale",
        "saldo di apertura",
        "beginsaldo",
        "openingssaldo",
        "ingående saldo",
        "inngående saldo",
        "alkusaldo",
        "saldo początkowe",
        "počáteční zůstatek",
        "startsaldo",
    )
)


_STEP = 2000


class Register:
    """Reads the entries of one section into a statement, which may have rows of an earlier section."""

    def __init__(self, section: Section, statement: FoundStatement, reader: RowReader) -> None:
        self._section = section
        self._statement = statement
        self._reader = reader
        self._is_investment = statement.kind == "investment"
        self._trades: list[int] = []

    def read(self, step: Callable[[int, int], None], done: int, total: int) -> None:
        for number, entry in enumerate(self._section.entries):
            if number % _STEP == 0:
                step(done + number, total)
            try:
                self._entry(entry, is_first=number == 0)
            except NotARow as no:
                self._statement.unread.append(Unread(entry.line, entry.original, str(no)))
        self._tell_trades()

    def _entry(self, entry: Entry, *, is_first: bool) -> None:
        letters = letters_of(entry)
        if entry.is_open:
            self._look_at_end(entry)
        sign = sign_of(letters.single.get("N", "")) if self._is_investment else 1
        if not sign:
            self._trades.append(entry.line)
            return
        if self._is_opening(letters, is_first=is_first):
            self._open(letters)
            return
        row = self._reader.row(entry, letters)
        if row.transfer and row.transfer.casefold() == self._statement.account.casefold():
            self._from_itself(row)
        if self._is_investment:
            self._as_cash(row, letters, sign)
        self._statement.rows.append(row)

    def _look_at_end(self, entry: Entry) -> None:
        """Where the file breaks off within a figure, the figure is not what it was."""
        if is_cut(self._section, entry):
            raise NotARow(_("The file breaks off in this row."))
        words = _("The file ends within this row. Check it, and download the file anew if something is missing.")
        self._statement.remarks.append(Remark(words, entry.line))

    def _from_itself(self, row: FoundRow) -> None:
        """Programs write corrections of a balance this way."""
        row.transfer = ""
        words = _("This row names its own account as the other side: it is read as a correction of the balance.")
        self._statement.remarks.append(Remark(words, row.line))

    def _as_cash(self, row: FoundRow, letters: Letters, sign: int) -> None:
        row.reference = ""
        row.amount = row.amount if sign > 0 else -abs(row.amount)
        row.payee = row.payee or letters.single.get("Y", "")

    def _is_opening(self, letters: Letters, *, is_first: bool) -> bool:
        """It is written as a transfer of the account to itself."""
        own = target_of(letters.single.get("L", ""))[0]
        if not own or self._statement.opening_balance is not None or letters.splits:
            return False
        named = " ".join(letters.single.get("P", "").casefold().split()) in _OPENING
        if not self._statement.account:
            return named and is_first
        return named and own.casefold() == self._statement.account.casefold()

    def _open(self, letters: Letters) -> None:
        amount, day = self._reader.amount(letters.single), self._reader.day(letters.single)
        self._statement.opening_balance, self._statement.opening_on = amount, day
        self._statement.account = self._statement.account or target_of(letters.single["L"])[0]

    def _tell_trades(self) -> None:
        if self._trades:
            words = ngettext(
                "A movement of securities was left out: only movements of money are read.",
                "%(count)s movements of securities were left out: only movements of money are read.",
                len(self._trades),
            )
            self._statement.remarks.append(Remark(words % {"count": len(self._trades)}, self._trades[0]))
