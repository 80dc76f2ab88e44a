"""Rows that an account knows beyond doubt: by the bank's own number, or because they say the very same."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

from ledger.calc.verdicts.values import Because, Face, Fact, Match, Row, Span, days_between

# A bank's number is believed that far: some count anew with each file.
FAR: Final = 10
_SHORT: Final = 4
Places = dict[Hashable, deque[int]]


class Exact:
    """Goes through the tiers one after another: each fact is taken by one row, and the next tier gets what is left."""

    def __init__(self, rows: Sequence[Row], facts: Sequence[Fact], span: Span, numbered: int = 0) -> None:
        self.facts, self.span, self.numbered = facts, span, numbered
        self.matches: dict[int, Match] = {}
        self.taken: set[int] = set()
        self.left: Sequence[Row] = rows
        # Kept ones first: of two that say the same, it is the one thrown away that is looked for last.
        self.order = sorted(range(len(facts)), key=lambda place: facts[place].is_out)
        self.prints = self._by(lambda face: face.print)
        self.ids_here = Counter(row.bank_id for row in rows if row.bank_id)

    def run(self) -> None:
        if not self.facts:
            return
        if self.ids_here:
            same, other = self._ids_of_equals()
            same += self.numbered
            self._by_print_and_id()
            if same >= other:
                self._by_id()
            self._by_print(are_steady=same > 0 and same >= other)
        else:
            self._by_print(are_steady=False)

    def _by(self, name: Callable[[Face], Hashable]) -> Places:
        found: Places = defaultdict(deque)
        for place in self.order:
            for face in self.facts[place].faces:
                if key := name(face):
                    found[key].append(place)
        return found

    def _next(self, places: deque[int] | None) -> int | None:
        """The first that is free; those before it never will be again."""
        while places:
            if places[0] not in self.taken:
                return places[0]
            places.popleft()
        return None

    def _take(self, row: Row, place: int, because: Because, days: int = 0, more: int = 0) -> None:
        self.taken.add(place)
        self.matches[row.key] = told(row, self.facts[place], place, because, days=days, more=more)

    def _ids_of_equals(self) -> tuple[int, int]:
        """Of rows that say the same as a fact: how many have the bank's number in common, and how many have another."""
        ids: dict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            for face in fact.faces:
                if face.print and face.bank_id:
                    ids[face.print].add(face.bank_id)
        known = [(row.bank_id, ids[row.print]) for row in self.left if row.bank_id and row.print in ids]
        same = sum(bank_id in theirs for bank_id, theirs in known)
        return same, len(known) - same

    def _by_print_and_id(self) -> None:
        both = self._by(lambda face: (face.print, face.bank_id) if face.print and face.bank_id else None)
        self._pair(both, lambda row: (row.print, row.bank_id))

    def _pair(self, places: Places, name: Callable[[Row], Hashable]) -> None:
        left = []
        for row in self.left:
            place = self._next(places.get(name(row)))
            if place is None:
                left.append(row)
            else:
                self._take(row, place, "print")
        self.left = left

    def _by_id(self) -> None:
        """The same number within the account: of the same amount first, then of another."""
        numbered = self._by(lambda face: face.bank_id)
        for same_amount in (True, False):
            left = []
            for row in self.left:
                found = self._numbered(row, numbered.get(row.bank_id, ()), same_amount) if row.bank_id else None
                if found is None:
                    left.append(row)
                    continue
                place, face, days = found
                self._take(row, place, self._because(row, place, same_amount), days, row.amount - face.amount)
            self.left = left

    def _because(self, row: Row, place: int, same_amount: bool) -> Because:
        fact = self.facts[place]
        if same_amount:
            return "number"
        was_pending = fact.state == "kept" and fact.is_pending and not fact.is_locked
        return "booked" if was_pending and not row.is_pending else "renumbered"

    def _numbered(self, row: Row, places: Iterable[int], same_amount: bool) -> tuple[int, Face, int] | None:
        if self.ids_here[row.bank_id] > 1:
            return None
        for place in places:
            if place in self.taken or (self.facts[place].is_out and not same_amount):
                continue
            for face in self.facts[place].faces:
                if face.bank_id != row.bank_id or (face.amount == row.amount) is not same_amount:
                    continue
                days = days_between(row, face)
                if abs(days) <= (0 if is_weak(row.bank_id) else FAR) and (same_amount or face.amount * row.amount > 0):
                    return place, face, days
        return None

    def _by_print(self, *, are_steady: bool) -> None:
        """As many as are known are the same. Another number makes two of them only where the file may be cut."""
        left = []
        for row in self.left:
            place = self._next(self.prints.get(row.print)) if row.print else None
            if place is None:
                left.append(row)
            else:
                self._take(row, place, "twin" if self._may_be_a_twin(row, place, are_steady) else "print")
        self.left = left

    def _may_be_a_twin(self, row: Row, place: int, are_steady: bool) -> bool:
        fact = self.facts[place]
        if fact.is_out or self.span.is_within(row.day):
            return False
        ids = {face.bank_id for face in fact.faces if face.bank_id}
        if fact.is_beside:
            return True
        return are_steady and bool(ids) and bool(row.bank_id) and row.bank_id not in ids


def is_weak(bank_id: str) -> bool:
    """Too short to be the only one of its kind: a count within one file."""
    return len(bank_id.lstrip("0")) <= _SHORT


def told(row: Row, fact: Fact, place: int, because: Because, *, days: int = 0, more: int = 0) -> Match:
    """The verdict over a row that is this fact, or may be where only a person can know."""
    if fact.is_out:
        return Match("thrown", "left" if fact.state == "left" else because, place, days, more)
    if because in ("twin", "renumbered"):
        return Match("possible", because, place, days, more)
    if fact.state == "kept" and not fact.is_locked:
        if fact.is_pending and not row.is_pending:
            return Match("posted", "booked" if because == "number" else because, place, days, more)
        if fact.is_typed:
            return Match("typed", because, place, days, more)
    return Match("here", because, place, days, more)
