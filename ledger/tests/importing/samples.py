"""The corpus: files as banks and apps write them, each with what is to be read from it beside it, as JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ledger.importing.found import Found
from ledger.importing.how import How
from ledger.importing.reading import read_file
from ledger.importing.source import Source
from ledger.importing.told import FileTold, as_json

CORPUS = Path(__file__).parent / "corpus"
Told = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One file of the corpus."""

    path: Path

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def folder(self) -> str:
        return self.path.parent.name

    @property
    def country(self) -> str:
        return self.path.name[:2]

    @cached_property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def _beside(self) -> Told:
        told: Told = json.loads(self.path.with_name(self.path.name + ".json").read_text(encoding="utf-8"))
        return told

    @cached_property
    def how(self) -> How:
        told = self._beside["how"]
        return How(
            today=date.fromisoformat(told["today"]),
            currency=told["currency"],
            locale=told.get("locale", "en"),
            mapping=told.get("mapping"),
        )

    @property
    def is_refused(self) -> bool:
        return bool(self._beside["expected"].get("refused"))

    @property
    def expected(self) -> Told:
        told: Told = self._beside["expected"]
        return told

    def read(self, content: bytes | None = None) -> Found:
        return read_file(Source(self.path.name, self.content if content is None else content), self.how)

    def moves(self) -> Counter[tuple[str, int, str]]:
        """What is to be read: each day, amount and currency with how many times it occurs."""
        return moves(self.expected)


def moves(told: Told | FileTold) -> Counter[tuple[str, int, str]]:
    rows = (row for statement in told["statements"] for row in statement["rows"])
    return Counter((row["date"], row["amount"], row["currency"]) for row in rows)


def told_of(found: Found) -> FileTold:
    return as_json(found)


@cache
def sound(sample: Sample) -> Found:
    """A file of the corpus as it is, read once for all tests that only look at it."""
    return sample.read()


def samples(*folders: str) -> list[Sample]:
    """All of them, or those of some folders, in a fixed order."""
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix != ".json")
    return [Sample(path) for path in paths if not folders or path.parent.name in folders]
