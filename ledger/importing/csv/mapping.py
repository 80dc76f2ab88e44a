"""How a table was understood, as a person may see and change it, and what of it serves the bank's next file."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal, TypedDict, cast

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency
from ledger.importing.csv.days import ORDERS
from ledger.importing.csv.encoding import ENCODINGS
from ledger.importing.csv.headings import plain
from ledger.importing.found import Refused

# Roles that one column has, and roles whose columns are joined or looked at one after the other. “amounts” are one
# column for each currency, which its heading names.
SINGLE = (
    "date",
    "posted_on",
    "amount",
    "debit",
    "credit",
    "sign",
    "currency",
    "balance",
    "bank_id",
    "account",
    "counter_account",
    "status",
    "tags",
    "original_amount",
    "original_currency",
    "fee",
)
SEVERAL = ("amounts", "payee", "payer", "description", "kind", "reference", "category", "notes")
ROLES = (*SINGLE, *SEVERAL)
_MOST_COLUMNS = 1000


class Mapping(TypedDict, total=False):
    """Every entry may be given back; those that are missing are worked out. Columns are counted from 0.

    Where `columns` is given, it is all of them: a role that it does not name has no column.
    """

    # One of encoding.ENCODINGS, the sign between cells, the sign around them; of a sheet these are empty.
    encoding: str
    delimiter: str
    quote: str
    # Of a workbook, which sheet.
    sheet: str
    # The line of the headings, 0 where there are none; everything above is left alone.
    header_line: int
    headings: list[str]
    columns: dict[str, int | list[int]]
    # “dmy”, “mdy” or “ymd”; and the decimal mark, a point or a comma.
    date_order: str
    decimal: str
    # Whether all amounts are turned round, as on many card statements.
    sign: Literal["as_is", "flipped"]
    # What the words of the sign column mean: −1 money out, 1 money in, 0 neither.
    directions: dict[str, int]
    # Of rows that name no currency themselves.
    currency: str
    # Whether fees in their own column come on top of the amount.
    fee: Literal["apart", "included"]
    # Lines that are not read, besides those that are seen to be no rows.
    skipped: list[int]


# These are of one file only.
_OF_THE_FILE = ("header_line", "skipped", "sheet")


def signature(mapping: Mapping) -> str:
    """What the next file of the same bank has in common with this one: its headings and what parts them."""
    names = [plain(str(heading)) for heading in mapping.get("headings", [])]
    width = len(names) if any(names) else len(mapping.get("columns", {}))
    told = json.dumps([mapping.get("delimiter", ""), names if any(names) else width], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def kept(mapping: Mapping) -> Mapping:
    """Without what is true of one file only: to be given for the next one with the same signature."""
    return cast(Mapping, {key: value for key, value in mapping.items() if key not in _OF_THE_FILE})


def checked(given: dict[str, object] | None) -> Mapping:
    """What somebody said, in its right form; Refused with a sentence where it cannot be meant."""
    mapping: dict[str, Any] = {}
    for key, value in (given or {}).items():
        check = _CHECKS.get(key)
        if check is not None and value is not None:
            mapping[key] = check(key, value)
    return cast(Mapping, mapping)


def _wrong(key: str, value: object) -> Refused:
    words = _("“%(value)s” cannot be used as “%(key)s” of the columns. Choose another value, or leave it empty.")
    return Refused(words % {"value": str(value)[:40], "key": key})


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise _wrong(key, value)
    return value


def _encoding(key: str, value: object) -> str:
    if value != "" and value not in ENCODINGS:
        raise _wrong(key, value)
    return _text(key, value)


def _delimiter(key: str, value: object) -> str:
    text = _text(key, value)
    if len(text) > 1 or text in ("\n", "\r", "\0", '"', " "):
        raise _wrong(key, value)
    return text


def _quote(key: str, value: object) -> str:
    if value not in ('"', "'", ""):
        raise _wrong(key, value)
    return _text(key, value)


def _line(key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(key, value)
    return value


def _lines(key: str, value: object) -> list[int]:
    if not isinstance(value, list):
        raise _wrong(key, value)
    return [_line(key, line) for line in value]


def _headings(key: str, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > _MOST_COLUMNS:
        raise _wrong(key, value)
    return [_text(key, heading) for heading in value]


def _columns(key: str, value: object) -> dict[str, int | list[int]]:
    if not isinstance(value, dict):
        raise _wrong(key, value)
    columns: dict[str, int | list[int]] = {}
    for role, places in value.items():
        if role not in ROLES:
            raise _wrong(key, role)
        if places is None or places == []:
            continue
        numbers = _lines(key, places if isinstance(places, list) else [places])
        if max(numbers) >= _MOST_COLUMNS or (role in SINGLE and len(numbers) > 1):
            raise _wrong(key, places)
        columns[role] = numbers[0] if role in SINGLE else numbers
    return columns


def _choice(*choices: str) -> Any:
    def check(key: str, value: object) -> str:
        if value not in choices:
            raise _wrong(key, value)
        return str(value)

    return check


def _directions(key: str, value: object) -> dict[str, int]:
    if not isinstance(value, dict) or not all(
        isinstance(word, str) and way in (-1, 0, 1) and isinstance(way, int) for word, way in value.items()
    ):
        raise _wrong(key, value)
    return {str(word): int(way) for word, way in value.items()}


def _currency(key: str, value: object) -> str:
    code = known_currency(_text(key, value))
    if value and not code:
        raise _wrong(key, value)
    return code


_CHECKS: dict[str, Any] = {
    "encoding": _encoding,
    "delimiter": _delimiter,
    "quote": _quote,
    "sheet": _text,
    "header_line": _line,
    "headings": _headings,
    "columns": _columns,
    "date_order": _choice(*ORDERS),
    "decimal": _choice(".", ","),
    "sign": _choice("as_is", "flipped"),
    "directions": _directions,
    "currency": _currency,
    "fee": _choice("apart", "included"),
    "skipped": _lines,
}
