"""What a list of transactions is asked for by an address or a form: a search, a month, both kept wherever one goes."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from financeflow.web.months import MOST_MONTHS, Month
from ledger.calc.terms import LONGEST, Search, read_search
from ledger.queries.listing import Listing, listing
from ledger.reporting.doors import list_url, query_of

__all__ = ["Asked", "asked", "list_url", "query_of"]


@dataclass(frozen=True)
class Asked:
    """A search and a month as somebody sent them, and the list they make."""

    search: Search
    months: tuple[Month, ...]
    listing: Listing

    @property
    def query(self) -> str:
        """The same again, as the end of an address."""
        return query_of(self.search.line, self.months)

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the list down."""
        return not self.search.line and not self.months


def asked(request: MemberRequest, sent: QueryDict) -> Asked:
    """Read what was sent; a search that cannot be understood narrows nothing down and says so."""
    today = today_in(request.household.time_zone)
    line = sent.get("q", "")[: LONGEST + 1].replace("\x00", " ").strip()
    search = read_search(line, today=today, locale=request.household.locale)
    months = tuple(sorted({Month.parse(text) for text in sent.getlist("month")[:MOST_MONTHS] if text}))
    return Asked(search, months, listing(request.household, search, months=months))
