"""The lines of a QIF file as sections under their headers, each with its entries and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

HEADER = re.compile(r"!\s*(type|account|option|clear)\b\s*:?\s*(.*)", re.IGNORECASE)
# Texts may go on in the next line; every other line begins with its letter.
_TEXTS = frozenset("PMAE")
_FIGURES = re.compile(r"^[ \t]*([DTU$])(.+)", re.MULTILINE)
_LETTERS = frozenset("DTUCNPMALSEFYIQOBVXRKGWZHJ$%/")


class Entry(NamedTuple):
    """One record, as it stands from `line` on. `is_open` where nothing marks its end before the file ends."""

    line: int
    text: str
    end_of_line: str
    is_open: bool = False

    @property
    def original(self) -> str:
        """With the line ends of the file."""
        return self.text if self.end_of_line == "\n" else self.text.replace("\n", self.end_of_line)

    def fields(self) -> list[tuple[str, str]]:
        """Its letters with their values, in their order."""
        found: list[tuple[str, str]] = []
        for line in self.text.split("\n"):
            letter = line[:1]
            if letter in _LETTERS and letter:
                found.append((letter, line[1:].strip()))
            elif stripped := line.strip():
                _add_odd(found, stripped)
        return found

    def figures(self) -> list[tuple[str, str]]:
        """Its day and its amounts alone, as they stand."""
        return [(letter, value.strip()) for letter, value in _FIGURES.findall(self.text)]


def _add_odd(found: list[tuple[str, str]], line: str) -> None:
    """A line that is set in, or one with which a text goes on."""
    if line[0] not in _LETTERS and found and found[-1][0] in _TEXTS:
        letter, value = found[-1]
        found[-1] = (letter, f"{value} {line}")
    else:
        found.append((line[0], line[1:].strip()))


@dataclass(slots=True)
class Section:
    """`word` is “type”, “account”, “option” or “clear”, and `about` what stands behind it, such as “bank”."""

    word: str
    about: str
    line: int
    entries: list[Entry] = field(default_factory=list)
    # Whether the file ends with a whole line: a last entry without an end is then only not ended.
    ends_with_line: bool = True


def sections_of(text: str) -> list[Section]:
    """Line breaks of Unix, Windows and the old Mac alike."""
    ends = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    sections: list[Section] = []
    begun = 0
    for place, line in enumerate(lines):
        mark = line[:1] if line[:1] in "^!" else line.lstrip()[:1] if line[:1].isspace() else ""
        if mark and mark in "^!":
            _end(sections, lines, begun, place, ends)
            begun = place + 1
            if mark == "!":
                sections.append(_header(line.strip(), place + 1))
    _end(sections, lines, begun, len(lines), ends, is_open=True)
    return sections


def _end(
    sections: list[Section], lines: list[str], begun: int, ended: int, ends: str, *, is_open: bool = False
) -> None:
    """Puts the lines since the last end into an entry, where anything stands in them."""
    while begun < ended and not lines[begun].strip():
        begun += 1
    text = "\n".join(lines[begun:ended]).rstrip()
    if not text:
        return
    if not sections:
        sections.append(Section("", "", begun + 1))
    sections[-1].entries.append(Entry(begun + 1, text, ends, is_open))


def _header(line: str, number: int) -> Section:
    """One that is misspelt begins a section all the same: what follows belongs to nothing before it."""
    match = HEADER.match(line)
    about = " ".join((match[2] if match else line[1:]).casefold().split())
    return Section(match[1].casefold() if match else "type", about, number)
