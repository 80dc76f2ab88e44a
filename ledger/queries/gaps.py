"""What could explain that a statement does not fit, in words, each with what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import format_money
from financeflow.web.dates import day_text
from ledger.calc.gaps import Candidate, Gap, Place, Question, explain
from ledger.calc.words import plain_words
from ledger.models import Transaction
from ledger.models.many import OneOf
from ledger.queries.reconciling import RECONCILED, Reckoning, drift, rows_left, ticked_rows

# So many of the latest rows are looked at.
MOST_LEFT, MOST_TICKED, MOST_ASIDE = 1500, 2000, 200
LATER_DAYS, TRASHED_DAYS = 10, 60


@dataclass(frozen=True)
class Proposal:
    """One explanation: why, what a button would do about it, and what that button sends."""

    kind: str
    likelihood: int
    reason: str
    remedy: str
    rows: list[Transaction]
    edit_version: int = 0
    amount: int = 0
    until: date | None = None


def proposals(found: Reckoning) -> list[Proposal]:
    """What could explain the difference, likeliest first; none where there is no difference."""
    statement = found.statement
    if not found.difference or statement.is_locked:
        return []
    is_first, changed_by = drift(statement.household, statement)
    question = Question(
        difference=found.difference,
        candidates=list(_candidates(found)),
        digits=minor_digits(statement.currency),
        opening=statement.account.opening_balance,
        drift=changed_by,
        is_first=is_first,
    )
    gaps = explain(question)
    keys = {key for gap in gaps for key in _shown_keys(gap)}
    rows = {row.pk: row for row in Transaction.objects.filter(OneOf("pk", keys)).select_related("payee")}
    told = _Told(found, rows)
    return [told.proposal(gap) for gap in gaps]


def _shown_keys(gap: Gap) -> tuple[int, ...]:
    """The rows that are named; of a run of rows the last, which says up to which day it goes."""
    return gap.keys[-1:] if gap.kind in ("all_left", "left_until") else gap.keys


def _candidates(found: Reckoning) -> Iterable[Candidate]:
    statement = found.statement
    aside = Transaction.objects.filter(account=statement.account_id).order_by()
    soon = statement.on + timedelta(days=LATER_DAYS)
    later = aside.filter(trashed_at=None, tick=None, date__gt=statement.on, date__lte=soon).exclude(status=RECONCILED)
    lately = (statement.on - timedelta(days=TRASHED_DAYS), soon)
    trashed = aside.filter(trashed_at__isnull=False, date__range=lately, transfer=None)
    parts: tuple[tuple[Place, Any, int], ...] = (
        ("ticked", ticked_rows(statement), MOST_TICKED),
        ("open", rows_left(statement), MOST_LEFT),
        ("later", later, MOST_ASIDE),
        ("trashed", trashed, MOST_ASIDE),
    )
    columns = ("pk", "amount", "date", "status", "payee_id", "description")
    for place, rows, most in parts:
        for key, amount, day, status, payee, words in rows.order_by("-date", "-pk").values_list(*columns)[:most]:
            name = str(payee or plain_words(words)[:40])
            yield Candidate(key, amount, day, place, name, status == Transaction.Status.PENDING)


class _Told:
    """Gaps in words of the household's locale."""

    def __init__(self, found: Reckoning, rows: dict[int, Transaction]) -> None:
        self.found = found
        self.rows = rows
        self.locale = found.statement.household.locale
        self.currency = found.statement.currency

    def proposal(self, gap: Gap) -> Proposal:
        rows = [self.rows[key] for key in _shown_keys(gap) if key in self.rows]
        reason, remedy = getattr(self, gap.kind)(gap, rows)
        until = rows[-1].date if gap.kind == "left_until" else None
        changed = rows[0] if rows else self.found.statement.account
        return Proposal(gap.kind, gap.likelihood, reason, remedy, rows, changed.edit_version, gap.amount, until)

    def money(self, minor: int) -> str:
        return str(format_money(minor, self.currency, self.locale))

    def day(self, day: date) -> str:
        return day_text(day, "medium", language=get_language() or "en", locale=self.locale)

    def row(self, row: Transaction) -> str:
        """“Pret”, −€12.50, 3 Nov 2026."""
        told = {"name": str(row), "money": self.money(row.amount), "day": self.day(row.date)}
        return _("“%(name)s” (%(money)s, %(day)s)") % told

    def listed(self, rows: list[Transaction]) -> str:
        return _(" and ").join(self.row(row) for row in rows)

    def left_out(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        return _("%(row)s is not ticked, and is exactly the difference.") % {"row": self.row(rows[0])}, _("Tick it")

    def all_left(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        count = {"count": len(gap.keys)}
        words = ngettext(
            "The %(count)s row that is left is exactly the difference.",
            "The %(count)s rows that are left add up to exactly the difference.",
            len(gap.keys),
        )
        return words % count, _("Tick all that is left")

    def left_until(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        told = {"count": len(gap.keys), "day": self.day(rows[-1].date)}
        words = _("The %(count)s rows left up to %(day)s add up to exactly the difference.")
        return words % told, _("Tick those %(count)s") % told

    def later(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _(
            "%(row)s is dated after the statement, and is exactly the difference. The bank may have counted it in."
        )
        return words % {"row": self.row(rows[0])}, _("Tick it")

    def thrown_away(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("%(row)s is in the trash, and is exactly the difference.")
        return words % {"row": self.row(rows[0])}, _("Take it back and tick it")

    def too_early(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        is_pending = rows[0].status == Transaction.Status.PENDING
        words = _("Without %(row)s it fits. The bank may not have booked it by then.")
        if is_pending:
            words = _("Without %(row)s it fits. It is still pending, so the bank may not have booked it by then.")
        return words % {"row": self.row(rows[0])}, _("Untick it")

    def twice(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("%(rows)s look like one and the same, and both are ticked.")
        return words % {"rows": self.listed(rows)}, _("Untick the later one")

    def sign(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("%(row)s went the other way: with %(right)s it fits.")
        return self._corrected(words, gap, rows[0])

    def digits(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("%(row)s may have two digits swapped: with %(right)s it fits.")
        return self._corrected(words, gap, rows[0])

    def decimal(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("%(row)s may have its decimal point in the wrong place: with %(right)s it fits.")
        return self._corrected(words, gap, rows[0])

    def pending(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("%(row)s was pending and may have been booked with another amount: with %(right)s it fits.")
        return self._corrected(words, gap, rows[0])

    def _corrected(self, words: str, gap: Gap, row: Transaction) -> tuple[str, str]:
        told = {"row": self.row(row), "right": self.money(gap.amount)}
        return words % told, _("Make it %(right)s") % told

    def together(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        told = {"rows": self.listed(rows), "count": len(rows)}
        return _("%(rows)s add up to exactly the difference.") % told, _("Tick these %(count)s") % told

    def together_off(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        told = {"rows": self.listed(rows), "count": len(rows)}
        return _("Without %(rows)s it fits.") % told, _("Untick these %(count)s") % told

    def instead(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        told = {"ticked": self.row(rows[0]), "left": self.row(rows[1])}
        return _("With %(left)s in place of %(ticked)s it fits.") % told, _("Swap the two")

    def fee(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("The bank may have taken a fee of %(money)s that is not in the books.")
        return words % {"money": self.money(-gap.amount)}, _("Add the fee")

    def interest(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        words = _("The bank may have paid interest of %(money)s that is not in the books.")
        return words % {"money": self.money(gap.amount)}, _("Add the interest")

    def opening(self, gap: Gap, rows: list[Transaction]) -> tuple[str, str]:
        told = {"right": self.money(gap.amount), "now": self.money(self.found.statement.account.opening_balance)}
        words = _("The opening balance may be off: with %(right)s instead of %(now)s it fits.")
        if gap.likelihood > 90:
            words = _("The opening balance was changed to %(now)s since the last statement. It was %(right)s.")
        return words % told, _("Make it %(right)s") % told
