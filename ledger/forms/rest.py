"""What the pages send that go through all that is uncategorised: where one is, and what is to be done there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from ledger import queries
from ledger.models import Category

# In place of a group: one has been through all of them.
END = "end"


class PlaceForm(forms.Form):
    """The group one is at, how many were done before it, a category chosen and not yet confirmed."""

    at = forms.CharField(max_length=700, required=False, strip=False)
    done = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)
    category = forms.ModelChoiceField(queryset=queries.categories(), to_field_name="uid", required=False)
    rule = forms.BooleanField(required=False)
    all = forms.BooleanField(required=False)
    # The change made just now, and the group it was made of: so it can be taken back.
    last = forms.UUIDField(required=False)
    was = forms.CharField(max_length=700, required=False, strip=False)

    def place(self) -> dict[str, Any]:
        if not self.is_valid():
            raise BadRequest("This is no place.")
        return {**self.cleaned_data, "done": self.cleaned_data["done"] or 0}


class FileGroupForm(PlaceForm):
    """The category that a group is filed under; so many transactions were seen in it."""

    at = forms.CharField(max_length=700, strip=False)
    category = forms.ModelChoiceField(
        queryset=queries.categories(),
        to_field_name="uid",
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    seen = forms.IntegerField(min_value=1, max_value=100_000_000)


class UndoForm(PlaceForm):
    """The change that is taken back."""

    last = forms.UUIDField()


def place_in(sent: QueryDict) -> dict[str, Any]:
    return PlaceForm(sent).place()


def query_of(**place: Any) -> str:
    """A place as the end of an address."""
    named = {name: value.uid if isinstance(value, Category) else value for name, value in place.items() if value}
    return f"?{urlencode(named)}" if named else ""
