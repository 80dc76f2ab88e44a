"""The transactions that Firefly III exports: a row for each movement from one account to another."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ledger.importing.apps.books import Book
from ledger.importing.apps.firefly_rows import NEEDED, Journals
from ledger.importing.apps.tables import has, headings_of, lines_of
from ledger.importing.found import Found, Refused
from ledger.importing.how import How
from ledger.importing.source import Source

_OTHERS = (
    {"user_id", "account_id", "created_at", "type", "name", "virtual_balance"},
    {"user_id", "bill_id", "amount_min", "amount_max", "repeat_freq"},
    {"user_id", "budget_id", "name", "active"},
    {"user_id", "category_id", "created_at", "name"},
    {"user_id", "piggy_bank_id", "account_name"},
    {"user_id", "rule_id"},
    {"user_id", "tag_id", "tag"},
    {"user_id", "recurrence_id"},
)


# What stands in its rows, where the line of the headings was lost.
_WORDS = {
    "withdrawal",
    "deposit",
    "transfer",
    "opening balance",
    "reconciliation",
    "asset account",
    "expense account",
    "revenue account",
    "initial balance account",
}


def _is_another(head: tuple[str, ...]) -> bool:
    return not has(head, NEEDED) and any(other <= set(head) for other in _OTHERS)


class Firefly:
    """“user_id, group_id, journal_id …”: whatever its version, told by the columns that all have."""

    key = "firefly"
    title = "Firefly III"

    def knows(self, source: Source) -> bool:
        head = headings_of(source)
        known = has(head, NEEDED) or _is_another(head) or {"user_id", "group_id", "journal_id"} <= set(head)
        if all(word in source.head_text[:600] for word in ("journal_id", "source_type", "destination_type")):
            return True
        return known or (len(head) > 20 and len(_WORDS & set(head)) > 1)

    def read(self, source: Source, how: How) -> Found:
        if _is_another(headings_of(source)):
            raise Refused(_("This is another table of the export of Firefly III. Choose its transactions."))
        book = Book(how)
        lines = list(lines_of(source, how, book, tuple(sorted(NEEDED))))
        journals = Journals(book, lines)
        journals.take()
        for column, sentence in (
            ("budget", _("Budgets were not carried over; transactions that named one: %(count)s.")),
            ("bill", _("Bills were not carried over; transactions that named one: %(count)s.")),
        ):
            for line in lines:
                if line[column]:
                    book.count(sentence, line.number)
        return book.found(self.key)


FORMAT = Firefly()
