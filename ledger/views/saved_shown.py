"""What pages show of saved reports: each with its address, and what it asks for in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.households.models import User
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest
from ledger.calc.chips import chips
from ledger.forms.report_asking import read_question
from ledger.models import SavedReport
from ledger.queries.saved_reports import saved_reports, shared_reports
from ledger.reporting.registry import REPORTS
from ledger.reporting.wording import period_text


@dataclass(frozen=True)
class Shown:
    """A saved report, where it leads, and what it says: of what, of when, narrowed down to what, shared by whom."""

    saved: SavedReport
    url: str
    icon: str
    words: list[str]


def address_of(saved: SavedReport) -> str:
    address = reverse("report_show", args=[saved.report])
    return f"{address}?{saved.query}" if saved.query else address


def saved_context(request: MemberRequest) -> dict[str, Any]:
    """One's own in their order, then what others share; reports that are no more are left out."""
    return {
        "may_edit": request.membership.role != "viewer",
        "mine": list(_shown(request, saved_reports(request.user))),
        "shared": list(_shown(request, shared_reports(request.user))),
    }


def _shown(request: MemberRequest, rows: Iterable[SavedReport]) -> Iterator[Shown]:
    today = today_in(request.household.time_zone)
    for saved in rows:
        kind = REPORTS.get(saved.report)
        if kind is None:
            continue
        _form, question = read_question(kind, QueryDict(saved.query), household=request.household, today=today)
        words = [str(kind.title), *([period_text(question)] if kind.asks_period else [])]
        words += [chip.value for chip in chips(question.search, locale=request.household.locale)]
        yield Shown(saved, address_of(saved), kind.icon, [*words, *_shared_by(saved, request.user)])


def _shared_by(saved: SavedReport, reader: User) -> Iterator[str]:
    if saved.member_id != reader.pk and saved.member:
        yield _("Shared by %(name)s") % {"name": saved.member.name or saved.member.email}
    elif saved.is_shared:
        yield _("Shared")
