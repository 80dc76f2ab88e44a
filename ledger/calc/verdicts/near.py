"""Rows that an account may know though nothing says so beyond doubt: by amount, day and words, likeliest first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ledger.calc.verdicts.values import WINDOW, Because, Face, Fact, Match, Row, Span, Verdict, days_between
from ledger.calc.verdicts.wording import Alike, Words, most_alike

# Days between typing something and what the bank says; between two files of one bank; until a payment is booked.
TYPED_DAYS: Final = 4
NEAR_DAYS: Final = 3
BOOKED_DAYS: Final = 10
# What is paid in the end may differ from what was reserved by so many hundredths: tips, fuel, hotels.
TIP_PERCENT: Final = 25
# So many rows of one amount are compared with each other on either side, the nearest.
MOST_ALIKE: Final = 24
# Amounts in whole fives are met by accident.
_ROUND: Final = 500


class Pairing(NamedTuple):
    """A row and a fact that may be one: the lower the rank, the likelier."""

    rank: tuple[int, int, int, int]
    row: Row
    match: Match
    alike: Alike


class _Places:
    """Facts of one amount by their days, each of their faces for itself."""

    def __init__(self, facts: Sequence[Fact], left: Sequence[int]) -> None:
        self.by_amount: dict[int, list[tuple[int, int, Face]]] = defaultdict(list)
        for place in left:
            for face in facts[place].faces:
                self.by_amount[face.amount].append((face.day, place, face))
        for faces in self.by_amount.values():
            faces.sort(key=lambda each: (each[0], each[1]))

    def around(self, row: Row) -> dict[int, tuple[int, Face]]:
        """The facts of its amount in the days around it, each with its nearest face."""
        faces = self.by_amount.get(row.amount)
        if not faces:
            return {}
        first = bisect_left(faces, row.day - WINDOW, key=lambda each: each[0])
        last = bisect_right(faces, row.day + WINDOW, key=lambda each: each[0])
        if last - first > 2 * MOST_ALIKE:
            middle = bisect_left(faces, row.day, first, last, key=lambda each: each[0])
            first, last = max(first, middle - MOST_ALIKE), min(last, middle + MOST_ALIKE)
        found: dict[int, tuple[int, Face]] = {}
        for _day, place, face in faces[first:last]:
            apart = days_between(row, face)
            if place not in found or abs(apart) < abs(found[place][0]):
                found[place] = apart, face
        return found


def plausible(rows: Sequence[Row], facts: Sequence[Fact], left: Sequence[int]) -> tuple[list[Row], list[int]]:
    """Of what is left on both sides that which may belong together by amount and day: only its words are needed."""
    if not left:
        return [], []
    places = _Places(facts, left)
    some: dict[int, Row] = {}
    wanted: set[int] = set()
    for row in rows:
        if found := places.around(row):
            some[row.key] = row
            wanted.update(found)
    for row, place in _reserved(rows, facts, left):
        some[row.key] = row
        wanted.add(place)
    return list(some.values()), sorted(wanted)


def near(
    rows: Sequence[Row],
    facts: Sequence[Fact],
    left: Sequence[int],
    said_by_rows: Mapping[int, Words],
    said_by_facts: Mapping[int, Sequence[Words]],
    span: Span,
) -> dict[int, Match]:
    """A fact goes to one row and a row to one fact: those that fit best first."""
    pairings = list(_pairings(rows, facts, left, said_by_rows, said_by_facts, span))
    matches: dict[int, Match] = {}
    taken: set[int] = set()
    lone = []
    for pairing in sorted(pairings, key=lambda each: (each.rank, each.row.key, each.match.fact)):
        if pairing.row.key in matches or pairing.match.fact in taken:
            continue
        if pairing.match.because == "lone":
            lone.append(pairing)
            continue
        matches[pairing.row.key] = pairing.match
        taken.add(pairing.match.fact)
    return matches | _lone(lone, matches, taken)


def _lone(lone: Sequence[Pairing], matches: Mapping[int, Match], taken: set[int]) -> dict[int, Match]:
    """What was typed in other words: the same where nothing else fits on either side, and asked where it is far."""
    free = [each for each in lone if each.row.key not in matches and each.match.fact not in taken]
    found: dict[int, Match] = {}
    used: set[int] = set()
    for some in ([each for each in free if not each.match.days], free):
        some = [each for each in some if each.row.key not in found and each.match.fact not in used]
        of_rows = Counter(each.row.key for each in some)
        of_facts = Counter(each.match.fact for each in some)
        for each in some:
            if each.row.key in found or each.match.fact in used:
                continue
            is_only = of_rows[each.row.key] == 1 and of_facts[each.match.fact] == 1
            told = not each.match.days or each.row.amount % _ROUND or each.alike == Alike.BLANK
            sure = is_only and bool(told)
            found[each.row.key] = each.match if sure else each.match._replace(verdict="possible", because="near")
            used.add(each.match.fact)
    return found


def _pairings(
    rows: Sequence[Row],
    facts: Sequence[Fact],
    left: Sequence[int],
    said_by_rows: Mapping[int, Words],
    said_by_facts: Mapping[int, Sequence[Words]],
    span: Span,
) -> Iterator[Pairing]:
    places = _Places(facts, left)
    for row in rows:
        for place, (days, face) in places.around(row).items():
            level = most_alike(said_by_rows.get(row.key, Words()), said_by_facts.get(place, ()))
            found = _judged(row, facts[place], face, days, level, span)
            if found:
                yield _ranked(row, place, days, level, *found)
    for row, place in _reserved(rows, facts, left):
        face = _latest(facts[place])
        level = most_alike(said_by_rows.get(row.key, Words()), said_by_facts.get(place, ()))
        if level >= Alike.MUCH:
            yield _ranked(row, place, days_between(row, face), level, "possible", "tip", row.amount - face.amount)


_RANKS: Final[dict[Verdict, int]] = {"here": 0, "thrown": 1, "posted": 1, "typed": 1, "possible": 3}


def _ranked(
    row: Row, place: int, days: int, level: Alike, verdict: Verdict, because: Because, more: int = 0
) -> Pairing:
    rank = (_RANKS[verdict] + (because in ("lone", "tip")), abs(days), -level, int(days < 0))
    return Pairing(rank, row, Match(verdict, because, place, days, more), level)


def _judged(row: Row, fact: Fact, face: Face, days: int, level: Alike, span: Span) -> tuple[Verdict, Because] | None:
    if fact.is_out:
        return _thrown(row, fact, face, days, level, span)
    if fact.is_pending and not row.is_pending and not fact.is_locked and (found := _booked(days, level)):
        return found
    if fact.is_typed:
        return _typed(fact, days, level)
    return _from_bank(row, fact, face, days, level, span)


def _thrown(row: Row, fact: Fact, face: Face, days: int, level: Alike, span: Span) -> tuple[Verdict, Because] | None:
    if level < Alike.MUCH:
        return None
    if fact.is_pending and not row.is_pending and 0 <= days <= BOOKED_DAYS:
        return "possible", "pending_thrown"
    if days:
        return None
    if _may_be_cut(fact, face, span) or _numbered_apart(row, fact):
        return "possible", "near"
    return "thrown", "left" if fact.state == "left" else "words"


def _booked(days: int, level: Alike) -> tuple[Verdict, Because] | None:
    if not -1 <= days <= BOOKED_DAYS or level < Alike.BLANK:
        return None
    return ("posted", "booked") if level >= Alike.MUCH else ("possible", "near")


def _typed(fact: Fact, days: int, level: Alike) -> tuple[Verdict, Because] | None:
    if abs(days) > TYPED_DAYS:
        return None
    if fact.is_locked:
        return ("here", "both") if level >= Alike.SOMEWHAT or not days else ("possible", "near")
    # The side of a transfer has no payee; what its file calls it says little.
    return ("typed", "typed") if level >= Alike.SOMEWHAT else ("typed", "lone")


def _from_bank(row: Row, fact: Fact, face: Face, days: int, level: Alike, span: Span) -> tuple[Verdict, Because] | None:
    """A bank said both. Files of one kind say the same twice in the same words, so other words are other money."""
    if row.is_pending and not fact.is_pending and -BOOKED_DAYS <= days <= 0 and level >= Alike.MUCH:
        return "here", "booked"
    if level < Alike.BLANK:
        return None
    if days:
        is_asked = row.is_pending and fact.is_pending if _is_of_this_kind(fact, span) else level >= Alike.SOMEWHAT
        return ("possible", "near") if abs(days) <= NEAR_DAYS and is_asked else None
    if level < Alike.MUCH or fact.is_beside:
        return "possible", "near"
    if _may_be_cut(fact, face, span) or _numbered_apart(row, fact):
        return "possible", "near"
    return "here", "words"


def _is_of_this_kind(fact: Fact, span: Span) -> bool:
    return bool(span.tongue) and any(face.tongue == span.tongue for face in fact.faces)


def _may_be_cut(fact: Fact, face: Face, span: Span) -> bool:
    """Where a file tells all of a day, what is known of it must stand in it; its first and last it may tell in part."""
    return _is_of_this_kind(fact, span) and not span.is_within(face.day)


def _numbered_apart(row: Row, fact: Fact) -> bool:
    return bool(row.bank_id) and any(face.bank_id and face.bank_id != row.bank_id for face in fact.faces)


def _latest(fact: Fact) -> Face:
    return fact.faces[0]


def _reserved(rows: Sequence[Row], facts: Sequence[Fact], left: Sequence[int]) -> Iterator[tuple[Row, int]]:
    """Money out that was reserved as about as much: looked for by its days, for there are few of them."""
    pending = [place for place in left if facts[place].is_pending and facts[place].state == "kept"]
    waiting = [place for place in pending if not facts[place].is_locked and _latest(facts[place]).amount < 0]
    if not waiting:
        return
    by_day = sorted((row for row in rows if row.amount < 0 and not row.is_pending), key=lambda row: row.day)
    for place in waiting:
        face = _latest(facts[place])
        first = bisect_left(by_day, face.day - 1, key=lambda row: row.day)
        last = bisect_right(by_day, face.day + BOOKED_DAYS, key=lambda row: row.day)
        for row in by_day[first:last]:
            if row.amount != face.amount and 100 * abs(row.amount - face.amount) <= TIP_PERCENT * abs(face.amount):
                yield row, place
