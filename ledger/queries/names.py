"""The names that somebody may write in a line of quick add: payees by all their spellings, and categories."""

from __future__ import annotations

from dataclasses import dataclass

from financeflow.events.remembering import remember
from financeflow.households.models import Household, User
from ledger.calc.quick_add import Known
from ledger.calc.words import name_key
from ledger.models import Payee, PayeeAlias
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
    rows = remember("names_to_write", household_id=household.pk, build=_rows, viewer=viewer.pk)
    return Names(*([Known(*row) for row in some] for some in rows))


def _rows() -> tuple[list[Row], list[Row]]:
    """Plain tuples, which a cache keeps and gives back fastest."""
    below_groups = sorted(categories().filter(archived_at=None), key=lambda each: each.parent_id is None)
    return _payees(), [(each.pk, each.name, name_key(each.name)) for each in below_groups]


def _payees() -> list[Row]:
    """By name first, then by other spellings; each leads to the payee's own name."""
    latest = Payee.objects.filter(trashed_at=None).order_by("-pk")
    found = list(latest.values_list("pk", "name", "key")[:MOST_PAYEES])
    spelled = PayeeAlias.objects.filter(payee__trashed_at=None).order_by("-pk")
    rows = spelled.values_list("payee_id", "payee__name", "key")[:MOST_PAYEES]
    return [*found, *rows]
