"""Movements of Firefly III as rows: money leaves the source and comes to the destination, whatever its sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ledger.importing.amounts import known_currency, minor_units
from ledger.importing.apps.account_kinds import kind_of
from ledger.importing.apps.books import Book
from ledger.importing.apps.journal_text import day_of
from ledger.importing.apps.tables import Line, tags_in
from ledger.importing.found import FoundPart, FoundRow

NEEDED = {
    "group_id",
    "journal_id",
    "type",
    "amount",
    "currency_code",
    "foreign_amount",
    "foreign_currency_code",
    "description",
    "date",
    "source_name",
    "source_type",
    "destination_name",
    "destination_type",
    "category",
    "tags",
    "notes",
}
_OWN = {
    "asset account": "",
    "default account": "",
    "loan": "loan",
    "debt": "loan",
    "mortgage": "loan",
    "liability": "loan",
    "liabilities": "loan",
}
_OPENING = {"opening balance", "liability credit"}
_SIDES = ("source", "destination")
_REFERENCES = ("internal_reference", "sepa_ct_id")


@dataclass(slots=True)
class Move:
    """One row of the table, with its amounts read."""

    line: Line
    amount: int
    currency: str
    foreign: int | None
    foreign_currency: str
    # Which of its two sides are accounts of one's own.
    own: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.line["type"].lower()


@dataclass(slots=True)
class Journals:
    """All rows of the table; those of one group and account are parts of one split."""

    book: Book
    lines: list[Line]
    # In which currency each account is kept, as far as rows tell that name its amount first.
    kept_in: dict[str, str] = field(default_factory=dict)

    def take(self) -> None:
        moves = [move for line in self.lines if (move := self._move(line)) is not None]
        for move in moves:
            self.kept_in.setdefault(move.line[f"{move.own[0]}_name"], move.currency)
        for group in _groups(moves):
            mixed = len(group) > 1 and any(
                len({self._seen_from(move, side)[1] for move in group}) > 1 for side in _SIDES
            )
            for told in [[move] for move in group] if mixed else [group]:
                self._tell(told)

    def _move(self, line: Line) -> Move | None:
        try:
            currency, foreign = known_currency(line["currency_code"]), known_currency(line["foreign_currency_code"])
            if not currency:
                raise ValueError(_("“%(text)s” is no currency.") % {"text": line["currency_code"][:20]})
            day_of(line["date"][:10])
            if line["book_date"]:
                day_of(line["book_date"][:10])
            amount = abs(minor_units(line["amount"], currency))
            other = abs(minor_units(line["foreign_amount"], foreign)) if foreign and line["foreign_amount"] else None
            own = tuple(side for side in _SIDES if line[f"{side}_type"].lower() in _OWN and line[f"{side}_name"])
            if not own:
                raise ValueError(_("Neither side of this is an account of one's own."))
            return Move(line, amount, currency, other, foreign, own)
        except ValueError as problem:
            name = line["source_name"] if line["source_type"].lower() in _OWN else line["destination_name"]
            self.book.unread(line.number, line.original, str(problem), account=name)
            return None

    def _tell(self, moves: list[Move]) -> None:
        first = moves[0]
        own = first.own
        key = f"{first.line['journal_id']}-{first.line.number}" if len(own) == 2 else ""
        for side in own:
            name = first.line[f"{side}_name"]
            row = self._row(moves, side, key)
            kind = _OWN[first.line[f"{side}_type"].lower()] or kind_of(name)
            self.book.account(name, row.currency, kind=kind)
            if first.kind in _OPENING and len(own) == 1:
                self.book.start(name, row)
            else:
                self.book.add(name, row)

    def _row(self, moves: list[Move], side: str, key: str) -> FoundRow:
        line = moves[0].line
        other = "destination" if side == "source" else "source"
        sides = [self._seen_from(move, side) for move in moves]
        currency = sides[0][1]
        others = list(dict.fromkeys(move.line[f"{other}_name"] for move in moves))
        row = FoundRow(
            line=line.number,
            original="\n".join(move.line.original for move in moves),
            date=day_of(line["date"][:10]),
            amount=sum(amount for amount, _c, _o, _oc in sides),
            currency=currency,
            payee="" if key or line[f"{other}_type"].lower() not in _PEOPLE else others[0],
            description=line["description"] if len(moves) == 1 else line["group_title"] or line["description"],
            reference=next((line[name] for name in _REFERENCES if line[name]), ""),
            bank_id=line["external_id"],
            notes="\n".join(dict.fromkeys(move.line["notes"] for move in moves if move.line["notes"])),
            tags=tuple(dict.fromkeys(tag for move in moves for tag in tags_in(move.line["tags"]))),
            transfer=others[0] if key else "",
            transfer_key=key,
        )
        if booked := line["book_date"][:10]:
            row.posted_on = day_of(booked)
        if len(moves) > 1 and not key:
            row.parts = tuple(
                FoundPart(amount, move.line["category"], move.line["description"])
                for move, (amount, _c, _o, _oc) in zip(moves, sides, strict=True)
            )
        elif len(moves) == 1:
            row.category = line["category"]
            _amount, _currency, row.original_amount, row.original_currency = sides[0]
        return row

    def _seen_from(self, move: Move, side: str) -> tuple[int, str, int | None, str]:
        """The amount and currency in the account on that side, and what it was originally."""
        sign = -1 if side == "source" else 1
        if side == "destination" and "source" in move.own and move.foreign is not None:
            kept = self.kept_in.get(move.line["destination_name"], move.foreign_currency)
            if kept == move.foreign_currency:
                return sign * move.foreign, move.foreign_currency, sign * move.amount, move.currency
        foreign = None if move.foreign is None else sign * move.foreign
        return sign * move.amount, move.currency, foreign, move.foreign_currency if foreign is not None else ""


_PEOPLE = {"expense account", "revenue account", "beneficiary account"}


def _groups(moves: list[Move]) -> Iterator[list[Move]]:
    """Rows of one group that move the same accounts on one day, in the order of the first."""
    found: dict[tuple[str, ...], list[Move]] = {}
    for move in moves:
        line = move.line
        own = [line[f"{side}_name"] if side in move.own else "" for side in _SIDES]
        key = (line["group_id"] or f"#{line.number}", move.kind, line["date"][:10], move.currency, *own)
        found.setdefault(key, []).append(move)
    return iter(found.values())
