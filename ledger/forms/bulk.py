"""What is done to many transactions at once: which are meant, and what each deed wants to know."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.web.plain_text import validate_plain_text
from ledger import queries
from ledger.calc.terms import LONGEST
from ledger.forms.choices import AccountField
from ledger.forms.tags import TagsField
from ledger.models import Transaction
from ledger.queries.selection import MOST_PICKED

MOST_DAYS = 3660


def chosen_in(sent: QueryDict, *, today: date) -> dict[str, Any]:
    """Which transactions are meant, as plain JSON (see ledger.queries.selection)."""
    return {
        "line": sent.get("q", "")[: LONGEST + 1].replace("\x00", " ").strip(),
        "month": sent.get("month", ""),
        "today": today.isoformat(),
        "every": sent.get("every") == "1",
        "picked": ids_in(sent, "pick"),
        "spared": ids_in(sent, "spared"),
    }


def ids_in(sent: QueryDict, name: str) -> list[str]:
    """Ids in fields of their own, as boxes send them, or apart by commas in one."""
    found = [text for each in sent.getlist(name) for text in each.split(",") if text]
    if len(found) > MOST_PICKED:
        raise BadRequest("So many rows are picked by what they have in common, not one by one.")
    try:
        return [str(UUID(text)) for text in found]
    except ValueError as error:
        raise BadRequest("This is not the id of a row.") from error


class DeedForm(forms.Form):
    """What one deed wants to know; `said` is that as plain JSON, for it may become a job."""

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class FileForm(DeedForm):
    """A category by its id, or none at all (`clear`)."""

    category = forms.ModelChoiceField(queryset=queries.categories(), to_field_name="uid", required=False)
    clear = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["category"] and not cleaned["clear"]:
            self.add_error("category", _("Choose a category."))
        return cleaned

    def said(self) -> dict[str, Any]:
        category = self.cleaned_data["category"]
        return {"category": None if self.cleaned_data["clear"] else str(category.uid)}


class PayeeForm(DeedForm):
    """A payee by name."""

    payee = forms.CharField(
        label=gettext_lazy("Payee"),
        max_length=120,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "payees", "autofocus": True}),
        help_text=gettext_lazy("One you know, or a new name."),
    )


class TagForm(DeedForm):
    """Tags to put on and to take off."""

    add = TagsField(label=gettext_lazy("Put on"), required=False)
    remove = TagsField(label=gettext_lazy("Take off"), required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["add"] and not cleaned["remove"]:
            self.add_error("add", _("Write a tag to put on, or one to take off."))
        return cleaned


class MoveForm(DeedForm):
    """Another account."""

    account = AccountField(label=gettext_lazy("To the account"), empty_label=gettext_lazy("Choose an account"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.offer_accounts(queries.open_accounts())

    def said(self) -> dict[str, Any]:
        return {"account": str(self.cleaned_data["account"].uid)}


class ShiftForm(DeedForm):
    """Days forward, or back with a minus."""

    days = forms.IntegerField(
        label=gettext_lazy("By how many days"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Later with a plain number, earlier with a minus."),
        widget=forms.NumberInput(attrs={"autofocus": True, "step": 1}),
    )

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if not days:
            raise forms.ValidationError(_("Write a number other than zero."))
        return days


class MarkForm(DeedForm):
    """Pending or cleared."""

    status = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (Transaction.Status.CLEARED, Transaction.Status.PENDING)]
    )


class TrashForm(DeedForm):
    """There is nothing more to say."""


FORMS: dict[str, type[DeedForm]] = {
    "file": FileForm,
    "payee": PayeeForm,
    "tag": TagForm,
    "move": MoveForm,
    "shift": ShiftForm,
    "mark": MarkForm,
    "trash": TrashForm,
}
# These say all with the button that is pressed.
SAID_BY_BUTTON = {"mark", "trash"}
