"""Forms of tags themselves: their names and colours, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from financeflow.web.plain_text import validate_plain_text
from ledger.calc import HUES
from ledger.forms.choices import RowField
from ledger.models import Tag
from ledger.models.categories import validate_tag
from ledger.queries.payees import tags


class TagForm(forms.Form):
    """What a person says about a tag."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=40,
        validators=[validate_plain_text, validate_tag],
        help_text=gettext_lazy("Typed after a # when one adds something; no commas."),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    hue = forms.TypedChoiceField(label=gettext_lazy("Colour"), choices=HUES, coerce=int, widget=forms.RadioSelect)
    tax_relevant = forms.BooleanField(
        label=gettext_lazy("Matters for taxes"),
        required=False,
        help_text=gettext_lazy("The tax report lists what has this tag."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tag: Tag | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(tag, name) for name in self.base_fields} if tag else {"hue": 1}
        super().__init__(*args, **kwargs)

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


class TagMergeForm(forms.Form):
    """Into which other tag one goes."""

    into = RowField(label=gettext_lazy("Into"), empty_label=gettext_lazy("Choose a tag"))

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, RowField)
        into.offer(tags().exclude(pk=tag.pk).order_by("key"))
