"""What parts the cells of a delimited text, and what quotes them: each is tried, and the likeliest table wins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from ledger.importing.csv.records import Records

DELIMITERS = ",;\t|^~\N{BROKEN BAR}"
QUOTES = "\"'"
_SAMPLE_ROWS = 150
_HINT = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_DAY = re.compile(
    r"\D{0,12}\d{1,4}([./\-年 ])\s?(?:\d{1,2}|[^\W\d]{3,12}\.?)[./\-月 ,]*\s?\d{1,4}"
    r"(?:日|[T ,]\s?[\d:.+Zz -]{0,24}\s?(?:[AaPp]\.?[Mm]\.?)?)?|(?:19|20)\d{6}",
)
_FIGURE = re.compile(r"[^\w\d]{0,3}[A-Z$€£]{0,3}[^\w\d]{0,3}\d[\d.,' \u00a0\u202f’]*[^\w\d]{0,3}\w{0,3}")


@dataclass(frozen=True, slots=True)
class Dialect:
    """`wrapped`: each line is one quoted cell with the whole record in it. `hint`: the first line only says `sep=`."""

    delimiter: str
    quote: str = '"'
    wrapped: bool = False
    hint: bool = False


def dialect_of(lines: list[str], known: Callable[[list[str]], int], *, delimiter: str = "", quote: str = "") -> Dialect:
    """Of the first lines; `known` tells how many cells of a record are headings. What is given is not guessed."""
    hint = _HINT.fullmatch(lines[0].strip("\r\n ")) if lines else None
    if hint and not delimiter:
        delimiter = hint[1]
    text = "".join(lines)
    quote = quote or _quote(text, delimiter or DELIMITERS)
    tried = [Dialect(each, quote) for each in (delimiter or DELIMITERS) if each in text]
    tried += [
        Dialect(each.delimiter, quote, wrapped=True)
        for each in tried
        if _is_wrapped(lines, each) and len(delimiter) <= 1
    ]
    best = max(tried, key=lambda each: _sense(lines, each, known), default=Dialect(delimiter or ",", quote))
    return Dialect(best.delimiter, best.quote, best.wrapped, hint is not None)


def _quote(text: str, delimiters: str) -> str:
    """The one that stands where cells begin or end; a double quote wherever that is not clear."""
    marks = re.escape(delimiters)
    counted = {
        quote: len(re.findall(rf"(?m)(?:^|[{marks}])\s?{quote}[^{quote}\r\n]*{quote}\s?(?=[{marks}\r\n]|$)", text))
        for quote in QUOTES
    }
    return "'" if counted["'"] > 3 * counted['"'] + 1 else '"'


def _is_wrapped(lines: list[str], dialect: Dialect) -> bool:
    filled = [line.strip() for line in lines if line.strip()]
    whole = [
        line for line in filled if len(line) > 2 and line[0] == line[-1] == dialect.quote and _cells(line, dialect) == 1
    ]
    return len(whole) * 4 >= len(filled) * 3 > 0


def _cells(line: str, dialect: Dialect) -> int:
    return sum(len(row.cells) for row in Records([line], dialect.delimiter, dialect.quote))


def _sense(lines: list[str], dialect: Dialect, known: Callable[[list[str]], int]) -> int:
    """How much the text looks like a table this way: even rows, known headings, rows with a day and a figure."""
    records = Records(lines, dialect.delimiter, dialect.quote, wrapped=dialect.wrapped)
    rows = [row.cells for row in islice(records, _SAMPLE_ROWS)]
    if not rows:
        return 0
    width, even = (
        Counter(len(cells) for cells in rows if len(cells) > 1).most_common(1)[0]
        if any(len(cells) > 1 for cells in rows)
        else (1, 0)
    )
    told = sum(1 for cells in rows if _has_day_and_figure(cells))
    headings = max(known(cells) for cells in rows[:60])
    return 300 * told // len(rows) + 100 * even // len(rows) + 50 * min(headings, 8) + min(width, 10)


def _has_day_and_figure(cells: list[str]) -> bool:
    days = [place for place, cell in enumerate(cells) if len(cell) < 40 and _DAY.fullmatch(cell.strip())]
    return bool(days) and any(
        place not in days and len(cell) < 40 and _FIGURE.fullmatch(cell.strip()) for place, cell in enumerate(cells)
    )
