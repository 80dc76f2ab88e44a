"""What the comments of ledger and hledger hold: tags, dates, and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CHAIN = re.compile(r"(?:^|[ \t])(:(?:[^\s:]+:)+)(?=[ \t]|$)")
_VALUED = re.compile(r"([^\s:,;]+):(?!//)[ \t]*([^,]*)")
_BRACKET_DATE = re.compile(r"\[(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})?(?:=(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}))?\]")
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$", re.ASCII)


@dataclass(slots=True)
class Said:
    """A comment taken apart."""

    tags: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    words: str = ""
    date: str = ""


def said_in(comment: str) -> Said:
    """“trip:, who: Ann” holds a tag and a value; a comment with more in it than tags is kept as it is."""
    text = comment.strip()
    said = Said()
    if match := _BRACKET_DATE.search(text):
        said.date = match[1] or match[2] or ""
        text = text.replace(match[0], "").strip()
    rest = text
    for chain in _CHAIN.findall(text):
        said.tags += chain.strip(":").split(":")
        rest = rest.replace(chain, "")
    for match in _VALUED.finditer(rest):
        name, value = match[1], match[2].strip()
        if name in ("date", "date2") and _DAY.match(value):
            said.date = said.date or value
        elif value:
            said.values[name] = value
        else:
            said.tags.append(name)
    bare = _VALUED.sub(lambda match: match[0] if match[2].strip() and match[1] not in ("date", "date2") else "", rest)
    said.words = text if bare.strip(" ,\t") else ""
    return said
