"""Lines as banks would write them, out of the corpus: the same merchants in many dresses, and shops nobody knows."""

from __future__ import annotations

import calendar
import random
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from insights.calc.shared import TRANSFER
from insights.training.corpus import Country, words_spoken
from ledger.opening import DEFAULT_CATEGORIES

KEYS: Final = (*(child.key for top in DEFAULT_CATEGORIES for child in top.children), TRANSFER)
INCOME: Final = frozenset(child.key for top in DEFAULT_CATEGORIES if top.kind == "income" for child in top.children)
MONTHS: Final = tuple(calendar.month_name[month].lower() for month in range(1, 13))
_SLOT: Final = re.compile(r"{(\w+)}")
_ANYWHERE: Final = ("{merchant}", "{merchant} {city}", "{merchant} {number}", "{merchant} {number} {city}")
_IN: Final = ("{merchant}", "CREDIT {merchant} {ref}", "{merchant} {ref}")
# How often each is written.
OF_MERCHANT, OF_WORD, OF_SHOP, OF_LINE = 4, 2, 3, 6


@dataclass(frozen=True)
class Example:
    """A line, what it is for, and whose line it is: what nobody shall have seen is held out by that."""

    text: str
    key: str
    group: str


class Writer:
    """Writes lines of one country; the same seed writes the same."""

    def __init__(self, countries: Mapping[str, Country], code: str, seed: int) -> None:
        self.country, self.words = countries[code], words_spoken(countries, code)
        self.chance = random.Random(f"{seed} {code}")
        self.outs = [*self.country.phrasing.get("out", ()), *_ANYWHERE]
        self.ins = [*self.country.phrasing.get("in", ()), *_IN]

    def examples(self) -> Iterator[Example]:
        yield from self._merchants()
        yield from self._words()
        yield from self._lines()

    def _merchants(self) -> Iterator[Example]:
        for key, rows in self.country.merchants.items():
            for row in rows:
                spellings = [each.strip() for each in row.split("|") if each.strip()]
                group = f"merchant {spellings[0].casefold()}"
                for spelling in spellings:
                    yield Example(spelling, key, group)
                for _time in range(OF_MERCHANT):
                    yield Example(self._dressed(self.chance.choice(spellings), key), key, group)

    def _words(self) -> Iterator[Example]:
        """A word by itself, and a shop of that trade; most of what is said of a country's shops is so."""
        shops = [*self.country.places.get("shops", ()), *self.country.places.get("persons", ())] or ["Central"]
        for key, words in self.words.items():
            own = set(self.country.words.get(key, ()))
            for word in words:
                group = f"word {word.casefold()}"
                for _time in range(OF_WORD if word in own else 1):
                    yield Example(self._dressed(word, key), key, group)
                for _time in range(OF_SHOP if word in own else 1):
                    shop = self.chance.choice(shops)
                    name = f"{word} {shop}" if self.chance.random() < 0.6 else f"{shop} {word}"
                    yield Example(self._dressed(name, key), key, group)

    def _lines(self) -> Iterator[Example]:
        """Whole lines that mean one category, whoever writes them."""
        for key, lines in self.country.phrasing.items():
            if key not in KEYS:
                continue
            for line in lines:
                for _time in range(OF_LINE):
                    text = self._fill(line, self.chance.choice(self.country.places.get("companies", ["Acme"])))
                    yield Example(self._worn(text), key, f"line {line}")

    def _dressed(self, name: str, key: str) -> str:
        patterns = self.ins if key in INCOME else self.outs
        if self.chance.random() < 0.2:
            return self._worn(name)
        return self._worn(self._fill(self.chance.choice(patterns), name))

    def _worn(self, text: str) -> str:
        """As it comes out of the machine: in capitals, cut short, without spaces."""
        chance = self.chance.random()
        if chance < 0.5:
            text = text.upper()
        elif chance < 0.58:
            text = text.lower()
        if self.chance.random() < 0.12 and len(text) > 16:
            text = text[: self.chance.choice((16, 18, 22, 25, 32))]
        if self.chance.random() < 0.03:
            text = text.replace(" ", "")
        return text

    def _fill(self, pattern: str, merchant: str) -> str:
        return _SLOT.sub(lambda slot: self._slot(slot[1], merchant), pattern)

    def _slot(self, name: str, merchant: str) -> str:
        if name == "merchant":
            return merchant
        if name in ("city", "person", "company"):
            named = {"city": "cities", "person": "persons", "company": "companies"}[name]
            return self.chance.choice(self.country.places.get(named, ["Central"]))
        return self._number(name)

    def _number(self, name: str) -> str:
        day = date(2024, 1, 1) + timedelta(days=self.chance.randrange(1000))
        clock = f"{self.chance.randrange(24):02}:{self.chance.randrange(60):02}"
        made = {
            "date": lambda: day.strftime(self.chance.choice(self.country.dates)),
            "time": lambda: clock,
            "month": lambda: self.chance.choice([MONTHS[day.month - 1], day.strftime("%m/%Y"), day.strftime("%b")]),
            "card": lambda: self.chance.choice(["XXXX{}", "{}", "****{}", "XXXXXXXXXXXX{}"]).format(self._digits(4)),
            "amount": lambda: f"{self.chance.randrange(1, 400)},{self._digits(2)}",
            "iban": lambda: self.country.code.upper() + self._digits(18),
            "ref": lambda: self._reference(),
        }
        return made[name]() if name in made else self._digits(self.chance.randrange(2, 9))

    def _reference(self) -> str:
        letters = string.ascii_uppercase + string.digits
        return "".join(self.chance.choice(letters) for _place in range(self.chance.randrange(6, 16)))

    def _digits(self, count: int) -> str:
        return "".join(self.chance.choice(string.digits) for _place in range(count))


def write_examples(countries: Mapping[str, Country], *, seed: int = 1) -> list[Example]:
    """All lines of all countries, each once."""
    found: dict[tuple[str, str], Example] = {}
    for code in countries:
        for each in Writer(countries, code, seed).examples():
            found.setdefault((each.text, each.key), each)
    return list(found.values())
