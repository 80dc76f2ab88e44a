"""What a line names by its mark, and what is left when all else is taken: payee, category, note."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from financeflow.web.days import DayError, read_day
from ledger.calc.quick_add.accounts import MOST_CANDIDATES
from ledger.calc.quick_add.days import DayReader
from ledger.calc.quick_add.draft import Draft
from ledger.calc.quick_add.names import at_an_end, called, longest_run
from ledger.calc.quick_add.parts import Known, Part
from ledger.calc.typed import Span
from ledger.calc.words import name_key

LONGEST_PAYEE: Final = 120
LONGEST_TAG: Final = 40


def by_key(known: Iterable[Known]) -> dict[str, Known]:
    return {each.key: each for each in reversed(tuple(known))}


def read_marked(draft: Draft, days: DayReader, payees: dict[str, Known], categories: dict[str, Known]) -> None:
    """#tag, and on:, payee:, category: and note: with what follows."""
    for place in draft.places("tag", "on", "payee", "category", "note"):
        token = draft.left[place]
        assert token is not None
        spans = draft.take([place])
        if not token.text:
            continue
        if token.kind == "tag":
            _read_tag(draft, token.text, spans)
        elif token.kind == "on":
            _read_on(draft, token.text, spans, days)
        elif token.kind == "category":
            _read_category(draft, token.text, spans, categories)
        elif token.kind == "payee":
            draft.say("payee", _payee(token.text, payees), spans)
        else:
            draft.say("note", token.text, spans)


def _read_tag(draft: Draft, text: str, spans: tuple[Span, ...]) -> None:
    name = text.rstrip(",;.") or text
    if len(name) > LONGEST_TAG:
        draft.refuse(spans, _("Keep a tag to %(number)s characters.") % {"number": LONGEST_TAG})
    else:
        before = draft.tags.get(name_key(name))
        draft.tags[name_key(name)] = Part(before.value if before else name, (*(before.spans if before else ()), *spans))


def _read_on(draft: Draft, text: str, spans: tuple[Span, ...], days: DayReader) -> None:
    try:
        draft.say("day", read_day(text, today=days.today, locale=days.locale), spans)
    except DayError as error:
        draft.refuse(spans, str(error))


def _read_category(draft: Draft, text: str, spans: tuple[Span, ...], categories: dict[str, Known]) -> None:
    found = called(text, tuple(categories.values()))
    if len(found) == 1:
        draft.say("category", found[0], spans)
    elif found:
        names = tuple(each.name for each in found[:MOST_CANDIDATES])
        draft.refuse(spans, _("“%(text)s” could be more than one category.") % {"text": text}, names)
    else:
        draft.refuse(spans, _("No category is called “%(text)s”.") % {"text": text})


def _payee(text: str, payees: dict[str, Known]) -> Known:
    key = name_key(text)
    return payees.get(key) or Known(None, text, key)


def words_of_payee(draft: Draft, payees: dict[str, Known]) -> set[int]:
    """The places of the words that are a known payee's name."""
    places = draft.places("word")
    found = longest_run([draft.text(place) for place in places], payees)
    return set(places[found[0] : found[1]]) if found else set()


def read_rest(draft: Draft, payees: dict[str, Known], categories: dict[str, Known]) -> None:
    """A phrase is a payee, known or new; so are known names; of what is left then, nothing or all is a new payee."""
    phrases = [place for place in draft.places("phrase") if draft.text(place)]
    if phrases and "payee" not in draft.said:
        text = draft.words_at(phrases)
        draft.say("payee", _payee(text, payees), draft.take(phrases))
    _drop_stops(draft)
    if "payee" not in draft.said:
        _read_known(draft, "payee", longest_run(_words(draft), payees))
    if "category" not in draft.said:
        _read_known(draft, "category", at_an_end(_words(draft), categories))
    if "payee" in draft.said:
        read_note(draft)
    elif places := draft.places("word"):
        text = draft.words_at(places)
        draft.say("payee", _payee(text, payees), draft.take(places))
    if len(getattr(draft.value("payee"), "name", "")) > LONGEST_PAYEE:
        sentence = _("Keep the payee to %(number)s characters.") % {"number": LONGEST_PAYEE}
        draft.refuse(draft.said["payee"].spans, sentence)


def read_note(draft: Draft) -> None:
    """What is left over when it is known who was paid."""
    _drop_stops(draft)
    places = [place for place in draft.places("word", "phrase") if draft.text(place)]
    if places:
        before = draft.said.pop("note", Part("", ()))
        text = f"{draft.words_at(places)} {before.value}".strip()
        draft.say("note", text, tuple(sorted((*draft.take(places), *before.spans))))


def _words(draft: Draft) -> list[str]:
    return [draft.text(place) for place in draft.places("word")]


def _read_known(draft: Draft, part: str, found: tuple[int, int, Known] | None) -> None:
    if found:
        first, end, known = found
        draft.say(part, known, draft.take(draft.places("word")[first:end]))


def _drop_stops(draft: Draft) -> None:
    """Commas and dashes that stand alone say nothing."""
    stops = [
        place
        for place in draft.places("word")
        if all(unicodedata.category(char).startswith("P") for char in draft.text(place))
    ]
    draft.take(stops)
