"""What is picked from a list that also takes a name: one of many, or several."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from financeflow.web.plain_text import validate_plain_text
from ledger import queries
from ledger.models.categories import validate_tag

MOST_NEW_TAGS = 20


class OnePick(forms.Form):
    """One row by its id, a name that was typed, or nothing at all (`clear`)."""

    of: ClassVar[str]
    # Drawn as a list, so that its fields have no place for what is wrong.
    is_picked: ClassVar[bool] = True
    clear = forms.BooleanField(required=False)

    def picked(self) -> Any:
        """The row, a name, or None."""
        cleaned = self.cleaned_data
        return None if cleaned["clear"] else cleaned[self.of] or cleaned["named"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (self.errors or cleaned["clear"] or cleaned[self.of] or cleaned["named"]):
            self.add_error("named", _("Choose one, or write a name."))
        return cleaned


class CategoryPick(OnePick):
    """A category."""

    of = "category"
    category = forms.ModelChoiceField(queryset=queries.categories(), to_field_name="uid", required=False)
    named = forms.CharField(max_length=80, required=False, validators=[validate_plain_text])


class PayeePick(OnePick):
    """A payee."""

    of = "payee"
    payee = forms.ModelChoiceField(queryset=queries.payees(), to_field_name="uid", required=False)
    named = forms.CharField(max_length=120, required=False, validators=[validate_plain_text])


class TagsPick(forms.Form):
    """Any number of tags: those that are ticked, and new ones by name."""

    is_picked: ClassVar[bool] = True
    tags = forms.ModelMultipleChoiceField(queryset=queries.tags(), to_field_name="uid", required=False)
    named = forms.CharField(required=False)

    def fresh_names(self) -> list[str]:
        """Every name typed, with or without its #, apart by commas or in fields of their own."""
        typed = cast(QueryDict, self.data).getlist("named") if self.is_bound else []
        names = [name.strip().lstrip("#").strip() for each in typed for name in each.split(",")]
        return list(dict.fromkeys(name for name in names if name))

    def clean_named(self) -> list[str]:
        fresh = self.fresh_names()
        if len(fresh) > MOST_NEW_TAGS:
            raise forms.ValidationError(_("That is a lot of tags at once."))
        field = forms.CharField(max_length=40, validators=[validate_plain_text, validate_tag])
        return [field.clean(name) for name in fresh]

    def picked(self) -> list[Any]:
        return [*self.cleaned_data["tags"], *self.cleaned_data["named"]]
