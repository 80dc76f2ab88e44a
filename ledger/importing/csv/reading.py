"""A grid, read row by row into the statements of its accounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from ledger.importing.csv.closing_words import tells_an_end
from ledger.importing.csv.figures import currency_of, is_empty, written
from ledger.importing.csv.headings import plain
from ledger.importing.csv.mapping import Mapping
from ledger.importing.csv.odd_rows import Balance, as_balance, balance_of, judged
from ledger.importing.csv.plan import Plan, cell
from ledger.importing.csv.records import GridRow, split_loosely
from ledger.importing.csv.rows import Books, Cells, Statuses, Trimmed, amounts_by, currencies_by, first_of, joined
from ledger.importing.csv.survey import Survey, is_another_heading, is_repeated, looks_like_a_row
from ledger.importing.csv.widths import width_of
from ledger.importing.found import FoundRow, FoundStatement, Remark, Unread
from ledger.importing.how import How

_STEP = 4096
_MOST_REMARKS = 100
_TAG = re.compile(r"[,;|#]+")
# Roles that few files have; a row is filled from them only where its file has one of them.
_RARE = ("status", "category", "tags", "notes", "original_amount", "fee")


class Reading:
    """One walk over the rows. `statements` fill as they come; `gaps` are lines behind which something is missing."""

    def __init__(self, plan: Plan, survey: Survey, how: How, mapping: Mapping, turn: int, delimiter: str) -> None:
        self.plan, self.survey, self.how = plan, survey, how
        self.statements: dict[tuple[str, str], FoundStatement] = {}
        self.gaps: set[int] = set()
        self.left_out: list[int] = []
        self.future: list[int] = []
        self._skipped = frozenset(mapping.get("skipped", []))
        self._delimiter = delimiter
        self._width = width_of(survey)
        self._places = [place for role in plan.columns for place in plan.places(role)]
        self._least = 1 + max(self._places)
        self._amounts, self._currencies = amounts_by(plan, turn), currencies_by(plan)
        self._books, self._balances = Books(plan), Books(plan, is_balance=True)
        self._trimmed, self._statuses = Trimmed(), Statuses()
        self._payee, self._payer = self._names(plan.places("payee")), first_of(plan.places("payer"))
        self._description, self._kind = joined(plan.places("description")), first_of(plan.places("kind"))
        self._reference, self._bank_id = first_of(plan.places("reference")), first_of(plan.places("bank_id"))
        self._category, self._notes = joined(plan.places("category"), ": "), joined(plan.places("notes"))
        self._has_payer = "payer" in plan.columns
        self._has_rare = any(role in plan.columns for role in _RARE)
        self._day, self._posted, self._balance = plan.place("date"), plan.place("posted_on"), plan.place("balance")
        self._posted_days = plan.posted.known if plan.posted else {}
        self._account = plan.place("account")
        self._statement: FoundStatement | None = None
        self._key = ("", "")
        self._gap = self._astray = False
        self.last_line = 0

    def _names(self, places: list[int]) -> Callable[[Cells, Trimmed], str]:
        """“Payee 1” and “Payee 2” are one name in two pieces."""
        headings = {
            plain(self.survey.headings[place]).rstrip("0123456789 ") for place in places if self.survey.headings
        }
        return joined(places) if len(headings) == 1 else first_of(places)

    def read(self, rows: Iterable[GridRow], total: int) -> None:
        """All rows; `total` is about how many lines there are."""
        self.tell_above()
        first, skipped, usual = self.survey.first_line, self._skipped, self._width.usual
        days, amounts, currencies = self.plan.days.known, self._amounts, self._currencies
        figures, home, place = self._books[self.plan.currency], self.plan.currency, self._day
        assert place is not None
        for number, row in enumerate(rows):
            if number % _STEP == 0:
                self.how.step(row.line, max(total, row.line))
            if row.line < first or row.line in skipped:
                continue
            cells, problem = (row.cells, "") if len(row.cells) == usual >= self._least else self._evened(row)
            currency = currencies(cells) if currencies else home
            text = cells[place]
            day = days[text]
            if day.__class__ is str and not text.strip():
                day = self._day_of(cells, text)
            amount = amounts(cells, figures if currency == home else self._books[currency or home])
            if isinstance(amount, int) and isinstance(day, dt.date) and currency and not (problem or self._astray):
                self._keep(row, cells, day, amount, currency)
            else:
                self._odd(row, cells, day, amount, problem or ("" if currency else self._no_currency(cells)))
            self.last_line = row.line

    def is_cut(self, last: FoundRow) -> bool:
        """Whether the last row, whose line has no end, is shorter than rows of this table are."""
        cells = split_loosely(last.original, self._delimiter, '"')
        others = [len(row.cells) for row in self.survey.sample if row.line != last.line]
        if len(cells) < min(others, default=len(self.survey.headings)):
            return True
        place = len(cells) - 1
        if place in (self.plan.place("debit"), self.plan.place("credit")) and not cells[-1]:
            return False
        money = [self.plan.place(role) for role in ("amount", "debit", "credit", "balance")]
        return place in money and minor_digits(last.currency) > 0 and self._is_short(cells[-1], place)

    def _is_short(self, text: str, place: int) -> bool:
        """Fewer decimals than all other amounts of the column have."""
        usual = {_decimals(cell(row.cells, place), self.plan.point) for row in self.survey.sample[:-1]}
        told = _decimals(text, self.plan.point)
        return told not in usual and len(usual - {-1}) == 1 and told < max(usual)

    def _evened(self, row: GridRow) -> tuple[Cells, str]:
        """Cells enough for every role, and what is wrong with their number, if anything."""
        cells, problem = row.cells, ""
        if any(text.strip() for text in cells[self._width.most :]):
            problem = _("This row has more cells than the others: the sign between cells stands in a text.")
        elif self._width.even and len(cells) < self._width.usual:
            problem = _("This row has fewer cells than the others: something is missing in it.")
        if len(cells) < self._least:
            cells = [*cells, *[""] * (self._least - len(cells))]
        return cells, problem

    def _day_of(self, cells: Cells, text: str) -> dt.date | str:
        """A row that is not booked yet may have only the other day."""
        if self.plan.posted and self._posted is not None and is_empty(text):
            return self.plan.posted.read(cells[self._posted])
        return self.plan.days.read(text)

    def _keep(self, row: GridRow, cells: Cells, day: dt.date, amount: int, currency: str) -> None:
        trimmed = self._trimmed
        payee, description = self._payee(cells, trimmed), self._description(cells, trimmed)
        if self._has_payer and (amount > 0 or not payee):
            payee = self._payer(cells, trimmed) or payee
        reference = self._reference(cells, trimmed)
        end = tells_an_end(description or payee or reference or _longest(cells))
        if end and self._is_end(row, cells, amount, currency, end):
            return
        found = FoundRow(
            line=row.line,
            original=row.original,
            date=day,
            amount=amount,
            currency=currency,
            payee=payee,
            description=description if description and description != payee else self._kind(cells, trimmed),
            reference=reference,
            bank_id=self._bank_id(cells, trimmed),
        )
        if self._posted is not None:
            posted = self._posted_days[cells[self._posted]]
            if posted != day and isinstance(posted, dt.date):
                found.posted_on = posted
        if self._balance is not None:
            value = self._balances[currency].read(cells[self._balance])
            found.balance = value if isinstance(value, int) else None
        if not self._has_rare or self._filled(found, row, cells):
            self._add(found, cells)

    def _is_end(self, row: GridRow, cells: Cells, amount: int, currency: str, end: str) -> bool:
        """Whether it tells a balance, as a row: then nothing moved, or what stands there is the balance itself."""
        balance = balance_of(cells, self.plan, self._balances[currency])
        if amount and balance not in (None, amount):
            return False
        self._end(cells, as_balance(row, end, amount if balance is None else balance))
        return True

    def _add(self, found: FoundRow, cells: Cells) -> None:
        if found.date > self.how.today:
            self.future.append(found.line)
        if self._gap:
            self.gaps.add(found.line)
            self._gap = False
        self._statement_of(cells, found.currency).rows.append(found)

    def _filled(self, found: FoundRow, row: GridRow, cells: Cells) -> bool:
        """What few files have; False where the row says that it never came to be."""
        plan, trimmed = self.plan, self._trimmed
        if (place := plan.place("status")) is not None:
            told = self._statuses[cells[place]]
            found.is_pending = told == "pending"
            if told == "undone":
                words = _("It was not carried out: “%(status)s”.") % {"status": cells[place].strip()[:40]}
                self._unread(row, cells, words)
                return False
        if (place := plan.place("tags")) is not None:
            found.tags = tuple(dict.fromkeys(tag for text in _TAG.split(cells[place]) if (tag := text.strip())))
        found.category, found.notes = self._category(cells, trimmed), self._notes(cells, trimmed)
        self._fill_original(found, cells)
        if plan.fee == "apart":
            fee = self._books[found.currency][cells[plan.columns["fee"]]]  # type: ignore[index]
            found.amount -= abs(fee) if isinstance(fee, int) else 0
        return True

    def _fill_original(self, found: FoundRow, cells: Cells) -> None:
        plan = self.plan
        place = plan.place("original_amount")
        if place is None or is_empty(cells[place]):
            return
        text = cell(cells, plan.place("original_currency")).strip()
        currency = currency_of(text, plan.currency) if text else ""
        value = self._books[currency][cells[place]] if currency else None
        if isinstance(value, int) and currency != found.currency:
            found.original_amount = -abs(value) if found.amount < 0 else abs(value)
            found.original_currency = currency

    def _statement_of(self, cells: Cells, currency: str) -> FoundStatement:
        account = self._trimmed[cells[self._account]] if self._account is not None else ""
        key = (account or self._key[0], currency)
        if self._statement is None or key != self._key:
            self._key = key
            if key not in self.statements:
                self.statements[key] = FoundStatement(currency=currency, account=key[0])
            self._statement = self.statements[key]
        return self._statement

    def _current(self, cells: Cells) -> FoundStatement:
        """Where something is told that is no row: with the account that it names, or with the rows above."""
        if self._account is not None and not is_empty(cell(cells, self._account)) and len(self.statements) > 1:
            currency = (self._currencies(cells) if self._currencies else "") or self.plan.currency
            key = (self._trimmed[cells[self._account]], currency)
            if key in self.statements:
                return self.statements[key]
        return self._statement or self._statement_of(cells, self.plan.currency)

    def _unread(self, row: GridRow, cells: Cells, problem: str) -> None:
        self._gap = True
        self._current(cells).unread.append(Unread(row.line, row.original, problem))

    def _no_currency(self, cells: Cells) -> str:
        text = cell(cells, self.plan.place("currency")).strip()[:40]
        return _("“%(text)s” is not a currency in use.") % {"text": text}

    def _odd(self, row: GridRow, cells: Cells, day: dt.date | str, amount: int | str | None, problem: str) -> None:
        """Whatever is not simply a row: told with its line, or known to be nothing."""
        if not any(char.isalnum() for text in row.cells for char in text):
            return
        if is_repeated(row.cells, self.survey.headings, self._places):
            self._astray = False
            return
        if is_another_heading(row.cells, self.how.today) and not problem:
            self._astray = True
        if self._astray:
            words = _(
                "Another table begins above, with other columns; this line could not be read with the first ones."
            )
            self._unread(row, cells, words)
            return
        if isinstance(day, dt.date) and isinstance(amount, int):
            self._unread(row, cells, problem)
            return
        told = judged(
            GridRow(row.line, row.original, cells), day, amount, self.plan, self._balances[self.plan.currency]
        )
        if isinstance(told, Unread):
            self._unread(row, cells, problem if problem and isinstance(day, dt.date) else told.problem)
        elif isinstance(told, Balance):
            self._end(cells, told)
        else:
            self._leave_out(cells, told)

    def _leave_out(self, cells: Cells, remark: Remark) -> None:
        self.left_out.append(remark.line or 0)
        statement = self._current(cells)
        if len(self.left_out) <= _MOST_REMARKS:
            statement.remarks.append(remark)

    def _end(self, cells: Cells, told: Balance) -> None:
        self._leave_out(cells, told.remark)
        statement = self._current(cells)
        if told.end == "opening":
            statement.opening_balance = told.amount
        elif told.end == "closing":
            statement.closing_balance = told.amount

    def tell_above(self) -> None:
        """Rows above the headings: those of a page whose own headings could not be made out."""
        for row in self.survey.before:
            if self.survey.header_line and looks_like_a_row(row, self.survey, self.how.today):
                words = _("This row stands above the headings and was not read with them.")
                self._unread(row, [""] * self._least, words)


def _longest(cells: Cells) -> str:
    """Of a row without words where words are looked for."""
    return max((cell for cell in cells if not is_empty(cell) and not written(cell)), key=len, default="")


def _decimals(text: str, point: str) -> int:
    """How many decimals an amount has; −1 where none stands there."""
    found = written(text)
    return len(found.number.partition(point)[2]) if found else -1
