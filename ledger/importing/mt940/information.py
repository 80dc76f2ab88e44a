"""Field 86: what a movement was for, in the dialects of banks: numbered parts, words in slashes, or plain lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ledger.importing.mt940.statement_lines import reference_in

# A key of three digits and then, after a mark of the bank's choice, parts of two digits: “166?00…?20…”.
_NUMBERED = re.compile(r"\d{3}\s*([?~<>+^|])(?=\d\d)|\s*([?~<>^|])(?=00|10|20)")
_PART_NUMBERS = "(00|10|11|2[0-9]|3[0-8]|6[0-5])"
_KEYWORDS = "EREF|KREF|MREF|BREF|RREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|ANAM|IBAN|BIC|PURP|DDAT|BTX|SDD"
_PLUS = re.compile(rf"({_KEYWORDS})\+")
_COLON = re.compile(rf"(?<!\S)({_KEYWORDS}|TAN): ")
_COLON_SURE = re.compile(r"(?<!\S)(?:EREF|MREF|KREF|CRED|SVWZ|ABWA|ABWE): ")
_SLASHED_KEYWORDS = (
    "TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|ORDP|BENM|ADDR|ISDT|PREF|RTRN|ULTC|ULTD|ULTB|PURP|TRCD|ORDT|OCMT|CHGS"
    "|EXCH|ACCW|IREF|KREF|CRED|DEBT|NBTR|COAM|SVCL|BO|RREF"
)
_SLASHED = re.compile(rf"/({_SLASHED_KEYWORDS})/")
_SLASHED_BEGINS = re.compile(rf"\s*/({_SLASHED_KEYWORDS})/")
_IBAN_AND_NAME = re.compile(r"([A-Za-z]{2}\d{2}[A-Za-z0-9]{11,30}) +(\S.*)")
_ACCOUNT_AND_NAME = re.compile(r"REK: ([A-Z0-9]+)/NAAM: (\S.*)")
_FILLING = "˙ÿ\xa0\n"
# Lines of SWIFT have 65 letters, with some banks a few less; the tag may be counted with the first.
_LONG_LINE = 58
_TAG_WIDTH = 4
_PART_WIDTH = 27


@dataclass(slots=True)
class Information:
    """Empty where the bank does not say it."""

    payee: str = ""
    description: str = ""
    reference: str = ""
    counter_account: str = ""


def information(text: str) -> Information:
    """Whatever it says, without loss: what is in no dialect is a description."""
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        return _numbered(text, numbered[1] or numbered[2])
    joined = _joined_lines(text)
    if _SLASHED_BEGINS.match(joined):
        return _slashed(joined)
    return _plain(text)


def _joined_lines(text: str, begins_anew: Callable[[str], object] | None = None) -> str:
    """Lines as one: where one was full a word may have been cut, otherwise there was a blank."""
    lines = text.split("\n")
    width = max(map(len, lines))
    widths = {width} if width >= _LONG_LINE else set()
    joined, full = lines[0], widths | {each - _TAG_WIDTH for each in widths}
    for before, line in pairwise(lines):
        is_new = begins_anew(line) if begins_anew is not None else line.startswith("/")
        joined += line if is_new or len(before) in full or before.endswith(" ") else " " + line
        full = widths
    return joined


@cache
def _part_beginning(mark: str) -> re.Pattern[str]:
    return re.compile(re.escape(mark) + _PART_NUMBERS)


def _numbered(text: str, mark: str) -> Information:
    begins = _part_beginning(mark)
    pieces = begins.split(_joined_lines(text, begins.match) if "\n" in text else text)
    # Parts from 60 on go on with the purpose where the ten before them were not enough.
    goes_on = "29" in pieces[1::2]
    parts: dict[str, list[str]] = {}
    purpose: list[str] = []
    for number, words in zip(pieces[1::2], pieces[2::2], strict=True):
        words = words.strip(_FILLING)
        if number[0] == "2" or (number >= "60" and goes_on):
            purpose.append(words)
        else:
            parts.setdefault(number, []).append(words)
    found = _keyworded(_as_one(purpose))
    found.payee = _clean(_as_one([*parts.get("32", ()), *parts.get("33", ())])) or found.payee
    found.counter_account = _account("".join(parts.get("38", parts.get("31", ())))) or found.counter_account
    found.description = found.description or _clean("".join(parts.get("00", ())))
    return found


def _as_one(parts: list[str]) -> str:
    """Parts are cut at a width, 27 with most banks: a part as wide as that goes on without a blank."""
    if len(parts) == 1:
        return parts[0]
    width = max([_PART_WIDTH, *map(len, parts)])
    joined, last = "", 0
    for part in filter(None, parts):
        joined += part if not joined or last >= width or joined.endswith(" ") or part.startswith(" ") else " " + part
        last = len(part)
    return joined


def _account(text: str) -> str:
    return "".join(text.split())


def _clean(text: str) -> str:
    return " ".join(text.split())


def _keyworded(purpose: str) -> Information:
    """The purpose of a payment in euros: “EREF+…SVWZ+…”, or “EREF: … IBAN: …” behind the words."""
    pieces = _PLUS.split(purpose) if "+" in purpose else [purpose]
    if len(pieces) == 1 and ": " in purpose and _COLON_SURE.search(purpose):
        pieces = _COLON.split(purpose)
    if len(pieces) == 1:
        return Information(description=_clean(purpose))
    words: dict[str, str] = {}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        words.setdefault(key, value)
    get = words.get
    return Information(
        payee=_clean(get("ANAM", "")) or _clean(get("ABWA", "")) or _clean(get("ABWE", "")),
        description=_clean(f"{pieces[0]} {get('SVWZ', '')}"),
        reference=reference_in(get("EREF", "")) or reference_in(get("KREF", "")) or reference_in(get("MREF", "")),
        counter_account=_account(get("IBAN", "")),
    )


def _slashed(text: str) -> Information:
    pieces = _SLASHED.split(text)
    words: dict[str, str] = {}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        if _clean(value.strip("/ ")):
            words.setdefault(key, value)
    account, name = _party(words)
    remittance, structured = _remittance(words.get("REMI", ""))
    references = (words.get(key, "").strip("/ ") for key in ("EREF", "KREF"))
    others = (words.get(key, "").strip("/ ") for key in ("PREF", "IREF", "MARF"))
    found = (reference_in(each) for each in (*references, structured, *others))
    return Information(
        payee=name,
        description=remittance or structured or _bank_words(words) or _clean(pieces[0]),
        reference=next((each for each in found if each), ""),
        counter_account=account,
    )


def _bank_words(words: dict[str, str]) -> str:
    return next((_clean(words[key].strip("/ ")) for key in ("TRTP", "PURP") if key in words), "")


def _party(words: dict[str, str]) -> tuple[str, str]:
    """By its own words, or all in one: account, bank, name and town between slashes."""
    account, name = words.get("IBAN", "").strip("/ "), words.get("NAME", "").strip("/ ")
    if "CNTP" in words:
        inner = [part.strip() for part in words["CNTP"].split("/")] + ["", "", ""]
        account, name = account or inner[0], name or inner[2]
    name = name or next((words[key].strip("/ ") for key in ("BENM", "ORDP", "ULTC", "ULTD") if key in words), "")
    return _account(account), _clean(name)


def _remittance(text: str) -> tuple[str, str]:
    """What was written freely, and a reference with a check digit."""
    text = text.strip()
    if text.startswith("STRD/"):
        return "", _clean(text.strip("/").rpartition("/")[2])
    text = re.sub(r"^USTD/+", "", text)
    return _clean(text.strip("/")), ""


def _plain(text: str) -> Information:
    first, __, others = text.partition("\n")
    party = _IBAN_AND_NAME.fullmatch(_clean(first))
    if party is not None:
        described = _clean(_joined_lines(others))
        return Information(payee=party[2], description=described, counter_account=party[1].upper())
    others, __, last = text.rpartition("\n")
    party = _ACCOUNT_AND_NAME.fullmatch(_clean(last))
    if party is not None:
        return Information(payee=party[2], description=_clean(_joined_lines(others)), counter_account=party[1])
    return _keyworded(_clean(_joined_lines(text)))


def non_swift_information(text: str) -> Information:
    """Field NS, by lines that begin with two digits: 01 to 14 are words, 15 and 16 the other party."""
    parts = [(line[:2], line[2:].strip()) for line in text.split("\n") if line[:2].isdigit()]
    words = [part for number, part in parts if "01" <= number <= "14"]
    party = [part for number, part in parts if number in {"15", "16"}]
    return Information(payee=_clean(_as_one(party)), description=_clean(_as_one(words)))
