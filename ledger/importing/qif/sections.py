"""The lines of a QIF file as sections under their headers, each with its entries and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

HEADER = re.compile(r"!\s*(type|account|option|clear)\b\s*:?\s*(.*)", re.IGNORECASE)
# Texts may go on in the next line; every other line begins with its letter.
_TEXTS = frozenset("PMAE")
_LETTERS = frozenset("DTUCNPMALSEFYIQOBVXRKGWZHJ$%/")


class Entry(NamedTuple):
    """One record: its letters with their values. `is_open` where nothing marks its end before the file ends."""

    line: int
    original: str
    fields: list[tuple[str, str]]
    is_open: bool = False


@dataclass(slots=True)
class Section:
    """`word` is “type”, “account”, “option” or “clear”, and `about` what stands behind it, such as “bank”."""

    word: str
    about: str
    line: int
    entries: list[Entry] = field(default_factory=list)
    # Whether the file ends with a whole line: a last entry without an end is then only not ended.
    ends_with_line: bool = True


class _Cutter:
    """Puts lines into entries and entries into sections."""

    def __init__(self, end_of_line: str) -> None:
        self.sections: list[Section] = []
        self._end_of_line = end_of_line
        self._fields: list[tuple[str, str]] = []
        self._lines: list[str] = []
        self._begun = 0

    def line(self, number: int, line: str) -> None:
        letter = line[:1]
        if letter in _LETTERS and letter and self._fields:
            self._lines.append(line)
            self._fields.append((letter, line[1:].strip()))
        elif letter == "^":
            self.end()
        elif letter == "!":
            self._header(number, line)
        elif letter.isspace() or not letter:
            if stripped := line.strip():
                self.line(number, stripped)
        else:
            self._field(number, letter, line)

    def _header(self, number: int, line: str) -> None:
        """One that is misspelt begins a section all the same: what follows belongs to nothing before it."""
        self.end()
        match = HEADER.match(line)
        about = match[2] if match else line[1:]
        self.sections.append(
            Section(match[1].casefold() if match else "type", " ".join(about.casefold().split()), number)
        )

    def _field(self, number: int, letter: str, line: str) -> None:
        if not self._fields:
            self._begun = number
        self._lines.append(line)
        if letter not in _LETTERS and self._fields and self._fields[-1][0] in _TEXTS:
            before, value = self._fields[-1]
            self._fields[-1] = (before, f"{value} {line.strip()}")
        else:
            self._fields.append((letter, line[1:].strip()))

    def end(self, *, is_open: bool = False) -> None:
        if not self._fields:
            return
        if not self.sections:
            self.sections.append(Section("", "", self._begun))
        original = self._end_of_line.join(self._lines)
        self.sections[-1].entries.append(Entry(self._begun, original, self._fields, is_open))
        self._fields, self._lines = [], []


def sections_of(text: str) -> list[Section]:
    """Line breaks of Unix, Windows and the old Mac alike."""
    ends = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cutter = _Cutter(ends)
    for number, line in enumerate(lines, 1):
        cutter.line(number, line)
    cutter.end(is_open=True)
    return cutter.sections
