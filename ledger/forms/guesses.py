"""What is said of a suggestion: the category that was seen when it was accepted."""

from __future__ import annotations

from django import forms

from ledger import queries


class AcceptForm(forms.Form):
    """Without a category it is right as it is filed; `leave` takes it out of the one it is in.

    A row of a list says only the name of what it suggests (`seen`): there are dozens of them.
    """

    seen = forms.CharField(max_length=100, required=False)
    category = forms.ModelChoiceField(queryset=queries.categories(), to_field_name="uid", required=False)
    leave = forms.BooleanField(required=False)
