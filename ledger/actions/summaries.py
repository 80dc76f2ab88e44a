"""Telling every member what last month came to."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from financeflow.households.models import Household, Membership
from financeflow.money.text import format_money
from financeflow.notify.actions import Notice, notify
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import household_scope
from financeflow.web.dates import day_text
from ledger.calc.flows import Flow
from ledger.calc.periods import Period
from ledger.queries.summaries import KIND, month_flow, once_of


def summarise_month(household: Household, month: Period) -> list[Notification]:
    """Tell each member the month as that member may see it, once however often this is done."""
    notices = []
    for member in Membership.objects.filter(household=household, user__is_active=True).select_related("user"):
        with household_scope(household.pk, viewer=member.user_id):
            flow = month_flow(household, month)
        with translation.override(member.user.language or settings.LANGUAGE_CODE):
            notices.append(_notice(household, month, flow, member))
    return notify(household_id=household.pk, kind=KIND, once=once_of(month), notices=notices)


def _notice(household: Household, month: Period, flow: Flow, member: Membership) -> Notice:
    def money(minor: int) -> str:
        return str(format_money(minor, household.base_currency, household.locale))

    language = member.user.language or settings.LANGUAGE_CODE
    name = day_text(month.first, "month", language=language, locale=household.locale)
    words = {"month": name, "amount": money(abs(flow.kept))}
    title = _("%(month)s: %(amount)s kept") if flow.kept >= 0 else _("%(month)s: %(amount)s more spent than came in")
    sums = {"income": money(flow.income), "spending": money(flow.spending)}
    return Notice(
        user_id=member.user_id,
        title=title % words,
        text=_("Money in %(income)s, money out %(spending)s.") % sums,
        path=f"{reverse('report_show', args=['monthly'])}?year={month.first.year}&month={month.first.month}",
        params={"month": once_of(month)},
    )
