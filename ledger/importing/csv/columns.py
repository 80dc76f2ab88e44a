"""Which column has which role: by its heading, held against what stands in it, and by that alone where need be."""

from __future__ import annotations

import re

from ledger.importing.amounts import known_currency
from ledger.importing.csv.figures import is_empty
from ledger.importing.csv.headings import is_english, plain, role_of
from ledger.importing.csv.kinds import Kind
from ledger.importing.csv.sorting import Columns, Sorting
from ledger.importing.csv.word_columns import settle_accounts, settle_texts, take_words

_ONLY_CURRENCY = re.compile(r"[A-Z]{3}\s?[$€£¥]?")
_DAYS = ("done", "date", "booked", "value")
_FIGURES = ("amount", "debit", "credit", "balance", "fee", "gross", "net", "original_amount")


def columns_of(headings: list[str], kinds: list[Kind], rows: list[list[str]], own: str = "") -> Columns:
    """Of a table with these headings (or none), its sample rows and what is in them; `own` is the account, if known."""
    sorting = Sorting(headings, kinds, rows)
    for place, heading in enumerate(headings):
        role = role_of(heading.strip())
        kind = sorting.kind(place)
        sorting.roles[place] = _held_against(role, heading, kind) if kind and rows else role
    settle_accounts(sorting, own)
    settle_texts(sorting)
    columns: Columns = {}
    _take_days(sorting, columns)
    _take_figures(sorting, columns)
    take_words(sorting, columns)
    return columns


def _held_against(role: str, heading: str, kind: Kind) -> str:
    """The role, unless what stands in the column speaks against it."""
    if role in _DAYS:
        return role if kind.is_days or kind.serials > 90 else _amount_called_value(heading, kind)
    if role in _FIGURES:
        fits = kind.is_figures or not kind.filled or (role == "fee" and kind.figures > 0)
        return role if fits else "sign" if kind.directions else ""
    if role in ("sign", "kind"):
        return _held_against_kind(role, heading, kind)
    if role == "currency":
        return role if kind.currencies >= 50 else ""
    if role == "original_currency":
        return role if kind.currencies >= 50 or not kind.filled else ""
    return _held_against_words(role, kind)


def _held_against_words(role: str, kind: Kind) -> str:
    if role in ("payee", "payer"):
        return "counter_account" if kind.ibans > 50 else "" if kind.is_days or kind.is_figures else role
    if role == "time":
        return "done" if kind.is_days else role
    if role == "description":
        return "kind" if kind.directions else "" if kind.is_days or (kind.is_figures and kind.money > 90) else role
    return role


def _held_against_kind(role: str, heading: str, kind: Kind) -> str:
    """What sort of booking it was: the bank's own words in most languages, and mere codes in English."""
    if role == "sign" and kind.directions:
        return role
    if kind.is_figures or kind.is_days:
        return ""
    return "kind" if is_english(heading) or kind.directions else "description"


def _amount_called_value(heading: str, kind: Kind) -> str:
    return "amount" if kind.is_figures and plain(heading) in ("value", "valeur", "valor", "wert") else ""


def _take_days(sorting: Sorting, columns: Columns) -> None:
    places = [place for role in _DAYS for place in sorting.named(role)]
    filled = [place for place in places if (kind := sorting.kind(place)) is None or kind.filled >= 50]
    if not filled:
        filled = [kind.place for kind in sorting.free() if kind.is_days] or places
    rest = [place for place in [*filled, *places] if not filled or place != filled[0]]
    if filled:
        columns["date"] = filled[0]
        sorting.roles[filled[0]] = "date"
    if rest:
        columns["posted_on"] = rest[0]
        sorting.roles[rest[0]] = "posted_on"


def _take_figures(sorting: Sorting, columns: Columns) -> None:
    for role in ("debit", "credit", "balance", "fee", "original_amount"):
        if places := sorting.named(role):
            columns[role] = _fullest(sorting, places) if role == "balance" else places[0]
    _take_amount(sorting, columns)
    _choose_two_or_one(sorting, columns)
    if not {"amount", "amounts", "debit", "credit"} & columns.keys():
        _find_amounts(sorting, columns)
    if places := sorting.named("sign"):
        told = [place for place in places if (kind := sorting.kind(place)) and kind.directions]
        columns["sign"] = (told or places)[0]
    elif "amount" in columns:
        _find_directions(sorting, columns)
    _take_currencies(sorting, columns)


def _take_amount(sorting: Sorting, columns: Columns) -> None:
    amounts, net = sorting.named("amount"), sorting.named("net")
    if net and ("fee" in columns or not amounts):
        amounts = net
        columns.pop("fee", None)
    amounts = amounts or sorting.named("gross")
    if by_currency := _by_currency(sorting):
        columns["amounts"] = by_currency
    elif amounts:
        columns["amount"] = _fullest(sorting, amounts)


def _by_currency(sorting: Sorting) -> list[int]:
    """“CAD$” and “USD$”: an amount stands in the column of its currency, and only there."""
    places = [place for place, heading in enumerate(sorting.headings) if _ONLY_CURRENCY.fullmatch(heading.strip())]
    places = [place for place in places if known_currency(sorting.headings[place].strip()[:3])]
    if len(places) < 2 or any(sum(bool(sorting.cell(row, place)) for place in places) > 1 for row in sorting.rows):
        return []
    return places


def _fullest(sorting: Sorting, places: list[int]) -> int:
    """The first that is filled throughout, else the one that is filled most."""
    shares = {place: kind.filled if (kind := sorting.kind(place)) else 100 for place in places}
    return next((place for place in places if shares[place] > 90), max(places, key=lambda place: shares[place]))


def _choose_two_or_one(sorting: Sorting, columns: Columns) -> None:
    """Money in and money out in columns of their own, or one amount: what fills the rows counts."""
    sides = [place for role in ("debit", "credit") if isinstance(place := columns.get(role), int)]
    amount = columns.get("amount")
    if not isinstance(amount, int) or not sides or not sorting.rows:
        return
    by_sides = sum(1 for row in sorting.rows if any(not is_empty(sorting.cell(row, place)) for place in sides))
    by_amount = sum(1 for row in sorting.rows if not is_empty(sorting.cell(row, amount)))
    signed = any(
        "-" in sorting.cell(row, amount) or "\N{MINUS SIGN}" in sorting.cell(row, amount) for row in sorting.rows
    )
    if len(sides) == 2 and (by_sides > by_amount or (by_sides == by_amount and not signed)):
        del columns["amount"]
    else:
        columns.pop("debit", None)
        columns.pop("credit", None)


def _find_amounts(sorting: Sorting, columns: Columns) -> None:
    """No heading says it: figures with decimals or a sign are amounts; two that take turns are out and in."""
    figures = [kind for kind in sorting.free() if kind.is_figures]
    figures = [kind for kind in figures if kind.money >= 30] or figures
    for place, one in enumerate(figures):
        for other in figures[place + 1 :]:
            if _take_turns(sorting, one, other):
                _take_sides(sorting, columns, one.place, other.place)
                figures = [kind for kind in figures if kind not in (one, other)]
                if figures and "balance" not in columns and figures[-1].filled > 60:
                    columns["balance"] = figures[-1].place
                return
    if figures:
        columns["amount"] = figures[0].place
        if len(figures) > 1 and "balance" not in columns and figures[1].filled > 60:
            columns["balance"] = figures[1].place


def _take_sides(sorting: Sorting, columns: Columns, one: int, other: int) -> None:
    """Out stands before in, or where there is a minus; where both are signed, the signs say it all."""
    minus = (_has_minus(sorting, one), _has_minus(sorting, other))
    if minus == (True, True) or (any(minus) and any("+" in sorting.cell(row, one) for row in sorting.rows)):
        columns["amounts"] = [one, other]
    elif minus[1]:
        columns["debit"], columns["credit"] = other, one
    else:
        columns["debit"], columns["credit"] = one, other


def _has_minus(sorting: Sorting, place: int) -> bool:
    return any("-" in (text := sorting.cell(row, place)) and not is_empty(text) for row in sorting.rows)


def _find_directions(sorting: Sorting, columns: Columns) -> None:
    """A column without a heading that says which way: only where no amount has a sign."""
    amount = _place(columns, "amount")
    if any("-" in sorting.cell(row, amount) or "+" in sorting.cell(row, amount) for row in sorting.rows):
        return
    told = [kind for kind in sorting.free() if kind.directions and not sorting.heading(kind.place).strip()]
    told = [kind for kind in told if kind.filled > 90 and not kind.is_figures]
    if told:
        columns["sign"] = told[0].place
        sorting.roles[told[0].place] = "sign"


def _take_turns(sorting: Sorting, one: Kind, other: Kind) -> bool:
    if one.filled + other.filled < 80:
        return False
    pairs = [(sorting.cell(row, one.place), sorting.cell(row, other.place)) for row in sorting.rows]
    return not any(_is_something(left) and _is_something(right) for left, right in pairs)


def _is_something(text: str) -> bool:
    return not is_empty(text) and text.strip("0.,-+ ") != ""


def _take_currencies(sorting: Sorting, columns: Columns) -> None:
    """Of several the one that stands nearest behind the amount, or else before it."""
    places = sorting.named("currency")
    if not places and not any(sorting.headings):
        places = [kind.place for kind in sorting.free() if kind.currencies >= 90]
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
