"""Made-up statements to try the import desk with: as a bank would write them, and as if they were fetched today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from financeflow.money.currencies import minor_digits

HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """One of them: the file's name, and what is in it."""

    key: str
    file: str
    title: Promise
    text: Promise


SAMPLES: Final = (
    Sample(
        "table",
        "birkenbank_umsaetze.csv",
        _("A table from a bank"),
        _("CSV with lines above and below the table, decimal commas, and one row that cannot be read."),
    ),
    Sample(
        "card",
        "northfield_card.ofx",
        _("A credit card"),
        _("OFX, with a refund and two equal purchases on one day that stay two."),
    ),
    Sample(
        "statement",
        "fjordbanken_camt053.xml",
        _("A bank statement"),
        _("CAMT.053, with balances that are checked to the cent."),
    ),
)


class _Said(dict[str, Any]):
    """`{d12}` is twelve days ago, so that what a sample tells is never old."""

    def __init__(self, today: date, currency: str) -> None:
        super().__init__(currency=currency, today=today)
        self.today = today

    def __missing__(self, name: str) -> date:
        return self.today - timedelta(days=int(name[1:]))


def sample_file(key: str, today: date, currency: str) -> tuple[str, bytes]:
    """Its name and what is in it; its amounts have two decimals, so it is in euros where the currency has others."""
    sample = next(each for each in SAMPLES if each.key == key)
    text = (HERE / sample.file).read_text(encoding="utf-8")
    return sample.file, text.format_map(_Said(today, currency if minor_digits(currency) == 2 else "EUR")).encode()
