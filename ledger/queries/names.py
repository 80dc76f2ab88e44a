"""The names that somebody may write in a line of quick add: payees by all their spellings, and categories."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.db.models import QuerySet

from financeflow.events.remembering import remember
from financeflow.households.models import Household, User
from financeflow.tenancy.prepared import Prepared
from ledger.calc.quick_add import Known
from ledger.calc.words import name_key
from ledger.models import Payee, PayeeAlias
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.categories import categories

# The youngest of so many; whoever has more writes the older ones out, and they are found by name when saved.
MOST_PAYEES = 5000
Row = tuple[int, str, str]


@dataclass(frozen=True)
class Names:
    """Everybody and everything that can be named, in the order in which they count."""

    payees: list[Known]
    categories: list[Known]


def names_known(household: Household, viewer: User) -> Names:
    """As this member sees them; looked up once until the household's next change."""
    kept: dict[str, Any] = {"household_id": household.pk, "version": household.version, "viewer": viewer.pk}
    rows = remember("names_to_write", build=_rows, **kept)
    return Names(*([*starmap(Known, some)] for some in rows))


def _rows() -> tuple[list[Row], list[Row]]:
    """Plain tuples, which a cache keeps and gives back fastest."""
    below_groups = sorted(CATEGORIES.rows(), key=lambda row: row[2] is None)
    return _payees(), [(key, name, name_key(name)) for key, name, _parent in below_groups]


def _payees() -> list[Row]:
    """By name first, then by other spellings; each leads to the payee's own name."""
    return [*map(tuple, PAYEES.rows()), *map(tuple, SPELLINGS.rows())]


def _latest() -> QuerySet[Payee, Any]:
    latest = Payee.objects.filter(trashed_at=None).order_by("-pk")
    return latest.values_list("pk", "name", "key")[:MOST_PAYEES]


def _spellings() -> QuerySet[PayeeAlias, Any]:
    spelled = PayeeAlias.objects.filter(payee__trashed_at=None).order_by("-pk")
    return spelled.values_list("payee_id", "payee__name", "key")[:MOST_PAYEES]


CATEGORIES = Prepared(lambda: categories().filter(archived_at=None).values_list("pk", "name", "parent_id"))
PAYEES, SPELLINGS = Prepared(_latest, OUT_OF_SIGHT), Prepared(_spellings, OUT_OF_SIGHT)
