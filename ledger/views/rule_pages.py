"""What the page on which a rule is written shows, and what a link to it begins with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from financeflow.tenancy.guards import MemberRequest
from financeflow.web.pages import is_htmx, page
from ledger.calc.rules import Condition, Deed, Told
from ledger.calc.rules.checking import check_condition
from ledger.forms.rules import RuleForm
from ledger.models import Transaction
from ledger.queries.rules import preview, warnings_while_writing
from ledger.queries.transactions import transactions

ADD, EDIT = "ledger/rule_add.html", "ledger/rule_edit.html"


@dataclass(frozen=True)
class Start:
    """A rule as a transaction suggests it; others see the rule, though perhaps not the transaction."""

    told: Told
    is_private: bool


def asked_from(request: MemberRequest) -> Start | None:
    """“Always do this for X”: the rule that the transaction named by the address suggests."""
    try:
        uid = uuid.UUID(request.GET["from"])
    except (KeyError, ValueError):
        return None
    row = transactions().select_related("payee", "account").filter(uid=uid, transfer=None).first()
    if row is None:
        return None
    told = Told(0, "", match_any=False, conditions=_looks_like(row), deeds=_done_with(row))
    return Start(told, row.account.private_to_id is not None)


def _looks_like(row: Transaction) -> tuple[Condition, ...]:
    found = Condition("payee", "is", (row.payee.name,)) if row.payee else None
    found = found or Condition("description", "contains", (row.description[:200],))
    return () if check_condition(found) else (found,)


def _done_with(row: Transaction) -> tuple[Deed, ...]:
    lines = list(row.lines.select_related("category"))
    category = lines[0].category if len(lines) == 1 else None
    return (Deed("category", (str(category.uid),)),) if category else ()


def rule_page(request: MemberRequest, form: RuleForm, **context: Any) -> HttpResponse:
    """The whole form, with what it would change."""
    known = looked_at(request, form)
    template = EDIT if form.rule else ADD
    status = 422 if form.is_bound else 200
    return page(request, template, {"form": form, **known, **context}, partial="form", status=status)


def looked(request: MemberRequest, form: RuleForm, button: str) -> HttpResponse:
    """The form after one of its buttons, or only what it would change where that is all that was asked for."""
    form.press(button)
    known: dict[str, Any] = {"form": form, **looked_at(request, form)}
    if not is_htmx(request):
        return page(request, EDIT if form.rule else ADD, known)
    return page(request, "ledger/_rule_preview.html" if button == "look" else "ledger/_rule_looked.html", known)


def looked_at(request: MemberRequest, form: RuleForm) -> dict[str, Any]:
    """What the rule as it stands in the form would change, and what it is at odds with."""
    told = form.previewed()
    context: dict[str, Any] = {"rule": form.rule, "told": told, "here": request.path}
    if told:
        seen = preview(told, request.household)
        place = form.rule.position if form.rule else None
        context |= {"seen": seen, "warned": warnings_while_writing(told, seen.matched, place)}
    return context
