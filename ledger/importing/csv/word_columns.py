"""Columns that say whose account, who, and what for: which of several is meant."""

from __future__ import annotations

from ledger.importing.csv.headings import plain
from ledger.importing.csv.mapping import SEVERAL
from ledger.importing.csv.sorting import Columns, Sorting

_TEXTS = ("payee", "payer", "description", "kind", "reference", "bank_id", "category", "tags", "notes", "status")
# Headings by which one bank means the customer's account and the next one the other side's.
_EITHER = frozenset(
    [
        *("iban", "konto", "kontonummer", "kontonr", "konto nr", "cont", "tili", "tilinumero", "rachunek", "ucet"),
        *("numer rachunku", "numer konta", "cislo uctu", "hesap", "compte", "conto", "cuenta"),
    ]
)


def settle_accounts(sorting: Sorting, known: str) -> None:
    """One column is the customer's own account; where many different ones stand there, it is the other side's."""
    for place in sorting.named("account"):
        kind = sorting.kind(place)
        if kind and plain(sorting.heading(place)) in _EITHER:
            is_plain_iban = plain(sorting.heading(place)) == "iban" and kind.distinct > 1
            foreign = known and not any(_same(sorting.cell(row, place), known) for row in sorting.rows)
            is_another_s = kind.ibans > 50 and kind.distinct == kind.rows > 1 and bool(sorting.named("payee"))
            if foreign or is_plain_iban or is_another_s or (kind.distinct > 2 and kind.distinct * 2 > kind.rows):
                sorting.roles[place] = "counter_account"
    places = sorting.named("account")
    first = min(places, key=lambda place: _account_rank(sorting, place), default=None)
    for place in places:
        if place != first:
            kind = sorting.kind(place)
            sorting.roles[place] = "counter_account" if kind and kind.ibans > 50 and kind.distinct > 1 else "ignored"


def _same(text: str, known: str) -> bool:
    return text.replace(" ", "") == known.replace(" ", "")


def _account_rank(sorting: Sorting, place: int) -> tuple[bool, bool, bool, int]:
    """An IBAN before a number, a number before a name, and what stays the same before what varies."""
    kind = sorting.kind(place)
    numbered = any(char.isdigit() for row in sorting.rows[:5] for char in sorting.cell(row, place))
    varies = kind is not None and kind.distinct * 2 > kind.rows > 2
    return (varies, not (kind and kind.ibans > 50), not numbered, place)


def settle_texts(sorting: Sorting) -> None:
    """The customer's own name beside the other side's is not wanted, nor a code beside a description."""
    for role in ("payee", "payer"):
        varied = [place for place in sorting.named(role) if not _is_constant(sorting, place)]
        for place in sorting.named(role):
            if varied and place not in varied:
                sorting.roles[place] = "ignored"
    texts = sorting.named("description")
    codes = [place for place in texts if _is_code(sorting, place)]
    if len(codes) < len(texts):
        sorting.roles.update(dict.fromkeys(codes, "kind"))
    _settle_references(sorting)
    if any(plain(heading) == "particulars" for heading in sorting.headings):
        # In New Zealand a payer writes particulars, a code and a reference; elsewhere a code is the bank's.
        codes = [place for place, heading in enumerate(sorting.headings) if plain(heading) == "code"]
        sorting.roles.update(dict.fromkeys(codes, "description"))


def _settle_references(sorting: Sorting) -> None:
    """Two references: the one that each row has, and each another, is the bank's. No description: it may be one."""
    places = sorting.named("reference")
    kinds = [kind for place in places if (kind := sorting.kind(place)) and kind.rows > 1]
    unique = [kind.place for kind in kinds if kind.distinct == kind.rows]
    if len(places) > 1 and len(unique) == 1 and not sorting.named("bank_id"):
        sorting.roles[unique[0]] = "bank_id"
    _settle_worded_references(sorting)
    for place in sorting.named("bank_id"):
        kind = sorting.kind(place)
        if kind and kind.rows > 1 and kind.distinct * 100 < kind.filled * kind.rows - 99:
            sorting.roles[place] = "reference"
    if not sorting.named("description"):
        named = [place for place in places if plain(sorting.heading(place)) == "payment reference"]
        sorting.roles.update(dict.fromkeys(named, "description"))


def _settle_worded_references(sorting: Sorting) -> None:
    """“Transaction Ref1” to “Ref3” with whole words in them are the description in pieces."""
    groups: dict[str, list[int]] = {}
    for place in [*sorting.named("bank_id"), *sorting.named("reference")]:
        if (name := plain(sorting.heading(place)))[-1:].isdigit():
            groups.setdefault(name.rstrip("0123456789 "), []).append(place)
    for places in groups.values():
        texts = [text for row in sorting.rows for place in places if (text := sorting.cell(row, place))]
        if len(places) > 1 and sum(not any(map(str.isdigit, text)) for text in texts) * 2 > len(texts):
            sorting.roles.update(dict.fromkeys(places, "description"))


def _is_constant(sorting: Sorting, place: int) -> bool:
    kind = sorting.kind(place)
    return kind is not None and kind.distinct == 1 and kind.rows > 1 and kind.filled > 90


def _is_code(sorting: Sorting, place: int) -> bool:
    """Few short words in capitals, again and again: DEBIT, CREDIT, CHECK."""
    kind = sorting.kind(place)
    texts = {sorting.cell(row, place) for row in sorting.rows} - {""}
    few = kind is not None and kind.filled > 90 and kind.distinct <= 12 and kind.rows > kind.distinct
    return few and all(text.isascii() and text.replace("_", "").isalpha() and text.isupper() for text in texts)


def take_words(sorting: Sorting, columns: Columns) -> None:
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


def _find_words(sorting: Sorting, columns: Columns) -> None:
    taken = _taken(columns)
    texts = [
        kind
        for kind in sorting.free()
        if kind.place not in taken and kind.length >= 3 and not (kind.is_days or kind.is_figures)
    ]
    texts = [kind for kind in texts if kind.currencies < 50 and kind.ibans < 50]
    if texts:
        columns["description"] = [kind.place for kind in texts if kind.distinct > 1 and kind.filled > 90] or [
            texts[0].place
        ]
    elif "kind" in columns:
        columns["description"] = columns.pop("kind")


def _find_accounts(sorting: Sorting, columns: Columns) -> None:
    for kind in sorting.free():
        if kind.place in _taken(columns):
            continue
        if kind.ibans > 80:
            own = kind.distinct == 1 and kind.filled > 90
            columns.setdefault("account" if own else "counter_account", kind.place)
        elif _is_constant(sorting, kind.place) and _is_number(sorting.cell(sorting.rows[0], kind.place)):
            columns.setdefault("account", kind.place)


def _is_number(text: str) -> bool:
    return len(text) >= 6 and text.replace(" ", "").replace("-", "").isdigit()
