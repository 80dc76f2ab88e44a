"""The papers of a tax year as one ZIP: names that say what they are of, and a list of them inside."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import decimal_text
from ledger.exporting.comma import Dialect, dialect_of, plain
from ledger.models import Attachment
from ledger.papers import ENDINGS

# More than this is asked for in parts: by account, by category, by tag.
MOST_FILES: Final = 2000
MOST_BYTES: Final = 250 * 1024 * 1024
LONGEST_NAME: Final = 60
# What file systems or shells take for something else.
_UNSAFE: Final = re.compile(r"[^\w.,&'()+-]+")


def is_too_much(files: int, size: int) -> bool:
    return files > MOST_FILES or size > MOST_BYTES


def write_receipts(path: Path, papers: Iterable[Attachment], *, base: str, locale: str) -> int:
    """Write the papers, and beside them a list of what each is of; how many there were."""
    dialect, lines = dialect_of(base, locale), []
    # Papers are small already: to press them together again takes time and saves nothing.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, paper in named(papers):
            file = Path(default_storage.path(str(paper.file)))
            if file.is_file():
                archive.write(file, name)
            lines.append(_line(name if file.is_file() else _("missing"), paper, dialect))
        archive.writestr("index.csv", _index(lines, dialect), zipfile.ZIP_DEFLATED)
    return len(lines)


def _line(name: str, paper: Attachment, dialect: Dialect) -> list[str]:
    row = paper.transaction
    amount = dialect.number(decimal_text(row.amount, minor_digits(row.currency)))
    about = (row.account.name, paper.name, row.notes)
    return [name, row.date.isoformat(), plain(_who(paper)), amount, row.currency, *map(plain, about)]


def _index(lines: Iterable[list[str]], dialect: Dialect) -> bytes:
    written = io.StringIO(newline="")
    out = csv.writer(written, delimiter=dialect.delimiter)
    out.writerow([_("File"), _("Day"), _("Payee"), _("Amount"), _("Currency"), _("Account"), _("Name"), _("Notes")])
    out.writerows(lines)
    return written.getvalue().encode("utf-8-sig")


def named(papers: Iterable[Attachment]) -> Iterator[tuple[str, Attachment]]:
    """Each paper with a name of its own, whatever case the file system makes of it: 2026-03-14_Payee_12.50_EUR.pdf."""
    taken = {"index.csv"}
    for paper in papers:
        stem, ending = _stem(paper), _ending(paper)
        name, number = f"{stem}{ending}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}{ending}"
        taken.add(name.casefold())
        yield name, paper


def _stem(paper: Attachment) -> str:
    row = paper.transaction
    amount = decimal_text(abs(row.amount), minor_digits(row.currency))
    return "_".join(filter(None, [row.date.isoformat(), safe_name(_who(paper)), amount, row.currency]))


def _who(paper: Attachment) -> str:
    row = paper.transaction
    return str(row.payee) if row.payee else row.description


def safe_name(text: str) -> str:
    """A name as part of one of a file: letters of every language stay, signs and gaps become one hyphen."""
    known = unicodedata.normalize("NFC", text)
    return _UNSAFE.sub("-", known)[:LONGEST_NAME].strip(".-_ ")


def _ending(paper: Attachment) -> str:
    """What it truly is, whatever it was called."""
    known = ENDINGS.get(paper.content_type, ())
    own = PurePath(paper.name).suffix.lower()
    return own if own in known or not known else known[0]
