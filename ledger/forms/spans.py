"""A form for a span of days, as the end of an address says it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.web.forms import DayTextField


class SpanForm(forms.Form):
    """From one day to another; either may be left open."""

    def __init__(self, *args: Any, household: Household, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("from", gettext_lazy("From")), ("to", gettext_lazy("To"))):
            field = DayTextField(label=label, required=False, help_text="")
            field.is_of(locale=household.locale, today=today)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("from"), found.get("to")
        if first and last and last < first:
            self.add_error("to", _("This is before the first day."))
        return found

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The days asked for; open where nothing is asked, or nothing that can be."""
        if not self.is_valid():
            return None, None
        return self.cleaned_data["from"], self.cleaned_data["to"]
