"""Cells and axes in words, as the household's locale and the reader's language write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.numbers import format_compact_currency, format_decimal, format_percent

from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_money
from financeflow.money.writing import MINUS, locale_of
from financeflow.web.dates import day_text, reading_locale
from ledger.reporting.document import Amount, Cell, Count, Day, Share, Words
from ledger.reporting.letterhead import Letterhead
from ledger.reporting.pdf import faces

UNKNOWN = "–"
_UNGROUPED = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Spelling:
    """How everything in one PDF is written."""

    letterhead: Letterhead

    @property
    def locale(self) -> Locale:
        return reading_locale(self.letterhead.language, self.letterhead.locale)

    def cell(self, cell: Cell, *, exact: bool = False) -> str:
        """A cell as words; an `exact` share has a decimal, as the savings rate has where it stands large."""
        if isinstance(cell, Amount):
            return self.amount(cell.minor, cell.currency, plus=cell.signed)
        if isinstance(cell, Share):
            return self.share(cell, exact=exact)
        if isinstance(cell, Count):
            return str(format_decimal(cell.value, locale=self.locale))
        if isinstance(cell, Day):
            return self.day(cell.day, cell.style)
        return cell.text if isinstance(cell, Words) else ""

    def amount(self, minor: int, currency: str, *, plus: bool = False) -> str:
        return str(format_money(minor, currency, self.letterhead.locale, plus=plus))

    def rounded(self, minor: int, currency: str) -> str:
        """The amount without its cents, beside a drawing."""
        unit = 10 ** minor_digits(currency)
        whole = (abs(minor) + unit // 2) // unit * unit * (-1 if minor < 0 else 1)
        text = format_money(whole, currency, self.letterhead.locale)
        return str(text).replace(text.cents, "", 1) if text.cents else str(text)

    def tick(self, minor: int, currency: str) -> str:
        """The amount on an axis, as short as it can be said: €12.5K."""
        value = minor / 10 ** minor_digits(currency)
        locale = locale_of(self.letterhead.locale)
        text = str(format_compact_currency(value, currency, locale=locale, fraction_digits=2)).replace("-", MINUS)
        # Digits without groups are hard to read; and a number must not lose its unit where a reader has no face for it.
        return self.rounded(minor, currency) if _UNGROUPED.search(text) or not faces.is_embedded(text) else text

    def share(self, share: Share, *, exact: bool = False) -> str:
        if share.value is None:
            return UNKNOWN
        pattern = self.locale.percent_formats[None].pattern
        text = format_percent(share.value, pattern.replace("0", "0.0", 1) if exact else pattern, locale=self.locale)
        plus = share.signed and share.value > 0 and any(sign in "123456789" for sign in text)
        return ("+" if plus else "") + text.replace("-", MINUS)

    def day(self, day: date, style: str = "medium") -> str:
        return day_text(day, style, language=self.letterhead.language, locale=self.letterhead.locale)
