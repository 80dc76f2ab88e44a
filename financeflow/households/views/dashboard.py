"""The dashboard, and how each member arranges it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from financeflow.households import actions
from financeflow.households.drawing import arrangement_of, dashboard_markup, waits_for, widget_markup
from financeflow.households.forms import asked_arrangement
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.months import household_months
from financeflow.web.pages import announce, is_htmx, page
from financeflow.web.widgets import Arrangement, Look, Widget, look_at, widgets_for


@member("viewer")
def dashboard(request: MemberRequest) -> HttpResponse:
    look = look_at(request)
    if key := request.GET.get("widget"):
        return _widget(look, key)
    drawn = dashboard_markup(look, whole="whole" in request.GET)
    context: dict[str, Any] = {"drawn": drawn, "look": look}
    if not is_htmx(request):
        context |= {"months": household_months(request, several=True), "waits": waits_for(drawn)}
    return page(request, "dashboard.html", context, partial="widgets")


def _widget(look: Look, key: str) -> HttpResponse:
    """One part by itself, for a page that asks for it; whoever follows the address gets the whole page."""
    if not is_htmx(look.request):
        return redirect(look.address())
    drawn = widget_markup(look, key)
    if drawn is None:
        raise Http404(_("The dashboard has no part “%(key)s”.") % {"key": key[:40]})
    return HttpResponse(drawn, headers={"Vary": "HX-Request, Cookie"})


@member("viewer", "GET", "POST")
def dashboard_arrange(request: MemberRequest) -> HttpResponse:
    look = look_at(request)
    widgets = [each for each in widgets_for(look) if not each.is_head]
    if request.method != "POST":
        return page(request, "dashboard_arrange.html", _rows(widgets, arrangement_of(look)), partial="form")
    arranged, trouble = _arrange(request, [each.key for each in widgets])
    if trouble or is_htmx(request):
        return _arranged(request, {**_rows(widgets, arranged), "trouble": trouble})
    return redirect("dashboard_arrange")


def _rows(widgets: list[Widget], arranged: Arrangement) -> dict[str, Any]:
    """Every part in the member's order, and whether it is shown."""
    rows = [(each, each.key not in arranged.hidden) for each in arranged.sorted(widgets)]
    return {"rows": rows, "is_untouched": arranged.is_untouched}


def _arranged(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    trouble = context["trouble"]
    response = page(request, "dashboard_arrange.html", context, partial="arranged", status=422 if trouble else 200)
    if not trouble:
        announce(response, "dashboard:arranged")
    return response


def _arrange(request: MemberRequest, known: list[str]) -> tuple[Arrangement, str]:
    """What came of what was sent, or why nothing did."""
    if request.POST.get("do") == "reset":
        return actions.reset_dashboard(request.membership), ""
    before = Arrangement.read(request.membership.dashboard)
    try:
        order, hidden = asked_arrangement(request.POST, before)
        return actions.arrange_dashboard(request.membership, order=order, hidden=hidden, known=known), ""
    except ValidationError as problem:
        return before, problem.messages[0]
