"""Entries of double entry as rows of accounts: each entry is told by every account of one's own that it moves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger.importing.apps.account_kinds import kind_on
from ledger.importing.apps.books import Book, within
from ledger.importing.apps.chart_of_accounts import (
    EXPENSE,
    INCOME,
    OWN,
    UNKNOWN,
    Chart,
    below_root,
    category_names,
    shown_names,
)
from ledger.importing.apps.entries import Entry, Posting
from ledger.importing.apps.flows import Flow, Settled, flows_of
from ledger.importing.found import Found, FoundRow
from ledger.importing.how import How

MOST_POSTINGS = 300


class Unbalanced(ValueError):
    """Why an entry does not add up, in a sentence for a person."""


def book_of(entries: list[Entry], chart: Chart, book: Book, how: How, key: str) -> Found:
    """All rows of all entries, in the order in which they stand there."""
    sound = _completed(entries, chart, book)
    _open_accounts(sound, chart, book)
    sides = {posting.account: chart.side_of(posting.account) for entry in sound for posting in entry.postings}
    filed = {account: side for account, side in sides.items() if side in (INCOME, EXPENSE)}
    names = category_names(filed, _("%(name)s (income)"))
    for account, side in filed.items():
        book.category(names[account], is_income=side == INCOME)
    teller = Teller(chart, book, names)
    for number, entry in enumerate(sound):
        if number % 5000 == 0:
            how.step(number, len(sound))
        teller.tell(entry)
    return book.found(key)


def _completed(entries: list[Entry], chart: Chart, book: Book) -> list[Entry]:
    """The entries that add up, with the amounts that were left out; the others are told."""
    sound = []
    for entry in entries:
        try:
            entry.postings = completed(entry.postings)
            if len(entry.postings) > MOST_POSTINGS:
                raise Unbalanced(_("This entry moves more accounts than can be told apart."))
            sound.append(entry)
        except ValueError as problem:
            first = next((each.account for each in entry.postings if chart.side_of(each.account) in OWN), "")
            book.unread(entry.line, entry.original, str(problem), account=first)
    return sound


def _open_accounts(entries: list[Entry], chart: Chart, book: Book) -> None:
    """Each account of one's own that money moves in, shown by a short name."""
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        for each in entry.postings:
            if each.currency:
                seen.setdefault((each.account, each.currency), entry.line)
    own = {(account, currency): line for (account, currency), line in seen.items() if chart.side_of(account) in OWN}
    accounts = list(dict.fromkeys(account for account, _currency in own))
    shown = shown_names(accounts)
    several = {account for account in accounts if sum(1 for name, _currency in own if name == account) > 1}
    for (account, currency), line in own.items():
        side = chart.side_of(account)
        name = f"{shown[account]} {currency}" if account in several else shown[account]
        book.account(account, currency, name=name, kind=kind_on(side, " ".join(below_root(account))))
        if side == UNKNOWN:
            root = account.partition(":")[0]
            book.count(
                _("“%(root)s” is neither assets, liabilities, income, expenses nor equity; taken for accounts.")
                % {"root": root.replace("%", "%%")},
                line,
            )


@dataclass(slots=True)
class Teller:
    """Tells entries as rows, each with its categories and the other side of a transfer."""

    chart: Chart
    book: Book
    names: dict[str, str]

    def tell(self, entry: Entry) -> None:
        own: list[Posting] = []
        rest: list[Posting] = []
        for posting in entry.postings:
            (own if posting.currency and self.chart.side_of(posting.account) in OWN else rest).append(posting)
        if not own:
            sentence = _("Entries that move no money in an account were not carried over: %(count)s.")
            self.book.count(sentence, entry.line)
        elif rest and all(self.chart.is_opening(each.account) for each in rest):
            for each in own:
                self.book.start(each.account, self._row(entry, Flow(each, each.amount, ()), ""))
        else:
            self._rows(entry, own, rest)

    def _rows(self, entry: Entry, own: list[Posting], rest: list[Posting]) -> None:
        settled = [Settled(each, self.names.get(each.account, "")) for each in rest]
        flows = flows_of(own, settled)
        if len(flows) > len(own):
            self.book.count(
                _("Entries between several accounts that are told as more than one row of an account: %(count)s."),
                entry.line,
            )
        for flow in flows:
            key = f"{entry.line}-{flow.pair}" if flow.pair else ""
            self.book.add(flow.posting.account, self._row(entry, flow, key))
        for each in rest:
            if not each.currency:
                self.book.count(_("Movements of what is not money were not carried over: %(count)s."), each.line)

    def _row(self, entry: Entry, flow: Flow, key: str) -> FoundRow:
        posting = flow.posting
        notes = [*entry.notes, posting.memo, *flow.notes] if posting.memo or flow.notes else entry.notes
        single = flow.parts[0] if len(flow.parts) == 1 else None
        return FoundRow(
            line=entry.line,
            original=entry.original,
            date=entry.date,
            amount=flow.amount,
            currency=posting.currency,
            payee=entry.payee,
            description=entry.description,
            reference=entry.reference,
            posted_on=posting.posted_on or entry.posted_on,
            is_pending=entry.is_pending,
            original_amount=flow.original_amount,
            original_currency=flow.original_currency,
            notes="\n".join(note for note in notes if note),
            category=single.category if single else "",
            tags=entry.tags,
            parts=() if single else flow.parts,
            transfer=flow.other.account if flow.other else "",
            transfer_key=key,
        )


def completed(postings: list[Posting]) -> list[Posting]:
    """The postings with the amount that was left out, if one was; raises where they do not add up."""
    missing = [each for each in postings if each.is_missing]
    if len(missing) > 1:
        raise Unbalanced(_("More than one amount is left out here. Write all but one."))
    left = _left(postings)
    if not missing:
        _check(postings, left)
        return postings
    gap = missing[0]
    if any(not each.currency and each.worth is None and not each.is_missing for each in postings):
        raise Unbalanced(_("The amount that is left out cannot be worked out: another one has no price in money."))
    filled = [
        Posting(gap.account, gap.line, within(-amount), currency, memo=gap.memo, posted_on=gap.posted_on)
        for currency, amount in left.items()
        if amount
    ]
    return [each for each in postings if not each.is_missing] + filled


def _left(postings: list[Posting]) -> dict[str, int]:
    """What is left over in each currency."""
    left: dict[str, int] = {}
    for each in postings:
        if each.is_missing:
            continue
        if each.worth is not None:
            left[each.worth_currency] = left.get(each.worth_currency, 0) + each.worth
        elif each.currency:
            left[each.currency] = left.get(each.currency, 0) + each.amount
    return left


def _check(postings: list[Posting], left: dict[str, int]) -> None:
    """In one currency nothing may be left over, but for what prices were rounded by; two are each other's price."""
    if any(not each.currency and each.worth is None for each in postings):
        return
    is_priced = any(each.worth is not None for each in postings)
    off = [amount for amount in left.values() if abs(amount) > (len(postings) if is_priced else 0)]
    if len(off) == 1:
        raise Unbalanced(_("The amounts of this entry do not add up to zero."))
