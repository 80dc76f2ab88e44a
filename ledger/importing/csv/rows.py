"""From the cells of one record to a row: written for a million of them, so that each does only what it must."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.csv.figures import Figures, currency_of, is_empty, written
from ledger.importing.csv.headings import plain
from ledger.importing.csv.plan import Plan

Cells = list[str]
_KEPT = 100_000
_NOTHING = frozenset(["-", "--", "—", "–", "N/A", "NULL", "NOTPROVIDED", "NOT PROVIDED", "NONE"])
_PENDING = re.compile(
    r"pending|venter|reserv|vorgemerkt|vormerk|offen|ausstehend|en attente|en cours|a venir|pendiente|retenid"
    r"|in sospeso|in attesa"
    r"|non contabil|pendente|oczekuj|blokad|nierozlicz|cekajici|ceka|nezauct|vantande|prelimin|ventende"
    r"|afvent|ikke bokf"
    r"|varattu|odottaa|fuggo|zarolt|beklem|provizyon|in asteptare|εκκρεμ|authori[sz]ed|authori[sz]ation"
    r"|ממתין|טרם|בתהליך"
    r"|未確定|未入账|处理中|待入账|uncleared|not booked|unposted|in behandeling|nog niet|lopend"
    r"|nicht gebucht|in bearbeitung"
    r"|в обработке|processing"
)
_UNDONE = re.compile(
    r"declin|revert|fail|cancel|void|denied|reject|refused|expired|abgelehnt|storniert|fehlgeschlagen"
    r"|annul|refus|echec"
    r"|rechaz|rifiut|rejeit|recus|odrzuc|anulow|zamitn|zrusen|avvis|avvist|afvist|hylat|elutas|sikertelen"
    r"|redded|iptal"
    r"|geweigerd|geannuleerd|交易关闭|失败|已取消|取消|נדח|בוטל|отклон|отмен"
)


def trim(text: str) -> str:
    """One blank between words; nothing where only a sign for nothing stands."""
    text = text.strip()
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = " ".join(text.split())
    if text[:1] == "'":
        # So a spreadsheet was told that what follows is text.
        return text.strip("'").strip()
    return text if len(text) > 12 or text.upper() not in _NOTHING else ""


class Trimmed(dict[str, str]):
    """Texts that come again and again, trimmed once and kept once."""

    def __missing__(self, text: str) -> str:
        if len(self) > _KEPT:
            self.clear()
        trimmed = self[text] = trim(text)
        return trimmed


class Statuses(dict[str, str]):
    """“pending”, “undone”, or an empty text for whatever is booked."""

    def __missing__(self, text: str) -> str:
        words = plain(text)
        told = "undone" if _UNDONE.search(words) else "pending" if _PENDING.search(words) else ""
        self[text] = told
        return told


class Books(dict[str, Figures]):
    """The readers of amounts, one for each currency."""

    def __init__(self, plan: Plan, *, is_balance: bool = False) -> None:
        super().__init__()
        self._plan, self._is_balance = plan, is_balance

    def __missing__(self, currency: str) -> Figures:
        figures = self[currency] = self._plan.figures(currency, is_balance=self._is_balance)
        return figures


def amounts_by(plan: Plan, turn: int) -> Callable[[Cells, Figures], int | str | None]:
    """How the amount of a record is read: one column, two, or one with a word for its direction."""
    amount, debit, credit, sign = (plan.place(role) for role in ("amount", "debit", "credit", "sign"))
    if amounts := plan.places("amounts"):
        return _from_currencies(amounts, turn)
    if amount is None:
        return _from_sides(debit, credit, plan.debit * turn, plan.credit * turn)
    place = amount

    def plainly(cells: Cells, figures: Figures) -> int | str | None:
        return figures[cells[place]]

    def turned(cells: Cells, figures: Figures) -> int | str | None:
        value = figures[cells[place]]
        return -value if value.__class__ is int else value

    if sign is None or not plan.directions:
        return turned if turn < 0 else plainly
    return _by_word(place, sign, plan, turn)


def _by_word(place: int, sign: int, plan: Plan, turn: int) -> Callable[[Cells, Figures], int | str | None]:
    factors = {word: turn * plan.factors[way] for word, way in plan.directions.items() if way}
    neither = {word for word, way in plan.directions.items() if not way}

    def by_word(cells: Cells, figures: Figures) -> int | str | None:
        value, word = figures[cells[place]], cells[sign]
        if not isinstance(value, int):
            return value
        if word in factors:
            return factors[word] * value
        if not value:
            return value
        if word in neither:
            return _("“%(word)s”: no money moved.") % {"word": word.strip()[:40]}
        plan.surprised = True
        return _("“%(word)s” does not tell whether money came in or went out.") % {"word": word.strip()[:40]}

    return by_word


def _from_currencies(places: list[int], turn: int) -> Callable[[Cells, Figures], int | str | None]:
    def from_currencies(cells: Cells, figures: Figures) -> int | str | None:
        value = next((value for place in places if (value := figures[cells[place]]) is not None), None)
        return turn * value if isinstance(value, int) else value

    return from_currencies


def _from_sides(
    debit: int | None, credit: int | None, out: int, into: int
) -> Callable[[Cells, Figures], int | str | None]:
    def from_sides(cells: Cells, figures: Figures) -> int | str | None:
        left = figures[cells[debit]] if debit is not None else None
        right = figures[cells[credit]] if credit is not None else None
        if left.__class__ is str or right.__class__ is str:
            return left if isinstance(left, str) else right
        if left and right:
            return _("Both money out and money in stand in this row.")
        if left is None and right is None:
            return None
        return out * left if isinstance(left, int) and left else into * (right or 0)

    return from_sides


def currencies_by(plan: Plan) -> Callable[[Cells], str] | None:
    """The currency of a record, where it may differ from the others'; an empty text where it is none there is."""
    place, amount, home = plan.place("currency"), plan.place("amount"), plan.currency
    if place is not None:
        column = place
        known: dict[str, str] = {}

        def from_column(cells: Cells) -> str:
            text = cells[column]
            if text not in known:
                known[text] = (known_currency(text) or currency_of(text.strip(), home)) if text.strip() else home
            return known[text]

        return from_column
    if by_column := plan.currency_columns:
        return lambda cells: next((code for place, code in by_column.items() if not is_empty(cells[place])), home)
    if not plan.is_mixed or amount is None:
        return None
    beside = amount

    def from_amount(cells: Cells) -> str:
        found = written(cells[beside])
        return (currency_of(found.currency, home) or home) if found and found.currency else home

    return from_amount


def first_of(places: list[int]) -> Callable[[Cells, Trimmed], str]:
    """The first of some columns in which anything stands."""
    if not places:
        return lambda cells, trimmed: ""
    if len(places) == 1:
        only = places[0]
        return lambda cells, trimmed: trimmed[cells[only]]
    return lambda cells, trimmed: next((text for place in places if (text := trimmed[cells[place]])), "")


def joined(places: list[int], between: str = " ") -> Callable[[Cells, Trimmed], str]:
    """All columns of a role, one after the other, each thing once."""
    if len(places) < 2:
        return first_of(places)

    def all_of(cells: Cells, trimmed: Trimmed) -> str:
        return between.join(dict.fromkeys(text for place in places if (text := trimmed[cells[place]])))

    return all_of
