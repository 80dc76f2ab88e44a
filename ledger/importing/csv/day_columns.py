"""The columns of days of one table: each read for itself, and a clear one helps one that is not."""

from __future__ import annotations

from ledger.importing.csv.dates import Days, Evidence, days_of
from ledger.importing.csv.headings import is_foreign
from ledger.importing.csv.mapping import Mapping
from ledger.importing.csv.sorting import Columns
from ledger.importing.csv.survey import Survey
from ledger.importing.how import How

Texts = dict[int, set[str]]


def days_in(
    columns: Columns, survey: Survey, texts: Texts, how: How, mapping: Mapping, is_sheet: bool
) -> tuple[Days, Days | None]:
    places = [place for role in ("date", "posted_on") if isinstance(place := columns.get(role), int)]
    told = Evidence(
        today=how.today,
        locale=how.locale,
        is_foreign=is_foreign(survey.headings),
        texts=[text for row in survey.before for text in row.cells] + _other_texts(survey, places),
        given=mapping.get("date_order", ""),
        is_sheet=is_sheet,
    )
    in_order = {place: [(row[place] if place < len(row) else "") for row in survey.cells] for place in places}
    found = {place: days_of(texts.get(place, set()), in_order[place], told) for place in places}
    _help_each_other(found, in_order, texts, told)
    days = found[places[0]]
    return days, found[places[1]] if len(places) > 1 else None


def _other_texts(survey: Survey, places: list[int]) -> list[str]:
    return [text for row in survey.cells for place, text in enumerate(row) if place not in places and len(text) < 200]


def _help_each_other(found: dict[int, Days], in_order: dict[int, list[str]], texts: Texts, told: Evidence) -> None:
    """A column that is clear settles one beside it that is not."""
    clear = next((place for place, days in found.items() if not days.open), None)
    for place, days in found.items():
        if not days.open:
            continue
        if clear is not None:
            told.beside = [found[clear].read(text) for text in in_order[clear]]
            found[place] = days_of(texts.get(place, set()), in_order[place], told)
            if found[place].open and found[clear].order in (days.order, *days.open):
                found[place].order, found[place].open = found[clear].order, ()
