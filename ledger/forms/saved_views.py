"""The form of a saved view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import User
from financeflow.web.plain_text import validate_plain_text
from ledger.calc.terms import LONGEST
from ledger.forms.fields import NameField
from ledger.models import SavedView
from ledger.queries.saved_views import saved_views


class SavedViewForm(forms.Form):
    """A search and what to call it."""

    name = NameField(label=gettext_lazy("Name"), help_text=gettext_lazy("For example “Work lunches”."))
    query = forms.CharField(
        label=gettext_lazy("Search"),
        max_length=LONGEST,
        validators=[validate_plain_text],
        help_text=gettext_lazy("The month stays the one you look at."),
    )

    def __init__(self, *args: Any, member: User, view: SavedView | None = None, **kwargs: Any) -> None:
        if view:
            kwargs["initial"] = {"name": view.name, "query": view.query}
        super().__init__(*args, **kwargs)
        self.others = saved_views(member).exclude(pk=view.pk) if view else saved_views(member)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.filter(name=name).exists():
            raise forms.ValidationError(_("You have a view of this name already."))
        return name
