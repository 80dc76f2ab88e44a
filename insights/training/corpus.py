"""The corpus: of each country its merchants, words of trades, how banks write, and names of places and people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

CORPUS: Final = Path(__file__).resolve().parent.parent / "corpus"
Sections = Mapping[str, Sequence[str]]
# Whose words are read in a country besides its own, because people there speak the language.
SPEAKS_TOO: Final = {
    **dict.fromkeys(("gb", "ie", "au", "nz", "za", "in", "sg", "il", "se", "no", "dk", "fi"), ("us",)),
    **dict.fromkeys(("mx", "ar", "co", "cl"), ("es",)),
    "ca": ("us", "fr"),
    "at": ("de",),
    "ch": ("de", "fr", "it"),
    "be": ("fr", "nl"),
    "lu": ("fr", "de"),
    "ma": ("fr",),
    "br": ("pt",),
}


@dataclass(frozen=True)
class Country:
    """What is written down of one country, by category where it belongs to one."""

    code: str
    merchants: Sections = field(default_factory=dict)
    words: Sections = field(default_factory=dict)
    phrasing: Sections = field(default_factory=dict)
    places: Sections = field(default_factory=dict)

    @property
    def dates(self) -> Sequence[str]:
        return self.phrasing.get("dates", ()) or ("%d.%m.%Y", "%d/%m")


def read_corpus(folder: Path = CORPUS) -> dict[str, Country]:
    """All countries in order of their codes."""
    found = {}
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        parts = {name: read_sections(place / f"{name}.txt") for name in ("merchants", "words", "phrasing", "places")}
        found[place.name] = Country(place.name, **parts)
    return found


def read_sections(path: Path) -> dict[str, list[str]]:
    """`[section]` and a line for each thing below it; what begins with # is a remark."""
    found: dict[str, list[str]] = {}
    section: list[str] = []
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("[") and text.endswith("]"):
            section = found.setdefault(text[1:-1], [])
        elif text and not text.startswith("#"):
            section.append(text)
    return found


def read_numbers(path: Path) -> dict[str, list[float]]:
    """A word and its numbers a line."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name: [float(number) for number in numbers] for name, *numbers in lines}


def fingerprint(folder: Path = CORPUS) -> str:
    """Changes with every change of the corpus."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.txt")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def words_spoken(countries: Mapping[str, Country], code: str) -> dict[str, list[str]]:
    """The trade words that shops of a country are called by."""
    found: dict[str, list[str]] = {}
    for each in (code, *SPEAKS_TOO.get(code, ())):
        for key, words in (countries[each].words if each in countries else {}).items():
            found.setdefault(key, []).extend(words)
    return found
