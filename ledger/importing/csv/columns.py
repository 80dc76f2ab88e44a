"""Which column has which role: by its heading, held against what stands in it, and by that alone where need be."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.importing.csv.figures import is_empty
from ledger.importing.csv.headings import is_exact, plain, role_of
from ledger.importing.csv.kinds import Kind
from ledger.importing.csv.mapping import SEVERAL

Columns = dict[str, int | list[int]]

_DAYS = ("done", "date", "booked", "value")
_FIGURES = ("amount", "debit", "credit", "balance", "fee", "gross", "net", "original_amount")
_TEXTS = ("payee", "payer", "description", "kind", "reference", "bank_id", "category", "tags", "notes", "status")
# Headings by which one bank means the customer's account and the next one the other side's.
_EITHER = frozenset(
    [
        *("iban", "konto", "kontonummer", "kontonr", "konto nr", "cont", "tili", "tilinumero", "rachunek", "ucet"),
        *("numer rachunku", "numer konta", "cislo uctu", "hesap", "compte", "conto", "cuenta"),
    ]
)


@dataclass
class _Sorting:
    """The columns on their way into roles."""

    headings: list[str]
    kinds: list[Kind]
    rows: list[list[str]]
    roles: dict[int, str] = field(default_factory=dict)

    def named(self, role: str) -> list[int]:
        """The columns of a role, those first whose heading says exactly that."""
        places = [place for place, each in self.roles.items() if each == role]
        return sorted(places, key=lambda place: (not is_exact(self.heading(place)), place))

    def heading(self, place: int) -> str:
        return self.headings[place] if place < len(self.headings) else ""

    def kind(self, place: int) -> Kind | None:
        return self.kinds[place] if place < len(self.kinds) else None

    def cell(self, row: list[str], place: int) -> str:
        return row[place].strip() if place < len(row) else ""

    def free(self) -> list[Kind]:
        return [kind for kind in self.kinds if not self.roles.get(kind.place) and kind.filled]


def columns_of(headings: list[str], kinds: list[Kind], rows: list[list[str]]) -> Columns:
    """Of a table with these headings (or none), its sample rows and what is in their columns."""
    sorting = _Sorting(headings, kinds, rows)
    for place, heading in enumerate(headings):
        role = role_of(heading.strip())
        kind = sorting.kind(place)
        sorting.roles[place] = _held_against(role, heading, kind) if kind and rows else role
    _settle_accounts(sorting)
    columns: Columns = {}
    _take_days(sorting, columns)
    _take_figures(sorting, columns)
    _take_words(sorting, columns)
    return columns


def _held_against(role: str, heading: str, kind: Kind) -> str:
    """The role, unless what stands in the column speaks against it."""
    if role in _DAYS:
        return role if kind.is_days else _amount_called_value(heading, kind)
    if role in _FIGURES:
        fits = kind.is_figures or not kind.filled or (role == "fee" and kind.figures > 0)
        return role if fits else "sign" if kind.directions else ""
    if role == "sign":
        return role if kind.directions else "kind" if not (kind.is_figures or kind.is_days) else ""
    if role == "currency":
        return role if kind.currencies >= 0.5 else ""
    if role == "original_currency":
        return role if kind.currencies >= 0.5 or not kind.filled else ""
    if role in ("payee", "description") and (kind.is_days or (kind.is_figures and kind.money > 0.9)):
        return ""
    return role


def _amount_called_value(heading: str, kind: Kind) -> str:
    return "amount" if kind.is_figures and plain(heading) in ("value", "valeur", "valor", "wert") else ""


def _settle_accounts(sorting: _Sorting) -> None:
    """One column is the customer's own account; where many different ones stand there, it is the other side's."""
    own = sorting.named("account")
    for place in own:
        kind = sorting.kind(place)
        if kind and plain(sorting.heading(place)) in _EITHER and kind.distinct > 2 and kind.distinct * 2 > kind.rows:
            sorting.roles[place] = "counter_account"
    own = sorting.named("account")
    settled = [place for place in own if (kind := sorting.kind(place)) is None or kind.distinct <= 1]
    first = min(settled or own, default=None)
    for place in own:
        if place != first:
            is_iban = (kind := sorting.kind(place)) is not None and kind.distinct > 1
            sorting.roles[place] = "counter_account" if is_iban else "ignored"


def _take_days(sorting: _Sorting, columns: Columns) -> None:
    places = [place for role in _DAYS for place in sorting.named(role)]
    filled = [place for place in places if (kind := sorting.kind(place)) is None or kind.filled >= 0.5]
    if not filled:
        filled = [kind.place for kind in sorting.free() if kind.is_days] or places
    rest = [place for place in [*filled, *places] if not filled or place != filled[0]]
    if filled:
        columns["date"] = filled[0]
        sorting.roles[filled[0]] = "date"
    if rest:
        columns["posted_on"] = rest[0]
        sorting.roles[rest[0]] = "posted_on"


def _take_figures(sorting: _Sorting, columns: Columns) -> None:
    for role in ("debit", "credit", "balance", "fee", "original_amount"):
        if places := sorting.named(role):
            columns[role] = _fullest(sorting, places) if role == "balance" else places[0]
    amounts = sorting.named("amount")
    net = sorting.named("net")
    if net and ("fee" in columns or not amounts):
        amounts = net
        columns.pop("fee", None)
    amounts = amounts or sorting.named("gross")
    if amounts:
        columns["amount"] = _fullest(sorting, amounts)
    _choose_two_or_one(sorting, columns)
    if not {"amount", "debit", "credit"} & columns.keys():
        _find_amounts(sorting, columns)
    if places := sorting.named("sign"):
        told = [place for place in places if (kind := sorting.kind(place)) and kind.directions]
        columns["sign"] = (told or places)[0]
    _take_currencies(sorting, columns)


def _fullest(sorting: _Sorting, places: list[int]) -> int:
    """The first that is filled throughout, else the one that is filled most."""
    shares = {place: kind.filled if (kind := sorting.kind(place)) else 1 for place in places}
    return next((place for place in places if shares[place] > 0.9), max(places, key=lambda place: shares[place]))


def _choose_two_or_one(sorting: _Sorting, columns: Columns) -> None:
    """Money in and money out in columns of their own, or one amount: what fills the rows counts."""
    sides = [columns[role] for role in ("debit", "credit") if role in columns]
    if "amount" not in columns or not sides or not sorting.rows:
        return
    covered = sum(
        1 for row in sorting.rows if any(isinstance(p, int) and not is_empty(sorting.cell(row, p)) for p in sides)
    )
    if len(sides) == 2 and covered >= 0.8 * len(sorting.rows):
        del columns["amount"]
    else:
        columns.pop("debit", None)
        columns.pop("credit", None)


def _find_amounts(sorting: _Sorting, columns: Columns) -> None:
    """No heading says it: figures with decimals or a sign are amounts; two that take turns are out and in."""
    figures = [kind for kind in sorting.free() if kind.is_figures]
    figures = [kind for kind in figures if kind.money >= 0.3] or figures
    for place, one in enumerate(figures):
        for other in figures[place + 1 :]:
            if _take_turns(sorting, one, other):
                columns["debit"], columns["credit"] = one.place, other.place
                figures = [kind for kind in figures if kind not in (one, other)]
                if figures and "balance" not in columns and figures[-1].filled > 0.6:
                    columns["balance"] = figures[-1].place
                return
    if figures:
        columns["amount"] = figures[0].place
        if len(figures) > 1 and "balance" not in columns and figures[1].filled > 0.6:
            columns["balance"] = figures[1].place


def _take_turns(sorting: _Sorting, one: Kind, other: Kind) -> bool:
    if one.filled > 0.97 or other.filled > 0.97 or one.filled + other.filled < 0.8:
        return False
    pairs = [(sorting.cell(row, one.place), sorting.cell(row, other.place)) for row in sorting.rows]
    return not any(not is_empty(left) and not is_empty(right) for left, right in pairs)


def _take_currencies(sorting: _Sorting, columns: Columns) -> None:
    """Of several the one that stands nearest behind the amount, or else before it."""
    places = sorting.named("currency")
    if not places and not any(sorting.headings):
        places = [kind.place for kind in sorting.free() if kind.currencies >= 0.9]
    near = _place(columns, "amount", "debit", "credit")
    if places:
        own = min(places, key=lambda place: (place < near, abs(place - near)))
        columns["currency"] = own
        sorting.roles[own] = "currency"
        places = [place for place in places if place != own]
    if "original_amount" in columns:
        near = _place(columns, "original_amount")
        found = sorting.named("original_currency") or sorted(places, key=lambda place: abs(place - near))
        if found:
            columns["original_currency"] = found[0]


def _place(columns: Columns, *roles: str) -> int:
    return next((place for role in roles if isinstance(place := columns.get(role), int)), 0)


def _take_words(sorting: _Sorting, columns: Columns) -> None:
    for role in _TEXTS:
        if places := sorting.named(role):
            columns[role] = sorted(places) if role in SEVERAL else places[0]
    for role in ("account", "counter_account"):
        if places := sorting.named(role):
            columns[role] = places[0]
    if not {"payee", "payer", "description"} & columns.keys():
        _find_words(sorting, columns)
    if not any(sorting.headings):
        _find_accounts(sorting, columns)


def _taken(columns: Columns) -> set[int]:
    return {place for places in columns.values() for place in (places if isinstance(places, list) else [places])}


def _find_words(sorting: _Sorting, columns: Columns) -> None:
    taken = _taken(columns)
    texts = [
        kind.place
        for kind in sorting.free()
        if kind.place not in taken
        and not (kind.is_days or kind.is_figures or kind.currencies > 0.5 or kind.ibans > 0.5)
    ]
    if texts:
        columns["description"] = texts
    elif "kind" in columns:
        columns["description"] = columns.pop("kind")


def _find_accounts(sorting: _Sorting, columns: Columns) -> None:
    for kind in sorting.free():
        if kind.ibans > 0.8 and kind.place not in _taken(columns):
            columns.setdefault("account" if kind.distinct == 1 and kind.filled > 0.9 else "counter_account", kind.place)
