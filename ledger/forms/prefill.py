"""What the address of the form for a new transaction fills in, for shortcuts on a phone: names as well as ids."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from financeflow.money.text import SIGNS
from ledger.calc.quick_add import Known
from ledger.calc.quick_add.names import called
from ledger.calc.words import name_key
from ledger.forms.transactions import IN, OUT, Desk
from ledger.models import Account, Category

FIELDS = ("kind", "amount", "account", "to_account", "received", "payee", "category", "date", "tags", "notes")
TURNS = {"+": IN, "-": OUT}
NAMED = ("account", "to_account", "category")


def first_values(sent: QueryDict, desk: Desk) -> dict[str, Any]:
    """What the address says of each field, as it was written; a row that it names by its public id."""
    said = {name: text for name in FIELDS if (text := sent.get(name, "").strip())}
    sign, amount = said.get("amount", "")[:1], said.get("amount", "")[1:].strip()
    if (kind := TURNS.get(SIGNS.get(sign, sign))) and amount[:1] not in SIGNS and amount[:1] not in TURNS:
        said["amount"] = amount
        said.setdefault("kind", kind)
    for name in NAMED:
        if name in said:
            row = _category(said[name], desk) if name == "category" else _account(said[name], desk)
            said[name] = str(row.uid) if row else said[name]
    return said


def _account(text: str, desk: Desk) -> Account | None:
    """By id, by name, or by how its name begins where no other begins so."""
    by_id = {str(account.uid): account for account in desk.accounts}
    known = [Known(account.pk, account.name, name_key(account.name)) for account in desk.accounts]
    found = [] if text in by_id else called(text, known)
    if len(found) == 1:
        return next(account for account in desk.accounts if account.pk == found[0].id)
    return by_id.get(text)


def _category(text: str, desk: Desk) -> Category | None:
    """By id, by its stable key, or by name; what stands in a group before the group."""
    every = [child for group in desk.groups for child in group.children]
    every += [group.category for group in desk.groups]
    wanted = name_key(text)
    return next((each for each in every if text in (str(each.uid), each.key) or name_key(each.name) == wanted), None)


def tell_what_is_wrong(form: forms.Form, said: dict[str, Any]) -> bool:
    """Errors at the fields of a form not sent yet, for what its address says and cannot be; whether there are any."""
    for name in said:
        try:
            form.fields[name].clean(form[name].value())
        except ValidationError as error:
            words = _nobody(name, said[name]) if name in NAMED else error.messages
            form.errors[name] = form.error_class(words)
    return bool(form.errors)


def _nobody(name: str, text: str) -> list[str]:
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    if name == "category":
        return [_("There is no category “%(text)s”.") % {"text": shown}]
    return [_("There is no account “%(text)s”.") % {"text": shown}]
