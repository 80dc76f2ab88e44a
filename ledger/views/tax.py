"""The receipts of a tax year as one file."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from financeflow.history.refusal import Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.files import send_file, written_first
from ledger.forms.report_asking import read_report
from ledger.queries.reports.tax import marked_categories, receipts, receipts_size
from ledger.reporting.tax import KIND
from ledger.reporting.tax.archive import is_too_much, write_receipts
from ledger.reporting.tax.years import in_tax_year, year_text
from ledger.views.answers import said_no


@member("viewer")
def tax_receipts(request: MemberRequest) -> HttpResponseBase:
    """Written to a file first: what goes wrong is told, and never half sent."""
    household, today = request.household, today_in(request.household.time_zone)
    question = in_tax_year(read_report(KIND, request.GET, household=household, today=today).question)
    listing = question.listing()
    wanted = listing, marked_categories(question.categories.values(), listing)
    if is_too_much(*receipts_size(*wanted)):
        why = Refused(_("That is too much for one file. Narrow the report down first."))
        return said_no(request, why, "report_show", "tax")
    base, locale = household.base_currency, household.locale
    path = written_first(".zip", partial(write_receipts, papers=receipts(*wanted), base=base, locale=locale))
    name = _("receipts-%(year)s.zip") % {"year": year_text(question, question.period.first.year).replace("/", "-")}
    return send_file(request, path, name=name, content_type="application/zip", passing=True)
