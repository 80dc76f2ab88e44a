"""One value of a transaction, changed where it stands in a list."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.history.refusal import EditConflict, Refused
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, is_htmx, page, posted
from ledger import actions
from ledger.calc.fixed import why_fixed
from ledger.forms.cells import CELLS, CellForm
from ledger.models import Category, Transaction
from ledger.queries.choosing import category_choices, payee_choices, tag_choices
from ledger.queries.guessing import guess_rows, unfiled
from ledger.queries.suggesting import suggest_categories
from ledger.views.answers import conflict_page, form_page
from ledger.views.drawing import pen_of
from ledger.views.finding import blame, found_transaction

TEMPLATE = "ledger/transaction_cell.html"
TITLES = {
    "category": gettext_lazy("Category"),
    "payee": gettext_lazy("Payee"),
    "date": gettext_lazy("Day"),
    "amount": gettext_lazy("Amount"),
    "tags": gettext_lazy("Tags"),
    "notes": gettext_lazy("Notes"),
}


@member("editor", "GET", "POST")
def transaction_cell(request: MemberRequest, uid: uuid.UUID, name: str) -> HttpResponse:
    row = found_transaction(request, uid)
    form = _cell_form(request, row, name)
    if fixed := _why_fixed(row, name):
        context = {"title": TITLES[name], "fixed": fixed, "way_on": _way_on(row, name)}
        return page(request, TEMPLATE, context, partial="form", status=422 if form.is_bound else 200)
    if "named" in request.GET:
        return page(request, "ledger/_pick_payees.html", {"payees": payee_choices(request.GET["named"])})
    if form.is_valid() and (answer := _changed(request, row, name, form)):
        return answer
    return form_page(request, TEMPLATE, form, **_shown_with(request, row, name, form))


def _cell_form(request: MemberRequest, row: Transaction, name: str) -> CellForm:
    if name not in CELLS:
        raise Http404
    today = today_in(request.household.time_zone)
    return CELLS[name](posted(request), transaction=row, household=request.household, today=today)


def _why_fixed(row: Transaction, name: str) -> str:
    parts = len(row.lines.all())
    return why_fixed(name, reconciled=row.is_locked, parts=parts, transfer=row.transfer_id is not None)


def _way_on(row: Transaction, name: str) -> dict[str, Any]:
    """Where what is fixed here can be changed."""
    if len(row.lines.all()) > 1 and not row.is_locked:
        return {"label": _("Change the parts"), "url": reverse("transaction_split", args=[row.uid])}
    return {"label": _("Open the transaction"), "url": reverse("transaction_edit", args=[row.uid])}


def _changed(request: MemberRequest, row: Transaction, name: str, form: CellForm) -> HttpResponse | None:
    """The answer to a change, or none when a rule said no and the form must say so."""
    seen, usual = form.cleaned_data["edit_version"], _usual_category(row) if name == "category" else None
    try:
        actions.change_transaction(transaction=row, by=request.user, edit_version=seen, **form.said())
    except EditConflict as conflict:
        return conflict_page(request, TEMPLATE, form, conflict, **_shown_with(request, row, name, form))
    except (Refused, ValidationError) as refusal:
        blame(form, refusal)
        return None
    if not is_htmx(request):
        return done(request, "transaction_list")
    row = found_transaction(request, row.uid)
    return row_page(request, row, _offer(row, usual) if name == "category" else None)


def row_page(request: MemberRequest, row: Transaction, offer: dict[str, Any] | None = None) -> HttpResponse:
    """The row drawn anew, and what is offered to be done always."""
    guess_rows([row], request.household)
    return page(request, "ledger/_cell_saved.html", {"drawn": pen_of(request).row(row), "offer": offer})


def _filed(row: Transaction) -> Category | None:
    return row.lines.all()[0].category


def _usual_category(row: Transaction) -> Category | None:
    """What would have been guessed."""
    [likely] = suggest_categories(row.household, [unfiled(row)])
    return likely[0].category if likely else None


def _offer(row: Transaction, usual: Category | None) -> dict[str, Any] | None:
    """A rule, where the category is news for the payee."""
    category = _filed(row)
    if not (row.payee and category) or category == usual:
        return None
    return {"payee": row.payee, "category": category, "url": f"{reverse('rule_add')}?from={row.uid}"}


def _shown_with(request: MemberRequest, row: Transaction, name: str, form: CellForm) -> dict[str, Any]:
    """What the form of this value is drawn with."""
    shown: dict[str, Any] = {"title": TITLES[name], "transaction": row, "cell_template": "ledger/_edit_field.html"}
    if name == "category":
        choices = category_choices(request.household, unfiled(row))
        guessed: Any = row
        is_guessed = bool(guessed.learned or (choices.likely and guessed.filed is None))
        shown |= {"choices": choices, "chosen": _chosen(form, name, _filed(row)), "is_guessed": is_guessed}
    elif name == "payee":
        shown |= {"payees": payee_choices(), "chosen": _chosen(form, name, row.payee)}
    elif name == "tags":
        tagged = [tagging.tag for tagging in row.taggings.all()]
        shown |= {"tags": tag_choices({tag.pk for tag in tagged}), "chosen": _ticked(form, tagged)}
    if name in ("category", "payee", "tags"):
        shown["cell_template"] = f"ledger/_edit_{name}.html"
    return shown


def _chosen(form: CellForm, name: str, now: Any) -> str:
    """The id of what is chosen: as it was sent, else as it is."""
    return form.data.get(name, "") if form.is_bound else str(now.uid) if now else ""


def _ticked(form: CellForm, now: list[Any]) -> list[str]:
    return form.data.getlist("tags") if form.is_bound else [str(tag.uid) for tag in now]  # type: ignore[attr-defined]
