"""The parts of a line of quick add, each to be changed: what is chosen is written into the line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, QueryDict

from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import page
from ledger.forms.quick_line import QuickLine
from ledger.forms.quick_parts import QUICK_PARTS, QuickPartForm, QuickTagsForm
from ledger.queries.accounts import open_accounts
from ledger.queries.choosing import category_choices, payee_choices, tag_choices
from ledger.queries.quick_add import understood, unfiled
from ledger.views.quick_add import line_page, read_line, writer_of

# Yesterday and the days before it that are one click away.
DAYS_BACK = 6


@member("editor")
def quick_add_part(request: MemberRequest, part: str) -> HttpResponse:
    if part not in QUICK_PARTS:
        raise Http404
    writer, quick = writer_of(request), read_line(request, request.GET)
    found = quick.found or understood("", writer)
    form = QUICK_PARTS[part](request.GET if "set" in request.GET else None, found=found, writer=writer)
    if "named" in request.GET and not form.is_bound:
        return page(request, "ledger/_pick_payees.html", {"payees": payee_choices(request.GET["named"])})
    if form.is_valid():
        return line_page(request, read_line(request, _said_anew(part, form, quick)), chosen=True)
    context = {"form": form, "quick": quick, **_shown_with(part, form)}
    return page(request, "ledger/quick_add_part.html", context, partial="form", status=422 if form.is_bound else 200)


def _said_anew(part: str, form: QuickPartForm, quick: QuickLine) -> QueryDict:
    """The line with the part as it was chosen. Without a category means without a guess too."""
    told = form.told()
    unguessed = told is None if part == "category" else quick.unguessed and part != "payee"
    sent = QueryDict(mutable=True)
    sent["line"] = form.found.said.with_part(part, told)
    if unguessed:
        sent["unguessed"] = "1"
    return sent


def _shown_with(part: str, form: QuickPartForm) -> dict[str, Any]:
    """What the form of a part is drawn with."""
    found = form.found
    shown: dict[str, Any] = {}
    if part == "category":
        shown = {"choices": _categories(form), "chosen": _uid(found.category), "known_only": True}
    elif part == "payee":
        shown = {"payees": payee_choices(), "chosen": _uid(found.payee)}
    elif part in ("account", "to_account"):
        shown = {"accounts": list(open_accounts()), "chosen": _uid(getattr(found, part))}
    elif isinstance(form, QuickTagsForm):
        tags = tag_choices(form.known())
        shown = {"tags": tags, "chosen": [str(tag.uid) for tag in tags if tag.pk in form.known()]}
    elif part == "day":
        shown = {"days": [form.writer.today - timedelta(days=back) for back in range(DAYS_BACK + 1)]}
    return {"title": form.title, "cell_template": f"ledger/_edit_{form.drawn}.html", **shown}


def _categories(form: QuickPartForm) -> Any:
    found, writer = form.found, form.writer
    return category_choices(writer.household, unfiled(found, writer))


def _uid(row: Any) -> str:
    return str(row.uid) if row else ""
