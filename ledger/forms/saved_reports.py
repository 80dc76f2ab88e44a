"""The form of a saved report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import User
from financeflow.web.plain_text import validate_plain_text
from ledger.forms.fields import NameField
from ledger.models import SavedReport
from ledger.queries.saved_reports import saved_reports
from ledger.reporting.registry import REPORTS

LONGEST_QUERY = 2000


class SavedReportForm(forms.Form):
    """What to call a report, and who shall see it; viewers keep theirs to themselves."""

    name = NameField(label=gettext_lazy("Name"), help_text=gettext_lazy("For example “The car, year by year”."))
    is_shared = forms.BooleanField(
        label=gettext_lazy("Share with the household"),
        required=False,
        help_text=gettext_lazy("All members see it; nobody sees more in it than they may."),
    )

    def __init__(
        self, *args: Any, member: User, may_share: bool, saved: SavedReport | None = None, **kwargs: Any
    ) -> None:
        if saved:
            kwargs["initial"] = {"name": saved.name, "is_shared": saved.is_shared}
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]
        others = saved_reports(saved.member if saved and saved.member else member)
        self.others = others.exclude(pk=saved.pk) if saved else others

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.filter(name=name).exists():
            raise forms.ValidationError(_("You have a report of this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        return {"is_shared": False, **(super().clean() or self.cleaned_data)}


class NewSavedReportForm(SavedReportForm):
    """Which report it is comes along from its page."""

    report = forms.CharField(widget=forms.HiddenInput, max_length=40)
    query = forms.CharField(
        widget=forms.HiddenInput, max_length=LONGEST_QUERY, required=False, validators=[validate_plain_text]
    )

    def clean_report(self) -> str:
        name: str = self.cleaned_data["report"]
        if name not in REPORTS:
            raise forms.ValidationError(_("There is no such report."))
        return name
