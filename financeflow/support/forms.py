"""The question asked before books are opened to support."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LookForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=160,
        help_text=_("The members of the household read this in their activity."),
        widget=forms.TextInput(attrs={"autofocus": True, "class": "vTextField"}),
    )
