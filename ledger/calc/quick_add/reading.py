"""Reading a line of quick add, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from ledger.calc.quick_add.accounts import check_sides, read_marked_account, read_sides
from ledger.calc.quick_add.amounts import check_transfer, read_amounts
from ledger.calc.quick_add.days import DayReader
from ledger.calc.quick_add.draft import Draft
from ledger.calc.quick_add.parts import Known, Part, QuickAdd
from ledger.calc.quick_add.rest import by_key, read_marked, read_note, read_rest, words_of_payee
from ledger.calc.quick_add.tokens import cut
from ledger.calc.typed import Problem

LONGEST: Final = 300


def read_quick_add(
    line: str,
    *,
    today: date,
    locale: str,
    base_currency: str,
    accounts: Iterable[Known],
    payees: Iterable[Known] = (),
    categories: Iterable[Known] = (),
) -> QuickAdd:
    """All that the line says; what cannot be understood is told in `problems`, and nothing is ever raised."""
    if len(line) > LONGEST:
        sentence = _("This line is too long. Keep it to %(number)s characters.") % {"number": LONGEST}
        return _refused(line, base_currency, LONGEST, sentence)
    if not cut(line):
        return _refused(line, base_currency, 0, _("Write an amount and who it went to."))
    draft = Draft(line, tuple(accounts))
    days = DayReader(today, locale)
    known_payees, known_categories = by_key(payees), by_key(categories)
    _read_arrow(draft)
    for place in draft.places("account"):
        if draft.left[place]:
            read_marked_account(draft, place)
    read_marked(draft, days, known_payees, known_categories)
    read_sides(draft)
    read_amounts(draft, days, base_currency, locale)
    _read_day(draft, days, known_payees)
    if draft.arrow:
        check_sides(draft)
        check_transfer(draft)
        read_note(draft)
    else:
        read_rest(draft, known_payees, known_categories)
    return _answer(draft, base_currency)


def _refused(line: str, currency: str, start: int, sentence: str) -> QuickAdd:
    return QuickAdd(line=line, currency=Part(currency), problems=(Problem((start, len(line)), sentence),))


def _read_arrow(draft: Draft) -> None:
    arrows = draft.places("arrow")
    for number, place in enumerate(arrows):
        spans = draft.take([place])
        if number:
            draft.refuse(spans, _("Write one > for one transfer."))
        else:
            draft.arrow = spans[0]


def _read_day(draft: Draft, days: DayReader, payees: dict[str, Known]) -> None:
    """The words of a payee one knows are no day: somebody may be called Friday."""
    kept = words_of_payee(draft, payees)
    words = [
        token if token and token.kind == "word" and place not in kept else None
        for place, token in enumerate(draft.left)
    ]
    found = None if "day" in draft.said else days.find(words)
    if found is None:
        return
    spans = draft.take(range(found.first, found.end))
    if found.day:
        draft.say("day", found.day, spans)
    else:
        draft.refuse(spans, found.sentence)


def _answer(draft: Draft, base_currency: str) -> QuickAdd:
    said = {name: part for name, part in draft.said.items() if name != "currency"}
    return QuickAdd(
        line=draft.line,
        currency=draft.said.get("currency", Part(base_currency)),
        tags=tuple(draft.tags.values()),
        arrow=draft.arrow,
        problems=tuple(sorted(draft.problems, key=lambda problem: problem.span)),
        **said,
    )
