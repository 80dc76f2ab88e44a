"""Reading a search: what is not understood is told and left out, the rest still holds."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import Final

from django.utils.translation import gettext as _

from ledger.calc.terms.operators import OPERATORS, SAME_AS
from ledger.calc.terms.parts import Search, Term, Text
from ledger.calc.terms.values import Asked, Reader, Unreadable
from ledger.calc.typed import PHRASE, Problem, Span, phrase_of, plain_line

# Room for what a report leaves over: the list behind “Other” names each of its categories.
LONGEST: Final = 2000
MOST_TERMS: Final = 100
_BARE: Final = r'[^\s"]+'
_TERM: Final = re.compile(
    rf"(?P<minus>-(?=\S))?(?:"
    rf"(?P<amount>amount|amt)\s*(?P<compared>:?[<>]=?|=)\s*(?P<figures>{PHRASE}|{_BARE})"
    rf"|(?P<name>[^\W\d_]+)(?P<sign>:)(?!//)(?P<value>{PHRASE}|{_BARE})?"
    rf"|(?P<phrase>{PHRASE})|(?P<word>{_BARE}))",
    re.IGNORECASE,
)


def read_search(text: str, *, today: date, locale: str) -> Search:
    """All that the text asks for; nothing is ever raised."""
    if len(text) > LONGEST:
        sentence = _("This search is too long. Keep it to %(number)s characters.") % {"number": LONGEST}
        return Search(problems=(Problem((LONGEST, len(text)), sentence),), line=text)
    reader = Reader(today, locale)
    terms: list[Term] = []
    problems: list[Problem] = []
    for found in _TERM.finditer(plain_line(text)):
        read = _read(found, text, reader)
        if isinstance(read, Problem):
            problems.append(read)
        elif read and len(terms) < MOST_TERMS:
            terms.append(read)
        elif read:
            sentence = _("A search has %(number)s terms at most. Those from here on are left out.")
            problems.append(Problem((found.start(), len(text)), sentence % {"number": MOST_TERMS}))
            break
    return Search(tuple(terms), tuple(problems), text)


def _read(found: re.Match[str], text: str, reader: Reader) -> Term | Problem | None:
    negated = found["minus"] is not None
    if found["amount"] or found["name"]:
        return _read_operator(found, text, reader, negated=negated)
    part = "phrase" if found["phrase"] else "word"
    words = phrase_of(text[slice(*found.span(part))])
    value = Text(words, part == "phrase", None if part == "phrase" else reader.number(found[part]))
    if value.words:
        return Term("text", value, negated, found.span())
    if not words or all(char in "-–—,.;:/&+*|'" for char in words):
        return None
    return Problem(found.span(), _("“%(text)s” has neither letters nor figures to look for.") % {"text": words[:30]})


def _read_operator(found: re.Match[str], text: str, reader: Reader, *, negated: bool) -> Term | Problem:
    typed = (found["amount"] or found["name"]).casefold()
    name = "amount" if found["amount"] else SAME_AS.get(typed, typed)
    operator = OPERATORS.get(name)
    part = "figures" if found["amount"] else "value"
    value = found[part] or ""
    if operator is None:
        return _unknown(found.span(), typed, text[slice(*found.span(part))] if value else "", negated=negated)
    is_phrase = value.startswith('"')
    kept = phrase_of(text[slice(*found.span(part))]) if value else ""
    plain = plain_line(kept) if is_phrase else value
    asked = Asked(operator, found["compared"] or found["sign"], kept, plain, is_phrase)
    try:
        return Term(name, reader.value(asked), negated, found.span())
    except Unreadable as error:
        sign = "-" if negated else ""
        close = tuple(f"{sign}{name}:{candidate}" for candidate in error.candidates)
        return Problem(found.span(), str(error), close)


def _unknown(span: Span, typed: str, value: str, *, negated: bool) -> Problem:
    """With the nearest operator in its place, or else the same as plain text."""
    sign = "-" if negated else ""
    close = [SAME_AS.get(name, name) for name in get_close_matches(typed, [*OPERATORS, *SAME_AS], 1)]
    candidates = tuple(f"{sign}{name}:{value}" for name in close)
    sentence = _("There is no search word “%(name)s:”. Text with a colon goes in quotes.") % {"name": typed[:30]}
    return Problem(span, sentence, candidates)
