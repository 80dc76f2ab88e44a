"""Rows of the desk as they stand, as little of each as is needed: most are as they were staged, and say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Case, F, Q, TextField, Value, When
from django.db.models.functions import Substr

from ledger.models import Import, ImportedAccount, ImportRow
from ledger.models.many import OneOf
from ledger.queries.imports.comparing import Outcome, unjudged
from ledger.queries.imports.filing import Filed, Unnamed, asked_columns
from ledger.queries.imports.sheets import past_sight

LONGEST_NAME: Final = 120
_UNJUDGED: Final = Q(verdict="new", reason="", deed="add", match=None, other=None, other_row=None)
_UNFILED: Final = Q(payee_name=Substr("payee", 1, LONGEST_NAME), category=None, confidence=0, category_reason="")
_VERDICT: Final = ("verdict", "reason", "match", "other", "other_row", "deed")
_FILING: Final = ("payee_name", "category", "category_reason", "confidence")


class Standing(NamedTuple):
    """What was written with a row so far; rows that stand as they were staged have none."""

    outcome: Outcome
    filed: Filed

    def own_name(self, payee: str) -> str:
        """What a person, or an earlier look, called the payee."""
        return "" if self.filed.payee == payee[:LONGEST_NAME] else self.filed.payee


class Part(NamedTuple):
    """Some thousand rows by their keys; what is known of each, by its place among `kinds`; those that were changed."""

    keys: list[int]
    kinds: list[Unnamed]
    kind_of: list[int]
    changed: dict[int, Standing]


def standing_rows(
    upload: Import, sheet: ImportedAccount, asks: frozenset[str], at_once: int, keys: Sequence[int] | None
) -> Iterator[Part]:
    """Those that no person decided, in the order of the file: these, or all."""
    rows = unjudged(upload, sheet).filter(is_decided=False).order_by("position")
    splits = _splits(sheet)
    columns = ("pk", "position", _sign(_UNJUDGED & _UNFILED), *asked_columns(asks))
    if keys is not None:
        for start in range(0, len(keys), at_once):
            yield _part(list(rows.filter(OneOf("pk", keys[start : start + at_once])).values_list(*columns)), splits)
        return
    after = -1
    while some := list(rows.filter(position__gt=after).values_list(*columns)[:at_once]):
        yield _part(some, splits)
        after = some[-1][1]


def _part(some: Sequence[tuple[Any, ...]], splits: set[int]) -> Part:
    """Rows that say the same share what is known of them."""
    places: dict[tuple[Any, ...], int] = {}
    if splits:
        kind_of = [places.setdefault((*row[3:], row[0] in splits), len(places)) for row in some]
    else:
        kind_of = [places.setdefault(row[3:], len(places)) for row in some]
    changed = _changed([row[0] for row in some if not row[2]])
    return Part([row[0] for row in some], [Unnamed._make(_whole(said)) for said in places], kind_of, changed)


def _whole(said: tuple[Any, ...]) -> tuple[Any, ...]:
    return said if len(said) == len(Unnamed._fields) else (*said, False)


def _changed(keys: Sequence[int]) -> dict[int, Standing]:
    """What was written with these rows since they were staged."""
    if not keys:
        return {}
    rows = past_sight(ImportRow).filter(OneOf("pk", keys)).values_list("pk", *_VERDICT, *_FILING)
    return {row[0]: Standing(Outcome(*row[1:7]), Filed(*row[7:])) for row in rows}


def _splits(sheet: ImportedAccount) -> set[int]:
    """Rows that the file itself splits into parts."""
    rows = past_sight(ImportRow).filter(sheet=sheet, more__isnull=False).values_list("pk", "more")
    return {pk for pk, more in rows if more.get("parts")}


def _sign(condition: Q) -> Case:
    """A letter where it is so: truths and numbers would be made of what the database says, one by one."""
    return Case(When(condition, then=Value("x")), default=Value(""), output_field=TextField())


def payments(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Key, day, amount and the bank's words of these rows."""
    rows = past_sight(ImportRow).filter(OneOf("pk", keys), amount__lt=0).order_by("sheet", "position")
    return list(rows.values_list("pk", "date", "amount", F("description")))
