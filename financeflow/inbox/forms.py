"""What the buttons of the inbox send."""

from __future__ import annotations

from typing import Any

from django import forms

from financeflow.inbox.sources import ACCEPT


class AnswerForm(forms.Form):
    """Which question, as it was seen, what was chosen, and which question comes next."""

    kind = forms.SlugField(max_length=30)
    key = forms.CharField(max_length=200)
    stamp = forms.CharField(max_length=32)
    choice = forms.CharField(max_length=30, required=False)
    only = forms.SlugField(max_length=30, required=False)
    then = forms.CharField(max_length=200, required=False)

    def said(self) -> dict[str, Any]:
        """What names the question."""
        return {name: self.cleaned_data[name] for name in ("kind", "key", "stamp")}

    @property
    def chosen(self) -> str:
        return self.cleaned_data["choice"] or ACCEPT
